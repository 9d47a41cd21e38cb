// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"
#include "ui/common/emptystate.h"
#include "ui/common/theme.h"
#include "ui/common/uistate.h"
#include "ui/instances/instancedelegate.h"
#include "ui/instances/instancespage.h"
#include "ui/instances/instancetableview.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextEdit>
#include <QToolButton>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

InstanceRecord record(int number, const QString &title, const QString &integration = u"Datadog"_s)
{
    InstanceRecord made;
    made.address = {u"p"_s, u"https://eu.api.konghq.com:443"_s, u"id-%1"_s.arg(number)};
    made.profileName = u"Acme"_s;
    made.endpointLabel = u"eu"_s;
    made.instance.id = made.address.instanceId;
    made.instance.name = title.toLower();
    made.instance.displayName = title;
    made.instance.integrationName = integration.toLower();
    made.instance.integrationDisplayName = integration;
    made.authorization.strategy = Authorization::Strategy::MultiKey;
    made.authorization.headers = {{u"DD-API-KEY"_s, u"API key"_s, {}}, {u"DD-APPLICATION-KEY"_s, {}, {}}};
    made.knowledge = InstanceRecord::Knowledge::Present;
    made.credential.id = u"cred-%1"_s.arg(number);
    made.credential.type = CredentialType::MultiKey;
    made.credential.tainted = false;
    made.checkedAt = QDateTime(QDate(2026, 11, 3), QTime(8, 58), Qt::UTC);
    return made;
}

} // namespace

class TstInstancesPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void rowsAreAnnouncedOnceAfterTheFirstPaint();
    void theSearchFindsAndIsExplainedWhenItDoesNot();
    void theSelectedRowSurvivesASearch();
    void whatIsHiddenLeavesASelectionOfSeveral();
    void severalAreSummedUp();
    void severalAreChangedTogether();
    void selectionSurvivesARefresh();
    void detailsShowEachFieldAndCopyIt();
    void detailsTellWhichKeysAreKeptHere();
    void missingPermissionsAreShownWithTheirScopes();
    void detailsCanBePutAway();
    void rowsAreCopiedAsShownWithoutSecrets();
    void columnsAreHiddenAndComeBackAfterARestart();
    void theLastColumnCannotBeHidden();
    void theProfileColumnComesWithASecondOrganizationUnlessChosen();
    void comingFromTheSearchSelectsARow();
    void actionsAskForTheInstance();
    void offlineOffersARetry();
    void theChosenProfileSpeaksForItself();
    void aRowThatCouldNotBeReadIsMuted();
    void theWordsOfStateAndExpiryFit();
    void theFocusIsSeen();
    void aViewIsEmptyOnlyAsFarAsIsKnown();
    void aNarrowingIsSaidAndCleared();

private:
    QTemporaryDir m_dir;
    test::FakeClock m_clock;
    std::unique_ptr<UiState> m_state;
    std::unique_ptr<InstanceTableModel> m_model;
    std::unique_ptr<InstancesPage> m_page;

    template <typename T>
    T *child(const QString &name)
    {
        T *found = m_page->findChild<T *>(name);
        if (found == nullptr)
            qFatal("no child %s", qPrintable(name));
        return found;
    }
    InstanceTableView *table() { return child<InstanceTableView>(u"instancesTable"_s); }
    QString valueOf(const QString &field) { return child<QTextEdit>(u"value_"_s + field)->toPlainText(); }
    void makePage()
    {
        m_page.reset();
        m_state = std::make_unique<UiState>(m_dir.filePath(u"window.ini"_s));
        m_page = std::make_unique<InstancesPage>(*m_model, m_clock, *m_state);
        m_page->resize(1100, 600);
        m_page->show();
    }
    void select(int number)
    {
        m_page->showAddress({u"p"_s, u"https://eu.api.konghq.com:443"_s, u"id-%1"_s.arg(number)});
    }
    QStringList selectedTitles()
    {
        QStringList titles;
        for (const InstanceRecord &each : m_page->selected())
            titles.append(each.instance.title());
        titles.sort();
        return titles;
    }
};

