// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/expiry.h"
#include "models/core/reminderplan.h"
#include "models/core/reminderwords.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;
using Step = ReminderStep;
using State = HealthState;

namespace {

const QDateTime Now(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC); // A Tuesday.

InstanceRecord expiring(const QString &id, const QDateTime &ends)
{
    InstanceRecord record;
    record.address = {u"profile"_s, u"https://eu.api.konghq.com:443"_s, id};
    record.profileName = u"Acme"_s;
    record.instance.id = id;
    record.instance.name = id;
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.credential.id = u"credential of "_s + id;
    record.credential.expiresAt = Timestamp::fromUtc(ends);
    record.attention.credentialId = record.credential.id;
    return record;
}

InstanceRecord tainted(const QString &id)
{
    InstanceRecord record = expiring(id, Now.addYears(2));
    record.credential.tainted = true;
    return record;
}

/// Somebody who is told, and remembers it.
struct Memory
{
    QList<InstanceRecord> records;
    QList<Profile> profiles;
    QList<EndpointState> endpoints;
    ReminderRules rules;
    SaidReminders said;
    QList<OldKey> oldKeys = {};

    [[nodiscard]] ReminderPlan look(const QDateTime &now) const
    {
        return planReminders(records, profiles, endpoints, said, rules, now, oldKeys);
    }
    ReminderPlan tell(const QDateTime &now)
    {
        const ReminderPlan plan = look(now);
        for (const SaidReminder &mark : plan.marks)
            said.insert(mark.subject, mark);
        return plan;
    }
    /// The steps that are said at this time.
    QList<Step> steps(const QDateTime &now)
    {
        QList<Step> steps;
        const ReminderPlan plan = tell(now);
        for (const Reminder &reminder : plan.due)
            steps << reminder.step;
        return steps;
    }
};

/// Of a replacement that was verified at `at`.
OldKey oldKey(const QString &change, const QDateTime &at)
{
    OldKey key;
    key.replacement.id = change;
    key.replacement.address = expiring(u"a"_s, Now).address;
    key.replacement.profileName = u"Acme"_s;
    key.replacement.instanceTitle = u"datadog-eu"_s;
    key.replacement.oldCredentialId = u"credential before a"_s;
    key.replacement.updatedAt = at;
    return key;
}

Memory about(const QList<InstanceRecord> &records)
{
    Memory memory;
    memory.records = records;
    return memory;
}

} // namespace

