// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/attentionmodel.h"
#include "tests/items/records.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

struct Fixture
{
    FakeClock clock{Now};
    InstanceTableModel instances{clock, QTimeZone::utc(), {}};
    AttentionModel model{
        instances, clock,
        Playbooks::fromJson(R"({"playbooks":[{"integration":"datadog","key":"application key",
                             "page":"https://datadog.example/keys","scopes":["read"]}]})")};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] QStringList titles() const { return column(model, AttentionModel::TitleColumn); }
};

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

Profile profile(const QString &id, const QDate &tokenExpires)
{
    Profile made;
    made.id = id;
    made.name = id;
    made.endpoints = {endpointOfGeo(u"eu"_s)};
    made.tokenExpires = tokenExpires;
    return made;
}

/// The old key of `record`, whose replacement was verified two days ago.
OldKey oldKeyOf(const InstanceRecord &record, const QString &change = u"change"_s)
{
    OldKey made;
    made.replacement.id = change;
    made.replacement.address = record.address;
    made.replacement.profileName = record.profileName;
    made.replacement.instanceTitle = record.instance.title();
    made.replacement.integrationName = record.instance.integrationName;
    made.replacement.oldCredentialId = u"the one before"_s;
    made.replacement.updatedAt = Now.addDays(-2);
    return made;
}

EndpointState refusing(const QString &profileId)
{
    EndpointState state;
    state.profileId = profileId;
    state.problem = Problem::of(Problem::Category::Unauthorized, u"no"_s);
    state.problem->httpStatus = 401;
    return state;
}

} // namespace

class TstAttentionModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSoonestComesFirstAndWhatHasNoTimeLast()
    {
        Fixture f;
        InstanceRecord without = record(5, u"without"_s);
        without.knowledge = InstanceRecord::Knowledge::Absent;
        without.credential = {};
        InstanceRecord lacking = record(6, u"lacking"_s);
        lacking.credential.missingPermissions = {{{u"read"_s}, u"no"_s}};
        f.instances.upsert({without, lacking, expiring(1, u"later"_s, 20), tainted(2, u"tainted"_s),
                            expiring(3, u"expired"_s, -3), expiring(4, u"soon"_s, 2),
                            record(7, u"healthy"_s)});
        QTRY_COMPARE(f.titles(), (QStringList{u"expired"_s, u"tainted"_s, u"soon"_s, u"later"_s, u"lacking"_s,
                                              u"without"_s}));
        QCOMPARE(column(f.model, AttentionModel::ExpiryColumn),
                 (QStringList{u"3 days ago"_s, u"in 365 days"_s, u"in 2 days"_s, u"in 20 days"_s,
                              u"in 365 days"_s, QString()}));
        QCOMPARE(f.model.index(0, 0).data(HealthRole).toInt(), int(HealthState::Expired));
        QCOMPARE(f.model.index(0, AttentionModel::PlaceColumn).data().toString(), u"Datadog · Acme · eu"_s);
    }

    void theWorstComesFirstAtTheSameTime()
    {
        Fixture f;
        InstanceRecord both = expiring(1, u"z"_s, 2);
        both.credential.tainted = true;
        InstanceRecord expiredNow = expiring(2, u"a"_s, 0);
        f.instances.upsert({expiredNow, both, expiring(3, u"b"_s, 0)});
        QTRY_COMPARE(f.titles(), (QStringList{u"z"_s, u"a"_s, u"b"_s}));
        QCOMPARE(f.model.index(0, 0).data().toString(), u"Must be replaced, Expiring soon"_s);
    }

    void whatIsNotCheckedOrHasNoKnownExpiryIsNoAlarm()
    {
        Fixture f;
        InstanceRecord unchecked = record(1, u"unchecked"_s);
        unchecked.knowledge = InstanceRecord::Knowledge::NotChecked;
        unchecked.credential = {};
        QSignalSpy counted(&f.model, &AttentionModel::counted);
        f.instances.upsert({unchecked, record(2, u"unknown"_s, {})});
        QTRY_COMPARE(counted.size(), 1);
        QCOMPARE(f.model.rowCount(), 0);
    }

    void whatIsSnoozedIsQuietUntilThen()
    {
        Fixture f;
        InstanceRecord snoozed = tainted(1, u"snoozed"_s);
        snoozed.attention = {snoozed.credential.id, Now.addDays(1), {}};
        f.instances.upsert({snoozed, tainted(2, u"loud"_s)});
        QTRY_COMPARE(f.titles(), QStringList{u"loud"_s});
        QCOMPARE(f.model.quiet(), 1);
        f.model.setQuietShown(true);
        QCOMPARE(f.titles(), (QStringList{u"loud"_s, u"snoozed"_s}));
        const AttentionItem &item = *f.model.at(1);
        QVERIFY(item.actions.testFlag(AttentionItem::Remind));
        QVERIFY(!item.actions.testFlag(AttentionItem::Snooze));
        QVERIFY(f.model.index(1, 0).data().toString().endsWith(u"snoozed"_s));
        QVERIFY(f.model.index(1, 0).data(StaleRole).toBool());
        f.model.setQuietShown(false);
        f.clock.advance(24 * 3600);
        f.model.tick();
        QCOMPARE(f.titles(), (QStringList{u"loud"_s, u"snoozed"_s}));
        QCOMPARE(f.model.quiet(), 0);
    }

    void whatIsAcknowledgedComesBackInAWorseState()
    {
        Fixture f;
        InstanceRecord known = expiring(1, u"known"_s, 20);
        known.attention = {known.credential.id, {}, {HealthState::ExpiringLater}};
        f.instances.upsert({known, expiring(2, u"loud"_s, 19)});
        QTRY_COMPARE(f.titles(), QStringList{u"loud"_s});
        f.clock.advance(15 * 24 * 3600);
        f.instances.tick();
        QTRY_COMPARE(f.titles(), (QStringList{u"loud"_s, u"known"_s}));
    }

    void aMarkIsForItsCredentialOnly()
    {
        Fixture f;
        InstanceRecord replaced = tainted(1, u"replaced"_s);
        replaced.attention = {u"the one before"_s, Now.addDays(100), {HealthState::MustBeReplaced}};
        f.instances.upsert({replaced});
        QTRY_COMPARE(f.titles(), QStringList{u"replaced"_s});
    }

    void ancientOnesCanBeHidden()
    {
        Fixture f;
        f.instances.upsert(
            {expiring(1, u"ancient"_s, -91), expiring(2, u"old"_s, -90), tainted(3, u"now"_s)});
        QTRY_COMPARE(f.model.rowCount(), 3);
        QCOMPARE(f.model.ancient(), 1);
        f.model.setAncientShown(false);
        QCOMPARE(f.titles(), (QStringList{u"old"_s, u"now"_s}));
        QCOMPARE(f.model.ancient(), 1);
        f.model.setAncientDays(89);
        QCOMPARE(f.titles(), QStringList{u"now"_s});
        QCOMPARE(f.model.ancient(), 2);
    }

    void oneStateCanBeLookedAtAlone()
    {
        Fixture f;
        InstanceRecord known = tainted(1, u"known"_s);
        known.attention = {known.credential.id, {}, {HealthState::MustBeReplaced}};
        known.credential.missingPermissions = {{{u"read"_s}, {}}};
        f.instances.upsert({known, tainted(2, u"loud"_s), expiring(3, u"soon"_s, 2)});
        f.model.setOnly(HealthState::MustBeReplaced);
        f.model.setQuietShown(true);
        QCOMPARE(f.titles(), (QStringList{u"known"_s, u"loud"_s}));
    }

    void timeIsSaidWithoutAnotherChange()
    {
        Fixture f;
        f.instances.upsert({expiring(1, u"a"_s, 3)});
        QTRY_COMPARE(column(f.model, AttentionModel::ExpiryColumn), QStringList{u"in 3 days"_s});
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        f.clock.advance(24 * 3600 + 60);
        f.model.tick();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(column(f.model, AttentionModel::ExpiryColumn), QStringList{u"in 47 hours"_s});
        f.model.tick();
        QCOMPARE(changed.size(), 1);
    }

    void tokensAreAmongThemByTheirRecordedEnd()
    {
        Fixture f;
        const QDate today = Now.date();
        f.instances.upsert({tainted(1, u"tainted"_s)});
        f.model.setProfiles({profile(u"soon"_s, today.addDays(3)), profile(u"far"_s, today.addDays(200)),
                             profile(u"none"_s, {}), profile(u"over"_s, today.addDays(-2))});
        QTRY_COMPARE(f.titles(), (QStringList{u"Token of over"_s, u"tainted"_s, u"Token of soon"_s}));
        const AttentionItem &token = *f.model.at(2);
        QCOMPARE(token.kind, AttentionItem::Kind::Token);
        QCOMPARE(token.key.profileId, u"soon"_s);
        QCOMPARE(token.worst, HealthState::ExpiringSoon);
        QCOMPARE(token.actions, AttentionItem::Actions(AttentionItem::EditProfile));
        QVERIFY(f.model.upstreamOf(2).host().endsWith(u"konghq.com"_s));
        // Not before the day has ended everywhere.
        f.model.setProfiles({profile(u"today"_s, today)});
        QTRY_COMPARE(f.model.index(f.model.rowOf({u"today"_s, {}, {}}), 0).data(HealthRole).toInt(),
                     int(HealthState::ExpiringSoon));
    }

    void aRefusedTokenIsNeverCalledNoCredentials()
    {
        Fixture f;
        f.model.setProfiles({profile(u"p1"_s, {}), profile(u"p2"_s, Now.date().addDays(300))});
        f.model.setEndpoints({refusing(u"p1"_s), refusing(u"p2"_s)});
        QTRY_COMPARE(f.titles(), (QStringList{u"Token of p1"_s, u"Token of p2"_s}));
        QCOMPARE(column(f.model, AttentionModel::ExpiryColumn),
                 (QStringList{u"expired or revoked"_s, u"expired or revoked"_s}));
        QVERIFY(f.model.adviceOf(0).first().contains(u"expired or was revoked"_s));
        f.model.setEndpoints({});
        QTRY_COMPARE(f.model.rowCount(), 0);
        // One that is not known here was refused by nobody.
        EndpointState unknown = refusing(u"p1"_s);
        unknown.problem->httpStatus = 0;
        f.instances.upsert({tainted(1, u"tainted"_s)});
        f.model.setEndpoints({unknown});
        QTRY_COMPARE(f.titles(), QStringList{u"tainted"_s});
    }

    void whatCouldNotBeReadSaysHowOldItIs()
    {
        Fixture f;
        InstanceRecord failed = expiring(1, u"a"_s, 3);
        failed.lastProblem = Problem::of(Problem::Category::TimedOut, u"No answer came."_s);
        f.instances.upsert({failed});
        QTRY_COMPARE(f.titles(), QStringList{u"a"_s});
        QCOMPARE(f.model.adviceOf(0).last(),
                 u"Checked 3 minutes ago; the last try failed: No answer came."_s);
        QCOMPARE(f.model.data(f.model.index(0, AttentionModel::ExpiryColumn)).toString(), u"in 3 days"_s);
        f.clock.advance(3600);
        f.model.tick();
        QVERIFY(f.model.adviceOf(0).last().startsWith(u"Checked 1 hour ago"_s));
        f.instances.upsert({expiring(1, u"a"_s, 3)});
        QCOMPARE(f.model.adviceOf(0).size(), 1);
    }

    void anOldKeyComesAfterAllElse()
    {
        using Item = AttentionItem;
        Fixture f;
        InstanceRecord without = record(2, u"without"_s);
        without.knowledge = InstanceRecord::Knowledge::Absent;
        const InstanceRecord replaced = expiring(1, u"a"_s, 2);
        f.instances.upsert({without, replaced});
        f.model.setOldKeys({oldKeyOf(replaced)});
        QTRY_COMPARE(f.titles(), (QStringList{u"a"_s, u"without"_s, u"a"_s}));
        const Item &item = *f.model.at(2);
        QCOMPARE(item.kind, Item::Kind::OldKey);
        QCOMPARE(item.instance, replaced.address);
        QCOMPARE(item.key, oldKeyOf(replaced).key());
        QCOMPARE(item.credentialId, u"the one before"_s);
        QCOMPARE(item.actions, Item::Revoked | Item::Snooze);
        const auto text = [&f](int column) { return f.model.index(2, column).data().toString(); };
        QCOMPARE(text(AttentionModel::StateColumn), u"Old key still valid"_s);
        QCOMPARE(text(AttentionModel::ExpiryColumn), u"replaced 2 days ago"_s);
        QCOMPARE(text(AttentionModel::PlaceColumn), u"Datadog · Acme · eu"_s);
        QCOMPARE(f.model.adviceOf(2).first(),
                 u"Revoke the old key of “a” at Datadog: it is still valid there."_s);
        QCOMPARE(f.model.adviceOf(2).size(), 2);
        QVERIFY(f.model.stepsOf(2).first().contains(u"old application key"_s));
        QCOMPARE(f.model.upstreamOf(2).toString(), u"https://datadog.example/keys"_s);
        f.model.setOnly(HealthState::ExpiringSoon);
        QCOMPARE(f.titles(), QStringList{u"a"_s});
    }

    void whoElseHasAnOldKeyIsSaid()
    {
        Fixture f;
        OldKey shared = oldKeyOf(record(1, u"a"_s));
        shared.usedElsewhere = 2;
        f.model.setOldKeys({shared});
        QTRY_COMPARE(f.model.rowCount(), 1);
        QVERIFY(f.model.adviceOf(0).at(1).startsWith(u"2 other instances still have it"_s));
    }

    void anOldKeyOutlivesItsInstance()
    {
        Fixture f;
        OldKey unheardOf = oldKeyOf(record(2, u"b"_s), u"another"_s);
        unheardOf.replacement.integrationName = u"unheard-of"_s;
        f.model.setOldKeys({oldKeyOf(record(1, u"a"_s)), unheardOf});
        QTRY_COMPARE(f.titles(), (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(f.model.adviceOf(0).first(),
                 u"Revoke the old key of “a” at datadog: it is still valid there."_s);
        QCOMPARE(f.model.upstreamOf(0).toString(), u"https://datadog.example/keys"_s);
        // Nothing can be done about it at Konnect.
        QVERIFY(f.model.upstreamOf(1).isEmpty());
        QVERIFY(f.model.stepsOf(1).isEmpty());
    }

    void anOldKeyIsQuietWhileItIsSnoozedOrWasTickedOff()
    {
        using Item = AttentionItem;
        Fixture f;
        OldKey snoozed = oldKeyOf(record(1, u"a"_s), u"snoozed"_s);
        snoozed.attention.snoozedUntil = Now.addDays(1);
        OldKey revoked = oldKeyOf(record(2, u"b"_s), u"revoked"_s);
        revoked.revokedAt = Now;
        f.model.setOldKeys({snoozed, revoked});
        QTRY_COMPARE(f.model.quiet(), 2);
        QCOMPARE(f.model.rowCount(), 0);
        f.model.setQuietShown(true);
        QCOMPARE(column(f.model, AttentionModel::StateColumn),
                 (QStringList{u"Old key still valid, snoozed"_s, u"Old key revoked"_s}));
        QCOMPARE(f.model.at(0)->actions, Item::Revoked | Item::Remind);
        QCOMPARE(f.model.at(1)->actions, Item::Actions(Item::Remind));
        QVERIFY(f.model.stepsOf(1).isEmpty());
        f.model.setQuietShown(false);
        f.clock.advance(24 * 3600);
        f.model.tick();
        QCOMPARE(f.titles(), QStringList{u"a"_s});
        // What is long done is not looked for any more.
        f.clock.advance(30LL * 24 * 3600);
        f.model.tick();
        QCOMPARE(f.model.quiet(), 0);
    }

    void whatCanBeDoneFollowsTheCredential()
    {
        using Item = AttentionItem;
        Fixture f;
        InstanceRecord without = record(2, u"b"_s);
        without.knowledge = InstanceRecord::Knowledge::Absent;
        InstanceRecord changing = tainted(3, u"c"_s);
        changing.changing = true;
        f.instances.upsert({tainted(1, u"a"_s), without, changing});
        QTRY_COMPARE(f.titles(), (QStringList{u"a"_s, u"c"_s, u"b"_s}));
        QCOMPARE(f.model.at(0)->actions,
                 Item::Replace | Item::RecordExpiry | Item::Snooze | Item::Acknowledge | Item::CheckAgain);
        QCOMPARE(f.model.at(1)->actions, Item::Snooze | Item::Acknowledge);
        QCOMPARE(f.model.at(2)->actions, Item::Create | Item::Snooze | Item::Acknowledge | Item::CheckAgain);
        QCOMPARE(f.model.upstreamOf(0).toString(), u"https://datadog.example/keys"_s);
        QVERIFY(f.model.stepsOf(0).first().contains(u"application key"_s));
        QVERIFY(f.model.upstreamOf(-1).isEmpty());
    }

    void withoutAPlaybookKonnectsPageIsOpened()
    {
        Fixture f;
        InstanceRecord other = tainted(1, u"a"_s);
        other.instance.integrationName = u"unheard-of"_s;
        InstanceRecord custom = other;
        custom.address.instanceId = u"id-2"_s;
        custom.instance.displayName = u"b"_s;
        custom.endpointLabel = u"localhost:8080"_s;
        f.instances.upsert({other, custom});
        QTRY_COMPARE(f.model.rowCount(), 2);
        QCOMPARE(f.model.upstreamOf(0).toString(),
                 u"https://cloud.konghq.com/eu/service-catalog/integrations"_s);
        QVERIFY(f.model.upstreamOf(1).isEmpty());
        QVERIFY(f.model.stepsOf(0).isEmpty());
    }

    void rowsMoveWithoutAReset()
    {
        Fixture f;
        f.instances.upsert({expiring(1, u"a"_s, 2), expiring(2, u"b"_s, 3), expiring(3, u"c"_s, 4)});
        QTRY_COMPARE(f.model.rowCount(), 3);
        QSignalSpy resets(&f.model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex b = f.model.index(1, 0);
        f.instances.upsert({expiring(1, u"a"_s, 5), expiring(4, u"d"_s, 1)});
        QTRY_COMPARE(f.titles(), (QStringList{u"d"_s, u"b"_s, u"c"_s, u"a"_s}));
        QCOMPARE(b.row(), 1);
        f.instances.remove({record(2, {}).address});
        QTRY_COMPARE(f.titles(), (QStringList{u"d"_s, u"c"_s, u"a"_s}));
        QVERIFY(!b.isValid());
        QCOMPARE(resets.size(), 0);
    }

    void aRefreshOfManyIsCountedFewTimes()
    {
        Fixture f;
        QSignalSpy counted(&f.model, &AttentionModel::counted);
        for (int batch = 0; batch < 50; ++batch) {
            QList<InstanceRecord> records;
            for (int i = 0; i < 100; ++i)
                records << expiring(batch * 100 + i, QString::number(i), (batch * 31 + i) % 60 - 30);
            f.instances.upsert(records);
        }
        QCOMPARE(counted.size(), 0);
        QTRY_VERIFY(f.model.rowCount() > 4000);
        QCOMPARE(counted.size(), 1);
        // All of them, in another order.
        QList<InstanceRecord> others;
        for (int i = 0; i < 5000; ++i)
            others << expiring(i, QString::number(i), (i * 7) % 61 - 30);
        f.instances.upsert(others);
        QTRY_COMPARE(counted.size(), 2);
        for (int row = 1; row < f.model.rowCount(); ++row)
            QVERIFY(f.model.at(row - 1)->expiry.at.utc <= f.model.at(row)->expiry.at.utc);
    }

    void strangeDatesAreNoCrash()
    {
        Fixture f;
        const QList<QDateTime> moments{QDateTime(QDate(1, 1, 1), QTime(0, 0), Qt::UTC),
                                       QDateTime(QDate(9999, 12, 31), QTime(23, 59), Qt::UTC),
                                       QDateTime(QDate(2024, 2, 29), QTime(12, 0), Qt::UTC)};
        QList<InstanceRecord> records;
        for (int i = 0; i < moments.size(); ++i)
            records << record(i, QString::number(i), Timestamp::fromUtc(moments.at(i)));
        InstanceRecord zoneless = record(9, u"zoneless"_s, Timestamp::parse(u"2020-01-01T00:00:00"_s));
        f.instances.upsert(records << zoneless);
        QTRY_COMPARE(f.titles(), (QStringList{u"0"_s, u"2"_s}));
        QCOMPARE(f.model.ancient(), 2);
    }

    void aScreenReaderHearsTheColumn()
    {
        Fixture f;
        f.instances.upsert({tainted(1, u"a"_s)});
        QTRY_COMPARE(f.model.rowCount(), 1);
        QCOMPARE(f.model.index(0, AttentionModel::TitleColumn).data(Qt::AccessibleTextRole).toString(),
                 u"Credential of: a"_s);
        QCOMPARE(f.model.index(0, AttentionModel::StateColumn).data(Qt::AccessibleTextRole).toString(),
                 u"State: Must be replaced"_s);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstAttentionModel)
#include "tst_attentionmodel.moc"