void TstInstancesPage::init()
{
    QFile::remove(m_dir.filePath(u"window.ini"_s));
    m_model = std::make_unique<InstanceTableModel>(m_clock, QTimeZone::utc(), HealthRules{});
    m_model->upsert({record(1, u"Alpha"_s), record(2, u"Beta"_s), record(3, u"Gamma"_s, u"Dynatrace"_s)});
    makePage();
}

void TstInstancesPage::cleanup()
{
    m_page.reset();
    m_model.reset();
}

void TstInstancesPage::rowsAreAnnouncedOnceAfterTheFirstPaint()
{
    m_model->remove({record(1, {}).address, record(2, {}).address, record(3, {}).address});
    makePage();
    QSignalSpy painted(m_page.get(), &InstancesPage::rowsPainted);
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    QCOMPARE(painted.count(), 0);
    m_model->upsert({record(1, u"Alpha"_s)});
    QTRY_COMPARE(painted.count(), 1);
    QCOMPARE(painted.first().first().toInt(), 1);
    m_model->upsert({record(2, u"Beta"_s)});
    table()->repaint();
    QCOMPARE(painted.count(), 1);
}

void TstInstancesPage::theSearchFindsAndIsExplainedWhenItDoesNot()
{
    QSignalSpy cleared(m_page.get(), &InstancesPage::clearSearchRequested);
    m_page->setNeedle(u"dyna"_s);
    QCOMPARE(m_page->filter().rowCount(), 1);
    QCOMPARE(m_page->state(), PageState::Table);
    m_page->setNeedle(u"nothing like this"_s);
    QCOMPARE(m_page->state(), PageState::NoMatch);
    QVERIFY(!table()->isVisible());
    QVERIFY(child<EmptyState>(u"instancesEmpty"_s)->heading().contains(u"nothing like this"_s));
    QVERIFY(!child<QPushButton>(u"emptyRefresh"_s)->isVisible());
    child<QPushButton>(u"emptyClearSearch"_s)->click();
    QCOMPARE(cleared.count(), 1);
    m_page->setNeedle({});
    QVERIFY(table()->isVisible());
}

void TstInstancesPage::theSelectedRowSurvivesASearch()
{
    select(3);
    // What a search hides comes back selected, search after search.
    m_page->setNeedle(u"datadog"_s);
    QCOMPARE(m_page->selectedCount(), 0);
    m_page->setNeedle(u"alpha"_s);
    m_page->setNeedle({});
    QCOMPARE(selectedTitles(), QStringList{u"Gamma"_s});
    // But not where something else was selected meanwhile.
    m_page->setNeedle(u"datadog"_s);
    select(2);
    m_page->setNeedle(u"nothing like this"_s);
    QCOMPARE(m_page->selectedCount(), 0);
    m_page->setNeedle({});
    QCOMPARE(selectedTitles(), QStringList{u"Beta"_s});
    QCOMPARE(table()->currentIndex().data(AddressRole).value<InstanceAddress>().instanceId, u"id-2"_s);
}

void TstInstancesPage::whatIsHiddenLeavesASelectionOfSeveral()
{
    table()->selectAll();
    QCOMPARE(m_page->selectedCount(), 3);
    m_page->setNeedle(u"datadog"_s);
    QCOMPARE(selectedTitles(), (QStringList{u"Alpha"_s, u"Beta"_s}));
    QCOMPARE(child<QLabel>(u"selectionTitle"_s)->text(), u"2 instances selected"_s);
    QSignalSpy wished(m_page.get(), &InstancesPage::changeRequested);
    child<QPushButton>(u"selectionDelete"_s)->click();
    QCOMPARE(wished.first().at(1).value<QList<InstanceAddress>>().size(), 2);
    m_page->setNeedle({});
    QCOMPARE(selectedTitles(), (QStringList{u"Alpha"_s, u"Beta"_s}));
    // The view hides as the search does.
    InstanceRecord bad = record(2, u"Beta"_s);
    bad.credential.tainted = true;
    m_model->upsert({bad});
    table()->selectAll();
    m_page->setView(InstanceView::Tainted);
    QCOMPARE(selectedTitles(), QStringList{u"Beta"_s});
    m_page->setView(InstanceView::All);
    QCOMPARE(selectedTitles(), QStringList{u"Beta"_s});
    QVERIFY(child<QWidget>(u"detailPane"_s)->isVisible());
}

