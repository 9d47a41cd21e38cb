// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/attentionmodel.h"
#include "models/items/expirytimelinemodel.h"
#include "models/items/sidebarmodel.h"
#include "tests/items/records.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"
#include "ui/common/emptystate.h"
#include "ui/common/theme.h"
#include "ui/common/uistate.h"
#include "ui/expiry/compacttable.h"
#include "ui/expiry/dashboardpage.h"
#include "ui/expiry/dashboardtext.h"
#include "ui/expiry/flowgrid.h"
#include "ui/expiry/statetile.h"
#include "ui/expiry/timelinechart.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

InstanceRecord expiring(int number, const QString &title, int days)
{
    return record(number, title, Timestamp::fromUtc(Now.addDays(days)));
}

InstanceRecord tainted(int number, const QString &title)
{
    InstanceRecord made = record(number, title);
    made.credential.tainted = true;
    return made;
}

InstanceRecord unchecked(int number, const QString &title)
{
    InstanceRecord made = record(number, title);
    made.knowledge = InstanceRecord::Knowledge::NotChecked;
    made.credential = {};
    made.checkedAt = {};
    return made;
}

EndpointState listed()
{
    EndpointState state;
    state.profileId = u"p1"_s;
    state.listedAt = Now;
    return state;
}

RefreshProgress running()
{
    RefreshProgress progress;
    progress.running = true;
    return progress;
}

} // namespace

/// The dashboard alone: it is told everything, and says what the user wishes.
class TstDashboardPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void whileNothingIsKnownItSaysSo();
    void zerosAreNoAllClearWhileChecking();
    void nothingToDoSaysWhatIsNotKnown();
    void greenOnlyWhereAllIsKnown();
    void whatIsOldIsNoAllClear();
    void aRefusedTokenShowsWithoutInstances();
    void tilesAreChosenByClickAndKeys();
    void theTimelineIsReadByKeyboard();
    void theTimelineRunsTheOtherWayRightToLeft();
    void theTimelineIsATableToo();
    void theRangeIsChosen();
    void whatNeedsAttentionIsActedOn();
    void theContextMenuHasTheSameActions();
    void nobodySleepsThroughAnExpiry();
    void whatIsQuietIsShownOnDemand();
    void ancientOnesStayHiddenAfterARestart();
    void theCurrentLineSurvivesARefresh();
    void theStepsToANewKeyAreShown();
    void anOldKeyIsTickedOff();
    void breakdownsNarrow();
    void tabGoesFromTheTopToTheBottom();
    void itFitsASmallWindow();
    void theRowThatKeysLeadToIsInSight();
    void tilesComeInEvenRows();
    void urgenciesDifferWithoutColour();
    void fiveThousandAreNoBurden();
    void figuresAreAnnouncedOnceAfterTheirPaint();

private:
    QTemporaryDir m_dir;
    FakeClock m_clock{Now};
    std::unique_ptr<UiState> m_state;
    std::unique_ptr<InstanceTableModel> m_instances;
    std::unique_ptr<SidebarModel> m_sidebar;
    std::unique_ptr<DashboardPage> m_page;

    template <typename T>
    T *child(const QString &name)
    {
        T *found = m_page->findChild<T *>(name);
        if (found == nullptr)
            qFatal("no child %s", qPrintable(name));
        return found;
    }
    void makePage();
    StateTile *tile(InstanceView view) { return child<StateTile>(u"tile%1"_s.arg(int(view))); }
    CompactTable *attention() { return child<CompactTable>(u"attentionTable"_s); }
    QString text(const QString &label) { return child<QLabel>(label)->text(); }
    /// Waits until everything is counted.
    void show(const QList<InstanceRecord> &records);
};

void TstDashboardPage::init()
{
    QFile::remove(m_dir.filePath(u"window.ini"_s));
    m_clock.set(Now);
    m_instances = std::make_unique<InstanceTableModel>(m_clock, QTimeZone::utc(), HealthRules{});
    m_sidebar = std::make_unique<SidebarModel>(*m_instances);
    makePage();
}

void TstDashboardPage::cleanup()
{
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    m_page.reset();
    m_sidebar.reset();
    m_instances.reset();
}

