// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/sidebar.h"

#include "models/items/sidebarmodel.h"
#include "ui/common/theme.h"
#include "ui/mainwindow/sidebardelegate.h"

#include <QEvent>
#include <QItemSelectionModel>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

SidebarModel::Kind kindOf(const QModelIndex &index)
{
    return SidebarModel::Kind(index.data(SidebarModel::KindRole).toInt());
}

} // namespace

Sidebar::Sidebar(SidebarModel &model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
{
    setObjectName(u"sidebar"_s);
    setAccessibleName(tr("Views and profiles"));
    // Before the selection model is connected, which makes a neighbour of what goes the current index.
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_modelChanges = true; });
    setModel(&model);
    setItemDelegate(new SidebarDelegate(this));
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setExpandsOnDoubleClick(false);
    // The delegate indents: the view would paint the selection into the gap.
    setIndentation(0);
    setUniformRowHeights(false);
    setFrameShape(NoFrame);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setMinimumWidth(160);
    setBackgroundRole(QPalette::Window);
    viewport()->setAutoFillBackground(false);
    expandAll();
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &Sidebar::announce);
    connect(this, &QWidget::customContextMenuRequested, this, &Sidebar::openMenu);
    connect(&model, &QAbstractItemModel::modelReset, this, &Sidebar::settle);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &Sidebar::settle);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &Sidebar::settle);
    settle();
}

void Sidebar::choose(InstanceView view)
{
    setCurrentIndex(m_model.indexOfView(view));
}

void Sidebar::chooseScope(const QString &profileId)
{
    if (const QModelIndex scope = m_model.indexOfScope(profileId); scope.isValid())
        setCurrentIndex(scope);
}

void Sidebar::chooseDashboard()
{
    setCurrentIndex(m_model.indexOfDashboard());
}

QSize Sidebar::sizeHint() const
{
    // All entries, also those that are out of sight.
    int width = 0;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (QModelIndex index = m_model.index(0, 0); index.isValid(); index = indexBelow(index))
        width = qMax(width, itemDelegate()->sizeHint(option, index).width());
    const int most = fontMetrics().averageCharWidth() * 44;
    return {qMin(width, most) + verticalScrollBar()->sizeHint().width(), 400};
}

void Sidebar::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

void Sidebar::announce(const QModelIndex &current)
{
    if (!current.isValid() || m_modelChanges)
        return;
    switch (kindOf(current)) {
    case SidebarModel::Kind::Group:
        return;
    case SidebarModel::Kind::Dashboard:
        m_dashboard = true;
        Q_EMIT dashboardChosen();
        return;
    case SidebarModel::Kind::View:
        m_dashboard = false;
        m_view = InstanceView(current.data(SidebarModel::ViewRole).toInt());
        m_profileId.clear();
        m_origin.clear();
        Q_EMIT viewChosen(m_view);
        return;
    case SidebarModel::Kind::Profile:
    case SidebarModel::Kind::Endpoint:
        m_dashboard = false;
        m_profileId = current.data(SidebarModel::ProfileIdRole).toString();
        m_origin = current.data(SidebarModel::OriginRole).toString();
        Q_EMIT scopeChosen(m_profileId, m_origin);
        return;
    }
}

void Sidebar::openMenu(const QPoint &position)
{
    const QModelIndex index = indexAt(position);
    const QString profileId = index.data(SidebarModel::ProfileIdRole).toString();
    if (!profileId.isEmpty())
        Q_EMIT profileMenuRequested(profileId, viewport()->mapToGlobal(position));
}

void Sidebar::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    // A click beside the entries chooses nothing, but the table still shows the last choice.
    if (!m_modelChanges && !selectionModel()->hasSelection())
        selectionModel()->select(chosen(), QItemSelectionModel::ClearAndSelect);
}

QModelIndex Sidebar::chosen() const
{
    if (m_dashboard)
        return m_model.indexOfDashboard();
    if (m_profileId.isEmpty())
        return m_model.indexOfView(m_view);
    for (const QString &origin : {m_origin, QString()}) {
        if (const QModelIndex scope = m_model.indexOfScope(m_profileId, origin); scope.isValid())
            return scope;
    }
    return m_model.indexOfView(InstanceView::All);
}

void Sidebar::settle()
{
    m_modelChanges = false;
    expandAll();
    const QModelIndex wanted = chosen();
    selectionModel()->setCurrentIndex(wanted, QItemSelectionModel::ClearAndSelect);
    // It may have been the current one all the time, with another meaning.
    announce(wanted);
}

} // namespace latchkey