void TstInstancesPage::severalAreSummedUp()
{
    InstanceRecord kept = record(2, u"Beta"_s);
    kept.keptKeys.current = true;
    kept.production = true;
    InstanceRecord absent = record(3, u"Gamma"_s, u"Dynatrace"_s);
    absent.knowledge = InstanceRecord::Knowledge::Absent;
    m_model->upsert({kept, absent});
    table()->selectAll();
    QVERIFY(child<QWidget>(u"selectionPane"_s)->isVisible());
    QVERIFY(!child<QWidget>(u"detailPane"_s)->isVisible());
    QCOMPARE(child<QLabel>(u"selectionTitle"_s)->text(), u"3 instances selected"_s);
    QCOMPARE(child<QLabel>(u"integration0"_s)->accessibleName(), u"Datadog: 2"_s);
    QCOMPARE(child<QLabel>(u"integration1"_s)->accessibleName(), u"Dynatrace: 1"_s);
    QCOMPARE(child<QLabel>(u"withCredential"_s)->text(), u"2"_s);
    QCOMPARE(child<QLabel>(u"withoutCredential"_s)->text(), u"1"_s);
    QCOMPARE(child<QLabel>(u"keysKept"_s)->text(), u"1"_s);
    QVERIFY(child<QWidget>(u"selectionProduction"_s)->isVisible());
    // It follows what is known.
    absent.knowledge = InstanceRecord::Knowledge::Present;
    m_model->upsert({absent});
    QCOMPARE(child<QLabel>(u"withCredential"_s)->text(), u"3"_s);
    select(1);
    QVERIFY(!child<QWidget>(u"selectionPane"_s)->isVisible());
    QVERIFY(child<QWidget>(u"detailPane"_s)->isVisible());
}

void TstInstancesPage::severalAreChangedTogether()
{
    QSignalSpy wished(m_page.get(), &InstancesPage::changeRequested);
    table()->sortByColumn(int(InstanceColumn::Instance), Qt::DescendingOrder);
    table()->selectAll();
    // None of them lacks a credential.
    auto *create = child<QPushButton>(u"selectionCreate"_s);
    QVERIFY(!create->isEnabled());
    QVERIFY(!create->toolTip().isEmpty());
    auto *replace = child<QPushButton>(u"selectionReplace"_s);
    QVERIFY(replace->isEnabled());
    QVERIFY(replace->toolTip().isEmpty());
    replace->click();
    child<QPushButton>(u"selectionDelete"_s)->click();
    QCOMPARE(wished.count(), 2);
    QCOMPARE(wished.at(0).at(0).value<ChangeKind>(), ChangeKind::Replace);
    QCOMPARE(wished.at(1).at(0).value<ChangeKind>(), ChangeKind::Delete);
    const auto addresses = wished.first().at(1).value<QList<InstanceAddress>>();
    QStringList ids;
    for (const InstanceAddress &address : addresses)
        ids.append(address.instanceId);
    QCOMPARE(ids, (QStringList{u"id-3"_s, u"id-2"_s, u"id-1"_s})); // As on screen.
}

void TstInstancesPage::selectionSurvivesARefresh()
{
    select(2);
    InstanceRecord changed = record(2, u"Beta"_s);
    changed.credential.tainted = true;
    m_model->upsert({changed, record(4, u"Aardvark"_s)});
    QCOMPARE(selectedTitles(), QStringList{u"Beta"_s});
    QCOMPARE(valueOf(u"tainted"_s), u"Yes: it must be replaced"_s);
}

