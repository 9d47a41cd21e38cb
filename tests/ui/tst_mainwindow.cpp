// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/attentionmodel.h"
#include "models/items/sidebarmodel.h"
#include "tests/support/await.h"
#include "tests/support/dialoganswer.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "ui/common/banner.h"
#include "ui/common/uistate.h"
#include "ui/editor/editors.h"
#include "ui/expiry/compacttable.h"
#include "ui/expiry/dashboardpage.h"
#include "ui/expiry/statetile.h"
#include "ui/expiry/timelinechart.h"
#include "ui/instances/instancetableview.h"
#include "ui/mainwindow/finishingbox.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QHelpEvent>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextEdit>
#include <QToolTip>
#include <QTreeView>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

/// The real window over the real services and the demo service, driven by object names.
class TstMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void theDashboardComesFirst();
    void aTileShowsItsInstances();
    void theTimelineNarrowsTheInstances();
    void aProfileOfTheDashboardIsChosenInTheSidebar();
    void aSearchOnTheDashboardLooksEverywhere();
    void actionsOfTheTableRestOnTheDashboard();
    void attentionIsSnoozedAndAcknowledged();
    void anOldKeyIsTickedOffOnTheDashboard();
    void anExpiryIsRecordedFromTheDashboard();
    void taintedOnesGoIntoOneRun();
    void missingPermissionsAreCheckedAgain();
    void withoutAProfileTheFirstRunPageShows();
    void allInstancesAreShownAndCounted();
    void aViewShowsItsInstances();
    void searchingIsReachedByKeyAndClearedByEscape();
    void actionsFollowTheSelection();
    void rollingBackIsOfferedWhereEarlierKeysAreKept();
    void keysCanBeEnteredWhereTheyAreNotKnown();
    void aProtectedInstanceIsMarkedAndAsksForItsName();
    void anExpiryIsRecordedAndShared();
    void earlierKeysAreForgottenOnlyAfterAQuestion();
    void noSingleKeyDeletes();
    void deletingAsksFirstAndThenDeletes();
    void aFailingGeoIsNamedAndRetried();
    void anExpiredTokenIsSaidWithItsRecordedDay();
    void aListThatMayLackInstancesIsSaid();
    void askingToWaitIsSaid();
    void theKeychainProblemOffersARetry();
    void credentialsThatCouldNotBeReadAreSaid();
    void aBannerFollowsTheCauseOfTheFailure();
    void theTraceIdIsReadAndCopied();
    void anotherOrganizationIsAQuestion();
    void theSidebarFollowsWhatIsThere();
    void theSidebarKeepsItsChoice();
    void theSidebarIsWideEnoughForItsEntries();
    void copyingTextInTheDetailsCopiesThatText();
    void sortingAndMovingColumnsWorkByMenu();
    void konnectsTextIsNoMarkup();
    void authorizedIsReadAgainAfterAChange();
    void aProfileIsRemovedOnlyOnce();
    void theDemoIsSaid();
    void oldValuesSayTheirAge();
    void aRefreshCanBeStopped();
    void theArrangementSurvivesARestart();
    void everyControlHasAName();
    void severalSelectedAreDeletedTogether();
    void severalBannersFitInASmallWindow();
    void anInterruptedChangeIsSaidAndFinished();
    void aChangeThatTurnsOutWellIsSaidNoWordOf();
    void theHistoryOpensOnceAndClosesWithTheWindow();
    void expiriesAreExportedToAFile();
    void aConfigurationIsExportedAndComparedWith();
    void theSettingsOpenFromTheMenuAndTheKeys();
    void whatIsFinishedAfterClosingIsNamed();

private:
    /// A replacement whose POST Konnect refuses, as after a crash of an earlier run.
    void interruptAReplacement();
    void verifyNames();

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
    std::unique_ptr<UiState> m_state;
    std::unique_ptr<InstanceTableModel> m_instances;
    std::unique_ptr<SidebarModel> m_sidebar;
    std::unique_ptr<MainWindow> m_window;

    template <typename T>
    T *child(const QString &name)
    {
        T *found = m_window->findChild<T *>(name);
        if (found == nullptr)
            qFatal("no child %s", qPrintable(name));
        return found;
    }
    Banner *banner(const QString &key)
    {
        Banner *found = m_window->findChild<Banner *>(u"banner_"_s + key);
        return found != nullptr && found->isVisible() ? found : nullptr;
    }
    QAction *action(const QString &name) { return child<QAction>(name); }
    InstanceTableView *table() { return child<InstanceTableView>(u"instancesTable"_s); }
    int shown() { return table()->model()->rowCount(); }
    /// On the first page.
    void openDashboard(bool demo = false);
    /// With all instances.
    void openWindow(bool demo = false)
    {
        openDashboard(demo);
        action(u"view0"_s)->trigger();
    }
    CompactTable *attention() { return child<CompactTable>(u"attentionTable"_s); }
    /// Of what needs attention; nullptr where it is not in it.
    const AttentionItem *attentionFor(const QString &name);
    void select(const QString &name) { table()->showAddress(m_stack->address(name)); }
    QString endpointKey() const
    {
        return u"endpoint_%1_%2"_s.arg(m_stack->profile().id, m_world->endpoint().origin());
    }
};

void TstMainWindow::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
}

void TstMainWindow::cleanup()
{
    m_window.reset();
    m_sidebar.reset();
    m_instances.reset();
    m_state.reset();
    m_stack.reset();
    m_world.reset();
}

void TstMainWindow::openDashboard(bool demo)
{
    m_window.reset();
    m_sidebar.reset();
    m_state = std::make_unique<UiState>(m_world->dir.filePath(u"window.ini"_s));
    m_instances = std::make_unique<InstanceTableModel>(m_world->clock, QTimeZone::utc(), HealthRules{});
    m_sidebar = std::make_unique<SidebarModel>(*m_instances);
    // What app/desktop connects.
    Inventory &inventory = m_stack->inventory;
    connect(&inventory, &Inventory::recordsChanged, m_instances.get(), &InstanceTableModel::upsert);
    connect(&inventory, &Inventory::recordsRemoved, m_instances.get(), &InstanceTableModel::remove);
    connect(&m_stack->preferences, &Preferences::changed, m_instances.get(),
            [this] { m_instances->setRules(m_stack->preferences.settings().healthRules); });
    m_sidebar->setProfiles(m_stack->profiles.all());
    m_instances->upsert(inventory.records());
    m_window = std::make_unique<MainWindow>(MainWindow::Parts{m_stack->profiles,
                                                              inventory,
                                                              m_stack->vault,
                                                              m_stack->changes,
                                                              m_stack->recovery,
                                                              m_stack->adoption,
                                                              m_stack->bulk,
                                                              m_stack->handover,
                                                              m_stack->history,
                                                              m_stack->protection,
                                                              m_stack->attentionMarks,
                                                              m_stack->preferences,
                                                              m_stack->retention,
                                                              m_stack->expiryRecords,
                                                              m_stack->expiryLabels,
                                                              m_stack->expiryOfChanges,
                                                              m_stack->oldKeys,
                                                              m_stack->planMaker,
                                                              m_stack->planRunner,
                                                              m_world->clock,
                                                              *m_instances,
                                                              *m_sidebar,
                                                              *m_state,
                                                              demo});
    m_window->resize(1200, 760);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

const AttentionItem *TstMainWindow::attentionFor(const QString &name)
{
    const auto &model = static_cast<const AttentionModel &>(*attention()->model());
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.at(row)->key == m_stack->address(name))
            return model.at(row);
    }
    return nullptr;
}

