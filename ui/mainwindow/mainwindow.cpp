// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/mainwindow.h"

#include "models/items/sidebarmodel.h"
#include "models/services/expiryofchanges.h"
#include "models/services/inventory.h"
#include "models/services/profiles.h"
#include "ui/common/bannerstack.h"
#include "ui/common/icons.h"
#include "ui/common/uistate.h"
#include "ui/editor/editors.h"
#include "ui/expiry/dashboardpage.h"
#include "ui/instances/instancespage.h"
#include "ui/mainwindow/dashboardwishes.h"
#include "ui/mainwindow/expiryexport.h"
#include "ui/mainwindow/expiryopener.h"
#include "ui/mainwindow/firstrunpage.h"
#include "ui/mainwindow/forgetkeysopener.h"
#include "ui/mainwindow/historyopener.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/notices.h"
#include "ui/mainwindow/profilemenu.h"
#include "ui/mainwindow/protectiontoggle.h"
#include "ui/mainwindow/refreshline.h"
#include "ui/mainwindow/searchfield.h"
#include "ui/mainwindow/settingsopener.h"
#include "ui/mainwindow/sidebar.h"
#include "ui/mainwindow/statusline.h"
#include "ui/mainwindow/transferopener.h"
#include "ui/mainwindow/windowbars.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMessageBox>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimeZone>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

MainWindow::MainWindow(Parts parts, QWidget *parent)
    : QMainWindow(parent)
    , m_parts(parts)
    , m_actions(new MainActions(this))
    , m_editors(new Editors(parts.profiles, parts.inventory, parts.vault, parts.changes, parts.recovery,
                            parts.adoption, parts.bulk, parts.handover, this))
    , m_protection(new ProtectionToggle(parts.protection, parts.inventory, *this))
    , m_forgetKeys(new ForgetKeysOpener(parts.retention, parts.inventory, *this))
    , m_expiry(new ExpiryOpener(parts.expiryRecords, parts.expiryLabels, parts.inventory, parts.clock, *this))
{
    setObjectName(u"mainWindow"_s);
    // The platform adds the application's name.
    setWindowTitle(parts.demo ? tr("Demo") : QString());
    buildPages();
    buildBars();
    m_notices = new Notices(
        *m_banners,
        {parts.profiles, parts.inventory, parts.vault, parts.changes, parts.recovery, parts.clock},
        parts.demo, this);
    new ExpiryExport(*m_actions->exportExpiries,
                     ExpiryFeeds(parts.inventory, parts.profiles, parts.preferences, parts.clock), *this);
    new TransferOpener(
        *m_actions,
        {parts.profiles, parts.inventory, parts.vault, parts.changes, parts.planMaker, parts.planRunner,
         parts.clock},
        [this] { return selected(); }, *this);
    new HistoryOpener(*m_actions->history, parts.history, *this);
    m_settings = new SettingsOpener(*m_actions->settings, parts.preferences, parts.retention, parts.profiles,
                                    parts.inventory, parts.clock, *this);
    m_minute = new QTimer(this);
    m_minute->setInterval(30s);
    connectPages();
    connectDashboard();
    connectActions();
    connectServices();
    restoreArrangement();
    onProfilesChanged();
    onProgress(parts.inventory.progress());
    updateActions();
    m_minute->start();
}

MainWindow::~MainWindow() = default;

void MainWindow::refresh(const QString &profileId)
{
    QCoro::connect(m_parts.inventory.refresh(profileId), this, [this](const Done &done) {
        if (!done && !done.problem().isCanceled())
            showProblem(done.problem());
    });
}

void MainWindow::bringToFront()
{
    if (isMinimized())
        showNormal();
    show();
    raise();
    activateWindow();
}

void MainWindow::quit()
{
    m_quitting = true;
    close();
}

void MainWindow::setSettingNotes(const QHash<QString, QString> &notes)
{
    m_settings->setNotes(notes);
}

