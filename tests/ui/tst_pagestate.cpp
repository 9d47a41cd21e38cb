// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/instances/instanceactions.h"
#include "ui/instances/pagestate.h"
#include "ui/mainwindow/statusline.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);

EndpointState endpoint(std::optional<Problem::Category> failed, const QDateTime &listedAt = {})
{
    EndpointState state;
    state.profileId = u"p"_s;
    state.origin = u"https://eu.api.konghq.com:443"_s;
    state.listedAt = listedAt;
    if (failed) {
        state.problem.emplace();
        state.problem->category = *failed;
    }
    return state;
}

InstanceRecord record(InstanceRecord::Knowledge knowledge)
{
    InstanceRecord made;
    made.address = {u"p"_s, u"o"_s, u"i"_s};
    made.knowledge = knowledge;
    return made;
}

} // namespace

class TstPageState : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowsAreShownWhateverElseHappens();
    void emptinessIsExplained();
    void oneRefusingGeoIsNotOffline();
    void whatHasAnsweredIsNotAwaited();
    void changesNeedAnInstanceThatIsKnown();
    void severalAllowWhatOneOfThemAllows();
    void statusSaysOnlyWhatMatters();
    void ageIsThatOfTheOldestGeo();
};

void TstPageState::rowsAreShownWhateverElseHappens()
{
    PageInputs inputs;
    inputs.rows = 40;
    inputs.shown = 3;
    inputs.refreshing = true;
    inputs.endpoints = {endpoint(Problem::Category::HostNotFound)};
    QCOMPARE(pageState(inputs), PageState::Table);
    inputs.shown = 0;
    inputs.needle = u" x "_s;
    QCOMPARE(pageState(inputs), PageState::NoMatch);
    inputs.needle = u"  "_s;
    QCOMPARE(pageState(inputs), PageState::ViewEmpty);
}

void TstPageState::emptinessIsExplained()
{
    PageInputs inputs;
    QCOMPARE(pageState(inputs), PageState::NotRead); // nobody has asked yet
    inputs.refreshing = true;
    QCOMPARE(pageState(inputs), PageState::Loading);
    inputs.refreshing = false;
    inputs.endpoints = {endpoint({})};
    QCOMPARE(pageState(inputs), PageState::NotRead); // asked, and stopped
    inputs.endpoints = {endpoint({}, now)};
    QCOMPARE(pageState(inputs), PageState::NoInstances);
    inputs.endpoints = {endpoint({}, now), endpoint({})};
    QCOMPARE(pageState(inputs), PageState::NotRead);
    inputs.endpoints = {endpoint(Problem::Category::Network), endpoint(Problem::Category::HostNotFound)};
    QCOMPARE(pageState(inputs), PageState::Offline);
}

void TstPageState::oneRefusingGeoIsNotOffline()
{
    PageInputs inputs;
    inputs.endpoints = {endpoint(Problem::Category::Network), endpoint(Problem::Category::Unauthorized)};
    QCOMPARE(pageState(inputs), PageState::Failed);
    // What the refusing one has is not known: "Konnect has none" would be a guess.
    inputs.endpoints = {endpoint(Problem::Category::Network), endpoint({}, now)};
    QCOMPARE(pageState(inputs), PageState::Failed);
    // Listed once, refused in the last try.
    inputs.endpoints = {endpoint(Problem::Category::Unauthorized, now)};
    QCOMPARE(pageState(inputs), PageState::Failed);
    QVERIFY(!allUnreachable({}));
    QVERIFY(!allListed({}));
}

void TstPageState::whatHasAnsweredIsNotAwaited()
{
    PageInputs inputs;
    inputs.refreshing = true;
    inputs.before = {endpoint({})};
    inputs.endpoints = {endpoint({})};
    QCOMPARE(pageState(inputs), PageState::Loading);
    // Others may still be read.
    inputs.endpoints = {endpoint(Problem::Category::Unauthorized)};
    QCOMPARE(pageState(inputs), PageState::Failed);
    inputs.endpoints = {endpoint({}, now)};
    QCOMPARE(pageState(inputs), PageState::NoInstances);
    inputs.before = {endpoint(Problem::Category::Unauthorized)};
    inputs.endpoints = inputs.before;
    QCOMPARE(pageState(inputs), PageState::Loading);
}