void TstMainWindow::theDashboardComesFirst()
{
    openDashboard();
    auto *dashboard = child<DashboardPage>(u"dashboardPage"_s);
    QVERIFY(dashboard->isVisible());
    QVERIFY(!table()->isVisible());
    QCOMPARE(child<QTreeView>(u"sidebar"_s)->currentIndex(), m_sidebar->indexOfDashboard());
    QCOMPARE(child<QLabel>(u"statusLine"_s)->text(), u"40 instances · refreshed just now"_s);
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(table()->isVisible());
    QTRY_VERIFY(table()->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(dashboard->isVisible());
    QTRY_VERIFY(dashboard->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(child<QTreeView>(u"sidebar"_s)->currentIndex(),
             m_sidebar->indexOfView(InstanceView::NotChecked));
}

void TstMainWindow::aTileShowsItsInstances()
{
    openDashboard();
    const QModelIndex expired = m_sidebar->indexOfView(InstanceView::Expired);
    QTRY_VERIFY(expired.data(SidebarModel::CountRole).toInt() > 0);
    const int count = expired.data(SidebarModel::CountRole).toInt();
    auto *tile = child<StateTile>(u"tile%1"_s.arg(int(InstanceView::Expired)));
    QTRY_COMPARE(tile->countText(), QString::number(count));
    tile->setFocus();
    QTest::keyClick(tile, Qt::Key_Return);
    QVERIFY(table()->isVisible());
    QCOMPARE(shown(), count);
    QCOMPARE(child<QTreeView>(u"sidebar"_s)->currentIndex(), expired);
    QTRY_VERIFY(table()->hasFocus());
}

void TstMainWindow::theTimelineNarrowsTheInstances()
{
    openDashboard();
    auto *chart = child<TimelineChart>(u"timelineChart"_s);
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->barRect(0).center());
    QVERIFY(table()->isVisible());
    QVERIFY(shown() > 0 && shown() < 40);
    for (int row = 0; row < shown(); ++row)
        QVERIFY(
            table()->model()->index(row, int(InstanceColumn::Expiry)).data().toString().startsWith(u"in "_s));
    auto *narrowed = child<Banner>(u"narrowed"_s);
    QVERIFY(narrowed->isVisible());
    QVERIFY2(narrowed->text().startsWith(u"Only: Expiring "_s), qPrintable(narrowed->text()));
    narrowed->findChild<QPushButton *>(u"clearNarrowing"_s)->click();
    QCOMPARE(shown(), 40);
    QVERIFY(!narrowed->isVisible());

    action(u"dashboard"_s)->trigger();
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->barRect(0).center());
    QVERIFY(shown() < 40);
    // Another choice in the sidebar ends it.
    child<QTreeView>(u"sidebar"_s)->setCurrentIndex(m_sidebar->indexOfView(InstanceView::Tainted));
    QVERIFY(!narrowed->isVisible());
    action(u"view0"_s)->trigger();
    QCOMPARE(shown(), 40);
}

void TstMainWindow::aProfileOfTheDashboardIsChosenInTheSidebar()
{
    openDashboard();
    Q_EMIT child<DashboardPage>(u"dashboardPage"_s)->profileRequested(m_stack->profile().id);
    QCOMPARE(child<QTreeView>(u"sidebar"_s)->currentIndex(), m_sidebar->indexOfScope(m_stack->profile().id));
    QVERIFY(table()->isVisible());
}

void TstMainWindow::aSearchOnTheDashboardLooksEverywhere()
{
    openDashboard();
    child<QTreeView>(u"sidebar"_s)->setCurrentIndex(m_sidebar->indexOfView(InstanceView::Expired));
    action(u"dashboard"_s)->trigger();
    child<QLineEdit>(u"search"_s)->setText(u"sonarqube"_s);
    QVERIFY(table()->isVisible());
    QCOMPARE(child<QTreeView>(u"sidebar"_s)->currentIndex(), m_sidebar->indexOfView(InstanceView::All));
    QVERIFY(shown() > 1 && shown() < 40);
}

void TstMainWindow::actionsOfTheTableRestOnTheDashboard()
{
    openWindow();
    select(u"datadog-eu-production"_s);
    QVERIFY(action(u"replaceCredential"_s)->isEnabled());
    action(u"dashboard"_s)->trigger();
    QVERIFY(!action(u"replaceCredential"_s)->isEnabled());
    QVERIFY(!action(u"deleteCredential"_s)->isEnabled());
    action(u"view0"_s)->trigger();
    QVERIFY(action(u"replaceCredential"_s)->isEnabled());
}

void TstMainWindow::attentionIsSnoozedAndAcknowledged()
{
    openDashboard();
    const QString name = u"datadog-checkout"_s; // tainted
    QTRY_VERIFY(attentionFor(name) != nullptr);
    const AttentionItem item = *attentionFor(name);
    auto &page = *child<DashboardPage>(u"dashboardPage"_s);
    const QDateTime until = m_world->clock.now().addDays(7);
    Q_EMIT page.snoozeRequested(item.key, item.credentialId, until);
    QTRY_COMPARE(m_stack->attentionMarks.of(item.key).snoozedUntil, until);
    QCOMPARE(m_stack->attentionMarks.of(item.key).credentialId, m_world->credentialId(name));
    Q_EMIT page.remindRequested(item.key);
    QTRY_VERIFY(m_stack->attentionMarks.of(item.key).isEmpty());
    const auto &model = static_cast<const AttentionModel &>(*attention()->model());
    QTRY_VERIFY(model.rowOf(item.key) >= 0);
    attention()->selectRow(model.rowOf(item.key));
    child<QPushButton>(u"attentionAcknowledgeButton"_s)->click();
    QTRY_COMPARE(m_stack->attentionMarks.of(item.key).acknowledged,
                 QList<HealthState>{HealthState::MustBeReplaced});
}

void TstMainWindow::anOldKeyIsTickedOffOnTheDashboard()
{
    openDashboard();
    const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, u"swaggerhub-internal"_s));
    QVERIFY(replaced && replaced->ok());
    const auto &model = static_cast<const AttentionModel &>(*attention()->model());
    QTRY_COMPARE(m_stack->oldKeys.all().size(), 1);
    const InstanceAddress key = m_stack->oldKeys.all().first().key();
    QTRY_VERIFY(model.rowOf(key) >= 0);
    QCOMPARE(model.rowOf(key), model.rowCount() - 1);
    attention()->selectRow(model.rowOf(key));
    child<QPushButton>(u"attentionPrimaryButton"_s)->click();
    QTRY_VERIFY(!m_stack->oldKeys.all().first().isOpen());
    QTRY_COMPARE(model.rowOf(key), -1);
    // The next window knows it without being told.
    openDashboard();
    const auto &again = static_cast<const AttentionModel &>(*attention()->model());
    Q_EMIT child<DashboardPage>(u"dashboardPage"_s)->revokedRequested(replaced->value().id, false);
    QTRY_VERIFY(again.rowOf(key) >= 0);
}

void TstMainWindow::anExpiryIsRecordedFromTheDashboard()
{
    openDashboard();
    const QString name = u"datadog-checkout"_s;
    DialogAnswer answer(u"expiryDialog"_s);
    answer.fill(u"expiryDate"_s, u"2027-03-03"_s).click(u"actButton"_s);
    Q_EMIT child<DashboardPage>(u"dashboardPage"_s)->recordExpiryRequested(m_stack->address(name));
    QTRY_VERIFY(answer.done());
    QTRY_COMPARE(m_stack->record(name).expiry.date, QDate(2027, 3, 3));
}

void TstMainWindow::taintedOnesGoIntoOneRun()
{
    openDashboard();
    auto *all = child<QPushButton>(u"replaceAllTainted"_s);
    QTRY_VERIFY(all->isVisible());
    DialogAnswer answer(u"bulkDialog"_s);
    answer.then([](QDialog &dialog) {
        dialog.reject();
        return true;
    });
    all->click();
    QTRY_VERIFY(answer.done());
}

