// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/taintedpanel.h"

#include "models/core/bulkplan.h"
#include "ui/common/icons.h"
#include "ui/expiry/compacttable.h"
#include "ui/expiry/sectionhead.h"

#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {
constexpr int MostRows = 6;
} // namespace

TaintedPanel::TaintedPanel(AttentionModel &queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_head(new SectionHead({}, this))
    , m_replaceAll(new QPushButton(icon(Icon::Replace), {}, m_head))
    , m_table(new CompactTable(MostRows, this))
{
    setObjectName(u"taintedPanel"_s);
    m_replaceAll->setObjectName(u"replaceAllTainted"_s);
    m_head->add(m_replaceAll);
    m_table->setObjectName(u"taintedTable"_s);
    m_table->setAccessibleName(tr("To be replaced"));
    m_table->setModel(&m_queue);
    m_table->setWidths({30, 0, 22, 0});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::normal);
    column->addWidget(m_head);
    column->addWidget(m_table);
    connect(m_replaceAll, &QPushButton::clicked, this, [this] { Q_EMIT replaceAllRequested(first()); });
    connect(m_table, &CompactTable::rowActivated, this, [this](int row) {
        if (const AttentionItem *item = m_queue.at(row))
            Q_EMIT instanceRequested(item->key);
    });
    connect(&m_queue, &AttentionModel::counted, this, &TaintedPanel::describe);
    describe();
}

QList<InstanceAddress> TaintedPanel::first() const
{
    QList<InstanceAddress> addresses;
    for (int row = 0; row < qMin(m_queue.rowCount(), MostAtOnce); ++row)
        addresses << m_queue.at(row)->key;
    return addresses;
}

void TaintedPanel::describe()
{
    const int count = m_queue.rowCount();
    m_head->setHeading(tr("To be replaced (%1)").arg(QLocale().toString(count)));
    m_replaceAll->setText(count > MostAtOnce ? tr("Replace the First %1…").arg(MostAtOnce)
                          : count == 1       ? tr("Replace It…")
                                             : tr("Replace A&ll…"));
    setVisible(count > 0);
}

} // namespace latchkey