void TstDashboardPage::makePage()
{
    m_page.reset();
    m_state = std::make_unique<UiState>(m_dir.filePath(u"window.ini"_s));
    m_page = std::make_unique<DashboardPage>(*m_instances, *m_sidebar, m_clock, QTimeZone::utc(), *m_state);
    m_page->resize(1000, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void TstDashboardPage::show(const QList<InstanceRecord> &records)
{
    const QList<AttentionModel *> models = m_page->findChildren<AttentionModel *>();
    QSignalSpy counted(models.last(), &AttentionModel::counted);
    m_instances->upsert(records);
    QTRY_VERIFY(!counted.isEmpty());
    QTRY_COMPARE(m_sidebar->indexOfView(InstanceView::All).data(SidebarModel::CountRole).toInt(),
                 m_instances->rowCount());
}

void TstDashboardPage::whileNothingIsKnownItSaysSo()
{
    auto *empty = child<EmptyState>(u"dashboardEmpty"_s);
    QVERIFY(empty->isVisible());
    QCOMPARE(empty->heading(), u"Not read yet"_s);
    m_page->setProgress(running());
    QCOMPARE(empty->heading(), u"Checking…"_s);
    QVERIFY(!child<QWidget>(u"dashboardRefresh"_s)->isVisible());
    EndpointState failed = listed();
    failed.listedAt = {};
    failed.problem = Problem::of(Problem::Category::Network, u"eu is not reachable."_s);
    m_page->setEndpoints({failed});
    m_page->setProgress({});
    QCOMPARE(empty->heading(), u"Konnect could not be read"_s);
    QCOMPARE(empty->text(), u"eu is not reachable."_s);
    QSignalSpy refresh(m_page.get(), &DashboardPage::refreshRequested);
    child<QPushButton>(u"dashboardRefresh"_s)->click();
    QCOMPARE(refresh.size(), 1);
    m_page->setEndpoints({listed()});
    QCOMPARE(empty->heading(), u"No integration instances"_s);
    show({record(1, u"a"_s)});
    QVERIFY(!empty->isVisible());
}

void TstDashboardPage::zerosAreNoAllClearWhileChecking()
{
    m_page->setProgress(running());
    show({unchecked(1, u"a"_s), expiring(2, u"b"_s, 3), unchecked(3, u"c"_s)});
    QTRY_COMPARE(tile(InstanceView::Expiring)->countText(), u"1"_s);
    QCOMPARE(tile(InstanceView::Expiring)->note(), u"so far"_s);
    QCOMPARE(tile(InstanceView::Expired)->countText(), u"…"_s);
    QCOMPARE(tile(InstanceView::Expired)->accessibleName(), u"Expired, checking…"_s);
    QCOMPARE(tile(InstanceView::All)->countText(), u"3"_s);
    QCOMPARE(text(u"timelineDetail"_s), u"1 expires within 90 days; still checking."_s);
    m_instances->remove({record(2, {}).address});
    QTRY_VERIFY(child<QWidget>(u"attentionNothing"_s)->isVisible());
    QTRY_VERIFY(text(u"attentionNothingText"_s).startsWith(u"Checking…"_s));
    m_page->setProgress({});
    QCOMPARE(tile(InstanceView::Expired)->countText(), u"0"_s);
    QCOMPARE(tile(InstanceView::Expired)->accessibleName(), u"Expired, 0"_s);
    QCOMPARE(tile(InstanceView::NotChecked)->countText(), u"2"_s);
    QTRY_COMPARE(text(u"attentionNothingText"_s),
                 u"Nothing needs attention. Nothing expires within 90 days; 2 are not checked."_s);
}

void TstDashboardPage::nothingToDoSaysWhatIsNotKnown()
{
    show({record(1, u"a"_s), record(2, u"b"_s, {}), unchecked(3, u"c"_s), expiring(4, u"d"_s, 60)});
    QTRY_COMPARE(
        text(u"attentionNothingText"_s),
        u"Nothing needs attention. 1 expires within 90 days; 1 is not checked, 1 has no known expiry."_s);
    QVERIFY(!attention()->isVisible());
    QVERIFY(!child<QWidget>(u"attentionPrimaryButton"_s)->isVisible());
    QVERIFY(!child<QWidget>(u"taintedPanel"_s)->isVisible());
    QVERIFY(!child<QWidget>(u"permissionsPanel"_s)->isVisible());
}

void TstDashboardPage::greenOnlyWhereAllIsKnown()
{
    using namespace dashboardtext;
    DashboardFacts facts;
    QVERIFY(isAllClear(facts));
    QCOMPARE(nothingToDo(facts), u"Nothing needs attention. Nothing expires within 90 days."_s);
    facts.notChecked = 1;
    QVERIFY(!isAllClear(facts));
    facts = {};
    facts.noKnownExpiry = 1;
    QVERIFY(!isAllClear(facts));
    facts = {};
    facts.checking = true;
    QVERIFY(!isAllClear(facts));
    facts = {};
    facts.unread = 1;
    QVERIFY(!isAllClear(facts));
    facts = {};
    facts.unreadEndpoints = 1;
    QVERIFY(!isAllClear(facts));
}

void TstDashboardPage::whatIsOldIsNoAllClear()
{
    const auto said = [this] { return text(u"attentionNothingText"_s); };
    const QString clear = u"Nothing needs attention. Nothing expires within 90 days."_s;
    show({record(1, u"a"_s), record(2, u"b"_s)});
    m_page->setEndpoints({listed()});
    QTRY_COMPARE(said(), clear);
    InstanceRecord failed = record(2, u"b"_s);
    failed.lastProblem = Problem::of(Problem::Category::TimedOut, u"no answer"_s);
    m_instances->upsert({failed});
    QTRY_COMPARE(said(), clear.chopped(1) + u"; 1 was not read lately."_s);
    m_instances->upsert({record(2, u"b"_s)});
    QTRY_COMPARE(said(), clear);
    m_clock.advance(25LL * 60 * 60);
    m_page->tick();
    QCOMPARE(said(), clear.chopped(1) + u"; 2 were not read lately."_s);
    m_clock.set(Now);
    m_page->tick();
    EndpointState unread = listed();
    unread.problem = Problem::of(Problem::Category::Network, u"no network"_s);
    m_page->setEndpoints({listed(), unread});
    QCOMPARE(said(), clear.chopped(1) + u"; 1 endpoint could not be read."_s);
    Profile profile;
    profile.id = u"p1"_s;
    profile.organizationInDoubt = true;
    m_page->setEndpoints({listed()});
    m_page->setProfiles({profile});
    QCOMPARE(said(), clear.chopped(1) + u"; 1 endpoint could not be read."_s);
}

void TstDashboardPage::aRefusedTokenShowsWithoutInstances()
{
    Profile profile;
    profile.id = u"p1"_s;
    profile.name = u"Acme"_s;
    EndpointState refused = listed();
    refused.listedAt = {};
    refused.problem = Problem::of(Problem::Category::Unauthorized, u"no"_s);
    refused.problem->httpStatus = 401;
    m_page->setProfiles({profile});
    m_page->setEndpoints({refused});
    QTRY_VERIFY(attention()->isVisible());
    attention()->selectRow(0);
    QVERIFY(text(u"attentionDetail"_s).contains(u"expired or was revoked"_s));
    auto *main = child<QPushButton>(u"attentionPrimaryButton"_s);
    QCOMPARE(main->text(), u"&Edit Profile…"_s);
    QVERIFY(!child<QPushButton>(u"attentionSnoozeButton"_s)->isEnabled());
    QSignalSpy edit(m_page.get(), &DashboardPage::editProfileRequested);
    main->click();
    QCOMPARE(edit.size(), 1);
    QCOMPARE(edit.first().first().toString(), u"p1"_s);
}

void TstDashboardPage::tilesAreChosenByClickAndKeys()
{
    show({tainted(1, u"a"_s)});
    QTRY_COMPARE(tile(InstanceView::Tainted)->accessibleName(), u"Tainted, 1"_s);
    QList<InstanceView> wished;
    connect(m_page.get(), &DashboardPage::viewRequested, this,
            [&wished](InstanceView view) { wished << view; });
    QTest::mouseClick(tile(InstanceView::Tainted), Qt::LeftButton);
    tile(InstanceView::NotChecked)->setFocus();
    QTest::keyClick(tile(InstanceView::NotChecked), Qt::Key_Return);
    QTest::keyClick(tile(InstanceView::NotChecked), Qt::Key_Space);
    QCOMPARE(wished, (QList{InstanceView::Tainted, InstanceView::NotChecked, InstanceView::NotChecked}));
}

void TstDashboardPage::theTimelineIsReadByKeyboard()
{
    show({expiring(1, u"Alpha"_s, 2), expiring(2, u"Beta"_s, 9), expiring(3, u"Gamma"_s, 80)});
    auto *chart = child<TimelineChart>(u"timelineChart"_s);
    QTRY_COMPARE(text(u"timelineDetail"_s), u"3 expire within 90 days."_s);
    QStringList wished;
    connect(m_page.get(), &DashboardPage::narrowingRequested, this,
            [&wished](const InstanceNarrowing &narrowing) { wished << narrowing.caption; });
    chart->setFocus();
    QTRY_COMPARE(text(u"timelineDetail"_s), u"3 Nov – 9 Nov: 1 expires: Alpha"_s);
    QTest::keyClick(chart, Qt::Key_Right);
    QCOMPARE(text(u"timelineDetail"_s), u"10 Nov – 16 Nov: 1 expires: Beta"_s);
    QCOMPARE(chart->accessibleDescription(), u"10 Nov – 16 Nov: 1 expires: Beta"_s);
    QTest::keyClick(chart, Qt::Key_Return);
    QTest::keyClick(chart, Qt::Key_Right);
    QCOMPARE(text(u"timelineDetail"_s), u"17 Nov – 23 Nov: nothing expires"_s);
    QTest::keyClick(chart, Qt::Key_Return); // Nothing is there to show.
    QTest::keyClick(chart, Qt::Key_End);
    QTest::keyClick(chart, Qt::Key_Left);
    QCOMPARE(chart->currentRow(), 11);
    QTest::keyClick(chart, Qt::Key_Space);
    QCOMPARE(wished, (QStringList{u"Expiring 10 Nov – 16 Nov"_s, u"Expiring 19 Jan – 25 Jan"_s}));
    // The mouse names what it is over, and clicks.
    QTest::mouseMove(chart, chart->barRect(1).center());
    QTRY_COMPARE(text(u"timelineDetail"_s), u"10 Nov – 16 Nov: 1 expires: Beta"_s);
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->barRect(1).center());
    QCOMPARE(wished.size(), 3);
}

void TstDashboardPage::theTimelineRunsTheOtherWayRightToLeft()
{
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    makePage();
    show({expiring(1, u"Alpha"_s, 2)});
    auto *chart = child<TimelineChart>(u"timelineChart"_s);
    QVERIFY(chart->barRect(0).left() > chart->barRect(1).left());
    chart->setFocus();
    QTest::keyClick(chart, Qt::Key_Left);
    QCOMPARE(chart->currentRow(), 1);
    QTest::keyClick(chart, Qt::Key_Right);
    QCOMPARE(chart->currentRow(), 0);
}

void TstDashboardPage::theTimelineIsATableToo()
{
    show({expiring(1, u"Alpha"_s, 2)});
    auto *table = child<CompactTable>(u"timelineTable"_s);
    QVERIFY(!table->isVisible());
    child<QToolButton>(u"timelineAsTable"_s)->click();
    QVERIFY(table->isVisible());
    QVERIFY(!child<QWidget>(u"timelineChart"_s)->isVisible());
    QCOMPARE(table->model()->rowCount(), 13);
    QCOMPARE(table->model()->index(0, ExpiryTimelineModel::NamesColumn).data().toString(), u"Alpha"_s);
    QSignalSpy wished(m_page.get(), &DashboardPage::narrowingRequested);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(wished.size(), 1);
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(wished.size(), 1);
}

void TstDashboardPage::theRangeIsChosen()
{
    show({expiring(1, u"Alpha"_s, 200)});
    QTRY_COMPARE(text(u"timelineDetail"_s), u"Nothing expires within 90 days."_s);
    auto *range = child<QComboBox>(u"timelineRange"_s);
    QCOMPARE(range->currentText(), u"Next 90 days"_s);
    range->setCurrentIndex(range->findData(365));
    QTRY_COMPARE(text(u"timelineDetail"_s), u"1 expires within 365 days."_s);
    QCOMPARE(child<CompactTable>(u"timelineTable"_s)->model()->rowCount(), 53);
}

void TstDashboardPage::whatNeedsAttentionIsActedOn()
{
    InstanceRecord without = record(2, u"Beta"_s);
    without.knowledge = InstanceRecord::Knowledge::Absent;
    without.credential = {};
    show({tainted(1, u"Alpha"_s), without});
    QTRY_COMPARE(attention()->model()->rowCount(), 2);
    QVERIFY(!child<QPushButton>(u"attentionPrimaryButton"_s)->isEnabled());
    attention()->setFocus();
    QTRY_COMPARE(attention()->currentRow(), 0);
    const InstanceAddress alpha = record(1, {}).address;
    const auto asks = [this](auto signal, const QString &button, const InstanceAddress &address) {
        QSignalSpy spy(m_page.get(), signal);
        child<QPushButton>(button)->click();
        return spy.size() == 1 && spy.first().first().value<InstanceAddress>() == address;
    };
    QVERIFY(asks(&DashboardPage::replaceRequested, u"attentionPrimaryButton"_s, alpha));
    QVERIFY(asks(&DashboardPage::recordExpiryRequested, u"attentionRecordButton"_s, alpha));
    QVERIFY(asks(&DashboardPage::acknowledgeRequested, u"attentionAcknowledgeButton"_s, alpha));
    QSignalSpy open(m_page.get(), &DashboardPage::openRequested);
    child<QPushButton>(u"attentionUpstreamButton"_s)->click();
    QCOMPARE(open.size(), 1);
    QCOMPARE(open.first().first().toUrl().scheme(), u"https"_s);
    QSignalSpy shown(m_page.get(), &DashboardPage::instanceRequested);
    QTest::keyClick(attention(), Qt::Key_Return);
    QCOMPARE(shown.size(), 1);

    QTest::keyClick(attention(), Qt::Key_End);
    QCOMPARE(attention()->currentRow(), 1);
    QTest::keyClick(attention(), Qt::Key_Home);
    QCOMPARE(attention()->currentRow(), 0);
    QTest::keyClick(attention(), Qt::Key_Down);
    QCOMPARE(child<QPushButton>(u"attentionPrimaryButton"_s)->text(), u"&New Credential…"_s);
    QVERIFY(!child<QPushButton>(u"attentionRecordButton"_s)->isEnabled());
    QVERIFY(asks(&DashboardPage::createRequested, u"attentionPrimaryButton"_s, without.address));
    // The mnemonics of the buttons work from anywhere on the page.
    QSignalSpy known(m_page.get(), &DashboardPage::acknowledgeRequested);
    tile(InstanceView::All)->setFocus();
    QTest::keyClick(m_page.get(), Qt::Key_A, Qt::AltModifier);
    QTRY_COMPARE(known.size(), 1);
    QCOMPARE(known.first().at(1).toString(), QString());
}

void TstDashboardPage::theContextMenuHasTheSameActions()
{
    show({tainted(1, u"Alpha"_s)});
    QTRY_COMPARE(attention()->model()->rowCount(), 1);
    attention()->selectRow(0);
    Q_EMIT attention()->customContextMenuRequested(QPoint(5, 5));
    auto *menu = child<QMenu>(u"attentionMenu"_s);
    QStringList names;
    for (const QAction *action : menu->actions()) {
        if (!action->isSeparator() && action->isVisible())
            names << action->objectName();
    }
    QCOMPARE(names, (QStringList{u"attentionPrimary"_s, u"attentionRecord"_s, u"attentionUpstream"_s,
                                 u"attentionCheck"_s, u"attentionSnooze"_s, u"attentionAcknowledge"_s,
                                 u"attentionShow"_s}));
    QSignalSpy check(m_page.get(), &DashboardPage::checkAgainRequested);
    m_page->findChild<QAction *>(u"attentionCheck"_s)->trigger();
    QCOMPARE(check.size(), 1);
    menu->close();
}

void TstDashboardPage::nobodySleepsThroughAnExpiry()
{
    show({expiring(1, u"Soon"_s, 5), expiring(2, u"Expired"_s, -1)});
    QTRY_COMPARE(attention()->model()->rowCount(), 2);
    auto *menu = child<QMenu>(u"snoozeMenu"_s);
    const auto enabled = [menu](int days) {
        return menu->findChild<QAction *>(u"snooze%1"_s.arg(days))->isEnabled();
    };
    attention()->selectRow(1);
    Q_EMIT menu->aboutToShow();
    QVERIFY(enabled(1) && !enabled(7) && !enabled(30));
    QSignalSpy snoozed(m_page.get(), &DashboardPage::snoozeRequested);
    menu->findChild<QAction *>(u"snooze1"_s)->trigger();
    QCOMPARE(snoozed.size(), 1);
    QCOMPARE(snoozed.first().at(1).toString(), u"cred-1"_s);
    QCOMPARE(snoozed.first().at(2).toDateTime(), Now.addDays(1));
    attention()->selectRow(0);
    Q_EMIT menu->aboutToShow();
    QVERIFY(enabled(1) && enabled(7) && enabled(30));
}

void TstDashboardPage::whatIsQuietIsShownOnDemand()
{
    InstanceRecord known = tainted(1, u"Known"_s);
    known.attention = {known.credential.id, {}, {HealthState::MustBeReplaced}};
    show({known, tainted(2, u"Loud"_s)});
    QTRY_COMPARE(attention()->model()->rowCount(), 1);
    auto *quiet = child<QCheckBox>(u"attentionShowQuiet"_s);
    QVERIFY(quiet->isVisible());
    QVERIFY(quiet->text().contains(u"(1)"_s));
    quiet->click();
    QCOMPARE(attention()->model()->rowCount(), 2);
    attention()->selectRow(0);
    auto *remind = child<QPushButton>(u"attentionRemindButton"_s);
    QVERIFY(remind->isVisible());
    QVERIFY(!child<QPushButton>(u"attentionAcknowledgeButton"_s)->isVisible());
    QSignalSpy wished(m_page.get(), &DashboardPage::remindRequested);
    remind->click();
    QCOMPARE(wished.size(), 1);
    attention()->selectRow(1);
    QVERIFY(!remind->isVisible());
}

void TstDashboardPage::ancientOnesStayHiddenAfterARestart()
{
    show({expiring(1, u"Ancient"_s, -200), expiring(2, u"Old"_s, -20)});
    QTRY_COMPARE(attention()->model()->rowCount(), 2);
    auto *ancient = child<QCheckBox>(u"attentionHideAncient"_s);
    QVERIFY(ancient->isVisible());
    QVERIFY2(ancient->text().contains(u"90 days ago (1)"_s), qPrintable(ancient->text()));
    ancient->click();
    QCOMPARE(attention()->model()->rowCount(), 1);
    makePage();
    QTRY_COMPARE(attention()->model()->rowCount(), 1);
    QVERIFY(child<QCheckBox>(u"attentionHideAncient"_s)->isChecked());
}

void TstDashboardPage::theCurrentLineSurvivesARefresh()
{
    show({expiring(1, u"Alpha"_s, 2), expiring(2, u"Beta"_s, 3), expiring(3, u"Gamma"_s, 4)});
    QTRY_COMPARE(attention()->model()->rowCount(), 3);
    attention()->selectRow(1);
    const auto current = [this] { return attention()->currentIndex().siblingAtColumn(1).data().toString(); };
    m_instances->upsert({expiring(1, u"Alpha"_s, 9)});
    QTRY_COMPARE(attention()->currentRow(), 0);
    QCOMPARE(current(), u"Beta"_s);
    const auto everyHour = [](int first, const QString &name) {
        QList<InstanceRecord> many;
        for (int i = 0; i < 200; ++i)
            many << record(1000 + first + i, name, Timestamp::fromUtc(Now.addSecs((2 * i + first) * 1800)));
        return many;
    };
    m_instances->upsert(everyHour(0, u"Even"_s));
    QTRY_COMPARE(attention()->model()->rowCount(), 203);
    QCOMPARE(current(), u"Beta"_s);
    // Between all of them: so many row signals that there is a reset instead.
    QSignalSpy resets(attention()->model(), &QAbstractItemModel::modelReset);
    QList<InstanceRecord> odd = everyHour(1, u"Odd"_s);
    for (InstanceRecord &each : odd)
        each.address.origin = u"https://us.api.konghq.com:443"_s;
    m_instances->upsert(odd);
    QTRY_COMPARE(attention()->model()->rowCount(), 403);
    QCOMPARE(resets.size(), 1);
    QCOMPARE(current(), u"Beta"_s);
    // What goes leaves the line that takes its place.
    m_instances->remove({record(2, {}).address});
    QTRY_COMPARE(attention()->model()->rowCount(), 402);
    QVERIFY(attention()->selectionModel()->isSelected(attention()->currentIndex()));
}

void TstDashboardPage::theStepsToANewKeyAreShown()
{
    show({tainted(1, u"Alpha"_s)});
    QTRY_COMPARE(attention()->model()->rowCount(), 1);
    attention()->selectRow(0);
    const QString said = text(u"attentionDetail"_s);
    QVERIFY2(said.contains(u"replace it"_s), qPrintable(said));
    QVERIFY2(said.contains(u"1. Make a new application key"_s), qPrintable(said));
    QVERIFY2(said.contains(u"monitors_read"_s), qPrintable(said));
    QVERIFY2(said.contains(u"revoke the old one"_s), qPrintable(said));
}

void TstDashboardPage::anOldKeyIsTickedOff()
{
    OldKey key;
    key.replacement.id = u"change"_s;
    key.replacement.address = record(1, {}).address;
    key.replacement.instanceTitle = u"Alpha"_s;
    key.replacement.integrationName = u"datadog"_s;
    key.replacement.oldCredentialId = u"cred-0"_s;
    key.replacement.updatedAt = Now;
    show({record(1, u"Alpha"_s)});
    m_page->setOldKeys({key});
    QTRY_COMPARE(attention()->model()->rowCount(), 1);
    attention()->selectRow(0);
    const QString said = text(u"attentionDetail"_s);
    QVERIFY2(said.startsWith(u"Revoke the old key of “Alpha” at Datadog"_s), qPrintable(said));
    QVERIFY2(said.contains(u"1. Find the old application key"_s), qPrintable(said));
    QVERIFY(!child<QPushButton>(u"attentionAcknowledgeButton"_s)->isVisible());
    QVERIFY(!child<QPushButton>(u"attentionRecordButton"_s)->isEnabled());
    QVERIFY(child<QPushButton>(u"attentionUpstreamButton"_s)->isEnabled());
    QSignalSpy snoozed(m_page.get(), &DashboardPage::snoozeRequested);
    auto *menu = child<QMenu>(u"snoozeMenu"_s);
    Q_EMIT menu->aboutToShow();
    menu->findChild<QAction *>(u"snooze30"_s)->trigger();
    QCOMPARE(snoozed.size(), 1);
    QCOMPARE(snoozed.first().first().value<InstanceAddress>(), key.key());
    QCOMPARE(snoozed.first().at(1).toString(), u"cred-0"_s);
    QSignalSpy shown(m_page.get(), &DashboardPage::instanceRequested);
    QTest::keyClick(attention(), Qt::Key_Return);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown.first().first().value<InstanceAddress>(), record(1, {}).address);
    QSignalSpy revoked(m_page.get(), &DashboardPage::revokedRequested);
    auto *done = child<QPushButton>(u"attentionPrimaryButton"_s);
    QCOMPARE(done->text(), u"Mark as Re&voked"_s);
    done->click();
    QCOMPARE(revoked.takeFirst(), (QVariantList{u"change"_s, true}));
    // It can be taken back.
    key.revokedAt = Now;
    m_page->setOldKeys({key});
    QTRY_COMPARE(attention()->model()->rowCount(), 0);
    child<QCheckBox>(u"attentionShowQuiet"_s)->click();
    attention()->selectRow(0);
    QVERIFY(!done->isEnabled());
    QSignalSpy remind(m_page.get(), &DashboardPage::remindRequested);
    child<QPushButton>(u"attentionRemindButton"_s)->click();
    QCOMPARE(revoked.takeFirst(), (QVariantList{u"change"_s, false}));
    QCOMPARE(remind.size(), 0);
}

