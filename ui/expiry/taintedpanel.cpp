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

/// In average characters; -1 for a column that is not shown.
int widthOf(InstanceColumn column)
{
    switch (column) {
    case InstanceColumn::State:
        return 24;
    case InstanceColumn::Instance:
    case InstanceColumn::Profile:
        return 0;
    case InstanceColumn::Integration:
    case InstanceColumn::Expiry:
        return 22;
    case InstanceColumn::Type:
    case InstanceColumn::Permissions:
    case InstanceColumn::Created:
    case InstanceColumn::Labels:
    case InstanceColumn::ColumnCount:
        break;
    }
    return -1;
}

} // namespace

TaintedPanel::TaintedPanel(InstanceTableModel &instances, QWidget *parent)
    : QWidget(parent)
    , m_queue(new InstanceFilterModel(instances, this))
    , m_head(new SectionHead({}, this))
    , m_replaceAll(new QPushButton(icon(Icon::Replace), {}, m_head))
    , m_table(new CompactTable(MostRows, this))
{
    setObjectName(u"taintedPanel"_s);
    m_queue->setView(InstanceView::Tainted);
    m_queue->sort(int(InstanceColumn::Expiry));
    m_replaceAll->setObjectName(u"replaceAllTainted"_s);
    m_head->add(m_replaceAll);
    m_table->setObjectName(u"taintedTable"_s);
    m_table->setAccessibleName(tr("To be replaced"));
    m_table->setModel(m_queue);
    QList<int> widths;
    for (int column = 0; column < int(InstanceColumn::ColumnCount); ++column) {
        widths << qMax(0, widthOf(InstanceColumn(column)));
        m_table->setColumnHidden(column, widthOf(InstanceColumn(column)) < 0);
    }
    m_table->setWidths(widths);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::normal);
    column->addWidget(m_head);
    column->addWidget(m_table);
    connect(m_replaceAll, &QPushButton::clicked, this, [this] { Q_EMIT replaceAllRequested(first()); });
    connect(m_table, &CompactTable::rowActivated, this, [this](int row) {
        Q_EMIT instanceRequested(m_queue->index(row, 0).data(AddressRole).value<InstanceAddress>());
    });
    connect(m_queue, &QAbstractItemModel::rowsInserted, this, &TaintedPanel::describe);
    connect(m_queue, &QAbstractItemModel::rowsRemoved, this, &TaintedPanel::describe);
    connect(m_queue, &QAbstractItemModel::modelReset, this, &TaintedPanel::describe);
    describe();
}

QList<InstanceAddress> TaintedPanel::first() const
{
    QList<InstanceAddress> addresses;
    for (int row = 0; row < qMin(m_queue->rowCount(), MostAtOnce); ++row)
        addresses << m_queue->index(row, 0).data(AddressRole).value<InstanceAddress>();
    return addresses;
}

void TaintedPanel::describe()
{
    const int count = m_queue->rowCount();
    m_head->setHeading(tr("To be replaced (%1)").arg(QLocale().toString(count)));
    m_replaceAll->setText(count > MostAtOnce ? tr("Replace the First %1…").arg(MostAtOnce)
                          : count == 1       ? tr("Replace It…")
                                             : tr("Replace A&ll…"));
    setVisible(count > 0);
}

} // namespace latchkey