void MainWindow::showProblem(const Problem &problem)
{
    m_notices->showProblem(u"problem"_s, problem);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_parts.uiState.saveWindow(u"main"_s, *this);
    m_parts.uiState.save(u"sidebar"_s, *m_splitter);
    m_page->saveArrangement();
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

void MainWindow::buildPages()
{
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_refreshLine = new RefreshLine(centre);
    m_banners = new BannerStack(centre);
    m_banners->setObjectName(u"banners"_s);
    m_stack = new QStackedWidget(centre);
    // Not that of the highest page, so that several banners fit at 1024×640 too.
    m_stack->setMinimumHeight(160);
    column->addWidget(m_refreshLine);
    column->addWidget(m_banners);
    column->addWidget(m_stack, 1);
    m_splitter = new QSplitter(Qt::Horizontal, m_stack);
    m_splitter->setObjectName(u"sidebarSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_sidebar = new Sidebar(m_parts.sidebar, m_splitter);
    m_pages = new QStackedWidget(m_splitter);
    m_dashboard = new DashboardPage(m_parts.instances, m_parts.sidebar, m_parts.clock,
                                    QTimeZone::systemTimeZone(), m_parts.uiState, m_pages);
    m_page = new InstancesPage(m_parts.instances, m_parts.clock, m_parts.uiState, m_pages);
    m_pages->addWidget(m_dashboard);
    m_pages->addWidget(m_page);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_firstRun = new FirstRunPage(m_stack);
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_firstRun);
    setCentralWidget(centre);
    m_status = new StatusLine(this);
    statusBar()->addWidget(m_status, 1);
}

void MainWindow::buildBars()
{
    m_search = new SearchField(this);
    m_profileMenu = new ProfileMenu(m_actions->addProfile, this);
    QMenu &views = makeViewsMenu(*this, m_actions->dashboard, m_parts.sidebar, [this](InstanceView view) {
        const bool fromDashboard = isDashboard();
        m_sidebar->choose(view);
        if (fromDashboard)
            m_page->takeFocus();
    });
    QMenu &sort = makeFilledMenu(*this, u"sortMenu"_s, tr("S&ort By"),
                                 [this](QMenu &menu) { m_page->fillSortMenu(menu); });
    QMenu &columns = makeFilledMenu(*this, u"viewColumnsMenu"_s, tr("&Columns"),
                                    [this](QMenu &menu) { m_page->fillColumnMenu(menu); });
    const BarParts parts{*m_actions, *m_profileMenu, *m_search, views, sort, columns};
    buildMenuBar(*this, parts);
    buildToolBar(*this, parts);
    // Elsewhere these keys copy what is selected there, such as a part of a text.
    m_page->addTableActions({m_actions->copyRows, m_actions->copyIds});
}

void MainWindow::connectPages()
{
    connect(m_sidebar, &Sidebar::dashboardChosen, this, [this] {
        m_page->clearNarrowing();
        showPage(m_dashboard);
    });
    connect(m_sidebar, &Sidebar::viewChosen, this, [this](InstanceView view) {
        m_page->setView(view);
        showPage(m_page);
    });
    connect(m_sidebar, &Sidebar::scopeChosen, this, [this](const QString &profileId, const QString &origin) {
        m_page->setScope(profileId, origin);
        showPage(m_page);
    });
    connect(m_sidebar, &Sidebar::profileMenuRequested, this,
            [this](const QString &id, const QPoint &position) {
                auto *menu = new QMenu(this);
                menu->setObjectName(u"sidebarMenu"_s);
                menu->setAttribute(Qt::WA_DeleteOnClose);
                m_profileMenu->fill(*menu, id);
                menu->popup(position);
            });
    connect(m_page, &InstancesPage::selectionChanged, this, &MainWindow::updateActions);
    connect(m_page, &InstancesPage::countsChanged, this, &MainWindow::updateStatus);
    connect(m_page, &InstancesPage::rowsPainted, this, &MainWindow::onRowsPainted);
    connect(m_page, &InstancesPage::menuRequested, this, [this](const QPoint &position) {
        auto *menu = new QMenu(this);
        menu->setObjectName(u"instanceContextMenu"_s);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillInstanceMenu(*menu, *m_actions);
        menu->popup(position);
    });
    connect(m_page, &InstancesPage::activated, this, [this] { m_actions->showDetails->setChecked(true); });
    connect(m_page, &InstancesPage::detailsDismissed, this,
            [this] { m_actions->showDetails->setChecked(false); });
    connect(m_page, &InstancesPage::createRequested, m_editors, &Editors::createCredential);
    connect(m_page, &InstancesPage::replaceRequested, m_editors, &Editors::replaceCredential);
    connect(m_page, &InstancesPage::deleteRequested, m_editors, &Editors::deleteCredential);
    connect(m_page, &InstancesPage::rollBackRequested, m_editors, &Editors::rollBack);
    connect(m_page, &InstancesPage::enterKeysRequested, m_editors, &Editors::enterKeys);
    connect(m_page, &InstancesPage::changeRequested, m_editors, &Editors::changeSeveral);
    connect(m_page, &InstancesPage::protectRequested, m_protection, &ProtectionToggle::toggle);
    connect(m_page, &InstancesPage::recordExpiryRequested, m_expiry, &ExpiryOpener::openSeveral);
    connect(m_page, &InstancesPage::refreshRequested, this, [this] { refresh(); });
    connect(m_page, &InstancesPage::clearSearchRequested, m_search, &QLineEdit::clear);
    connect(m_page, &InstancesPage::showAllRequested, this, [this] { m_sidebar->choose(InstanceView::All); });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &needle) {
        m_page->setNeedle(needle);
        // What is found is shown, and it is looked for everywhere.
        if (isDashboard() && !needle.trimmed().isEmpty())
            m_sidebar->choose(InstanceView::All);
    });
    connect(m_search, &SearchField::leaveDown, this, [this] {
        if (isDashboard())
            m_sidebar->choose(InstanceView::All);
        m_page->focusTable();
    });
    auto *firstRun = static_cast<FirstRunPage *>(m_firstRun);
    connect(firstRun, &FirstRunPage::addProfileRequested, m_editors, &Editors::addProfile);
    connect(firstRun, &FirstRunPage::openDemoRequested, this, &MainWindow::openDemoRequested);
    connect(m_profileMenu, &ProfileMenu::refreshRequested, this, &MainWindow::refresh);
    connect(m_profileMenu, &ProfileMenu::editRequested, m_editors, &Editors::editProfile);
    connect(m_profileMenu, &ProfileMenu::removeRequested, m_editors, &Editors::removeProfile);
    connect(m_notices, &Notices::refreshRequested, this, &MainWindow::refresh);
    connect(m_notices, &Notices::editProfileRequested, m_editors, &Editors::editProfile);
    connect(m_notices, &Notices::answerRequested, m_editors, &Editors::askOrganization);
    connect(m_notices, &Notices::lookAtUnfinishedRequested, m_editors, &Editors::lookAtUnfinished);
}

