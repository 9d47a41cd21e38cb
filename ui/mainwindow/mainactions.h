// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/instances/instanceactions.h"

#include <QActionGroup>
#include <QObject>

class QAction;

namespace latchkey {

/// Everything that menus, toolbar and shortcuts can start. Owns the actions; the window connects them.
/// No shortcut changes anything on the server: those that lead there open a dialog.
class MainActions : public QObject
{
    Q_OBJECT
public:
    explicit MainActions(QObject *parent);

    void allow(const AllowedActions &allowed);
    void setRefreshing(bool running);
    void setTheme(Theme theme);

    QAction *dashboard;
    QAction *refresh;
    QAction *stopRefresh;
    QAction *newCredential;
    QAction *replaceCredential;
    QAction *deleteCredential;
    QAction *rollBack;
    QAction *enterKeys;
    QAction *copyKeys; ///< Kept keys to another instance.
    QAction *moveCredential;
    QAction *recordExpiry;
    QAction *forgetKeys;
    QAction *protect; ///< Or unprotect: its text follows what is selected.
    QAction *refreshInstance;
    QAction *copyRows; ///< The keys of this and of copyIds work in the table, to which they must be added.
    QAction *copyIds;
    QAction *find;
    QAction *addProfile;
    QAction *exportExpiries;
    QAction *exportConfiguration;
    QAction *importConfiguration;
    QAction *compareConfiguration;
    QAction *openDemo;
    QAction *quit;
    QAction *history;
    QAction *settings;
    QAction *showSidebar;
    QAction *showDetails;
    QAction *about;
    QActionGroup *themes; ///< Each action's data is int(Theme).
};

} // namespace latchkey
