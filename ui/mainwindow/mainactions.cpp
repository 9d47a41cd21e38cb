// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/mainactions.h"

#include "ui/common/icons.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QAction *make(QObject *owner, const QString &name, const QString &text, const QString &tip = {})
{
    auto *action = new QAction(text, owner);
    action->setObjectName(name);
    if (!tip.isEmpty())
        action->setToolTip(tip);
    action->setStatusTip(QString());
    return action;
}

} // namespace

MainActions::MainActions(QObject *parent)
    : QObject(parent)
    , dashboard(make(this, u"dashboard"_s, tr("&Dashboard")))
    , refresh(make(this, u"refresh"_s, tr("&Refresh"), tr("Read all instances and credentials anew (F5)")))
    , stopRefresh(make(this, u"stopRefresh"_s, tr("S&top"), tr("Stop refreshing (Ctrl+.)")))
    , newCredential(make(this, u"newCredential"_s, tr("&New Credential…"),
                         tr("Give each selected instance a credential (Ctrl+N)")))
    , replaceCredential(make(this, u"replaceCredential"_s, tr("R&eplace…"),
                             tr("Replace the credential of each selected instance (Ctrl+Shift+E)")))
    , deleteCredential(make(this, u"deleteCredential"_s, tr("&Delete…"),
                            tr("Delete the credential of each selected instance (Ctrl+Delete)")))
    , rollBack(make(this, u"rollBack"_s, tr("Roll &Back…"),
                    tr("Bring back the keys that the selected instance had before")))
    , enterKeys(make(this, u"enterKeys"_s, tr("Enter Its &Keys…"),
                     tr("Keep the keys of a credential that was not made here")))
    , copyKeys(make(this, u"copyKeys"_s, tr("Copy Its Keys to…"),
                    tr("Send the keys that are kept for the selected instance to another one")))
    , moveCredential(make(this, u"moveCredential"_s, tr("&Move to…"),
                          tr("Give another instance the keys of this one, then delete its credential")))
    , recordExpiry(make(this, u"recordExpiry"_s, tr("Record E&xpiry…"),
                        tr("Write down when the credentials of the selected instances expire, "
                           "who is to be asked and a note (Ctrl+E)")))
    , forgetKeys(make(this, u"forgetKeys"_s, tr("&Forget Earlier Keys…"),
                      tr("Remove the keys from this computer that the selected instance had before")))
    , protect(
          make(this, u"protect"_s, {}, tr("Ask for the name before its credential is replaced or deleted")))
    , refreshInstance(make(this, u"refreshInstance"_s, tr("Refresh &This Instance")))
    , copyRows(make(this, u"copyRows"_s, tr("&Copy Rows")))
    , copyIds(make(this, u"copyIds"_s, tr("Copy Instance &Ids")))
    , find(make(this, u"find"_s, tr("&Find…")))
    , addProfile(make(this, u"addProfile"_s, tr("&Add Profile…"), tr("Set up an organization")))
    , exportExpiries(make(this, u"exportExpiries"_s, tr("E&xport Expiries…"),
                          tr("Write what expires when as a calendar, CSV, JSON or metrics")))
    , exportConfiguration(make(this, u"exportConfiguration"_s, tr("Export &Configuration…"),
                               tr("Write what there is to a file that can be reviewed and applied again")))
    , importConfiguration(make(this, u"importConfiguration"_s, tr("&Import Configuration…"),
                               tr("See what a configuration or a plan would have done, and do it")))
    , compareConfiguration(make(this, u"compareConfiguration"_s, tr("Co&mpare with Configuration…"),
                                tr("See what is not as a configuration says")))
    , openDemo(make(this, u"openDemo"_s, tr("&Open the Demo")))
    , quit(make(this, u"quit"_s, tr("&Quit")))
    , history(make(this, u"history"_s, tr("&History…"), tr("Every change and how it ended (Ctrl+H)")))
    , settings(make(this, u"settings"_s, tr("&Settings…"), tr("How long keys are kept, and more (Ctrl+,)")))
    , showSidebar(make(this, u"showSidebar"_s, tr("&Sidebar")))
    , showDetails(make(this, u"showDetails"_s, tr("&Details")))
    , about(make(this, u"about"_s, tr("&About Latchkey")))
    , themes(new QActionGroup(this))
{
    dashboard->setIcon(icon(Icon::Dashboard));
    refresh->setIcon(icon(Icon::Refresh));
    stopRefresh->setIcon(icon(Icon::Stop));
    newCredential->setIcon(icon(Icon::NewCredential));
    replaceCredential->setIcon(icon(Icon::Replace));
    deleteCredential->setIcon(icon(Icon::Delete));
    rollBack->setIcon(icon(Icon::Undo));
    enterKeys->setIcon(icon(Icon::Key));
    recordExpiry->setIcon(icon(Icon::Wait));
    protect->setIcon(icon(Icon::Locked));
    copyRows->setIcon(icon(Icon::Copy));
    find->setIcon(icon(Icon::Search));
    addProfile->setIcon(icon(Icon::Add));
    history->setIcon(icon(Icon::History));
    settings->setIcon(icon(Icon::Settings));
    openDemo->setIcon(icon(Icon::Demo));
    about->setMenuRole(QAction::AboutRole);
    quit->setMenuRole(QAction::QuitRole);
    settings->setMenuRole(QAction::PreferencesRole);

    dashboard->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_1));
    refresh->setShortcuts({QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_R)});
    stopRefresh->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Period));
    newCredential->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_N));
    replaceCredential->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
    deleteCredential->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Delete));
    recordExpiry->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    refreshInstance->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F5));
    copyRows->setShortcut(QKeySequence::Copy);
    copyIds->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    for (QAction *action : {copyRows, copyIds})
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    find->setShortcut(QKeySequence::Find);
    addProfile->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    history->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_H));
    settings->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    showSidebar->setShortcut(QKeySequence(Qt::Key_F9));
    showDetails->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_I));

    for (QAction *action : {showSidebar, showDetails})
        action->setCheckable(true);
    const auto addTheme = [this](Theme theme, const QString &name, const QString &text) {
        QAction *action = themes->addAction(text);
        action->setObjectName(name);
        action->setCheckable(true);
        action->setData(int(theme));
    };
    addTheme(Theme::System, u"themeSystem"_s, tr("As the &System"));
    addTheme(Theme::Light, u"themeLight"_s, tr("&Light"));
    addTheme(Theme::Dark, u"themeDark"_s, tr("&Dark"));
    allow({});
    setRefreshing(false);
}