void MainWindow::connectDashboard()
{
    new DashboardWishes(*m_dashboard, m_parts.attentionMarks, m_parts.oldKeys, m_parts.inventory, *this);
    connect(m_dashboard, &DashboardPage::rowsPainted, this, &MainWindow::onRowsPainted);
    connect(m_dashboard, &DashboardPage::refreshRequested, this, [this] { refresh(); });
    connect(m_dashboard, &DashboardPage::viewRequested, this, [this](InstanceView view) {
        m_search->clear();
        m_sidebar->choose(view);
        m_page->takeFocus();
    });
    connect(m_dashboard, &DashboardPage::profileRequested, this, [this](const QString &profileId) {
        m_search->clear();
        m_sidebar->chooseScope(profileId);
        m_page->takeFocus();
    });
    connect(m_dashboard, &DashboardPage::narrowingRequested, this,
            [this](const InstanceNarrowing &narrowing) {
                m_search->clear();
                m_sidebar->choose(InstanceView::All);
                m_page->setNarrowing(narrowing);
                m_page->takeFocus();
            });
    connect(m_dashboard, &DashboardPage::instanceRequested, this, [this](const InstanceAddress &address) {
        m_search->clear();
        m_sidebar->choose(InstanceView::All);
        m_page->showAddress(address);
    });
    connect(m_dashboard, &DashboardPage::createRequested, m_editors, &Editors::createCredential);
    connect(m_dashboard, &DashboardPage::replaceRequested, m_editors, &Editors::replaceCredential);
    connect(m_dashboard, &DashboardPage::changeRequested, m_editors, &Editors::changeSeveral);
    connect(m_dashboard, &DashboardPage::editProfileRequested, m_editors, &Editors::editProfile);
    connect(m_dashboard, &DashboardPage::recordExpiryRequested, m_expiry, &ExpiryOpener::open);
}

void MainWindow::showPage(QWidget *page)
{
    if (m_pages->currentWidget() == page)
        return;
    m_pages->setCurrentWidget(page);
    updateActions();
}

bool MainWindow::isDashboard() const
{
    return m_pages->currentWidget() == m_dashboard;
}

QList<InstanceAddress> MainWindow::selected() const
{
    QList<InstanceAddress> addresses;
    if (isDashboard())
        return addresses;
    const QList<InstanceRecord> records = m_page->selected();
    for (const InstanceRecord &record : records)
        addresses.append(record.address);
    return addresses;
}