class TstReminders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFirstLookSaysHowFarItIs_data()
    {
        QTest::addColumn<QDateTime>("ends");
        QTest::addColumn<int>("step"); // -1: nothing.
        const auto row = [](const char *name, const QDateTime &ends, int step) {
            QTest::newRow(name) << ends << step;
        };
        row("long ago", Now.addYears(-2), int(Step::Expired));
        row("year 1", QDateTime(QDate(1, 1, 1), QTime(0, 0), Qt::UTC), int(Step::Expired));
        row("now", Now, int(Step::Expired));
        row("in a moment", Now.addMSecs(1), int(Step::Day));
        row("a day", Now.addDays(1), int(Step::Day));
        row("more than a day", Now.addDays(1).addMSecs(1), int(Step::Week));
        row("a week", Now.addDays(7), int(Step::Week));
        row("more than a week", Now.addDays(7).addMSecs(1), int(Step::Fortnight));
        row("a fortnight", Now.addDays(14), int(Step::Fortnight));
        row("more than a fortnight", Now.addDays(14).addMSecs(1), int(Step::Month));
        row("a month", Now.addDays(30), int(Step::Month));
        row("more than a month", Now.addDays(30).addMSecs(1), -1);
        row("year 9999", QDateTime(QDate(9999, 12, 31), QTime(23, 59), Qt::UTC), -1);
    }
    void theFirstLookSaysHowFarItIs()
    {
        QFETCH(QDateTime, ends);
        QFETCH(int, step);
        Memory memory = about({expiring(u"a"_s, ends)});
        const QList<Step> expected = step < 0 ? QList<Step>() : QList<Step>{Step(step)};
        QCOMPARE(memory.steps(Now), expected);
        QCOMPARE(memory.steps(Now), QList<Step>());
    }

    void eachStepIsSaidOnce()
    {
        Memory memory = about({expiring(u"a"_s, Now)});
        QMap<int, QList<Step>> heard; // By hours before the end.
        for (int hours = 40 * 24; hours >= -1000; --hours) {
            if (const QList<Step> steps = memory.steps(Now.addSecs(-hours * 3600LL)); !steps.isEmpty())
                heard.insert(hours, steps);
        }
        const QMap<int, QList<Step>> expected{{30 * 24, {Step::Month}},
                                              {14 * 24, {Step::Fortnight}},
                                              {7 * 24, {Step::Week}},
                                              {24, {Step::Day}},
                                              {0, {Step::Expired}}};
        QCOMPARE(heard, expected);
    }

    void whatWasSleptThroughIsSaidOnceAndOnlyTheLastOfIt()
    {
        Memory memory = about({expiring(u"a"_s, Now)});
        QCOMPARE(memory.steps(Now.addDays(-29)), QList<Step>{Step::Month});
        QCOMPARE(memory.steps(Now.addDays(-3)), QList<Step>{Step::Week});
        QCOMPARE(memory.steps(Now.addDays(-3)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(90)), QList<Step>{Step::Expired});
        QCOMPARE(memory.steps(Now.addDays(91)), QList<Step>());
    }

    void aClockThatJumpsBackSaysNothingTwice()
    {
        for (const int days : {0, 1, 6}) {
            Memory memory = about({expiring(u"a"_s, Now.addDays(6)), tainted(u"b"_s)});
            QCOMPARE(memory.steps(Now), (QList<Step>{Step::Tainted, Step::Week}));
            for (int day = -days; day <= 0; ++day)
                QCOMPARE(memory.steps(Now.addDays(day)), QList<Step>());
            QCOMPARE(memory.steps(Now.addDays(5)), QList<Step>{Step::Day});
        }
    }

    void aClockThatWasYearsAheadTakesNothingAway()
    {
        Memory memory = about({expiring(u"a"_s, Now.addDays(20))});
        QCOMPARE(memory.steps(Now.addYears(4)), QList<Step>{Step::Expired});
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Month});
        QCOMPARE(memory.steps(Now), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(13)), QList<Step>{Step::Week});
    }

    void aClockThatLostItsBatterySaysNothingAgain()
    {
        Memory memory = about({expiring(u"a"_s, Now.addDays(6))});
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Week});
        QCOMPARE(memory.steps(QDateTime(QDate(2015, 1, 1), QTime(0, 0), Qt::UTC)), QList<Step>());
        QCOMPARE(memory.steps(Now.addSecs(60)), QList<Step>());
    }

    void anotherCredentialOrDateIsAnotherMatter()
    {
        Memory memory = about({expiring(u"a"_s, Now.addDays(6))});
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Week});
        memory.records[0].credential.id = u"another"_s;
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Week});
        memory.records[0].credential.expiresAt = Timestamp::fromUtc(Now.addDays(5));
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Week});
        memory.records[0].address.origin = u"https://us.api.konghq.com:443"_s;
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Week});
        QCOMPARE(memory.steps(Now), QList<Step>());
    }

    void aRecordedDateCountsAsKonnectsDoes()
    {
        InstanceRecord record = expiring(u"a"_s, Now.addYears(1));
        record.expiry.credentialId = record.credential.id;
        record.expiry.date = Now.date().addDays(3);
        Memory memory = about({record});
        const ReminderPlan plan = memory.tell(Now);
        QCOMPARE(plan.due.size(), 1);
        QCOMPARE(plan.due.constFirst().ends, endOfDay(record.expiry.date).utc);
    }

    void aTaintedCredentialIsSaidOnce()
    {
        Memory memory = about({tainted(u"a"_s)});
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Tainted});
        QCOMPARE(memory.steps(Now.addYears(1)), QList<Step>());
    }

    void oneThatExpiresAndIsTaintedIsOneThing()
    {
        InstanceRecord record = expiring(u"a"_s, Now.addDays(6));
        record.credential.tainted = true;
        Memory memory = about({record});
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Tainted});
        QCOMPARE(memory.steps(Now), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(5)), QList<Step>{Step::Day});
    }

    void nothingIsSaidOfWhatIsNotKnown()
    {
        InstanceRecord unread = expiring(u"a"_s, Now.addDays(-1));
        unread.knowledge = InstanceRecord::Knowledge::NotChecked;
        InstanceRecord absent = expiring(u"b"_s, Now.addDays(-1));
        absent.knowledge = InstanceRecord::Knowledge::Absent;
        InstanceRecord builtIn = expiring(u"c"_s, Now.addDays(-1));
        builtIn.builtIn = true;
        InstanceRecord undated = expiring(u"d"_s, Now);
        undated.credential.expiresAt = Timestamp::parse(u"2026-11-03 10:00"_s); // No zone.
        InstanceRecord changing = expiring(u"e"_s, Now.addDays(-1));
        changing.changing = true;
        QVERIFY(!about({unread, absent, builtIn, undated, changing}).look(Now).saysSomething());
    }

    void aFailedReadIsNoReasonToBeSilent()
    {
        InstanceRecord record = expiring(u"a"_s, Now.addDays(6));
        record.lastProblem = Problem();
        QCOMPARE(about({record}).steps(Now), QList<Step>{Step::Week});
    }

    void whatTheUserKnowsIsNotSaid()
    {
        InstanceRecord known = expiring(u"a"_s, Now.addDays(20));
        known.attention.acknowledged = {State::ExpiringLater};
        Memory memory = about({known});
        QCOMPARE(memory.steps(Now), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(7)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(14)), QList<Step>{Step::Week}); // A state that is not known.
    }

    void ofSeveralReasonsOnlyThoseThatAreNewAreSaid()
    {
        InstanceRecord record = expiring(u"a"_s, Now.addDays(20));
        record.credential.tainted = true;
        record.attention.acknowledged = {State::MustBeReplaced};
        QCOMPARE(about({record}).steps(Now), QList<Step>{Step::Month});
        record.attention.acknowledged = {State::ExpiringLater};
        Memory memory = about({record});
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Tainted});
        QCOMPARE(memory.steps(Now.addDays(7)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(14)), QList<Step>{Step::Week});
    }

    void aSnoozeIsSilentUntilItIsOver()
    {
        Memory memory = about({expiring(u"a"_s, Now.addDays(6))});
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Week});
        memory.records[0].attention.snoozedUntil = Now.addDays(1);
        QCOMPARE(memory.steps(Now.addDays(1).addSecs(-1)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(1)), QList<Step>{Step::Week});
        QCOMPARE(memory.steps(Now.addDays(1)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(2)), QList<Step>());
        // What came up meanwhile is said in its place.
        memory.records[0].attention.snoozedUntil = Now.addDays(7);
        QCOMPARE(memory.steps(Now.addDays(6)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(7)), QList<Step>{Step::Expired});
        QCOMPARE(memory.steps(Now.addDays(8)), QList<Step>());
    }

    void noSnoozeLastsBeyondAnEndToCome()
    {
        Reminder reminder;
        const QDateTime tomorrow = Now.addDays(1);
        QCOMPARE(putOffUntil(reminder, tomorrow, Now), tomorrow); // Tainted, say.
        reminder.ends = Now.addSecs(3600);
        QCOMPARE(putOffUntil(reminder, tomorrow, Now), reminder.ends);
        reminder.ends = Now.addDays(2);
        QCOMPARE(putOffUntil(reminder, tomorrow, Now), tomorrow);
        for (const int seconds : {0, -3600}) {
            reminder.ends = Now.addSecs(seconds);
            QCOMPARE(putOffUntil(reminder, tomorrow, Now), tomorrow);
        }
    }

    void aSnoozeOfAnEarlierCredentialDoesNotCount()
    {
        Memory memory = about({expiring(u"a"_s, Now.addDays(6))});
        memory.records[0].attention = {u"an earlier one"_s, Now.addDays(1), {}};
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Week});
        QCOMPARE(memory.steps(Now.addDays(2)), QList<Step>());
    }

    void aTokenIsSaidAsACredentialIs()
    {
        Memory memory;
        Profile profile;
        profile.id = u"profile"_s;
        profile.name = u"Acme"_s;
        memory.profiles = {Profile(), profile};
        QCOMPARE(memory.steps(Now), QList<Step>());
        memory.profiles[1].tokenExpires = Now.date().addDays(5);
        const ReminderPlan plan = memory.tell(Now);
        QCOMPARE(plan.due.size(), 1);
        QVERIFY(plan.due.constFirst().subject.isToken());
        QCOMPARE(plan.due.constFirst().step, Step::Week);
        QCOMPARE(memory.steps(Now), QList<Step>());
        memory.said[plan.due.constFirst().subject].snoozedUntil = Now.addDays(1);
        QCOMPARE(memory.steps(Now.addSecs(60)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(1)), QList<Step>{Step::Week});
        QCOMPARE(memory.steps(Now.addDays(1)), QList<Step>());
        memory.profiles[1].tokenExpires = Now.date().addDays(3);
        QCOMPARE(memory.steps(Now.addDays(1)), QList<Step>{Step::Week});
    }

    void aRefusedTokenIsSaidOnce()
    {
        Memory memory;
        Profile profile;
        profile.id = u"profile"_s;
        profile.name = u"Acme"_s;
        profile.tokenVersion = u"first"_s;
        profile.tokenExpires = Now.date().addDays(5);
        memory.profiles = {profile};
        EndpointState endpoint;
        endpoint.profileId = profile.id;
        endpoint.problem = Problem::of(Problem::Category::Unauthorized, u"not known here"_s);
        memory.endpoints = {endpoint};
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Week}); // Nobody has refused it.
        memory.endpoints[0].problem->httpStatus = 401;
        const ReminderPlan plan = memory.tell(Now);
        QCOMPARE(plan.due.size(), 1);
        QVERIFY(plan.due.constFirst().subject.isToken());
        const ReminderNotice silent = reminderwords::notice(plan.due, false, Now);
        QCOMPARE(silent.title, u"1 token of a profile is refused: expired or revoked"_s);
        QCOMPARE(silent.urgency, ReminderNotice::Urgency::Critical);
        QCOMPARE(reminderwords::notice(plan.due, true, Now).body, u"Token of Acme: expired or revoked"_s);
        QCOMPARE(memory.steps(Now.addDays(30)), QList<Step>());
        // The next token is another matter, and the same again of one that is snoozed.
        memory.profiles[0].tokenVersion = u"second"_s;
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Tainted});
        memory.said[{{}, profile.id, u"second"_s, {}}].snoozedUntil = Now.addDays(1);
        QCOMPARE(memory.steps(Now.addSecs(60)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(1)), QList<Step>{Step::Tainted});
    }

    void whatSeveralProfilesSeeIsSaidOnce()
    {
        InstanceRecord other = expiring(u"a"_s, Now.addDays(6));
        other.address.profileId = u"another"_s;
        Memory memory = about({expiring(u"a"_s, Now.addDays(6)), other});
        QCOMPARE(memory.steps(Now), QList<Step>{Step::Week});
    }

    void anOldKeyIsSaidOnceAWeekAfterItsReplacement()
    {
        Memory memory;
        memory.oldKeys = {oldKey(u"c1"_s, Now)};
        QMap<int, QList<Step>> heard; // By hours after it.
        for (int hours = 0; hours < 60 * 24; ++hours) {
            if (const QList<Step> steps = memory.steps(Now.addSecs(hours * 3600LL)); !steps.isEmpty())
                heard.insert(hours, steps);
        }
        QCOMPARE(heard, (QMap<int, QList<Step>>{{OldKeyReminderDays * 24, {Step::OldKey}}}));
        // The next one of the same instance is another one.
        memory.oldKeys << oldKey(u"c2"_s, Now.addDays(60));
        QCOMPARE(memory.steps(Now.addDays(66)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(67)), QList<Step>{Step::OldKey});
    }

    void anOldKeyThatIsRevokedOrSnoozedIsNotSaid()
    {
        Memory memory;
        memory.oldKeys = {oldKey(u"c1"_s, Now)};
        memory.oldKeys[0].revokedAt = Now.addDays(1);
        QCOMPARE(memory.steps(Now.addDays(8)), QList<Step>());
        memory.oldKeys[0].revokedAt = {};
        memory.oldKeys[0].attention.snoozedUntil = Now.addDays(9);
        QCOMPARE(memory.steps(Now.addDays(8)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(9)), QList<Step>{Step::OldKey});
        QCOMPARE(memory.steps(Now.addDays(10)), QList<Step>());
        // One that was said is said again after a snooze.
        memory.oldKeys[0].attention.snoozedUntil = Now.addDays(12);
        QCOMPARE(memory.steps(Now.addDays(11)), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(12)), QList<Step>{Step::OldKey});
        QCOMPARE(memory.steps(Now.addDays(13)), QList<Step>());
    }

    void anOldKeyTakesNothingFromItsInstance()
    {
        Memory memory = about({expiring(u"a"_s, Now.addDays(6))});
        memory.oldKeys = {oldKey(u"c1"_s, Now.addDays(-7))};
        const ReminderPlan plan = memory.tell(Now);
        QCOMPARE(plan.due.size(), 2);
        QCOMPARE(plan.due.at(0).step, Step::Week);
        QCOMPARE(plan.due.at(1).step, Step::OldKey);
        // For AttentionMarks: not that of the instance.
        QCOMPARE(plan.due.at(1).address, memory.oldKeys.first().key());
        QCOMPARE(plan.due.at(1).subject.credentialId, u"credential before a"_s);
        const ReminderNotice silent = reminderwords::notice(plan.due, false, Now);
        QCOMPARE(silent.body, u"1 old key is still to be revoked\nLatchkey shows which."_s);
        const ReminderNotice open = reminderwords::notice(plan.due.mid(1), true, Now);
        QCOMPARE(open.title, u"1 old key is still to be revoked"_s);
        QCOMPARE(open.body, u"datadog-eu (Acme): the old key is still valid"_s);
        QCOMPARE(open.urgency, ReminderNotice::Urgency::Normal);
    }

    void theMostUrgentComesFirst()
    {
        Memory memory = about({expiring(u"month"_s, Now.addDays(20)), expiring(u"late"_s, Now.addDays(6)),
                               expiring(u"soon"_s, Now.addDays(2)), tainted(u"tainted"_s),
                               expiring(u"expired"_s, Now.addDays(-1))});
        QStringList names;
        const ReminderPlan plan = memory.tell(Now);
        for (const Reminder &reminder : plan.due)
            names << reminder.name;
        QCOMPARE(names, (QStringList{u"tainted"_s, u"expired"_s, u"soon"_s, u"late"_s, u"month"_s}));
    }

    void thresholdsDecideWhatIsWorthAWord()
    {
        Memory memory = about({expiring(u"a"_s, Now.addDays(6))});
        memory.rules.health.general = {{2}, {3}};
        QCOMPARE(memory.steps(Now), QList<Step>());
        QCOMPARE(memory.steps(Now.addDays(3)), QList<Step>{Step::Week});
    }

    void theDigestComesOnceAWeek()
    {
        Memory memory =
            about({expiring(u"a"_s, Now.addDays(-1)), tainted(u"b"_s), expiring(u"c"_s, Now.addYears(1))});
        memory.rules.digestDay = 1;
        (void)memory.tell(Now);
        QList<QDateTime> heard;
        for (int hour = 0; hour < 21 * 24; ++hour) {
            const ReminderPlan plan = memory.tell(Now.addSecs(hour * 3600LL));
            if (!plan.digest.isEmpty()) {
                heard << Now.addSecs(hour * 3600LL);
                QCOMPARE(plan.digest, (QMap<State, int>{{State::MustBeReplaced, 1}, {State::Expired, 1}}));
            }
        }
        const auto nine = [](int day) { return QDateTime(QDate(2026, 11, day), QTime(9, 0), Qt::UTC); };
        QCOMPARE(heard, (QList<QDateTime>{nine(9), nine(16), nine(23)}));
    }

    void theDigestIsCaughtUpOnceAndKnowsTheZone()
    {
        Memory memory = about({expiring(u"a"_s, Now.addDays(-1))});
        memory.rules.digestDay = 1;
        memory.rules.zone = QTimeZone(-8 * 3600);
        (void)memory.tell(Now);
        QVERIFY(!memory.tell(Now).saysSomething()); // The first week begins now.
        QVERIFY(!memory.tell(QDateTime(QDate(2026, 11, 9), QTime(16, 59), Qt::UTC)).saysSomething());
        QVERIFY(!memory.tell(QDateTime(QDate(2026, 11, 27), QTime(3, 0), Qt::UTC)).digest.isEmpty());
        QVERIFY(!memory.tell(QDateTime(QDate(2026, 11, 27), QTime(4, 0), Qt::UTC)).saysSomething());
        QVERIFY(!memory.tell(QDateTime(QDate(2026, 11, 26), QTime(4, 0), Qt::UTC)).saysSomething());
        QVERIFY(!memory.tell(QDateTime(QDate(2026, 11, 30), QTime(17, 0), Qt::UTC)).digest.isEmpty());
    }

    void theDigestComesByTheClockOnTheWall_data()
    {
        QTest::addColumn<QDate>("day");
        QTest::addColumn<int>("nineInUtc");
        QTest::newRow("an ordinary Sunday") << QDate(2026, 3, 22) << 8;
        QTest::newRow("clocks go forward") << QDate(2026, 3, 29) << 7;
        QTest::newRow("clocks go back") << QDate(2026, 10, 25) << 8;
    }
    void theDigestComesByTheClockOnTheWall()
    {
        QFETCH(const QDate, day);
        QFETCH(const int, nineInUtc);
        const QDateTime nine(day, QTime(nineInUtc, 0), Qt::UTC);
        Memory memory = about({expiring(u"a"_s, nine.addDays(-9))});
        memory.rules.digestDay = 7;
        memory.rules.zone = QTimeZone("Europe/Berlin");
        QVERIFY(memory.rules.zone.isValid());
        (void)memory.tell(nine.addDays(-3));
        (void)memory.tell(nine.addDays(-3));
        QVERIFY(!memory.tell(nine.addSecs(-60)).saysSomething());
        QVERIFY(!memory.tell(nine).digest.isEmpty());
    }

    void theDigestIsOffOrSilentWhereNothingIsToBeSaid()
    {
        Memory off = about({expiring(u"a"_s, Now.addDays(-1))});
        Memory content = about({expiring(u"a"_s, Now.addYears(2))});
        content.rules.digestDay = 1;
        for (Memory *memory : {&off, &content}) {
            (void)memory->tell(Now);
            for (int day = 1; day < 10; ++day)
                QVERIFY(!memory->tell(Now.addDays(day)).saysSomething());
        }
    }

    void theWordsNameNothingUnlessAllowed()
    {
        Memory memory = about({expiring(u"datadog-eu"_s, Now.addDays(6)),
                               expiring(u"github"_s, Now.addDays(5)), expiring(u"jira"_s, Now.addDays(2))});
        const QList<Reminder> due = memory.look(Now).due;
        const ReminderNotice silent = reminderwords::notice(due, false, Now);
        QCOMPARE(silent.title, u"3 credentials expire within 7 days"_s);
        QCOMPARE(silent.body, u"Latchkey shows which."_s);
        QCOMPARE(silent.urgency, ReminderNotice::Urgency::Normal);
        QCOMPARE(silent.reminders, due);
        const ReminderNotice open = reminderwords::notice(due, true, Now);
        QCOMPARE(open.title, silent.title);
        QCOMPARE(open.body,
                 u"jira (Acme): in 2 days\ngithub (Acme): in 5 days\ndatadog-eu (Acme): in 6 days"_s);
    }

    void severalStepsAreOneNotice()
    {
        Memory memory =
            about({tainted(u"a"_s), expiring(u"b"_s, Now.addDays(-3)),
                   expiring(u"c"_s, Now.addSecs(20LL * 60 * 60)), expiring(u"d"_s, Now.addDays(10)),
                   expiring(u"e"_s, Now.addDays(11)), expiring(u"f"_s, Now.addDays(25))});
        Profile profile;
        profile.id = u"profile"_s;
        profile.name = u"Acme"_s;
        profile.tokenExpires = Now.date().addDays(12);
        memory.profiles = {profile};
        const QList<Reminder> due = memory.look(Now).due;
        const ReminderNotice silent = reminderwords::notice(due, false, Now);
        QCOMPARE(silent.title, u"1 credential must be replaced"_s);
        QCOMPARE(silent.body,
                 u"1 credential has expired\n1 credential expires within a day\n"
                 "2 credentials expire within 14 days\n1 token of a profile expires within 14 days\n"
                 "1 credential expires within 30 days\nLatchkey shows which."_s);
        QCOMPARE(silent.urgency, ReminderNotice::Urgency::Critical);
        const ReminderNotice open = reminderwords::notice(due, true, Now);
        QVERIFY2(open.body.contains(u"a (Acme): Must be replaced\nb (Acme): 3 days ago\n"_s),
                 qPrintable(open.body));
        QVERIFY2(open.body.endsWith(u"\nand 2 more"_s), qPrintable(open.body));
    }

    void aNameThatSomebodyElseChoseStaysInItsLine()
    {
        Memory memory = about({expiring(u"a"_s, Now.addDays(6))});
        memory.records[0].instance.displayName = u"one\ntwo\t"_s + QString(300, u'x');
        const ReminderNotice notice = reminderwords::notice(memory.look(Now).due, true, Now);
        QVERIFY(notice.body.startsWith(u"one two xxx"_s));
        QVERIFY(notice.body.contains(u"…"_s) && notice.body.size() < 100 && !notice.body.contains(u'\n'));
    }

    void theDigestCountsStates()
    {
        const ReminderNotice digest =
            reminderwords::digest({{State::Expired, 2}, {State::MissingPermissions, 3}});
        QCOMPARE(digest.title, u"5 credentials need attention"_s);
        QCOMPARE(digest.body, u"Expired: 2\nMissing permissions: 3"_s);
        QCOMPARE(digest.urgency, ReminderNotice::Urgency::Low);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstReminders)
#include "tst_reminders.moc"
