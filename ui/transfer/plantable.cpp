// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/plantable.h"

#include "models/items/planmodel.h"
#include "ui/common/icons.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStyledItemDelegate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QIcon iconOf(PlanAction action)
{
    switch (action) {
    case PlanAction::Blocked:
        return icon(Icon::Stop, Ink::Danger);
    case PlanAction::Delete:
        return icon(Icon::Delete, Ink::Danger);
    case PlanAction::Replace:
        return icon(Icon::Replace, Ink::Warning);
    case PlanAction::Create:
        return icon(Icon::NewCredential, Ink::Accent);
    case PlanAction::Adopt:
        return icon(Icon::Key, Ink::Accent);
    case PlanAction::Keep:
        return icon(Icon::Check, Ink::Good);
    }
    return {};
}

/// Draws the sign of its action before a row's word.
class ActionDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->icon = iconOf(PlanAction(index.data(PlanModel::ActionRole).toInt()));
        option->features |= QStyleOptionViewItem::HasDecoration;
    }
};

} // namespace

PlanTable::PlanTable(PlanModel &model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
{
    setObjectName(u"planRows"_s);
    setAccessibleName(tr("What would be done, the worst first"));
    setModel(&model);
    setItemDelegateForColumn(PlanModel::ActionColumn, new ActionDelegate(this));
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setTabKeyNavigation(false);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setMinimumHeight(8 * (fontMetrics().height() + 6));
    const int letter = fontMetrics().averageCharWidth();
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(3 * letter);
    header()->resizeSection(PlanModel::TickColumn, 34);
    header()->resizeSection(PlanModel::InstanceColumn, 26 * letter);
    header()->resizeSection(PlanModel::ProfileColumn, 14 * letter);
    header()->resizeSection(PlanModel::ActionColumn, 18 * letter);
    header()->resizeSection(PlanModel::HeadersColumn, 34 * letter);
    auto *copy = new QAction(icon(Icon::Copy), tr("&Copy Rows"), this);
    copy->setObjectName(u"copyPlanRows"_s);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    addAction(copy);
    connect(copy, &QAction::triggered, this, &PlanTable::copySelected);
}

void PlanTable::setReadOnly()
{
    m_isReadOnly = true;
    setColumnHidden(PlanModel::TickColumn, true);
    setAccessibleName(tr("What is not as the file says, the worst first"));
}

QList<int> PlanTable::selected() const
{
    QList<int> rows;
    const QModelIndexList indexes = selectionModel()->selectedRows(PlanModel::InstanceColumn);
    for (const QModelIndex &index : indexes)
        rows.append(index.row());
    std::ranges::sort(rows);
    return rows;
}

void PlanTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        if (!m_isReadOnly)
            toggleSelected();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void PlanTable::toggleSelected()
{
    const QList<int> rows = selected();
    const auto box = [this](int row) { return m_model.index(row, PlanModel::TickColumn); };
    // All get what the first of them has not.
    const auto first = std::ranges::find_if(rows, [this](int row) { return m_model.isCheckable(row); });
    if (first == rows.cend())
        return;
    const bool isTicked = box(*first).data(Qt::CheckStateRole).toInt() == Qt::Checked;
    for (const int row : rows)
        m_model.setData(box(row), isTicked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

void PlanTable::copySelected() const
{
    QStringList lines;
    const QList<int> rows = selected();
    for (const int row : rows) {
        QStringList cells;
        for (int column = PlanModel::InstanceColumn; column < PlanModel::ColumnCount; ++column)
            cells.append(m_model.index(row, column).data().toString().simplified());
        lines.append(cells.join(u'\t'));
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace latchkey