void MainWindow::onRowsPainted(int rows)
{
    if (!std::exchange(m_rowsPainted, true))
        Q_EMIT rowsPainted(rows);
}

void MainWindow::connectActions()
{
    MainActions &actions = *m_actions;
    connect(actions.dashboard, &QAction::triggered, this, [this] {
        m_sidebar->chooseDashboard();
        m_dashboard->takeFocus();
    });
    connect(actions.refresh, &QAction::triggered, this, [this] { refresh(); });
    connect(actions.stopRefresh, &QAction::triggered, this, [this] { m_parts.inventory.cancelRefresh(); });
    connect(actions.newCredential, &QAction::triggered, this,
            [this] { m_page->requestChange(ChangeKind::Create); });
    connect(actions.replaceCredential, &QAction::triggered, this,
            [this] { m_page->requestChange(ChangeKind::Replace); });
    connect(actions.deleteCredential, &QAction::triggered, this,
            [this] { m_page->requestChange(ChangeKind::Delete); });
    connect(actions.rollBack, &QAction::triggered, this,
            [this] { withSelected([this](const InstanceAddress &a) { m_editors->rollBack(a); }); });
    connect(actions.enterKeys, &QAction::triggered, this,
            [this] { withSelected([this](const InstanceAddress &a) { m_editors->enterKeys(a); }); });
    connect(actions.copyKeys, &QAction::triggered, this,
            [this] { withSelected([this](const InstanceAddress &a) { m_editors->copyKeys(a); }); });
    connect(actions.moveCredential, &QAction::triggered, this,
            [this] { withSelected([this](const InstanceAddress &a) { m_editors->moveCredential(a); }); });
    connect(actions.recordExpiry, &QAction::triggered, m_page, &InstancesPage::requestExpiry);
    connect(actions.forgetKeys, &QAction::triggered, this,
            [this] { withSelected([this](const InstanceAddress &a) { m_forgetKeys->open(a); }); });
    connect(actions.protect, &QAction::triggered, this,
            [this] { withSelected([this](const InstanceAddress &a) { m_protection->toggle(a); }); });
    connect(actions.refreshInstance, &QAction::triggered, this,
            [this] { withSelected([this](const InstanceAddress &a) { refreshInstance(a); }); });
    connect(actions.copyRows, &QAction::triggered, m_page, &InstancesPage::copyRows);
    connect(actions.copyIds, &QAction::triggered, m_page, &InstancesPage::copyIds);
    connect(actions.find, &QAction::triggered, m_search, &SearchField::begin);
    connect(actions.addProfile, &QAction::triggered, m_editors, &Editors::addProfile);
    connect(actions.openDemo, &QAction::triggered, this, &MainWindow::openDemoRequested);
    connect(actions.quit, &QAction::triggered, this, &MainWindow::quit);
    connect(actions.about, &QAction::triggered, this, &MainWindow::showAbout);
    connect(actions.showSidebar, &QAction::toggled, this, [this](bool on) {
        m_sidebar->setVisible(on);
        m_parts.uiState.setFlag(u"sidebar"_s, on);
    });
    connect(actions.showDetails, &QAction::toggled, this, [this](bool on) {
        m_page->setDetailsWanted(on);
        m_parts.uiState.setFlag(u"details"_s, on);
    });
    connect(actions.themes, &QActionGroup::triggered, this, [this](const QAction *action) {
        const auto theme = Theme(action->data().toInt());
        m_parts.uiState.setTheme(theme);
        applyTheme(*qApp, theme);
    });
}

void MainWindow::connectServices()
{
    connect(&m_parts.profiles, &Profiles::profilesChanged, this, &MainWindow::onProfilesChanged);
    connect(&m_parts.inventory, &Inventory::progressChanged, this, &MainWindow::onProgress);
    connect(&m_parts.inventory, &Inventory::endpointsChanged, this, [this] {
        m_page->setEndpoints(m_parts.inventory.endpoints());
        m_dashboard->setEndpoints(m_parts.inventory.endpoints());
        updateStatus();
    });
    connect(m_editors, &Editors::profileSaved, this, &MainWindow::refresh);
    connect(m_editors, &Editors::organizationAnswered, this, &MainWindow::refresh);
    connect(m_editors, &Editors::changeEnded, this, [this](const Change &change) {
        m_notices->readUnfinished();
        readAgain(change.address);
    });
    connect(m_editors, &Editors::runEnded, this, [this](const BulkResult &result) {
        m_notices->readUnfinished();
        for (const BulkRow &row : result.rows) {
            if (!row.change.id.isEmpty())
                readAgain(row.address);
        }
    });
    connect(&m_parts.expiryOfChanges, &ExpiryOfChanges::failed, this, &MainWindow::showProblem);
    connect(this, &MainWindow::closed, m_notices, &Notices::stop);
    connect(m_minute, &QTimer::timeout, this, [this] {
        m_page->tick();
        m_dashboard->tick();
        m_notices->tick();
        updateStatus();
    });
}

