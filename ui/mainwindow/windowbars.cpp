// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/windowbars.h"

#include "models/items/sidebarmodel.h"
#include "ui/common/icons.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/profilemenu.h"
#include "ui/mainwindow/searchfield.h"

#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WindowBars)
};

} // namespace

QMenu &makeViewsMenu(QWidget &window, QAction *dashboard, const SidebarModel &model,
                     const std::function<void(InstanceView)> &choose)
{
    auto *menu = new QMenu(Text::tr("&Show"), &window);
    menu->setObjectName(u"viewsMenu"_s);
    menu->addAction(dashboard);
    menu->addSeparator();
    for (int view = 0; view <= int(InstanceView::NotChecked); ++view) {
        QAction *action = menu->addAction(model.indexOfView(InstanceView(view)).data().toString());
        action->setObjectName(u"view%1"_s.arg(view));
        // 1 is the dashboard's; the tenth of them has 0.
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + (view + 2) % 10)));
        QObject::connect(action, &QAction::triggered, menu, [choose, view] { choose(InstanceView(view)); });
    }
    return *menu;
}

QMenu &makeFilledMenu(QWidget &window, const QString &name, const QString &title,
                      const std::function<void(QMenu &)> &fill)
{
    auto *menu = new QMenu(title, &window);
    menu->setObjectName(name);
    QObject::connect(menu, &QMenu::aboutToShow, menu, [menu, fill] {
        menu->clear();
        fill(*menu);
    });
    return *menu;
}

void buildMenuBar(QMainWindow &window, const BarParts &parts)
{
    const MainActions &actions = parts.actions;
    QMenu *file = window.menuBar()->addMenu(Text::tr("&File"));
    file->setObjectName(u"fileMenu"_s);
    file->addAction(actions.addProfile);
    file->addMenu(&parts.profiles);
    file->addSeparator();
    file->addAction(actions.exportConfiguration);
    file->addAction(actions.importConfiguration);
    file->addAction(actions.compareConfiguration);
    file->addSeparator();
    file->addAction(actions.exportExpiries);
    file->addAction(actions.settings);
    file->addAction(actions.openDemo);
    file->addSeparator();
    file->addAction(actions.quit);

    QMenu *instance = window.menuBar()->addMenu(Text::tr("&Instance"));
    instance->setObjectName(u"instanceMenu"_s);
    fillInstanceMenu(*instance, actions);

    QMenu *view = window.menuBar()->addMenu(Text::tr("&View"));
    view->setObjectName(u"viewMenu"_s);
    view->addAction(actions.refresh);
    view->addAction(actions.stopRefresh);
    view->addAction(actions.find);
    view->addAction(actions.history);
    view->addSeparator();
    view->addMenu(&parts.views);
    view->addMenu(&parts.sort);
    view->addMenu(&parts.columns);
    view->addAction(actions.showSidebar);
    view->addAction(actions.showDetails);
    view->addSeparator();
    QMenu *theme = view->addMenu(Text::tr("&Theme"));
    theme->setObjectName(u"themeMenu"_s);
    theme->addActions(actions.themes->actions());

    QMenu *help = window.menuBar()->addMenu(Text::tr("&Help"));
    help->setObjectName(u"helpMenu"_s);
    help->addAction(actions.about);
}

void buildToolBar(QMainWindow &window, const BarParts &parts)
{
    const MainActions &actions = parts.actions;
    QToolBar *bar = window.addToolBar(Text::tr("Toolbar"));
    bar->setObjectName(u"mainToolBar"_s);
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize(QSize(16, 16));
    bar->setContentsMargins(6, 3, 6, 3);
    bar->addAction(actions.refresh);
    bar->addAction(actions.stopRefresh);
    bar->addSeparator();
    bar->addAction(actions.newCredential);
    bar->addAction(actions.replaceCredential);
    bar->addAction(actions.deleteCredential);
    for (QAction *action : {actions.refresh, actions.stopRefresh, actions.newCredential,
                            actions.replaceCredential, actions.deleteCredential})
        bar->widgetForAction(action)->setObjectName(action->objectName() + u"Button"_s);
    // "Stop" must not move what is to the right of it.
    QWidget *refresh = bar->widgetForAction(actions.refresh);
    bar->widgetForAction(actions.stopRefresh)->setMinimumWidth(refresh->sizeHint().width());

    auto *space = new QWidget(bar);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    bar->addWidget(&parts.search);
    auto *profiles = new QToolButton(bar);
    profiles->setObjectName(u"profileMenuButton"_s);
    profiles->setText(Text::tr("Profiles"));
    profiles->setIcon(icon(Icon::Profile));
    profiles->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    profiles->setMenu(&parts.profiles);
    profiles->setPopupMode(QToolButton::InstantPopup);
    profiles->setToolTip(Text::tr("Add, edit and remove profiles"));
    bar->addWidget(profiles);
}

void fillInstanceMenu(QMenu &menu, const MainActions &actions)
{
    menu.addAction(actions.newCredential);
    menu.addAction(actions.replaceCredential);
    menu.addAction(actions.deleteCredential);
    menu.addAction(actions.recordExpiry);
    menu.addAction(actions.rollBack);
    menu.addAction(actions.enterKeys);
    menu.addAction(actions.copyKeys);
    menu.addAction(actions.moveCredential);
    menu.addAction(actions.forgetKeys);
    menu.addAction(actions.protect);
    menu.addSeparator();
    menu.addAction(actions.refreshInstance);
    menu.addSeparator();
    menu.addAction(actions.copyRows);
    menu.addAction(actions.copyIds);
}

} // namespace latchkey
