// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/plandrift.h"
#include "models/core/plankeys.h"
#include "models/core/planresult.h"
#include "tests/support/testmain.h"

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Action = PlanAction;
using Compared = KeyComparison;
using State = DriftRow::State;

PlanRow rowOf(Action action, const QString &credentialId = u"credential-1"_s)
{
    PlanRow row;
    row.action = action;
    row.profileName = u"prod"_s;
    row.wanted.integration = u"datadog"_s;
    row.wanted.name = u"metrics"_s;
    row.address = {u"profile"_s, u"https://eu.example:443"_s, u"instance"_s};
    row.credentialId = credentialId;
    row.headers = {{u"DD-API-KEY"_s, {}, Compared::NotKnown, true}};
    return row;
}

PlanRow compared(PlanRow row, Compared comparison)
{
    row.headers.first().comparison = comparison;
    return row;
}

Plan planOf(const PlanRow &row)
{
    Plan plan;
    plan.rows << row;
    return plan;
}

} // namespace

class TstPlans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatMovedIsSaid_data()
    {
        QTest::addColumn<PlanRow>("planned");
        QTest::addColumn<PlanRow>("now");
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("what");
        const auto row = [](const char *name, const PlanRow &planned, const PlanRow &now, State state,
                            const QString &what = {}) {
            QTest::newRow(name) << planned << now << static_cast<int>(state) << what;
        };
        const QString other = u"credential-2"_s;
        const PlanRow replace = rowOf(Action::Replace);
        const PlanRow create = rowOf(Action::Create, {});
        const PlanRow remove = rowOf(Action::Delete);
        const PlanRow keep = rowOf(Action::Keep);
        PlanRow blocked = rowOf(Action::Blocked);
        blocked.reason = u"Somebody is at it."_s;
        PlanRow elsewhere = replace;
        elsewhere.address.instanceId = u"another"_s;
        PlanRow gone = blocked;
        gone.address = {};

        row("the same", replace, replace, State::GoesOn);
        row("another credential", replace, rowOf(Action::Replace, other), State::Moved,
            u"now it is credential-2"_s);
        row("the credential is gone", replace, create, State::Moved, u"credential-1 is gone"_s);
        row("somebody made one", create, replace, State::Moved, u"now it has credential-1"_s);
        row("another instance", replace, elsewhere, State::Moved, u"another instance now: another"_s);
        row("the instance is gone", replace, gone, State::Moved, u"Somebody is at it."_s);
        row("blocked by now", replace, blocked, State::Moved, u"Somebody is at it."_s);
        row("blocked still", blocked, blocked, State::GoesOn);
        row("blocked no longer", blocked, replace, State::Moved, u"“Blocked”; now it would be “Replace”"_s);
        row("to be kept", keep, replace, State::Moved, u"“Leave as it is”"_s);
        row("no longer to be deleted", remove, keep, State::Moved, u"“Delete”"_s);

        row("deleted already", remove, rowOf(Action::Keep, {}), State::AsWanted);
        row("replaced already", replace, compared(rowOf(Action::Keep, other), Compared::Same),
            State::AsWanted);
        row("replaced by somebody", replace, rowOf(Action::Keep, other), State::Moved,
            u"now it is credential-2"_s);
        row("created already", create, compared(keep, Compared::Same), State::AsWanted);
        row("created by somebody", create, keep, State::Moved, u"now it has credential-1"_s);
        row("kept here already", rowOf(Action::Adopt), compared(keep, Compared::Same), State::AsWanted);
        row("the old key is at hand now", compared(replace, Compared::Changed),
            compared(keep, Compared::Same), State::Moved, u"“Leave as it is”"_s);
        PlanRow roleThen = replace;
        roleThen.headers.clear();
        PlanRow roleNow = rowOf(Action::Keep, other);
        roleNow.headers.clear();
        row("the role is there already", roleThen, roleNow, State::AsWanted);

        row("a key was the same", compared(replace, Compared::Same), compared(replace, Compared::Changed),
            State::Moved, u"The key of DD-API-KEY"_s);
        row("a key was not known", replace, compared(replace, Compared::Changed), State::GoesOn);
        row("a key is not known any more", compared(replace, Compared::Changed), replace, State::GoesOn);
        PlanRow withWayBack = replace;
        withWayBack.wayBack = true;
        row("no way back any more", withWayBack, replace, State::Moved, u"no way back"_s);
        row("a way back by now", replace, withWayBack, State::GoesOn);
        PlanRow guarded = replace;
        guarded.needsTypedName = true;
        row("protected by now", replace, guarded, State::GoesOn);

        PlanRow unbound = replace;
        unbound.address = {};
        row("planned for no instance", unbound, replace, State::Moved, u"which instance"_s);

        row("nothing to do", keep, keep, State::AsWanted);
        row("nothing to do for another one", keep, rowOf(Action::Keep, other), State::AsWanted);
        PlanRow records = rowOf(Action::Keep, other);
        records.recordsExpiry = true;
        row("a day of another credential", keep, records, State::Moved, u"now it is credential-2"_s);
    }

    void whatMovedIsSaid()
    {
        QFETCH(const PlanRow, planned);
        QFETCH(const PlanRow, now);
        QFETCH(const int, state);
        QFETCH(const QString, what);
        const QList<DriftRow> drift = driftOf(planOf(planned), planOf(now));
        QCOMPARE(drift.size(), 1);
        QVERIFY2(drift.at(0).what.contains(what), qPrintable(drift.at(0).what));
        QCOMPARE(static_cast<int>(drift.at(0).state), state);
        QCOMPARE(drift.at(0).what.isEmpty(), what.isEmpty());
        QCOMPARE(drift.at(0).now, now);
    }

    void typedKeysAreAskedForAgain()
    {
        PlanRow now = rowOf(Action::Keep);
        now.headers.first().isGiven = false;
        for (const Action action : {Action::Replace, Action::Adopt}) {
            PlanRow planned = rowOf(action);
            planned.wayBack = true;
            const DriftRow drift = driftOf(planOf(planned), planOf(now)).constFirst();
            QCOMPARE(drift.state, State::GoesOn);
            QCOMPARE(drift.now.action, action);
            QCOMPARE(drift.now.missingKeys(), QStringList{u"DD-API-KEY"_s});
            QVERIFY(drift.now.wayBack);
        }
        PlanRow another = now;
        another.credentialId = u"credential-2"_s;
        QCOMPARE(driftOf(planOf(rowOf(Action::Replace)), planOf(another)).constFirst().state, State::Moved);
    }

    void rowsAreFoundByWhatTheyMean()
    {
        PlanRow first = rowOf(Action::Replace);
        PlanRow second = rowOf(Action::Keep);
        second.wanted.endpoint = u"us"_s;
        Plan planned = planOf(first);
        planned.rows << second;
        Plan fresh = planOf(second);
        fresh.rows << first;
        const QList<DriftRow> drift = driftOf(planned, fresh);
        QCOMPARE(drift.at(0).now, first);
        QCOMPARE(drift.at(1).now, second);
        fresh.rows.removeLast();
        QCOMPARE(driftOf(planned, fresh).at(0).state, State::Moved);
    }

    void keysAreFoundOnlyForTheirInstance()
    {
        const InstanceAddress metrics{u"profile"_s, u"https://eu.example:443"_s, u"metrics"_s};
        const InstanceAddress traces{u"profile"_s, u"https://eu.example:443"_s, u"traces"_s};
        const InstanceAddress elsewhere{u"profile"_s, u"https://us.example:443"_s, u"metrics"_s};
        const InstanceAddress seenByAnother{u"other"_s, u"https://eu.example:443"_s, u"metrics"_s};
        const KeySource keychain;
        const KeySource variable{KeySource::Kind::Environment, u"DD"_s};
        const KeySource another{KeySource::Kind::Environment, u"AWS_SECRET"_s};
        PlanKeys keys;
        keys.setVariable(u"DD"_s, Secret("from the environment"));
        SuppliedKeys typed;
        typed.keys.push_back({u"DD-API-KEY"_s, Secret("typed")});
        typed.credentialId = u"credential-1"_s;
        keys.supply(metrics, std::move(typed));

        const auto found = [&keys](const InstanceAddress &address, const QString &header,
                                   const KeySource &source) {
            const Secret *key = keys.find(address, header, source);
            return key == nullptr ? QByteArray() : key->reveal().toByteArray();
        };
        QCOMPARE(found(metrics, u"dd-api-key"_s, keychain), QByteArray("typed"));
        QCOMPARE(found(seenByAnother, u"dd-api-key"_s, keychain), QByteArray("typed"));
        QCOMPARE(found(metrics, u"X-Other"_s, keychain), QByteArray());
        QCOMPARE(found(traces, u"DD-API-KEY"_s, keychain), QByteArray());
        QCOMPARE(found(elsewhere, u"DD-API-KEY"_s, keychain), QByteArray());
        QCOMPARE(found(traces, u"DD-API-KEY"_s, variable), QByteArray("from the environment"));
        QCOMPARE(found(traces, u"DD-API-KEY"_s, another), QByteArray());
        // What was typed stands in for a variable that is not there.
        QCOMPARE(found(metrics, u"DD-API-KEY"_s, another), QByteArray("typed"));
        QCOMPARE(keys.credentialOf(metrics), u"credential-1"_s);
        QCOMPARE(keys.credentialOf(traces), QString());

        SuppliedKeys again;
        again.keys.push_back({u"DD-API-KEY"_s, Secret("typed again")});
        keys.supply(metrics, std::move(again));
        QCOMPARE(found(metrics, u"DD-API-KEY"_s, keychain), QByteArray("typed again"));
        // Nobody says that these are its keys too.
        QCOMPARE(keys.credentialOf(metrics), QString());
        SuppliedKeys beside;
        beside.keys.push_back({u"DD-API-KEY"_s, Secret("of a file")});
        beside.credentialId = u"credential-2"_s;
        keys.supply(traces, std::move(beside));
        SuppliedKeys more;
        more.keys.push_back({u"DD-APPLICATION-KEY"_s, Secret("which the file lacks")});
        keys.supply(traces, std::move(more));
        QCOMPARE(keys.credentialOf(traces), u"credential-2"_s);
    }

    void theResultCounts()
    {
        PlanResult result;
        for (const PlanRowState state :
             {PlanRowState::Succeeded, PlanRowState::DoneAlready, PlanRowState::LeftOut})
            result.rows << PlanRowResult{rowOf(Action::Keep), state, {}, {}, {}};
        QVERIFY(result.isAllDone());
        for (const PlanRowState state :
             {PlanRowState::Moved, PlanRowState::Blocked, PlanRowState::Failed, PlanRowState::NotStarted}) {
            PlanResult more = result;
            more.rows << PlanRowResult{rowOf(Action::Keep), state, {}, {}, {}};
            QVERIFY(!more.isAllDone());
            QCOMPARE(more.count(state), 1);
        }
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstPlans)
#include "tst_plans.moc"