void TstMainWindow::missingPermissionsAreCheckedAgain()
{
    openDashboard();
    const QString name = u"datadog-ap-production"_s;
    auto *scopes = child<CompactTable>(u"permissionsTable"_s);
    QTRY_VERIFY(scopes->isVisible());
    const QDateTime before = m_stack->record(name).checkedAt;
    m_world->clock.advance(60);
    for (int row = 0; row < scopes->model()->rowCount(); ++row) {
        if (scopes->model()->index(row, 0).data().toString() == u"create_webhooks"_s)
            scopes->selectRow(row);
    }
    QVERIFY(child<QLabel>(u"permissionsMessage"_s)->text().contains(u"Monitor events"_s));
    child<QPushButton>(u"checkScope"_s)->click();
    QTRY_VERIFY(m_stack->record(name).checkedAt > before);
}

void TstMainWindow::withoutAProfileTheFirstRunPageShows()
{
    m_stack.reset();
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    openWindow();
    QVERIFY(child<QWidget>(u"firstRunPage"_s)->isVisible());
    QVERIFY(!child<QWidget>(u"sidebar"_s)->isVisible());
    QVERIFY(!action(u"refresh"_s)->isEnabled());
    QSignalSpy demo(m_window.get(), &MainWindow::openDemoRequested);
    child<QPushButton>(u"firstRunOpenDemo"_s)->click();
    QCOMPARE(demo.count(), 1);
    DialogAnswer answer(u"profileDialog"_s);
    answer.then([](QDialog &dialog) {
        dialog.reject();
        return true;
    });
    child<QPushButton>(u"firstRunAddProfile"_s)->click();
    QTRY_VERIFY(answer.done());
    QVERIFY(m_stack->addProfile());
    QVERIFY(!child<QWidget>(u"firstRunPage"_s)->isVisible());
    QVERIFY(child<QWidget>(u"sidebar"_s)->isVisible());
}

void TstMainWindow::allInstancesAreShownAndCounted()
{
    openWindow();
    QCOMPARE(shown(), 40);
    QCOMPARE(child<QLabel>(u"statusLine"_s)->text(), u"40 instances · refreshed just now"_s);
    child<QLineEdit>(u"search"_s)->setText(u"sonarqube"_s);
    QVERIFY(shown() > 0 && shown() < 40);
    QVERIFY(child<QLabel>(u"statusLine"_s)->text().contains(u"%1 shown"_s.arg(shown())));
}

void TstMainWindow::aViewShowsItsInstances()
{
    openWindow();
    const QModelIndex tainted = m_sidebar->indexOfView(InstanceView::Tainted);
    QTRY_VERIFY(tainted.data(SidebarModel::CountRole).toInt() > 0);
    child<QTreeView>(u"sidebar"_s)->setCurrentIndex(tainted);
    QCOMPARE(shown(), tainted.data(SidebarModel::CountRole).toInt());
    for (int row = 0; row < shown(); ++row)
        QCOMPARE(table()->model()->index(row, 0).data(HealthRole).toInt(), int(HealthState::MustBeReplaced));
    action(u"view0"_s)->trigger();
    QCOMPARE(shown(), 40);
}

void TstMainWindow::searchingIsReachedByKeyAndClearedByEscape()
{
    openWindow();
    table()->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    auto *search = child<QLineEdit>(u"search"_s);
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, u"datadog"_s);
    QVERIFY(shown() < 40);
    QTest::keyClick(search, Qt::Key_Down);
    QVERIFY(table()->hasFocus());
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(shown(), 40);
}

void TstMainWindow::actionsFollowTheSelection()
{
    openWindow();
    QVERIFY(!action(u"replaceCredential"_s)->isEnabled());
    QString with;
    QString without;
    for (const InstanceRecord &record : m_stack->inventory.records()) {
        if (!record.builtIn && record.knowledge == InstanceRecord::Knowledge::Present)
            with = record.instance.name;
        if (!record.builtIn && record.knowledge == InstanceRecord::Knowledge::Absent)
            without = record.instance.name;
    }
    select(with);
    QVERIFY(action(u"replaceCredential"_s)->isEnabled());
    QVERIFY(action(u"deleteCredential"_s)->isEnabled());
    QVERIFY(!action(u"newCredential"_s)->isEnabled());
    select(without);
    QVERIFY(action(u"newCredential"_s)->isEnabled());
    QVERIFY(!action(u"deleteCredential"_s)->isEnabled());
    table()->selectAll();
    QVERIFY(action(u"replaceCredential"_s)->isEnabled());
    QVERIFY(action(u"newCredential"_s)->isEnabled());
    QVERIFY(!action(u"rollBack"_s)->isEnabled());
    QVERIFY(action(u"copyRows"_s)->isEnabled());
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 39);
}

void TstMainWindow::rollingBackIsOfferedWhereEarlierKeysAreKept()
{
    const QString name = u"datadog-staging"_s;
    for (const char *key : {"the-old-key-1", "the-new-key-1"}) {
        const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, name, key));
        QVERIFY(replaced && replaced->ok());
    }
    openWindow();
    select(u"datadog-eu-production"_s);
    for (QObject *offer : QList<QObject *>{action(u"rollBack"_s), child<QWidget>(u"detailRollBack"_s)}) {
        QVERIFY(!offer->property("enabled").toBool());
        QVERIFY(offer->property("statusTip").toString().contains(u"No earlier keys"_s));
    }
    QVERIFY(child<QMenu>(u"instanceMenu"_s)->actions().contains(action(u"rollBack"_s)));
    select(name);
    QVERIFY(action(u"rollBack"_s)->isEnabled());
    QVERIFY(action(u"rollBack"_s)->statusTip().isEmpty());
    DialogAnswer answer(u"rollBackDialog"_s);
    answer.click(u"actButton"_s);
    child<QPushButton>(u"detailRollBack"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_world->keyAt(name, u"DD-API-KEY"_s), QByteArray("the-old-key-1"), 20'000);
    QVERIFY(answer.done());
    QTRY_VERIFY(m_window->editors().current() == nullptr);
}

void TstMainWindow::keysCanBeEnteredWhereTheyAreNotKnown()
{
    const QString name = u"datadog-staging"_s;
    openWindow();
    select(u"swaggerhub-sandbox"_s); // without a credential
    QVERIFY(!action(u"enterKeys"_s)->isEnabled());
    select(name);
    QVERIFY(action(u"enterKeys"_s)->isEnabled());
    QVERIFY(child<QMenu>(u"instanceMenu"_s)->actions().contains(action(u"enterKeys"_s)));
    child<QPushButton>(u"enterItsKeys"_s)->click();
    QVERIFY(m_window->editors().current());
    QCOMPARE(m_window->editors().current()->objectName(), u"credentialDialog"_s);
    m_window->editors().current()->reject();
    QTRY_VERIFY(m_window->editors().current() == nullptr);

    const auto adopted = await(m_stack->adoption.adopt(
        m_stack->address(name), m_world->credentialId(name),
        m_stack->request(ChangeKind::Replace, name, "the-old-key-1").credential.headers));
    QVERIFY(adopted && adopted->ok());
    QTRY_COMPARE(child<QWidget>(u"kept_DD-API-KEY"_s)->accessibleName(), u"Key entered, not verified"_s);
    QVERIFY(child<QLabel>(u"keptKeysNote"_s)->text().contains(u"Konnect never returns keys"_s));
    QVERIFY(action(u"enterKeys"_s)->isEnabled()); // A slip can be corrected.
}

