// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/compacttable.h"

#include "ui/common/theme.h"
#include "ui/expiry/compactdelegate.h"

#include <QFocusEvent>
#include <QHeaderView>
#include <QPainter>

namespace latchkey {

CompactTable::CompactTable(int mostRows, QWidget *parent)
    : QTableView(parent)
    , m_mostRows(mostRows)
{
    setItemDelegate(new CompactDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setTextElideMode(Qt::ElideRight);
    connect(this, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT rowActivated(index.row()); });
    fit();
}

void CompactTable::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, &QWidget::updateGeometry);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &QWidget::updateGeometry);
    connect(model, &QAbstractItemModel::modelReset, this, &QWidget::updateGeometry);
    // The neighbour of a row that went is the current one, but not selected.
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (currentIndex().isValid())
            selectRow(currentRow());
    });
}

void CompactTable::setWidths(const QList<int> &characters)
{
    m_characters = characters;
    fit();
}

QSize CompactTable::sizeHint() const
{
    const int rows = model() == nullptr ? 0 : qBound(1, model()->rowCount(), m_mostRows);
    const int height =
        horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize();
    return {420, height + 2 * frameWidth()};
}

QSize CompactTable::minimumSizeHint() const
{
    return {240, sizeHint().height()};
}

QModelIndex CompactTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (action == MoveHome || action == MoveEnd)
        modifiers |= Qt::ControlModifier;
    return QTableView::moveCursor(action, modifiers);
}

void CompactTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update();
    Q_EMIT currentRowChanged(current.row());
}

void CompactTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!hasFocus() || !currentIndex().isValid())
        return;
    const int row = currentIndex().row();
    const QRectF line(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
    QPainter painter(viewport());
    painter.setPen(QPen(inkColour(Ink::Accent, palette()), 1.5));
    painter.drawRect(line.adjusted(0.75, 0.75, -1.25, -1.25));
}

void CompactTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

void CompactTable::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    // So that Enter has something to work on at once. A click chooses by itself.
    if (event->reason() != Qt::MouseFocusReason && !currentIndex().isValid() && model() != nullptr &&
        model()->rowCount() > 0)
        selectRow(0);
}

void CompactTable::fit()
{
    verticalHeader()->setMinimumSectionSize(fontMetrics().height() + 4);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    QHeaderView *header = horizontalHeader();
    for (int column = 0; column < qMin(header->count(), int(m_characters.size())); ++column) {
        const int characters = m_characters.at(column);
        header->setSectionResizeMode(column, characters > 0 ? QHeaderView::Fixed : QHeaderView::Stretch);
        if (characters > 0)
            header->resizeSection(column, characters * fontMetrics().averageCharWidth());
    }
    updateGeometry();
}

} // namespace latchkey