void TstDashboardPage::breakdownsNarrow()
{
    InstanceRecord other = record(2, u"b"_s);
    other.address.profileId = u"p2"_s;
    other.profileName = u"Beta"_s;
    show({record(1, u"a"_s)});
    auto *profiles = child<QWidget>(u"profilesPanel"_s);
    QVERIFY(!profiles->isVisible());
    show({other});
    QTRY_VERIFY(profiles->isVisible());
    auto *table = profiles->findChild<CompactTable *>();
    QSignalSpy profile(m_page.get(), &DashboardPage::profileRequested);
    table->setFocus();
    table->selectRow(1);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(profile.size(), 1);
    QCOMPARE(profile.first().first().toString(), u"p2"_s);
    QStringList captions;
    connect(m_page.get(), &DashboardPage::narrowingRequested, this,
            [&captions](const InstanceNarrowing &narrowing) { captions << narrowing.caption; });
    table = child<QWidget>(u"integrationsPanel"_s)->findChild<CompactTable *>();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(captions, QStringList{u"Datadog"_s});
}

void TstDashboardPage::tabGoesFromTheTopToTheBottom()
{
    InstanceRecord lacking = record(2, u"Beta"_s);
    lacking.credential.missingPermissions = {{{u"read"_s}, {}}};
    show({tainted(1, u"Alpha"_s), lacking});
    QTRY_VERIFY(attention()->isVisible());
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->takeFocus();
    QStringList order;
    for (int i = 0; i < 40 && !order.contains(u"breakdownTable"_s); ++i) {
        order << QApplication::focusWidget()->objectName();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    const QStringList stops{u"tile4"_s,
                            u"tile0"_s,
                            u"timelineAsTable"_s,
                            u"timelineRange"_s,
                            u"timelineChart"_s,
                            u"attentionTable"_s,
                            u"attentionPrimaryButton"_s,
                            u"attentionUpstreamButton"_s,
                            u"replaceAllTainted"_s,
                            u"taintedTable"_s,
                            u"checkAllScopes"_s,
                            u"permissionsTable"_s,
                            u"breakdownTable"_s};
    QStringList met = order;
    met.removeIf([&stops](const QString &name) { return !stops.contains(name); });
    QCOMPARE(met, stops);
}

void TstDashboardPage::itFitsASmallWindow()
{
    InstanceRecord lacking = record(3, u"Gamma"_s);
    lacking.credential.missingPermissions = {{{u"read"_s}, u"A long message. "_s.repeated(40)}};
    show({tainted(1, u"A very long title of an instance that nobody can read in one line"_s),
          expiring(2, u"Beta"_s, 5), lacking});
    m_page->resize(780, 460);
    auto *scroll = child<QScrollArea>(u"dashboardScroll"_s);
    QTRY_COMPARE(scroll->horizontalScrollBar()->maximum(), 0);
    QVERIFY(scroll->verticalScrollBar()->maximum() > 0);
    auto *board = child<FlowGrid>(u"tileBoard"_s);
    QTRY_COMPARE(board->columns(), 4);
    m_page->resize(1600, 460);
    QTRY_COMPARE(board->columns(), 8);
    m_page->resize(780, 460);
    QTRY_COMPARE(board->columns(), 4);
}

void TstDashboardPage::theRowThatKeysLeadToIsInSight()
{
    QList<InstanceRecord> records;
    for (int i = 0; i < 9; ++i)
        records << tainted(i, u"Instance %1"_s.arg(i));
    show(records);
    m_page->resize(780, 460);
    auto *scroll = child<QScrollArea>(u"dashboardScroll"_s);
    CompactTable *table = attention();
    QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 0);
    table->setFocus(Qt::OtherFocusReason);
    QTRY_VERIFY(table->hasFocus());
    const auto isInSight = [&] {
        const QRect row = table->visualRect(table->currentIndex());
        const QPoint top = table->viewport()->mapTo(scroll->viewport(), row.topLeft());
        return scroll->viewport()->rect().contains(QRect(top, QSize(1, row.height())));
    };
    scroll->verticalScrollBar()->setValue(0);
    QTest::keyClick(table, Qt::Key_End);
    QCOMPARE(table->currentRow(), 8);
    QVERIFY(isInSight());
    scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
    QTest::keyClick(table, Qt::Key_Home);
    QCOMPARE(table->currentRow(), 0);
    QVERIFY(isInSight());
}