void TstInstancesPage::detailsShowEachFieldAndCopyIt()
{
    QVERIFY(!child<QWidget>(u"detailPane"_s)->isVisible());
    select(1);
    QVERIFY(child<QWidget>(u"detailPane"_s)->isVisible());
    QCOMPARE(child<QLabel>(u"detailTitle"_s)->text(), u"Alpha"_s);
    QCOMPARE(valueOf(u"credential_id"_s), u"cred-1"_s);
    QCOMPARE(valueOf(u"instance_id"_s), u"id-1"_s);
    QVERIFY(valueOf(u"expires_at"_s).startsWith(u"not given"_s));
    QVERIFY(!child<QToolButton>(u"copy_expires_at"_s)->isVisible());
    child<QToolButton>(u"copy_credential_id"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"cred-1"_s);
    select(3);
    QCOMPARE(valueOf(u"credential_id"_s), u"cred-3"_s);
    child<QToolButton>(u"copy_credential_id"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"cred-3"_s);
}

void TstInstancesPage::detailsTellWhichKeysAreKeptHere()
{
    InstanceRecord kept = record(1, u"Alpha"_s);
    kept.keptKeys.current = true;
    kept.keptKeys.headers = {u"dd-api-key"_s};
    m_model->upsert({kept});
    select(1);
    QCOMPARE(child<QWidget>(u"kept_DD-API-KEY"_s)->accessibleName(), u"Key kept here"_s);
    QCOMPARE(child<QWidget>(u"kept_DD-APPLICATION-KEY"_s)->accessibleName(), u"Key not known here"_s);
    kept.keptKeys.inMemoryOnly = true;
    m_model->upsert({kept});
    QCOMPARE(child<QWidget>(u"kept_DD-API-KEY"_s)->accessibleName(), u"Key held until exit"_s);
}

void TstInstancesPage::missingPermissionsAreShownWithTheirScopes()
{
    InstanceRecord lacking = record(1, u"Alpha"_s);
    lacking.credential.missingPermissions = {
        {{u"monitors_read"_s, u"dashboards_read"_s}, u"Cannot read monitors"_s}};
    m_model->upsert({lacking});
    select(1);
    QCOMPARE(child<QTextEdit>(u"permissionMessage0"_s)->toPlainText(), u"Cannot read monitors"_s);
    QVERIFY(child<QTextEdit>(u"permissionScopes0"_s)->toPlainText().contains(u"dashboards_read"_s));
    QVERIFY(child<QTextEdit>(u"permissionMessage0"_s)->isVisible());
    select(2);
    QVERIFY(!child<QWidget>(u"permissionList"_s)->isVisible());
}

void TstInstancesPage::detailsCanBePutAway()
{
    select(1);
    QSignalSpy dismissed(m_page.get(), &InstancesPage::detailsDismissed);
    child<QToolButton>(u"closeDetails"_s)->click();
    QCOMPARE(dismissed.count(), 1);
    m_page->setDetailsWanted(false);
    QVERIFY(!child<QWidget>(u"detailPane"_s)->isVisible());
    select(2);
    QVERIFY(!child<QWidget>(u"detailPane"_s)->isVisible());
}

void TstInstancesPage::rowsAreCopiedAsShownWithoutSecrets()
{
    InstanceRecord odd = record(1, u"Tab\tand\nbreak"_s);
    m_model->upsert({odd});
    table()->selectAll();
    m_page->copyRows();
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 3);
    const QHeaderView *header = table()->horizontalHeader();
    for (const QString &line : lines)
        QCOMPARE(line.count(u'\t'), header->count() - header->hiddenSectionCount() - 1);
    table()->setColumnHidden(int(InstanceColumn::State), true);
    select(2);
    m_page->copyRows();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"Beta\t"_s));
    m_page->copyIds();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"id-2"_s);
}

