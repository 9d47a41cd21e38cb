// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/plandraft.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Wish = ConfiguredInstance::Wish;

const QStringList Here{u"Acme"_s, u"Other"_s};

ConfiguredInstance instance(const QString &name, const QStringList &variables = {})
{
    ConfiguredInstance made;
    made.integration = u"datadog"_s;
    made.name = name;
    made.wish = variables.isEmpty() ? Wish::None : Wish::Present;
    for (const QString &variable : variables)
        made.credential.headers.append({u"H-"_s + variable, {KeySource::Kind::Environment, variable}});
    return made;
}

/// A document of these, and a plan that deletes the credential of each.
Plan planOf(const QString &profile, const QList<ConfiguredInstance> &instances)
{
    Plan plan;
    plan.document.profiles << ConfiguredProfile{profile, instances};
    for (const ConfiguredInstance &each : instances) {
        PlanRow row;
        row.action = PlanAction::Delete;
        row.profileName = profile;
        row.wanted = each;
        row.title = each.name.toUpper();
        row.address = {u"p"_s, u"https://eu.api.konghq.com:443"_s, u"id-"_s + each.name};
        row.credentialId = u"cred-"_s + each.name;
        row.needsTypedName = true;
        plan.rows << row;
    }
    return plan;
}

std::optional<InstanceRecord> nobody(const InstanceAddress &)
{
    return std::nullopt;
}

} // namespace

class TstPlanDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void profilesOfOtherNamesAreMapped()
    {
        PlanDraft draft(planOf(u"Last year"_s, {instance(u"a"_s)}), false, Here);
        QCOMPARE(draft.unknownProfiles(), (QList<PlanDraft::UnknownProfile>{{u"Last year"_s, {}}}));
        QVERIFY(draft.meantProfiles().isEmpty());
        draft.setMeant(u"Last year"_s, u"Acme"_s);
        QCOMPARE(draft.meantProfiles(), QStringList{u"Acme"_s});
        QCOMPARE(draft.unknownProfiles().constFirst().meant, u"Acme"_s);
        QCOMPARE(draft.options().profileNames.value(u"Last year"_s), u"Acme"_s);
        draft.setMeant(u"Last year"_s, {});
        QVERIFY(draft.options().profileNames.isEmpty());
        // Whatever its case.
        QVERIFY(PlanDraft(planOf(u"ACME"_s, {}), false, Here).unknownProfiles().isEmpty());
    }

    void aPlanSaysByItselfWhatIsMeant()
    {
        PlanDraft draft(planOf(u"Last year"_s, {instance(u"a"_s)}), true, Here);
        draft.setMeant(u"Last year"_s, u"Acme"_s);
        draft.setDeletes(true);
        QVERIFY(draft.unknownProfiles().isEmpty());
        QVERIFY(draft.options().profileNames.isEmpty());
        QVERIFY(!draft.options().deletes);
    }

    void variablesAreCountedByInstance()
    {
        const QStringList both{u"B"_s, u"A"_s, u"A"_s};
        const PlanDraft draft(planOf(u"Acme"_s, {instance(u"a"_s, both), instance(u"b"_s, {u"A"_s})}), false,
                              Here);
        QCOMPARE(draft.variables(), (QList<PlanDraft::Variable>{{u"A"_s, 2}, {u"B"_s, 1}}));
    }

    void whatHasMovedIsRefused()
    {
        const Plan planned = planOf(u"Acme"_s, {instance(u"a"_s), instance(u"b"_s)});
        Plan fresh = planned;
        fresh.rows[1].credentialId = u"another"_s;
        PlanDraft draft(planned, true, Here);
        draft.setFresh(fresh);
        QCOMPARE(draft.moved(), QStringList{u"B"_s});
        QCOMPARE(draft.shown().rows.at(0).action, PlanAction::Delete);
        QCOMPARE(draft.shown().rows.at(1).action, PlanAction::Blocked);
        QVERIFY(draft.shown().rows.at(1).reason.contains(u"another"_s));
        // What is applied is what was planned.
        QCOMPARE(draft.request({0}).plan.rows, planned.rows);
        QCOMPARE(draft.request({0}).rows, QSet<qsizetype>{0});
        // Of a configuration nothing was promised before.
        PlanDraft configuration(planned, false, Here);
        configuration.setFresh(fresh);
        QVERIFY(configuration.moved().isEmpty());
        QCOMPARE(configuration.request({1}).plan.rows, fresh.rows);
    }

    void onlyDifferencesAreCompared()
    {
        Plan plan = planOf(u"Acme"_s, {instance(u"a"_s), instance(u"b"_s), instance(u"c"_s)});
        plan.rows[0].action = PlanAction::Keep;
        plan.rows[1].action = PlanAction::Blocked;
        PlanDraft draft(plan, false, Here);
        draft.setFresh(plan);
        QCOMPARE(draft.differences().rows.size(), 2);
        QCOMPARE(draft.differences().rows.at(0).title, u"B"_s);
    }

    void namesAreTypedOnce()
    {
        const Plan plan = planOf(u"Acme"_s, {instance(u"a"_s), instance(u"b"_s), instance(u"c"_s)});
        PlanDraft draft(plan, false, Here);
        draft.setFresh(plan);
        const auto find = [](const InstanceAddress &address) -> std::optional<InstanceRecord> {
            InstanceRecord record;
            record.address = address;
            record.profileName = u"Acme"_s;
            record.production = true;
            record.isProtected = address.instanceId == "id-c"_L1;
            return record;
        };
        const auto names = [&draft, &find](const QList<int> &ticked) {
            QStringList wanted;
            const QList<PlanDraft::Confirmation> confirmations = draft.confirmations(ticked, find);
            for (const PlanDraft::Confirmation &each : confirmations)
                wanted << each.name;
            return wanted;
        };
        QCOMPARE(names({0, 1, 2}), (QStringList{u"Acme"_s, u"c"_s}));
        QCOMPARE(names({2}), QStringList{u"c"_s});
        QVERIFY(names({}).isEmpty());
        // One that is gone asks for its own name.
        QCOMPARE(draft.confirmations({0}, nobody).constFirst().name, u"a"_s);
        QCOMPARE(draft.request({0, 2}).typedNames.value(plan.rows.at(2).address), u"c"_s);
        QCOMPARE(draft.request({0, 2}).typedNames.size(), 2);
    }

    void instancesOfOneNameAreTypedEach()
    {
        Plan plan = planOf(u"Acme"_s, {instance(u"a"_s), instance(u"a"_s), instance(u"b"_s)});
        plan.rows[0].wanted.endpoint = u"eu"_s;
        plan.rows[1].wanted.endpoint = u"us"_s;
        plan.rows[1].address.origin = u"https://us.api.konghq.com:443"_s;
        PlanDraft draft(plan, false, Here);
        draft.setFresh(plan);
        const auto find = [](const InstanceAddress &address) -> std::optional<InstanceRecord> {
            InstanceRecord record;
            record.address = address;
            record.profileName = u"a"_s; // As the instances.
            record.production = true;
            record.isProtected = address.instanceId == "id-a"_L1;
            return record;
        };
        const QList<PlanDraft::Confirmation> all = draft.confirmations({0, 1, 2}, find);
        QCOMPARE(all.size(), 3);
        QVERIFY(all.at(0).reason.contains(u"Acme · eu"_s));
        QVERIFY(all.at(1).reason.contains(u"Acme · us"_s));
        QVERIFY(!all.at(2).reason.contains(u"protected"_s));
        for (const PlanDraft::Confirmation &each : all)
            QCOMPARE(each.name, u"a"_s);
    }

    void onlyWhatIsMissingOrAskedForIsEntered()
    {
        PlanRow row = planOf(u"Acme"_s, {instance(u"a"_s, {u"A"_s})}).rows.constFirst();
        row.headers = {{u"kept"_s, {}, KeyComparison::Same, true},
                       {u"asked"_s, {KeySource::Kind::Prompt, {}}, KeyComparison::NotKnown, true},
                       {u"absent"_s, {}, KeyComparison::NotKnown, false}};
        QVERIFY(enterableHeaders(row).isEmpty());
        // As a saved plan has it, whose keys were entered and are not at hand any more.
        for (const PlanAction action : {PlanAction::Replace, PlanAction::Adopt}) {
            row.action = action;
            row.headers[1].isGiven = false;
            QCOMPARE(enterableHeaders(row), (QStringList{u"asked"_s, u"absent"_s}));
            QCOMPARE(row.missingKeys(), (QStringList{u"asked"_s, u"absent"_s}));
        }
        row.headers[1].isGiven = true;
        row.action = PlanAction::Keep; // With other keys it would be a replacement.
        QCOMPARE(enterableHeaders(row), (QStringList{u"asked"_s, u"absent"_s}));
        // What was supplied may be wrong.
        QCOMPARE(enterableHeaders(row, {u"KEPT"_s}), (QStringList{u"kept"_s, u"asked"_s, u"absent"_s}));
        row.action = PlanAction::Blocked;
        QVERIFY(enterableHeaders(row).isEmpty());
    }

    void aProfileThatIsNotHereIsSaidWithoutWordsOfTheTerminal()
    {
        Plan fresh = planOf(u"Last year"_s, {instance(u"a"_s)});
        fresh.rows[0].action = PlanAction::Blocked;
        fresh.rows[0].reason = u"Say --map."_s;
        PlanDraft draft(fresh, false, Here);
        draft.setFresh(fresh);
        QVERIFY(draft.shown().rows.at(0).reason.contains(u"Last year"_s));
        QVERIFY(!draft.shown().rows.at(0).reason.contains(u"--map"_s));
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstPlanDraft)
#include "tst_plandraft.moc"