void TstPageState::severalAllowWhatOneOfThemAllows()
{
    InstanceRecord absent = record(InstanceRecord::Knowledge::Absent);
    InstanceRecord present = record(InstanceRecord::Knowledge::Present);
    absent.authorization.strategy = Authorization::Strategy::MultiKey;
    present.authorization.strategy = Authorization::Strategy::MultiKey;
    const AllowedActions both = allowedActions({present, absent});
    QVERIFY(both.create && both.replace && both.remove && both.copy);
    QVERIFY(!both.rollBack && !both.enterKeys && !both.refresh);
    const AllowedActions absents = allowedActions({absent, absent});
    QVERIFY(absents.create && !absents.replace && !absents.remove);
    QVERIFY(absents.whyNoCreate.isEmpty() && !absents.whyNoReplace.isEmpty() &&
            !absents.whyNoRemove.isEmpty());
    // A consent in the browser is given for one at a time; what came from it can be deleted.
    present.authorization.strategy = Authorization::Strategy::OAuth;
    absent.authorization.strategy = Authorization::Strategy::OAuth;
    const AllowedActions consent = allowedActions({present, absent});
    QVERIFY(!consent.create && !consent.replace && consent.remove);
    present.changing = true;
    QVERIFY(!allowedActions({present, absent}).remove);
    const AllowedActions tooMany = allowedForTooMany();
    QVERIFY(tooMany.copy && !tooMany.create && !tooMany.replace && !tooMany.remove);
    QVERIFY(tooMany.whyNoReplace.contains(QString::number(MostAtOnce)));
}

void TstPageState::changesNeedAnInstanceThatIsKnown()
{
    const InstanceRecord absent = record(InstanceRecord::Knowledge::Absent);
    InstanceRecord present = record(InstanceRecord::Knowledge::Present);
    QVERIFY(allowedActions({absent}).create);
    QVERIFY(!allowedActions({absent}).replace);
    QVERIFY(allowedActions({present}).replace);
    QVERIFY(allowedActions({present}).remove);
    QVERIFY(!allowedActions({present}).create);
    QCOMPARE(allowedActions({}), AllowedActions());
    const AllowedActions unknown = allowedActions({record(InstanceRecord::Knowledge::NotChecked)});
    QVERIFY(!unknown.create && !unknown.replace && !unknown.remove && unknown.refresh);
    QVERIFY(!allowedActions({present}).rollBack);
    QVERIFY(allowedActions({present}).whyNoRollBack.contains(u"No earlier keys"_s));
    present.credential.type = CredentialType::MultiKey;
    QVERIFY(allowedActions({present}).enterKeys);
    QVERIFY(!allowedActions({absent}).enterKeys);
    present.keptKeys.current = true;
    QVERIFY(!allowedActions({present}).enterKeys);
    present.keptKeys.entered = true;
    QVERIFY(allowedActions({present}).enterKeys);
    present.keptKeys.previous = true;
    QVERIFY(allowedActions({present}).rollBack);
    QVERIFY(allowedActions({present}).whyNoRollBack.isEmpty());
    present.changing = true;
    QVERIFY(!allowedActions({present}).rollBack);
    QVERIFY(!allowedActions({present}).replace);
    present.changing = false;
    present.builtIn = true;
    QVERIFY(!allowedActions({present}).remove);
}

void TstPageState::statusSaysOnlyWhatMatters()
{
    StatusLine::Facts facts;
    facts.now = now;
    facts.rows = 40;
    facts.shown = 3;
    facts.refreshedAt = now.addSecs(-125);
    QCOMPARE(StatusLine::sentence(facts), u"40 instances · 3 shown · refreshed 2 minutes ago"_s);
    facts.unread = 37;
    facts.shown = 40;
    QCOMPARE(StatusLine::sentence(facts), u"40 instances · refreshed 2 minutes ago · 37 not read"_s);
    facts.unread = 0;
    facts.selected = 2;
    QCOMPARE(StatusLine::sentence(facts), u"40 instances · 2 selected · refreshed 2 minutes ago"_s);
    facts.selected = 1;
    facts.progress.running = true;
    facts.progress.done = 7;
    facts.progress.total = 40;
    QCOMPARE(StatusLine::sentence(facts), u"40 instances · refreshing: 7 of 40 credentials read"_s);
    facts = {};
    facts.rows = facts.shown = 1;
    QCOMPARE(StatusLine::sentence(facts), u"1 instance · not refreshed yet"_s);
}

void TstPageState::ageIsThatOfTheOldestGeo()
{
    QCOMPARE(oldestList({endpoint({}, now), endpoint({}, now.addSecs(-60))}), now.addSecs(-60));
    QVERIFY(!oldestList({endpoint({}, now), endpoint(Problem::Category::Network)}).isValid());
    QVERIFY(!oldestList({}).isValid());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstPageState)
#include "tst_pagestate.moc"