void TstDashboardPage::tilesComeInEvenRows()
{
    FlowGrid grid(100);
    QList<QWidget *> widgets;
    for (int i = 0; i < 8; ++i) {
        widgets << new QWidget(&grid);
        widgets.last()->setMinimumSize(40, 20);
        grid.add(widgets.last());
    }
    grid.show();
    const auto columnsAt = [&grid](int width) {
        grid.resize(width, 100);
        return grid.columns();
    };
    QCOMPARE(columnsAt(2000), 8);
    QCOMPARE(columnsAt(800), 4); // Seven and one would fit too.
    QCOMPARE(columnsAt(350), 3);
    QCOMPARE(columnsAt(120), 1);
    // What is hidden takes no place.
    for (int i = 2; i < 8; ++i)
        widgets.at(i)->hide();
    QTRY_COMPARE(columnsAt(800), 2);
}

void TstDashboardPage::urgenciesDifferWithoutColour()
{
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        QList<QImage> samples;
        for (int urgency = 0; urgency < UrgencyCount; ++urgency) {
            QImage image(24, 24, QImage::Format_Grayscale8);
            image.fill(palette.color(QPalette::Window));
            QPainter painter(&image);
            TimelineChart::paintPart(painter, QRectF(2, 2, 20, 20), Urgency(urgency), palette);
            painter.end();
            // As somebody sees it who tells dark from light only: a threshold at the middle.
            samples << image.convertToFormat(QImage::Format_Mono, Qt::ThresholdDither);
        }
        QVERIFY(samples.at(0) != samples.at(1));
        QVERIFY(samples.at(1) != samples.at(2));
        QVERIFY(samples.at(0) != samples.at(2));
    }
}