void TstMainWindow::aProtectedInstanceIsMarkedAndAsksForItsName()
{
    const QString name = u"datadog-staging"_s;
    openWindow();
    QVERIFY(!action(u"protect"_s)->isEnabled());
    select(name);
    QVERIFY(child<QMenu>(u"instanceMenu"_s)->actions().contains(action(u"protect"_s)));
    QCOMPARE(action(u"protect"_s)->text(), u"&Protect"_s);
    QVERIFY(!child<QWidget>(u"detailProtected"_s)->isVisible());
    action(u"protect"_s)->trigger();
    QTRY_VERIFY(child<QWidget>(u"detailProtected"_s)->isVisible());
    QCOMPARE(child<QPushButton>(u"detailProtect"_s)->text(), u"Unprotect…"_s);
    QCOMPARE(action(u"protect"_s)->text(), u"Un&protect…"_s);
    QVERIFY(table()->currentIndex().data(ProtectedRole).toBool());
    child<QLineEdit>(u"search"_s)->setText(u"protected"_s);
    QCOMPARE(shown(), 1);
    child<QLineEdit>(u"search"_s)->clear();

    DialogAnswer deletion(u"deleteDialog"_s);
    deletion.fill(u"typedName"_s, name).click(u"actButton"_s);
    action(u"deleteCredential"_s)->trigger();
    QVERIFY(!m_window->editors().current()->findChild<QPushButton *>(u"actButton"_s)->isEnabled());
    QTRY_VERIFY(deletion.done());
    QTRY_VERIFY(m_world->credentialId(name).isEmpty());
    QTRY_VERIFY(m_window->editors().current() == nullptr);

    DialogAnswer refusal(u"unprotectDialog"_s);
    refusal.click(u"cancelButton"_s);
    child<QPushButton>(u"detailProtect"_s)->click();
    QTRY_VERIFY(refusal.done());
    QVERIFY(m_stack->record(name).isProtected);
    DialogAnswer agreement(u"unprotectDialog"_s);
    agreement.click(u"actButton"_s);
    action(u"protect"_s)->trigger();
    QTRY_VERIFY(agreement.done());
    QTRY_VERIFY(!child<QWidget>(u"detailProtected"_s)->isVisible());
    QVERIFY(!m_stack->record(name).isProtected);
    // Nothing of Konnect's can be lost there.
    select(u"gateway-manager"_s);
    QVERIFY(!action(u"protect"_s)->isEnabled());
}

void TstMainWindow::anExpiryIsRecordedAndShared()
{
    const QString name = u"datadog-staging"_s;
    openWindow();
    select(name);
    QVERIFY(action(u"recordExpiry"_s)->isEnabled());
    QVERIFY(child<QPushButton>(u"detailRecordExpiry"_s)->isVisible());
    DialogAnswer answer(u"expiryDialog"_s);
    answer.fill(u"expiryDate"_s, u"2027-03-03"_s)
        .click(u"shareExpiry"_s)
        .click(u"actButton"_s)
        .then([](const QDialog &dialog) {
            return dialog.findChild<QWidget *>(u"shareQuestion"_s)->isVisible();
        })
        .click(u"actButton"_s);
    QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(answer.done());
    QTRY_COMPARE(m_stack->record(name).expiry.date, QDate(2027, 3, 3));
    QTRY_COMPARE(m_stack->record(name).instance.labels.value(u"credential-expires"_s), u"2027-03-03"_s);
    const auto instance = m_world->service.organization().instance(m_world->instanceId(name));
    QCOMPARE(instance->value("labels"_L1).toObject().value("credential-expires"_L1).toString(),
             u"2027-03-03"_s);
    // What sends is a key further away.
    QCOMPARE(action(u"replaceCredential"_s)->shortcut(), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
    select(u"swaggerhub-sandbox"_s); // without a credential
    QTRY_VERIFY(!action(u"recordExpiry"_s)->isEnabled());
    QVERIFY(!action(u"recordExpiry"_s)->statusTip().isEmpty());
}

void TstMainWindow::earlierKeysAreForgottenOnlyAfterAQuestion()
{
    const QString name = u"datadog-staging"_s;
    for (const char *key : {"the-old-key-1", "the-next-key-1", "the-new-key-1"}) {
        const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, name, key));
        QVERIFY(replaced && replaced->ok());
    }
    const auto earlier = [this] {
        const auto kept = await(m_stack->retention.kept());
        return earlierKeys(kept->value(), 30, m_world->clock.now()).count;
    };
    QCOMPARE(earlier(), 2);
    openWindow();
    select(u"datadog-eu-production"_s);
    QVERIFY(!action(u"forgetKeys"_s)->isEnabled());
    select(name);
    DialogAnswer refusal(u"forgetKeysDialog"_s);
    refusal.click(u"cancelButton"_s);
    action(u"forgetKeys"_s)->trigger();
    QTRY_VERIFY(refusal.done());
    QCOMPARE(earlier(), 2);
    DialogAnswer agreement(u"forgetKeysDialog"_s);
    agreement.click(u"actButton"_s); // Once it is known what there is.
    action(u"forgetKeys"_s)->trigger();
    QTRY_VERIFY(agreement.done());
    QTRY_COMPARE(earlier(), 0);
    QTRY_VERIFY(!action(u"forgetKeys"_s)->isEnabled());
    QVERIFY(m_stack->record(name).keptKeys.current);
}

void TstMainWindow::noSingleKeyDeletes()
{
    openWindow();
    select(u"datadog-eu-production"_s);
    QSignalSpy triggered(action(u"deleteCredential"_s), &QAction::triggered);
    for (const Qt::Key key : {Qt::Key_Delete, Qt::Key_Backspace, Qt::Key_D, Qt::Key_Return})
        QTest::keyClick(table(), key);
    QCOMPARE(triggered.count(), 0);
    const QList<QAction *> actions = m_window->findChildren<QAction *>();
    for (const QAction *each : actions) {
        for (const QKeySequence &shortcut : each->shortcuts()) {
            const Qt::KeyboardModifiers modifiers = shortcut[0].keyboardModifiers();
            const Qt::Key key = shortcut[0].key();
            QVERIFY2(modifiers != Qt::NoModifier || key == Qt::Key_F5 || key == Qt::Key_F9,
                     qPrintable(each->objectName()));
        }
    }
}

void TstMainWindow::deletingAsksFirstAndThenDeletes()
{
    openWindow();
    const QString name = u"datadog-eu-production"_s;
    select(name);
    DialogAnswer refusal(u"deleteDialog"_s);
    refusal.click(u"cancelButton"_s);
    action(u"deleteCredential"_s)->trigger();
    QTRY_VERIFY(refusal.done());
    QTRY_VERIFY(m_window->editors().current() == nullptr);
    QCOMPARE(m_world->copies("DELETE", name), 0);

    DialogAnswer agreement(u"deleteDialog"_s);
    agreement.click(u"actButton"_s);
    action(u"deleteCredential"_s)->trigger();
    QTRY_VERIFY(agreement.done());
    QTRY_VERIFY(!m_stack->changes.isRunning());
    QCOMPARE(m_world->copies("DELETE", name), 1);
    QTRY_VERIFY(action(u"newCredential"_s)->isEnabled());
    QTRY_VERIFY(child<QPushButton>(u"detailCreate"_s)->isEnabled());
}

