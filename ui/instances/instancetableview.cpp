// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instancetableview.h"

#include "models/items/instancefiltermodel.h"
#include "ui/common/theme.h"
#include "ui/common/uistate.h"
#include "ui/instances/instancedelegate.h"
#include "ui/instances/selectionkeeper.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPaintEvent>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString columnsName()
{
    return u"instances"_s;
}

int defaultWidth(InstanceColumn column)
{
    switch (column) {
    case InstanceColumn::State:
        return 23;
    case InstanceColumn::Instance:
        return 30;
    case InstanceColumn::Integration:
        return 21;
    case InstanceColumn::Profile:
        return 20;
    case InstanceColumn::Type:
        return 15;
    case InstanceColumn::Expiry:
        return 17;
    case InstanceColumn::Permissions:
        return 20;
    case InstanceColumn::Created:
        return 15;
    case InstanceColumn::Labels:
        return 24;
    case InstanceColumn::ColumnCount:
        break;
    }
    return 16;
}

/// What most people do not need day by day; the rest fits into a window of 1280.
bool isHiddenAtFirst(InstanceColumn column)
{
    return column == InstanceColumn::Created || column == InstanceColumn::Labels;
}

QString profileColumnChosen()
{
    return u"profileColumnChosen"_s;
}

} // namespace

InstanceTableView::InstanceTableView(InstanceFilterModel &model, UiState &uiState, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_uiState(uiState)
{
    setObjectName(u"instancesTable"_s);
    setAccessibleName(tr("Integration instances"));
    setModel(&model);
    setItemDelegate(new InstanceDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(NoFrame);
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setRowHeight();

    QHeaderView *header = horizontalHeader();
    header->setObjectName(u"instancesHeader"_s);
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    header->setTextElideMode(Qt::ElideRight);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &InstanceTableView::openHeaderMenu);
    setDefaultColumns();
    header->setSortIndicator(int(InstanceColumn::State), Qt::AscendingOrder);
    m_uiState.restore(columnsName(), *header);
    setSortingEnabled(true);

    m_keeper = new SelectionKeeper(*this, model, this);
    connect(m_keeper, &SelectionKeeper::restored, this, &InstanceTableView::selectedChanged);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &InstanceTableView::selectedChanged);
}

QList<InstanceRecord> InstanceTableView::selectedRecords() const
{
    QList<InstanceRecord> records;
    const QModelIndexList rows = selectionModel()->selectedRows();
    records.reserve(rows.size());
    for (const QModelIndex &index : rows)
        records.append(index.data(RecordRole).value<InstanceRecord>());
    return records;
}

QString InstanceTableView::selectedText() const
{
    QList<int> columns;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        if (!isColumnHidden(column))
            columns.append(column);
    }
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    lines.reserve(rows.size());
    for (const QModelIndex &index : std::as_const(rows)) {
        QStringList cells;
        for (const int column : std::as_const(columns)) {
            // A tab or line break inside a label would shift the cells where this is pasted.
            cells.append(index.siblingAtColumn(column).data().toString().simplified());
        }
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

void InstanceTableView::showAddress(const InstanceAddress &address)
{
    const QModelIndex index = m_model.indexOf(address);
    if (!index.isValid())
        return;
    selectRow(index.row());
    scrollTo(index);
}

void InstanceTableView::setSeveralOrganizations(bool several)
{
    m_severalOrganizations = several;
    if (!m_uiState.flag(profileColumnChosen(), false))
        setColumnHidden(int(InstanceColumn::Profile), !several);
}

void InstanceTableView::saveColumns()
{
    m_uiState.save(columnsName(), *horizontalHeader());
}

void InstanceTableView::fillColumnMenu(QMenu &menu)
{
    QHeaderView *header = horizontalHeader();
    const int visible = header->count() - header->hiddenSectionCount();
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        QAction *action =
            menu.addAction(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setObjectName(u"column%1"_s.arg(column));
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(visible > 1 || header->isSectionHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool on) {
            horizontalHeader()->setSectionHidden(column, !on);
            if (column == int(InstanceColumn::Profile))
                m_uiState.setFlag(profileColumnChosen(), true);
            saveColumns();
        });
    }
    menu.addSeparator();
    QAction *reset = menu.addAction(tr("Reset Columns"));
    reset->setObjectName(u"resetColumns"_s);
    connect(reset, &QAction::triggered, this, [this] {
        m_uiState.setFlag(profileColumnChosen(), false);
        setDefaultColumns();
        saveColumns();
    });
}

void InstanceTableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_painted || m_model.rowCount() == 0)
        return;
    m_painted = true;
    Q_EMIT rowsPainted(m_model.rowCount());
}

void InstanceTableView::keyPressEvent(QKeyEvent *event)
{
    // QTableView would copy the current cell only; the window's action copies rows.
    if (event->matches(QKeySequence::Copy)) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

void InstanceTableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        setRowHeight();
}

void InstanceTableView::setRowHeight()
{
    verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 4);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
}

void InstanceTableView::setDefaultColumns()
{
    QHeaderView *header = horizontalHeader();
    const int unit = fontMetrics().averageCharWidth();
    // The expiry stays in sight where the details take half of the width.
    constexpr std::array order{InstanceColumn::State,       InstanceColumn::Instance, InstanceColumn::Expiry,
                               InstanceColumn::Integration, InstanceColumn::Profile,  InstanceColumn::Type,
                               InstanceColumn::Permissions, InstanceColumn::Created,  InstanceColumn::Labels};
    static_assert(order.size() == size_t(InstanceColumn::ColumnCount));
    for (int visual = 0; visual < int(order.size()); ++visual) {
        const int column = int(order[size_t(visual)]);
        header->setSectionHidden(column, isHiddenAtFirst(InstanceColumn(column)));
        header->moveSection(header->visualIndex(column), visual);
        header->resizeSection(column, defaultWidth(InstanceColumn(column)) * unit);
    }
    setSeveralOrganizations(m_severalOrganizations);
}

void InstanceTableView::openHeaderMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"columnsMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(*menu);
    menu->popup(horizontalHeader()->mapToGlobal(position));
}

} // namespace latchkey
