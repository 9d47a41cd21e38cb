// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instancetableview.h"

#include "models/core/wording.h"
#include "models/items/instancefiltermodel.h"
#include "ui/common/theme.h"
#include "ui/common/uistate.h"
#include "ui/instances/instancedelegate.h"
#include "ui/instances/selectionkeeper.h"

#include <QActionGroup>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPaintEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString columnsName()
{
    return u"instances"_s;
}

/// In average characters.
int usualWidth(InstanceColumn column)
{
    switch (column) {
    case InstanceColumn::Instance:
        return 28;
    case InstanceColumn::Integration:
        return 19;
    case InstanceColumn::Profile:
        return 20;
    case InstanceColumn::Type:
        return 15;
    case InstanceColumn::Permissions:
        return 13; // The last one of those shown at first: it takes what is left.
    case InstanceColumn::Created:
        return 15;
    case InstanceColumn::Labels:
        return 24;
    case InstanceColumn::State:
    case InstanceColumn::Expiry:
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
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    records.reserve(rows.size());
    for (const QModelIndex &index : std::as_const(rows))
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
    // selectRow() would obey the modifiers that are held down.
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
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

void InstanceTableView::fillColumnMenu(QMenu &menu, int movable)
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
    addMoveAction(menu, movable, -1);
    addMoveAction(menu, movable, 1);
    QAction *reset = menu.addAction(tr("Reset Columns"));
    reset->setObjectName(u"resetColumns"_s);
    connect(reset, &QAction::triggered, this, [this] {
        m_uiState.setFlag(profileColumnChosen(), false);
        setDefaultColumns();
        saveColumns();
    });
}

void InstanceTableView::addMoveAction(QMenu &menu, int column, int by)
{
    QHeaderView *header = horizontalHeader();
    if (column < 0 || header->isSectionHidden(column))
        return;
    int place = header->visualIndex(column) + by;
    while (place >= 0 && place < header->count() && header->isSectionHidden(header->logicalIndex(place)))
        place += by;
    const QString name = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    QAction *move = menu.addAction((by < 0 ? tr("Move “%1” Left") : tr("Move “%1” Right")).arg(name));
    move->setObjectName(by < 0 ? u"moveColumnLeft"_s : u"moveColumnRight"_s);
    move->setEnabled(place >= 0 && place < header->count());
    connect(move, &QAction::triggered, this, [this, column, place] {
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column), place);
        saveColumns();
    });
}

void InstanceTableView::fillSortMenu(QMenu &menu)
{
    const QHeaderView *header = horizontalHeader();
    const auto add = [&menu](QActionGroup &group, const QString &name, const QString &text, bool checked) {
        QAction *action = menu.addAction(text);
        action->setObjectName(name);
        action->setCheckable(true);
        action->setChecked(checked);
        group.addAction(action);
        return action;
    };
    auto *columns = new QActionGroup(&menu);
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (header->isSectionHidden(column))
            continue;
        const QAction *action = add(*columns, u"sortBy%1"_s.arg(column),
                                    m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                                    header->sortIndicatorSection() == column);
        connect(action, &QAction::triggered, this,
                [this, column] { sortByColumn(column, horizontalHeader()->sortIndicatorOrder()); });
    }
    menu.addSeparator();
    auto *orders = new QActionGroup(&menu);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        const bool up = order == Qt::AscendingOrder;
        const QAction *action =
            add(*orders, up ? u"sortAscending"_s : u"sortDescending"_s,
                up ? tr("&Ascending") : tr("&Descending"), header->sortIndicatorOrder() == order);
        connect(action, &QAction::triggered, this,
                [this, order] { sortByColumn(horizontalHeader()->sortIndicatorSection(), order); });
    }
}

QRect InstanceTableView::rowRect(int row) const
{
    const int width = qMin(viewport()->width(), horizontalHeader()->length() - horizontalHeader()->offset());
    const int left = isRightToLeft() ? viewport()->width() - width : 0;
    return {left, rowViewportPosition(row), width, rowHeight(row)};
}

void InstanceTableView::paintFocusRing()
{
    if (!hasFocus() || !currentIndex().isValid())
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(inkColour(Ink::Accent, palette()), 1.5));
    painter.drawRect(QRectF(rowRect(currentIndex().row())).adjusted(0.75, 0.75, -1.25, -1.25));
}

void InstanceTableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    // The view itself repaints the two cells only.
    for (const QModelIndex &index : {current, previous}) {
        if (index.isValid())
            viewport()->update(rowRect(index.row()));
    }
}

void InstanceTableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    paintFocusRing();
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

int InstanceTableView::widthFor(const QStringList &words) const
{
    int width = 0;
    for (const QString &word : words)
        width = qMax(width, fontMetrics().horizontalAdvance(word));
    const int margin = style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1;
    return width + 1 + 2 * margin + InstanceDelegate::ColumnPadding;
}

int InstanceTableView::defaultWidth(InstanceColumn column) const
{
    QStringList words;
    if (column == InstanceColumn::State) {
        for (int state = 0; state < HealthStateCount; ++state)
            words.append(wording::stateLabel(HealthState(state)));
        const int margin = style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1;
        return widthFor(words) + InstanceDelegate::StateIconSize + 2 * margin;
    }
    if (column == InstanceColumn::Expiry) {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        for (const int days : {-300, 300})
            words.append(wording::relative(now.addDays(days), now));
        words.append(wording::expiry(Timestamp(), now));
        words.append(wording::relative(now.addSecs(45 * 60 + 1), now));
        return widthFor(words);
    }
    return usualWidth(column) * fontMetrics().averageCharWidth();
}

void InstanceTableView::setDefaultColumns()
{
    QHeaderView *header = horizontalHeader();
    // The expiry stays in sight where the details take half of the width.
    constexpr std::array order{InstanceColumn::State,       InstanceColumn::Instance, InstanceColumn::Expiry,
                               InstanceColumn::Integration, InstanceColumn::Profile,  InstanceColumn::Type,
                               InstanceColumn::Permissions, InstanceColumn::Created,  InstanceColumn::Labels};
    static_assert(order.size() == size_t(InstanceColumn::ColumnCount));
    for (int visual = 0; visual < int(order.size()); ++visual) {
        const int column = int(order[size_t(visual)]);
        header->setSectionHidden(column, isHiddenAtFirst(InstanceColumn(column)));
        header->moveSection(header->visualIndex(column), visual);
        header->resizeSection(column, defaultWidth(InstanceColumn(column)));
    }
    setSeveralOrganizations(m_severalOrganizations);
}

void InstanceTableView::openHeaderMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"columnsMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(*menu, horizontalHeader()->logicalIndexAt(position));
    menu->popup(horizontalHeader()->mapToGlobal(position));
}

} // namespace latchkey