void TstMainWindow::aFailingGeoIsNamedAndRetried()
{
    openWindow();
    m_world->addFault("GET", u"/integration-instances"_s, DemoFault::Action::Status, 0, 401);
    action(u"refresh"_s)->trigger();
    QTRY_VERIFY(banner(endpointKey()) != nullptr);
    const QString text = banner(endpointKey())->text();
    QVERIFY2(text.contains(m_stack->profile().name) && text.contains(m_world->endpoint().label()),
             qPrintable(text));
    QCOMPARE(shown(), 40); // the last good values stay
    QVERIFY(banner(endpointKey())->findChild<QPushButton *>(u"editFailingProfile"_s) != nullptr);
    m_world->service.setFaults({});
    QTRY_VERIFY(action(u"refresh"_s)->isVisible());
    banner(endpointKey())->findChild<QPushButton *>(u"retryEndpoint"_s)->click();
    QTRY_VERIFY(banner(endpointKey()) == nullptr);
}

void TstMainWindow::anExpiredTokenIsSaidWithItsRecordedDay()
{
    Profile profile = m_stack->profile();
    profile.tokenExpires = QDate(2026, 10, 31);
    QVERIFY(await(m_stack->profiles.save(profile, Secret(), false))->ok());
    openWindow();
    m_world->addFault("GET", u"/integration-instances"_s, DemoFault::Action::Status, 0, 401);
    action(u"refresh"_s)->trigger();
    QTRY_VERIFY(banner(endpointKey()) != nullptr);
    const QString text = banner(endpointKey())->text();
    QVERIFY2(text.contains(u"expired or revoked"_s), qPrintable(text));
    QVERIFY2(text.contains(u"expired at the end of 31 Oct 2026"_s), qPrintable(text));
    QVERIFY2(!text.contains(u"credential"_s, Qt::CaseInsensitive), qPrintable(text));
    QTRY_VERIFY(action(u"refresh"_s)->isVisible());
    // No row turns into one without a credential.
    for (int row = 0; row < m_instances->rowCount(); ++row) {
        const InstanceRecord &record = *m_instances->record(row);
        QCOMPARE(m_instances->health(row).has(HealthState::NoCredential),
                 !record.builtIn && m_world->credentialId(record.instance.name).isEmpty());
    }
    m_world->service.setFaults({});
}

void TstMainWindow::aListThatMayLackInstancesIsSaid()
{
    openWindow();
    const QString key = u"shortfall_%1_%2"_s.arg(m_stack->profile().id, m_world->endpoint().origin());
    DemoFault fault;
    fault.path = u"/integration-instances"_s;
    fault.action = DemoFault::Action::Body;
    fault.status = 200;
    fault.body = R"({"data": [{}, {}], "meta": {"page": {"number": 1, "size": 100, "total": 2}}})";
    m_world->service.setFaults({fault});
    action(u"refresh"_s)->trigger();
    QTRY_VERIFY(banner(key) != nullptr);
    QVERIFY2(banner(key)->text().contains(u"2 of 2 items had no id"_s), qPrintable(banner(key)->text()));
    QVERIFY(banner(endpointKey()) == nullptr);
    QCOMPARE(shown(), 40);
    m_world->service.setFaults({});
    QTRY_VERIFY(action(u"refresh"_s)->isVisible());
    banner(key)->findChild<QPushButton *>(u"retryShortfall"_s)->click();
    QTRY_VERIFY(banner(key) == nullptr);
}

void TstMainWindow::askingToWaitIsSaid()
{
    openWindow();
    m_world->addFault("GET", u"/integration-instances"_s, DemoFault::Action::Status, 1, 429, "30");
    action(u"refresh"_s)->trigger();
    QTRY_VERIFY(banner(u"waiting"_s) != nullptr);
    QVERIFY2(banner(u"waiting"_s)->text().contains(u" s."_s), qPrintable(banner(u"waiting"_s)->text()));
    action(u"stopRefresh"_s)->trigger();
    QTRY_VERIFY(action(u"refresh"_s)->isVisible());
    QTRY_VERIFY(banner(u"waiting"_s) == nullptr);
}

void TstMainWindow::theKeychainProblemOffersARetry()
{
    openWindow();
    QVERIFY(banner(u"keychain"_s) == nullptr);
    m_world->keychain.failAll(Problem::Category::KeychainLocked);
    QVERIFY(await(m_stack->vault.probe()).has_value());
    QVERIFY(banner(u"keychain"_s) != nullptr);
    m_world->keychain.recover();
    banner(u"keychain"_s)->findChild<QPushButton *>(u"retryKeychain"_s)->click();
    QTRY_VERIFY(banner(u"keychain"_s) == nullptr);
}

void TstMainWindow::anotherOrganizationIsAQuestion()
{
    openWindow();
    const QString key = u"doubt_"_s + m_stack->profile().id;
    QVERIFY(await(m_stack->profiles.doubtOrganization(m_stack->profile().id))->ok());
    QTRY_VERIFY(banner(key) != nullptr);
    QVERIFY(banner(key)->text().contains(m_stack->profile().name));
    auto *answer = banner(key)->findChild<QPushButton *>(u"answerDoubt"_s);
    QVERIFY(answer != nullptr);
    QCOMPARE(banner(key)->findChildren<QPushButton *>().size(), 1);

    // One click asks; it answers nothing.
    DialogAnswer looked(u"organizationDialog"_s);
    looked.click(u"cancelButton"_s);
    answer->click();
    QTRY_VERIFY(looked.done());
    QTRY_VERIFY(m_window->editors().current() == nullptr);
    QVERIFY(m_stack->profile().organizationInDoubt);
    QCOMPARE(shown(), 40);

    DialogAnswer same(u"organizationDialog"_s);
    same.click(u"sameOrganization"_s).click(u"actButton"_s);
    answer->click();
    QTRY_VERIFY(same.done());
    QTRY_VERIFY(banner(key) == nullptr);
    QVERIFY(!m_stack->profile().organizationInDoubt);
    QTRY_VERIFY(!m_stack->inventory.progress().running);
}

void TstMainWindow::theDemoIsSaid()
{
    openWindow();
    QVERIFY(banner(u"demo"_s) == nullptr);
    QVERIFY(action(u"openDemo"_s)->isVisible());
    openWindow(true);
    QVERIFY(banner(u"demo"_s) != nullptr);
    QVERIFY(!action(u"openDemo"_s)->isVisible());
}

void TstMainWindow::oldValuesSayTheirAge()
{
    openWindow();
    QVERIFY(banner(u"age"_s) == nullptr);
    m_world->clock.advance(3 * 3600);
    openWindow();
    QTRY_VERIFY(banner(u"age"_s) != nullptr);
    QVERIFY2(banner(u"age"_s)->text().contains(u"3 hours ago"_s), qPrintable(banner(u"age"_s)->text()));
    banner(u"age"_s)->findChild<QPushButton *>(u"refreshOld"_s)->click();
    QTRY_VERIFY(banner(u"age"_s) == nullptr);
    QTRY_VERIFY(!m_stack->inventory.progress().running);
}

void TstMainWindow::aRefreshCanBeStopped()
{
    openWindow();
    m_world->addFault("GET", u"/integration-instances/*/auth-credential"_s, DemoFault::Action::Never, 0);
    action(u"refresh"_s)->trigger();
    QTRY_VERIFY(action(u"stopRefresh"_s)->isVisible());
    QVERIFY(!action(u"refresh"_s)->isVisible());
    QTRY_VERIFY(child<QLabel>(u"statusLine"_s)->text().contains(u"refreshing"_s));
    action(u"stopRefresh"_s)->trigger();
    QTRY_VERIFY(action(u"refresh"_s)->isVisible());
    QCOMPARE(shown(), 40);
    QVERIFY(banner(endpointKey()) == nullptr);
}

void TstMainWindow::theArrangementSurvivesARestart()
{
    openWindow();
    action(u"showSidebar"_s)->trigger();
    action(u"showDetails"_s)->trigger();
    QSignalSpy closed(m_window.get(), &MainWindow::closed);
    m_window->close();
    QCOMPARE(closed.count(), 1);
    openWindow();
    QVERIFY(!child<QWidget>(u"sidebar"_s)->isVisible());
    QVERIFY(!action(u"showDetails"_s)->isChecked());
}