void TstDashboardPage::fiveThousandAreNoBurden()
{
    QList<InstanceRecord> records;
    for (int i = 0; i < 5000; ++i)
        records << expiring(i, u"Instance %1"_s.arg(i), (i * 7) % 400 - 40);
    show(records);
    QTRY_COMPARE(tile(InstanceView::All)->countText(), u"5,000"_s);
    const int rows = attention()->model()->rowCount();
    QVERIFY(rows > 500);
    // The list scrolls in itself: the page does not grow with it.
    QVERIFY(attention()->height() < 400);
    QTRY_VERIFY(child<TimelineChart>(u"timelineChart"_s)->isVisible());
    m_page->repaint();
}

void TstDashboardPage::figuresAreAnnouncedOnceAfterTheirPaint()
{
    QSignalSpy painted(m_page.get(), &DashboardPage::rowsPainted);
    m_page->repaint();
    QCOMPARE(painted.size(), 0);
    show({record(1, u"a"_s), record(2, u"b"_s)});
    QTRY_COMPARE(painted.size(), 1);
    QCOMPARE(painted.first().first().toInt(), 2);
    m_instances->upsert({record(3, u"c"_s)});
    QTRY_COMPARE(tile(InstanceView::All)->countText(), u"3"_s);
    m_page->repaint();
    QCOMPARE(painted.size(), 1);
}

LATCHKEY_TEST_MAIN(QApplication, TstDashboardPage)
#include "tst_dashboardpage.moc"