void MainWindow::restoreArrangement()
{
    const UiState &state = m_parts.uiState;
    if (!state.restoreWindow(u"main"_s, *this)) {
        // With room for the frame, whose size is not known before the window is shown.
        const QSize room = screen()->availableGeometry().size() - QSize(16, 48);
        resize(QSize(1360, 860).boundedTo(room));
    }
    state.restore(u"sidebar"_s, *m_splitter);
    m_actions->setTheme(state.theme());
    m_actions->showSidebar->setChecked(state.flag(u"sidebar"_s, true));
    m_sidebar->setVisible(m_actions->showSidebar->isChecked());
    m_actions->showDetails->setChecked(state.flag(u"details"_s, true));
    m_page->setDetailsWanted(m_actions->showDetails->isChecked());
}

void MainWindow::refreshInstance(const InstanceAddress &address)
{
    QCoro::connect(m_parts.inventory.refreshOne(address), this,
                   [this](const Outcome<InstanceRecord> &answer) {
                       if (!answer && !answer.problem().isCanceled())
                           showProblem(answer.problem());
                   });
}

void MainWindow::withSelected(const std::function<void(const InstanceAddress &)> &open)
{
    if (const QList<InstanceRecord> selected = m_page->selected(); selected.size() == 1)
        open(selected.first().address);
}

void MainWindow::readAgain(const InstanceAddress &address)
{
    QCoro::connect(m_parts.inventory.refreshOne(address), this, [](const Outcome<InstanceRecord> &) {});
}

void MainWindow::onProfilesChanged()
{
    const QList<Profile> profiles = m_parts.profiles.all();
    m_profileMenu->setProfiles(profiles);
    m_page->setSeveralOrganizations(profiles.size() > 1 ||
                                    (!profiles.isEmpty() && profiles.first().endpoints.size() > 1));
    m_page->setEndpoints(m_parts.inventory.endpoints());
    m_dashboard->setProfiles(profiles);
    m_dashboard->setEndpoints(m_parts.inventory.endpoints());
    const bool none = profiles.isEmpty();
    m_stack->setCurrentWidget(none ? m_firstRun : static_cast<QWidget *>(m_splitter));
    m_search->setEnabled(!none);
    m_status->setVisible(!none);
    m_actions->refresh->setEnabled(!none && m_actions->refresh->isVisible());
    m_actions->openDemo->setVisible(!m_parts.demo);
}

void MainWindow::onProgress(const RefreshProgress &progress)
{
    m_refreshLine->setProgress(progress);
    m_page->setProgress(progress);
    m_dashboard->setProgress(progress);
    m_actions->setRefreshing(progress.running);
    m_actions->refresh->setEnabled(!progress.running && !m_parts.profiles.all().isEmpty());
    updateStatus();
}

void MainWindow::updateActions()
{
    m_actions->allow(isDashboard() ? AllowedActions() : m_page->allowed());
    updateStatus();
}

void MainWindow::updateStatus()
{
    StatusLine::Facts facts;
    facts.rows = m_parts.instances.rowCount();
    facts.shown = isDashboard() ? facts.rows : m_page->filter().rowCount();
    facts.selected = isDashboard() ? 0 : m_page->selectedCount();
    facts.progress = m_parts.inventory.progress();
    facts.unread = facts.progress.running ? 0 : m_parts.inventory.failedReads().count;
    facts.refreshedAt = oldestList(m_parts.inventory.endpoints());
    facts.now = m_parts.clock.now();
    m_status->show(facts);
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setObjectName(u"aboutDialog"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Latchkey"));
    box->setIconPixmap(applicationIcon().pixmap(QSize(64, 64)));
    box->setText(tr("<b>Latchkey %1</b>").arg(QString::fromLatin1(LATCHKEY_VERSION)));
    box->setInformativeText(tr("Keeps the auth credentials of Kong Konnect integration instances in order.\n"
                               "Free software under the GNU General Public License, version 3 or later. "
                               "Not made by Kong Inc."));
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

} // namespace latchkey