void TstMainWindow::everyControlHasAName()
{
    openWindow(true);
    select(u"datadog-eu-production"_s);
    for (const char *page : {"instances", "dashboard"}) {
        if (QByteArray(page) == "dashboard")
            action(u"dashboard"_s)->trigger();
        verifyNames();
    }
}

void TstMainWindow::verifyNames()
{
    const QList<QWidget *> widgets = m_window->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!widget->isVisible() || !widget->isEnabled() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY(accessible != nullptr);
        QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(),
                 qPrintable(u"%1 %2"_s.arg(QString::fromLatin1(widget->metaObject()->className()),
                                           widget->objectName())));
    }
}

void TstMainWindow::severalSelectedAreDeletedTogether()
{
    openWindow();
    const QStringList names{u"datadog-eu-production"_s, u"datadog-us-production"_s};
    child<QLineEdit>(u"search"_s)->setText(u"datadog production"_s);
    table()->selectAll();
    const QString other = u"datadog-ap-production"_s;
    QCOMPARE(shown(), 3);
    const QModelIndex left = table()->model()->index(0, 0);
    for (int row = 0; row < shown(); ++row) {
        const QModelIndex index = left.siblingAtRow(row);
        if (index.data(AddressRole).value<InstanceAddress>() == m_stack->address(other))
            table()->selectionModel()->select(index,
                                              QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    }
    DialogAnswer answer(u"bulkDialog"_s);
    answer.click(u"actButton"_s);
    action(u"deleteCredential"_s)->trigger();
    QTRY_VERIFY(answer.done());
    for (const QString &name : names)
        QTRY_VERIFY_WITH_TIMEOUT(m_world->credentialId(name).isEmpty(), 20'000);
    QVERIFY(!m_world->credentialId(other).isEmpty());
    for (const QString &name : names)
        QTRY_COMPARE(m_stack->record(name).knowledge, InstanceRecord::Knowledge::Absent);
    QTRY_VERIFY(!m_stack->bulk.isRunning());
}

void TstMainWindow::severalBannersFitInASmallWindow()
{
    openWindow(true);
    m_world->keychain.failAll(Problem::Category::KeychainLocked);
    QVERIFY(await(m_stack->vault.probe()).has_value());
    QVERIFY(await(m_stack->profiles.doubtOrganization(m_stack->profile().id))->ok());
    select(u"datadog-eu-production"_s);
    QTRY_VERIFY(banner(u"doubt_"_s + m_stack->profile().id) != nullptr);
    m_window->resize(1024, 640);
    QTRY_COMPARE(m_window->size(), QSize(1024, 640));
    QVERIFY(m_window->minimumSizeHint().width() <= 1024);
    m_world->keychain.recover();
}

void TstMainWindow::interruptAReplacement()
{
    const QString name = u"datadog-staging"_s;
    m_world->addFault("POST", m_world->credentialPath(name), DemoFault::Action::Status, 0, 403);
    const auto stuck = m_stack->run(m_stack->request(ChangeKind::Replace, name, "the-new-key-1"));
    QVERIFY(stuck && stuck->ok());
    QCOMPARE(stuck->value().phase, ChangePhase::Deleted);
    m_stack.reset();
    m_world->faults.clear();
    m_world->service.setFaults({});
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
}

void TstMainWindow::anInterruptedChangeIsSaidAndFinished()
{
    interruptAReplacement();
    openWindow();
    QTRY_VERIFY(banner(u"unfinished"_s) != nullptr);
    QVERIFY(banner(u"unfinished"_s)->text().contains(u"1 change was interrupted"_s));
    QVERIFY(banner(u"unfinished"_s)->text().contains(u"Datadog staging"_s, Qt::CaseInsensitive));
    DialogAnswer answer(u"recoveryDialog"_s);
    answer.click(u"finishButton"_s);
    child<QPushButton>(u"lookAtUnfinished"_s)->click();
    // The banner goes when finishing begins.
    QTRY_VERIFY_WITH_TIMEOUT(banner(u"unfinished"_s) == nullptr, 20'000);
    QTRY_VERIFY(answer.done());
    QTRY_COMPARE(m_world->keyAt(u"datadog-staging"_s, u"DD-API-KEY"_s), QByteArray("the-new-key-1"));
    QDialog *dialog = m_window->editors().current();
    QVERIFY(dialog != nullptr);
    QTRY_VERIFY(!dialog->findChild<QPushButton *>(u"finishButton"_s)->isVisible());
    dialog->reject();
}

void TstMainWindow::aChangeThatTurnsOutWellIsSaidNoWordOf()
{
    // It is there, but Latchkey was closed before it could be looked at.
    const QString name = u"datadog-staging"_s;
    for (int nth = 5; nth < 20; ++nth)
        m_world->addFault("GET", m_world->credentialPath(name), DemoFault::Action::Status, nth, 500);
    const auto created = m_stack->run(m_stack->request(ChangeKind::Replace, name, "the-new-key-1"));
    QVERIFY(created && created->ok());
    QCOMPARE(created->value().phase, ChangePhase::Created);
    m_stack.reset();
    m_world->faults.clear();
    m_world->service.setFaults({});
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    openWindow();
    QTRY_COMPARE(await(m_stack->journal.find(created->value().id))->value()->phase, ChangePhase::Verified);
    m_window->repaint();
    QVERIFY(banner(u"unfinished"_s) == nullptr);
}

void TstMainWindow::credentialsThatCouldNotBeReadAreSaid()
{
    openWindow();
    m_world->clock.advance(3 * 3600);
    m_world->addFault("GET", u"/integration-instances/*/auth-credential"_s, DemoFault::Action::Status, 0,
                      403);
    action(u"refresh"_s)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(banner(u"reads"_s) != nullptr, 20'000);
    const int failed = m_stack->inventory.failedReads().count;
    QVERIFY(failed > 30);
    const QString text = banner(u"reads"_s)->text();
    QVERIFY2(text.contains(u"%1 credentials could not be read"_s.arg(failed)), qPrintable(text));
    QVERIFY2(text.contains(m_stack->inventory.failedReads().problem.caption), qPrintable(text));
    QVERIFY2(text.contains(u"kong:trace:"_s), qPrintable(text));
    QVERIFY2(text.contains(u"3 hours ago"_s), qPrintable(text));
    const QString status = child<QLabel>(u"statusLine"_s)->text();
    QVERIFY2(status.contains(u"%1 not read"_s.arg(failed)), qPrintable(status));
    // The list itself was read.
    QVERIFY(banner(endpointKey()) == nullptr);
    m_world->service.setFaults({});
    banner(u"reads"_s)->findChild<QPushButton *>(u"retryReads"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(banner(u"reads"_s) == nullptr, 20'000);
    QTRY_VERIFY(!child<QLabel>(u"statusLine"_s)->text().contains(u"not read"_s));
}

void TstMainWindow::aBannerFollowsTheCauseOfTheFailure()
{
    openWindow();
    m_world->addFault("GET", u"/integration-instances"_s, DemoFault::Action::Status, 0, 400);
    action(u"refresh"_s)->trigger();
    QTRY_VERIFY(banner(endpointKey()) != nullptr);
    QTRY_VERIFY(action(u"refresh"_s)->isVisible());
    auto *edit = banner(endpointKey())->findChild<QPushButton *>(u"editFailingProfile"_s);
    QVERIFY(!edit->isVisible());
    m_world->faults.clear();
    m_world->addFault("GET", u"/integration-instances"_s, DemoFault::Action::Status, 0, 401);
    action(u"refresh"_s)->trigger();
    QTRY_VERIFY(edit->isVisible());
    QTRY_VERIFY(action(u"refresh"_s)->isVisible());
    m_world->service.setFaults({});
}

void TstMainWindow::theTraceIdIsReadAndCopied()
{
    openWindow();
    m_world->addFault("GET", u"/integration-instances"_s, DemoFault::Action::Status, 0, 401);
    action(u"refresh"_s)->trigger();
    QTRY_VERIFY(banner(endpointKey()) != nullptr);
    const Problem problem = *m_stack->inventory.endpoints().first().problem;
    QVERIFY(!problem.traceId.isEmpty());
    QVERIFY2(banner(endpointKey())->text().contains(problem.traceId),
             qPrintable(banner(endpointKey())->text()));
    QVERIFY(banner(endpointKey())->toolTip().isEmpty());
    banner(endpointKey())->findChild<QPushButton *>(u"copyDetails"_s)->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(problem.toText()));
    QTRY_VERIFY(action(u"refresh"_s)->isVisible());
    m_world->service.setFaults({});
}

void TstMainWindow::theSidebarFollowsWhatIsThere()
{
    openWindow();
    connect(&m_stack->profiles, &Profiles::profilesChanged, m_sidebar.get(),
            [this] { m_sidebar->setProfiles(m_stack->profiles.all()); });
    Profile second = m_stack->profile();
    second.id.clear();
    second.name = u"Zweite"_s;
    QVERIFY(await(m_stack->profiles.save(second, Secret(World::token), false)).has_value());
    auto *sidebar = child<QTreeView>(u"sidebar"_s);
    const QString id = m_stack->profiles.all().last().id;
    sidebar->setCurrentIndex(m_sidebar->indexOfScope(id));
    QCOMPARE(shown(), 0);
    QVERIFY(await(m_stack->profiles.remove(id)).has_value());
    QCOMPARE(sidebar->currentIndex(), m_sidebar->indexOfView(InstanceView::All));
    QVERIFY(sidebar->selectionModel()->isSelected(sidebar->currentIndex()));
    QCOMPARE(shown(), 40);

    // Another one that goes leaves the choice alone.
    const QModelIndex tainted = m_sidebar->indexOfView(InstanceView::Tainted);
    sidebar->setCurrentIndex(tainted);
    const int before = shown();
    QVERIFY(await(m_stack->profiles.save(second, Secret(World::token), false)).has_value());
    QVERIFY(await(m_stack->profiles.remove(m_stack->profiles.all().last().id)).has_value());
    QCOMPARE(sidebar->currentIndex(), tainted);
    QCOMPARE(shown(), before);
}

void TstMainWindow::theSidebarKeepsItsChoice()
{
    openWindow();
    auto *sidebar = child<QTreeView>(u"sidebar"_s);
    const QModelIndex last = m_sidebar->indexOfView(InstanceView::NotChecked);
    sidebar->setCurrentIndex(last);
    const QPoint below(10, sidebar->viewport()->height() - 4);
    QVERIFY(!sidebar->indexAt(below).isValid());
    QTest::mouseClick(sidebar->viewport(), Qt::LeftButton, {}, below);
    QVERIFY(sidebar->selectionModel()->isSelected(last));
    QTest::mouseClick(sidebar->viewport(), Qt::LeftButton, {},
                      sidebar->visualRect(m_sidebar->index(1, 0)).center());
    QVERIFY(sidebar->selectionModel()->isSelected(last));
    QCOMPARE(sidebar->currentIndex(), last);
    // The keyboard steps over the headings.
    sidebar->setFocus();
    QTest::keyClick(sidebar, Qt::Key_Down);
    QCOMPARE(sidebar->currentIndex(), m_sidebar->indexOfScope(m_stack->profile().id));
    QTest::keyClick(sidebar, Qt::Key_Up);
    QCOMPARE(sidebar->currentIndex(), last);
    QTest::keyClick(sidebar, Qt::Key_Home);
    QCOMPARE(sidebar->currentIndex(), m_sidebar->indexOfDashboard());
    QVERIFY(child<QWidget>(u"dashboardPage"_s)->isVisible());
    QTest::keyClick(sidebar, Qt::Key_Up);
    QCOMPARE(sidebar->currentIndex(), m_sidebar->indexOfDashboard());
    QVERIFY(sidebar->selectionModel()->isSelected(sidebar->currentIndex()));
}

void TstMainWindow::theSidebarIsWideEnoughForItsEntries()
{
    openWindow();
    auto *sidebar = child<QTreeView>(u"sidebar"_s);
    QStyleOptionViewItem option;
    option.initFrom(sidebar);
    option.font = sidebar->font();
    for (QModelIndex index = m_sidebar->index(0, 0); index.isValid(); index = sidebar->indexBelow(index)) {
        const int wanted = sidebar->itemDelegate()->sizeHint(option, index).width();
        QVERIFY2(sidebar->viewport()->width() >= wanted, qPrintable(index.data().toString()));
    }
}

void TstMainWindow::copyingTextInTheDetailsCopiesThatText()
{
    openWindow();
    const QString name = u"datadog-eu-production"_s;
    select(name);
    auto *value = child<QTextEdit>(u"value_credential_id"_s);
    value->setFocus();
    QTRY_VERIFY(value->hasFocus());
    value->selectAll();
    QTest::keyClick(value, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), m_world->credentialId(name));
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), m_world->instanceId(name));
}

void TstMainWindow::sortingAndMovingColumnsWorkByMenu()
{
    openWindow();
    auto *sort = child<QMenu>(u"sortMenu"_s);
    Q_EMIT sort->aboutToShow();
    sort->findChild<QAction *>(u"sortBy%1"_s.arg(int(InstanceColumn::Instance)))->trigger();
    const QHeaderView *header = table()->horizontalHeader();
    QCOMPARE(header->sortIndicatorSection(), int(InstanceColumn::Instance));
    const auto titles = [this] {
        QStringList all;
        for (int row = 0; row < shown(); ++row)
            all.append(table()->model()->index(row, int(InstanceColumn::Instance)).data(SortRole).toString());
        return all;
    };
    QVERIFY(std::ranges::is_sorted(titles()));
    Q_EMIT sort->aboutToShow();
    QVERIFY(sort->findChild<QAction *>(u"sortBy%1"_s.arg(int(InstanceColumn::Instance)))->isChecked());
    sort->findChild<QAction *>(u"sortDescending"_s)->trigger();
    QVERIFY(std::ranges::is_sorted(titles(), std::greater<>()));

    table()->setCurrentIndex(table()->model()->index(0, int(InstanceColumn::Instance)));
    auto *columns = child<QMenu>(u"viewColumnsMenu"_s);
    Q_EMIT columns->aboutToShow();
    const int place = header->visualIndex(int(InstanceColumn::Instance));
    columns->findChild<QAction *>(u"moveColumnRight"_s)->trigger();
    QCOMPARE(header->visualIndex(int(InstanceColumn::Instance)), place + 1);
    Q_EMIT columns->aboutToShow();
    columns->findChild<QAction *>(u"moveColumnLeft"_s)->trigger();
    QCOMPARE(header->visualIndex(int(InstanceColumn::Instance)), place);
}

void TstMainWindow::konnectsTextIsNoMarkup()
{
    openWindow();
    InstanceRecord hostile = m_stack->record(u"datadog-eu-production"_s);
    hostile.instance.description = u"<img src='file:///etc/passwd'>"_s;
    hostile.instance.displayName = u"<h1>shouts</h1>"_s;
    m_instances->upsert({hostile});
    table()->showAddress(hostile.address);
    const QString tip = child<QTextEdit>(u"value_description"_s)->toolTip();
    QVERIFY2(tip.contains(u"&lt;img"_s) && !tip.contains(u"<img"_s), qPrintable(tip));
    const QRect cell =
        table()->visualRect(table()->currentIndex().siblingAtColumn(int(InstanceColumn::Instance)));
    QHelpEvent event(QEvent::ToolTip, cell.center(), table()->viewport()->mapToGlobal(cell.center()));
    QApplication::sendEvent(table()->viewport(), &event);
    QTRY_VERIFY(QToolTip::text().contains(u"&lt;h1&gt;shouts"_s));
    QToolTip::hideText();
}

void TstMainWindow::authorizedIsReadAgainAfterAChange()
{
    openWindow();
    const QString name = u"datadog-eu-production"_s;
    QCOMPARE(m_stack->record(name).instance.authorized, std::optional<bool>(true));
    select(name);
    DialogAnswer agreement(u"deleteDialog"_s);
    agreement.click(u"actButton"_s);
    action(u"deleteCredential"_s)->trigger();
    QTRY_VERIFY(agreement.done());
    QTRY_VERIFY(!m_stack->changes.isRunning());
    QTRY_COMPARE(m_stack->record(name).instance.authorized, std::optional<bool>(false));
    QTRY_COMPARE(child<QTextEdit>(u"value_authorized"_s)->toPlainText(), u"No"_s);
}

void TstMainWindow::aProfileIsRemovedOnlyOnce()
{
    openWindow();
    m_world->keychain.fail(FailingSecretStore::Operation::Remove, Problem::Category::KeychainLocked);
    m_window->editors().removeProfile(m_stack->profile().id);
    QDialog *dialog = m_window->editors().current();
    auto *act = dialog->findChild<QPushButton *>(u"actButton"_s);
    act->click();
    QTRY_VERIFY(dialog->findChild<QWidget *>(u"problemPanel"_s)->isVisible());
    QVERIFY(m_stack->profiles.all().isEmpty());
    QVERIFY(!act->isVisible());
    dialog->findChild<QPushButton *>(u"cancelButton"_s)->click();
    QTRY_VERIFY(m_window->editors().current() == nullptr);
    m_world->keychain.recover();
}

void TstMainWindow::theHistoryOpensOnceAndClosesWithTheWindow()
{
    openWindow();
    QTest::keyClick(m_window.get(), Qt::Key_H, Qt::ControlModifier);
    const auto *dialog = child<QDialog>(u"historyDialog"_s);
    QVERIFY(dialog->isVisible());
    QVERIFY(!dialog->isModal());
    action(u"history"_s)->trigger();
    QCOMPARE(m_window->findChildren<QDialog *>(u"historyDialog"_s).size(), 1);
    m_window->close();
    QTRY_VERIFY(m_window->findChild<QDialog *>(u"historyDialog"_s) == nullptr);
}

void TstMainWindow::expiriesAreExportedToAFile()
{
    openDashboard();
    const auto exportTo = [this](const QString &file) {
        action(u"exportExpiries"_s)->trigger();
        auto *chooser = child<QFileDialog>(u"expiryFileDialog"_s);
        Q_EMIT chooser->fileSelected(file);
        chooser->close();
        QTRY_VERIFY(m_window->findChild<QFileDialog *>(u"expiryFileDialog"_s) == nullptr);
    };
    const QString name = m_world->dir.filePath(u"expiries.csv"_s);
    exportTo(name);
    QFile file(name);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll().count("\r\n"), 38); // With the titles.
    QVERIFY(banner(u"problem"_s) == nullptr);
    exportTo(m_world->dir.filePath(u"no/such/folder/expiries.ics"_s));
    QVERIFY(banner(u"problem"_s) != nullptr);
    QVERIFY(banner(u"problem"_s)->text().contains("expiries.ics"_L1));
}

void TstMainWindow::aConfigurationIsExportedAndComparedWith()
{
    openWindow();
    select(u"datadog-staging"_s);
    action(u"exportConfiguration"_s)->trigger();
    auto *exported = child<QDialog>(u"exportDialog"_s);
    QVERIFY(exported->findChild<QComboBox *>(u"exportScope"_s)->findText(u"selected"_s, Qt::MatchContains) >
            0);
    auto *saves = exported->findChild<QPushButton *>(u"actButton"_s);
    QTRY_VERIFY(saves->isEnabled()); // The text is made on another thread, and written there.
    saves->click();
    auto *target = exported->findChild<QFileDialog *>(u"transferFileDialog"_s);
    QVERIFY(target != nullptr);
    const QString file = m_world->dir.filePath(u"configuration.json"_s);
    Q_EMIT target->fileSelected(file);
    target->close();
    QTRY_VERIFY(exported->findChild<QWidget *>(u"exportDone"_s)->isVisible());
    QVERIFY(QFile::exists(file));
    exported->close();
    QTRY_VERIFY(m_window->findChild<QDialog *>(u"exportDialog"_s) == nullptr);

    for (const QString &name : {u"compareConfiguration"_s, u"importConfiguration"_s}) {
        action(name)->trigger();
        auto *source = child<QFileDialog>(u"configurationFileDialog"_s);
        Q_EMIT source->fileSelected(file);
        source->close();
        const QString title = name == "compareConfiguration"_L1 ? u"compareDialog"_s : u"importDialog"_s;
        auto *dialog = child<QDialog>(title);
        QTRY_VERIFY(dialog->findChild<QWidget *>(u"planPage"_s) != nullptr);
        const QList<QLabel *> texts = dialog->findChildren<QLabel *>(u"noteText"_s);
        QVERIFY(std::any_of(texts.cbegin(), texts.cend(), [](const QLabel *text) {
            return text->text().startsWith("All is as the file says"_L1);
        }));
        dialog->close();
        QTRY_VERIFY(m_window->findChild<QDialog *>(title) == nullptr);
    }
}

void TstMainWindow::theSettingsOpenFromTheMenuAndTheKeys()
{
    openWindow();
    QVERIFY(child<QMenu>(u"fileMenu"_s)->actions().contains(action(u"settings"_s)));
    DialogAnswer answer(u"settingsDialog"_s);
    answer.click(u"settingsCancel"_s);
    QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
    QTRY_VERIFY(answer.done());
    QTRY_VERIFY(m_window->findChild<QDialog *>(u"settingsDialog"_s) == nullptr);
    action(u"settings"_s)->trigger();
    QPointer<QDialog> dialog = child<QDialog>(u"settingsDialog"_s);
    QVERIFY(dialog->isVisible());
    QVERIFY(dialog->isModal());
    m_window->close();
    QTRY_VERIFY(dialog.isNull());
}

void TstMainWindow::whatIsFinishedAfterClosingIsNamed()
{
    const FinishingBox early(m_stack->inventory);
    QVERIFY(!early.text().isEmpty());
    auto first = m_stack->changes.reserve(m_stack->address(u"datadog-staging"_s));
    auto second = m_stack->changes.reserve(m_stack->address(u"datadog-eu-production"_s));
    FinishingBox box(m_stack->inventory);
    QVERIFY(box.text().contains(u"Datadog staging"_s) && box.text().contains(u"Datadog EU production"_s));
    QVERIFY(box.buttons().isEmpty());
    second = Problem();
    QTRY_COMPARE(box.text(), u"Finishing the change of Datadog staging…"_s);
    box.show();
    QTest::keyClick(&box, Qt::Key_Escape);
    QVERIFY(!box.close());
    QVERIFY(box.isVisible());
    first = Problem();
}

LATCHKEY_TEST_MAIN(QApplication, TstMainWindow)
#include "tst_mainwindow.moc"
