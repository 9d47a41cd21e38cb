// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/breakdownpanel.h"

#include "ui/common/theme.h"
#include "ui/expiry/compacttable.h"
#include "ui/expiry/sectionhead.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {
constexpr int MostRows = 8;
} // namespace

BreakdownPanel::BreakdownPanel(const QString &heading, ExpiryBreakdownModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
{
    auto *table = new CompactTable(MostRows, this);
    table->setObjectName(u"breakdownTable"_s);
    table->setAccessibleName(heading);
    table->setModel(&model);
    table->setWidths({0, 10, 11, 13, 12, 11, 7});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::normal);
    column->addWidget(new SectionHead(heading, this));
    column->addWidget(table);
    connect(table, &CompactTable::rowActivated, this, &BreakdownPanel::rowActivated);
    const auto follow = [this] { setVisible(m_model.rowCount() >= m_leastRows); };
    connect(&model, &QAbstractItemModel::rowsInserted, this, follow);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, follow);
    connect(&model, &QAbstractItemModel::modelReset, this, follow);
}

void BreakdownPanel::hideBelow(int rows)
{
    m_leastRows = rows;
    setVisible(m_model.rowCount() >= m_leastRows);
}

} // namespace latchkey