void TstInstancesPage::columnsAreHiddenAndComeBackAfterARestart()
{
    QMenu menu;
    m_page->fillColumnMenu(menu);
    menu.findChild<QAction *>(u"column%1"_s.arg(int(InstanceColumn::Type)))->trigger();
    QVERIFY(table()->isColumnHidden(int(InstanceColumn::Type)));
    QHeaderView *header = table()->horizontalHeader();
    header->moveSection(header->visualIndex(int(InstanceColumn::Permissions)), 0);
    header->resizeSection(int(InstanceColumn::Permissions), 222);
    m_page->saveArrangement();
    QCOMPARE(QFile::permissions(m_dir.filePath(u"window.ini"_s)) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    makePage();
    QVERIFY(table()->isColumnHidden(int(InstanceColumn::Type)));
    QCOMPARE(table()->horizontalHeader()->visualIndex(int(InstanceColumn::Permissions)), 0);
    QCOMPARE(table()->columnWidth(int(InstanceColumn::Permissions)), 222);
}

void TstInstancesPage::theLastColumnCannotBeHidden()
{
    for (int column = 1; column < int(InstanceColumn::ColumnCount); ++column)
        table()->setColumnHidden(column, true);
    QMenu menu;
    m_page->fillColumnMenu(menu);
    QVERIFY(!menu.findChild<QAction *>(u"column0"_s)->isEnabled());
    QVERIFY(menu.findChild<QAction *>(u"column1"_s)->isEnabled());
    menu.findChild<QAction *>(u"resetColumns"_s)->trigger();
    for (const InstanceColumn column :
         {InstanceColumn::State, InstanceColumn::Instance, InstanceColumn::Expiry})
        QVERIFY(!table()->isColumnHidden(int(column)));
    QVERIFY(table()->isColumnHidden(int(InstanceColumn::Labels)));
}

void TstInstancesPage::theProfileColumnComesWithASecondOrganizationUnlessChosen()
{
    const int profile = int(InstanceColumn::Profile);
    QVERIFY(table()->isColumnHidden(profile));
    m_page->setSeveralOrganizations(true);
    QVERIFY(!table()->isColumnHidden(profile));
    QMenu menu;
    m_page->fillColumnMenu(menu);
    menu.findChild<QAction *>(u"column%1"_s.arg(profile))->trigger();
    QVERIFY(table()->isColumnHidden(profile));
    m_page->setSeveralOrganizations(true);
    QVERIFY(table()->isColumnHidden(profile));
}

void TstInstancesPage::comingFromTheSearchSelectsARow()
{
    // What the focus alone does: a current row that is not selected.
    table()->selectionModel()->setCurrentIndex(table()->model()->index(1, 0), QItemSelectionModel::NoUpdate);
    m_page->focusTable();
    QCOMPARE(m_page->selectedCount(), 1);
    QVERIFY(table()->selectionModel()->isRowSelected(1));
}

void TstInstancesPage::actionsAskForTheInstance()
{
    QSignalSpy replace(m_page.get(), &InstancesPage::replaceRequested);
    QSignalSpy create(m_page.get(), &InstancesPage::createRequested);
    select(2);
    QVERIFY(!child<QPushButton>(u"detailCreate"_s)->isVisible());
    child<QPushButton>(u"detailReplace"_s)->click();
    QCOMPARE(replace.count(), 1);
    QCOMPARE(replace.first().first().value<InstanceAddress>().instanceId, u"id-2"_s);
    InstanceRecord bare = record(2, u"Beta"_s);
    bare.knowledge = InstanceRecord::Knowledge::Absent;
    bare.credential = {};
    m_model->upsert({bare});
    QVERIFY(!child<QPushButton>(u"detailReplace"_s)->isVisible());
    child<QPushButton>(u"detailCreate"_s)->click();
    QCOMPARE(create.count(), 1);
}

void TstInstancesPage::offlineOffersARetry()
{
    m_model->remove({record(1, {}).address, record(2, {}).address, record(3, {}).address});
    EndpointState gone;
    gone.problem.emplace();
    gone.problem->category = Problem::Category::HostNotFound;
    gone.problem->caption = u"The server eu.api.konghq.com was not found."_s;
    m_page->setProgress({true, 0, 0, 0});
    QCOMPARE(m_page->state(), PageState::Loading);
    m_page->setEndpoints({gone});
    m_page->setProgress({});
    QCOMPARE(m_page->state(), PageState::Offline);
    QVERIFY(child<EmptyState>(u"instancesEmpty"_s)->text().contains(gone.problem->caption));
    QSignalSpy refresh(m_page.get(), &InstancesPage::refreshRequested);
    child<QPushButton>(u"emptyRefresh"_s)->click();
    QCOMPARE(refresh.count(), 1);
}

void TstInstancesPage::theChosenProfileSpeaksForItself()
{
    EndpointState good;
    good.profileId = u"p"_s;
    good.origin = u"https://eu.api.konghq.com:443"_s;
    good.listedAt = m_clock.now();
    EndpointState other;
    other.profileId = u"q"_s;
    other.origin = u"https://us.api.konghq.com:443"_s;
    m_page->setEndpoints({good, other});
    m_page->setScope(u"q"_s, {});
    auto *empty = child<EmptyState>(u"instancesEmpty"_s);
    QCOMPARE(m_page->state(), PageState::NotRead);
    QVERIFY(child<QPushButton>(u"emptyRefresh"_s)->isVisible());
    m_page->setProgress({true, 0, 0, 0});
    QCOMPARE(m_page->state(), PageState::Loading);
    // The first profile is still being read.
    other.problem = Problem::of(Problem::Category::Unauthorized, u"The token of q is not accepted."_s);
    m_page->setEndpoints({good, other});
    QCOMPARE(m_page->state(), PageState::Failed);
    QVERIFY(empty->text().contains(other.problem->caption));
    m_page->setProgress({});
    QCOMPARE(m_page->state(), PageState::Failed);
    other.problem.reset();
    other.listedAt = m_clock.now();
    m_page->setEndpoints({good, other});
    QCOMPARE(m_page->state(), PageState::NoInstances);
    m_page->setScope(u"p"_s, good.origin);
    QCOMPARE(m_page->state(), PageState::Table);
}

void TstInstancesPage::aRowThatCouldNotBeReadIsMuted()
{
    struct Look : InstanceDelegate
    {
        using InstanceDelegate::initStyleOption;
    };
    const Look look;
    InstanceRecord stale = record(1, u"Alpha"_s);
    stale.credential.tainted = true;
    m_model->upsert({stale});
    const QModelIndex index = m_model->index(0, int(InstanceColumn::State));
    const auto drawn = [&look, &index] {
        QStyleOptionViewItem option;
        look.initStyleOption(&option, index);
        return std::pair(option.palette.color(QPalette::Text), option.icon.pixmap(16).toImage());
    };
    const auto fresh = drawn();
    stale.lastProblem = Problem::of(Problem::Category::ServerError, u"It failed."_s);
    m_model->upsert({stale});
    const auto old = drawn();
    QCOMPARE(old.first, inkColour(Ink::Muted, QGuiApplication::palette()));
    QVERIFY(fresh.first != old.first);
    QVERIFY(fresh.second != old.second);
    QCOMPARE(index.data().toString(), u"Must be replaced"_s);
}

void TstInstancesPage::theWordsOfStateAndExpiryFit()
{
    InstanceRecord lacking = record(1, u"Alpha"_s);
    lacking.credential.missingPermissions = {{{u"monitors_read"_s}, u"Cannot read monitors"_s}};
    InstanceRecord old = record(2, u"Beta"_s);
    old.credential.expiresAt = Timestamp::fromUtc(m_clock.now().addDays(-320));
    m_model->upsert({lacking, old});
    for (const InstanceColumn column : {InstanceColumn::State, InstanceColumn::Expiry}) {
        for (int row = 0; row < m_page->filter().rowCount(); ++row) {
            QStyleOptionViewItem option;
            option.initFrom(table());
            option.widget = table();
            const QModelIndex index = table()->model()->index(row, int(column));
            const int wanted = table()->itemDelegate()->sizeHint(option, index).width();
            QVERIFY2(table()->columnWidth(int(column)) >= wanted, qPrintable(index.data().toString()));
        }
    }
}

void TstInstancesPage::theFocusIsSeen()
{
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    select(2);
    const QRect row = table()
                          ->visualRect(table()->currentIndex())
                          .united(table()->visualRect(table()->currentIndex().siblingAtColumn(0)));
    const auto edge = [this, &row] {
        return table()->viewport()->grab().toImage().pixelColor(row.center().x(), row.top());
    };
    QTRY_VERIFY(table()->hasFocus());
    const QColor with = edge();
    table()->clearFocus();
    QTRY_VERIFY(!table()->hasFocus());
    QVERIFY(edge() != with);
}

void TstInstancesPage::aViewIsEmptyOnlyAsFarAsIsKnown()
{
    EndpointState good;
    good.listedAt = m_clock.now();
    EndpointState failing;
    failing.problem = Problem::of(Problem::Category::Forbidden, u"The role is missing."_s);
    m_page->setView(InstanceView::Expired);
    m_page->setEndpoints({good});
    auto *empty = child<EmptyState>(u"instancesEmpty"_s);
    QCOMPARE(empty->heading(), u"Nothing here"_s);
    m_page->setEndpoints({good, failing});
    QCOMPARE(m_page->state(), PageState::ViewEmpty);
    QVERIFY(empty->heading() != u"Nothing here"_s);
    QVERIFY(empty->text().contains(failing.problem->caption));
}

void TstInstancesPage::aNarrowingIsSaidAndCleared()
{
    InstanceNarrowing narrowing;
    narrowing.caption = u"Dynatrace"_s;
    narrowing.accepts = [](const InstanceRecord &each, const Health &) {
        return each.instance.integrationName == u"dynatrace"_s;
    };
    auto *narrowed = child<QWidget>(u"narrowed"_s);
    QVERIFY(!narrowed->isVisible());
    m_page->setNarrowing(narrowing);
    QCOMPARE(table()->model()->rowCount(), 1);
    QVERIFY(narrowed->isVisible());
    QCOMPARE(narrowed->findChild<QLabel *>(u"bannerText"_s)->text(), u"Only: Dynatrace"_s);
    // The same view again is no other choice.
    m_page->setView(InstanceView::All);
    QVERIFY(narrowed->isVisible());
    child<QPushButton>(u"clearNarrowing"_s)->click();
    QCOMPARE(table()->model()->rowCount(), 3);
    QVERIFY(!narrowed->isVisible());
    m_page->setNarrowing(narrowing);
    m_page->setView(InstanceView::Tainted);
    QVERIFY(!narrowed->isVisible());
    m_page->setScope(u"p"_s, {});
    m_page->setNarrowing(narrowing);
    m_page->setScope(u"p"_s, {});
    QVERIFY(narrowed->isVisible());
    m_page->setScope(u"other"_s, {});
    QVERIFY(!narrowed->isVisible());

    // Where nothing is left, the way out leads to all.
    m_page->setView(InstanceView::All);
    narrowing.accepts = [](const InstanceRecord &, const Health &) { return false; };
    m_page->setNarrowing(narrowing);
    auto *all = child<QPushButton>(u"emptyShowAll"_s);
    QVERIFY(all->isVisible());
    QSignalSpy asked(m_page.get(), &InstancesPage::showAllRequested);
    all->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(table()->model()->rowCount(), 3);
}

LATCHKEY_TEST_MAIN(QApplication, TstInstancesPage)
#include "tst_instancespage.moc"
