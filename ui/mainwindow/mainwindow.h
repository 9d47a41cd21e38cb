// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/problem.h"
#include "models/core/refresh.h"

#include <QHash>
#include <QMainWindow>
#include <QString>

#include <functional>

class QSplitter;
class QStackedWidget;
class QTimer;

namespace latchkey {

class AttentionMarks;
class BannerStack;
class BulkChanges;
class ChangeRecovery;
class Clock;
class CredentialChanges;
class DashboardPage;
class Editors;
class ExpiryLabels;
class ExpiryOfChanges;
class ExpiryOpener;
class ExpiryRecords;
class ForgetKeysOpener;
class History;
class InstancesPage;
class InstanceTableModel;
class Inventory;
class KeyAdoption;
class KeyHandover;
class KeyVault;
class MainActions;
class Notices;
class OldKeys;
class PlanMaker;
class PlanRunner;
class Preferences;
class ProfileMenu;
class Profiles;
class Protection;
class ProtectionToggle;
class RefreshLine;
class Retention;
class SearchField;
class SettingsOpener;
class Sidebar;
class SidebarModel;
class StatusLine;
class UiState;

/// The window: puts the pages together, connects their wishes to the services and editors, and holds no data.
///
/// The application feeds the item models; the window starts refreshes, listens to the services for what its
/// banners and status bar say, and opens the editors.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// All must outlive the window.
    struct Parts
    {
        Profiles &profiles;
        Inventory &inventory;
        KeyVault &vault;
        CredentialChanges &changes;
        ChangeRecovery &recovery;
        KeyAdoption &adoption;
        BulkChanges &bulk;
        KeyHandover &handover;
        History &history;
        Protection &protection;
        AttentionMarks &attentionMarks;
        Preferences &preferences;
        Retention &retention;
        ExpiryRecords &expiryRecords;
        ExpiryLabels &expiryLabels;
        ExpiryOfChanges &expiryOfChanges;
        OldKeys &oldKeys;
        PlanMaker &planMaker;
        PlanRunner &planRunner;
        const Clock &clock;
        InstanceTableModel &instances;
        SidebarModel &sidebar;
        UiState &uiState;
        bool demo = false;
    };

    explicit MainWindow(Parts parts, QWidget *parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Editors &editors() { return *m_editors; }
    /// How it stands with a setting on this machine, by its name: for the settings.
    void setSettingNotes(const QHash<QString, QString> &notes);
    /// It is to be closed for good, and not to go on in the tray.
    [[nodiscard]] bool isQuitting() const { return m_quitting; }

public Q_SLOTS:
    /// Reads everything anew; an empty id means all profiles.
    void refresh(const QString &profileId = {});
    void quit();
    /// In front of other windows, and with the keyboard.
    void bringToFront();
    /// A problem that concerns the whole window, as a banner that can be dismissed.
    void showProblem(const latchkey::Problem &problem);

Q_SIGNALS:
    void openDemoRequested();
    /// Once, after the first paint that holds rows, or the figures of them.
    void rowsPainted(int rows);
    /// The window was closed; its arrangement is kept already.
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildPages();
    void buildBars();
    void connectPages();
    void connectDashboard();
    void connectActions();
    void connectServices();
    void restoreArrangement();
    void refreshInstance(const InstanceAddress &address);
    void onProfilesChanged();
    void onRowsPainted(int rows);
    void showPage(QWidget *page);
    [[nodiscard]] bool isDashboard() const;
    /// What is selected on a page that is out of sight is not meant.
    [[nodiscard]] QList<InstanceAddress> selected() const;
    void onProgress(const latchkey::RefreshProgress &progress);
    void updateActions();
    void updateStatus();
    /// Only where exactly one instance is selected.
    void withSelected(const std::function<void(const InstanceAddress &)> &open);
    /// What Konnect says of an instance itself changes with its credential.
    void readAgain(const InstanceAddress &address);
    void showAbout();

    Parts m_parts;
    MainActions *m_actions;
    Editors *m_editors;
    ProtectionToggle *m_protection;
    ForgetKeysOpener *m_forgetKeys;
    ExpiryOpener *m_expiry;
    SettingsOpener *m_settings = nullptr;
    BannerStack *m_banners = nullptr;
    Notices *m_notices = nullptr;
    RefreshLine *m_refreshLine = nullptr;
    QStackedWidget *m_stack = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_pages = nullptr; ///< Beside the sidebar.
    QWidget *m_firstRun = nullptr;
    Sidebar *m_sidebar = nullptr;
    DashboardPage *m_dashboard = nullptr;
    InstancesPage *m_page = nullptr;
    SearchField *m_search = nullptr;
    ProfileMenu *m_profileMenu = nullptr;
    StatusLine *m_status = nullptr;
    QTimer *m_minute = nullptr;
    bool m_rowsPainted = false;
    bool m_quitting = false;
};

} // namespace latchkey