void MainActions::allow(const AllowedActions &allowed)
{
    newCredential->setEnabled(allowed.create);
    replaceCredential->setEnabled(allowed.replace);
    deleteCredential->setEnabled(allowed.remove);
    newCredential->setStatusTip(allowed.whyNoCreate);
    replaceCredential->setStatusTip(allowed.whyNoReplace);
    deleteCredential->setStatusTip(allowed.whyNoRemove);
    rollBack->setEnabled(allowed.rollBack);
    rollBack->setStatusTip(allowed.whyNoRollBack);
    enterKeys->setEnabled(allowed.enterKeys);
    for (QAction *action : {copyKeys, moveCredential}) {
        action->setEnabled(allowed.handOver);
        action->setStatusTip(allowed.whyNoHandover);
    }
    recordExpiry->setEnabled(allowed.recordExpiry);
    recordExpiry->setStatusTip(allowed.whyNoExpiry);
    forgetKeys->setEnabled(allowed.forgetKeys);
    protect->setEnabled(allowed.protect);
    protect->setText(allowed.isProtected ? tr("Un&protect…") : tr("&Protect"));
    refreshInstance->setEnabled(allowed.refresh);
    copyRows->setEnabled(allowed.copy);
    copyIds->setEnabled(allowed.copy);
}

void MainActions::setRefreshing(bool running)
{
    // One takes the place of the other in the toolbar.
    refresh->setVisible(!running);
    refresh->setEnabled(!running);
    stopRefresh->setVisible(running);
    stopRefresh->setEnabled(running);
}

void MainActions::setTheme(Theme theme)
{
    const QList<QAction *> actions = themes->actions();
    for (QAction *action : actions)
        action->setChecked(action->data().toInt() == int(theme));
}

} // namespace latchkey
