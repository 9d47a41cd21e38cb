// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/expiry.h"
#include "models/core/health.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;
using State = HealthState;

Q_DECLARE_METATYPE(QList<latchkey::HealthState>)

namespace {

const QDateTime Now(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);

InstanceRecord present(const Timestamp &expiresAt = Timestamp::fromUtc(Now.addYears(1)))
{
    InstanceRecord record;
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.credential.type = CredentialType::MultiKey;
    record.credential.expiresAt = expiresAt;
    return record;
}

} // namespace

class TstHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anExpiryDecidesTheState_data()
    {
        QTest::addColumn<QDateTime>("expiry");
        QTest::addColumn<int>("state");
        const auto row = [](const char *name, const QDateTime &at, State state) {
            QTest::newRow(name) << at << static_cast<int>(state);
        };
        row("long ago", Now.addYears(-2), State::Expired);
        row("just before now", Now.addMSecs(-1), State::Expired);
        row("exactly now", Now, State::Expired);
        row("just after now", Now.addMSecs(1), State::ExpiringSoon);
        row("exactly 7 days", Now.addDays(7), State::ExpiringSoon);
        row("more than 7 days", Now.addDays(7).addMSecs(1), State::ExpiringLater);
        row("exactly 30 days", Now.addDays(30), State::ExpiringLater);
        row("more than 30 days", Now.addDays(30).addMSecs(1), State::Healthy);
    }
    void anExpiryDecidesTheState()
    {
        QFETCH(QDateTime, expiry);
        QFETCH(int, state);
        const Health health = assess(present(Timestamp::fromUtc(expiry)), Now);
        QCOMPARE(static_cast<int>(health.worst), state);
        QCOMPARE(health.reasons, QList<State>{static_cast<State>(state)});
    }

    void noExpiryAndAnUnreadableOneAreNeverHealthyNorExpired()
    {
        for (const QString &raw :
             {u""_s, u"2020-01-01 10:00"_s, u"2020-01-01T10:00:00"_s, u"0001-01-01T00:00:00Z"_s, u"soon"_s}) {
            const Health health = assess(present(Timestamp::parse(raw)), Now);
            QCOMPARE(health.reasons, QList<State>{State::NoKnownExpiry});
        }
    }

    void allReasonsAreGivenWorstFirst()
    {
        InstanceRecord record = present(Timestamp::fromUtc(Now.addDays(-1)));
        record.credential.tainted = true;
        record.credential.missingPermissions = {{{u"monitors_read"_s}, u"Cannot read monitors"_s}};
        const Health health = assess(record, Now);
        QCOMPARE(health.reasons,
                 (QList<State>{State::MustBeReplaced, State::Expired, State::MissingPermissions}));
        QVERIFY(health.needsAttention());

        record.credential.tainted = false;
        record.credential.expiresAt = {};
        QCOMPARE(assess(record, Now).reasons,
                 (QList<State>{State::MissingPermissions, State::NoKnownExpiry}));
    }

    void whatKonnectDidNotSayIsNotTainted()
    {
        InstanceRecord record = present();
        record.credential.tainted = std::nullopt;
        QCOMPARE(assess(record, Now).worst, State::Healthy);
        record.credential.tainted = false;
        QCOMPARE(assess(record, Now).worst, State::Healthy);
        record.credential.tainted = true;
        QCOMPARE(assess(record, Now).reasons, QList<State>{State::MustBeReplaced});
    }

    void otherTypesAreJudgedAlike()
    {
        for (const CredentialType type : {CredentialType::OAuth, CredentialType::GitHubApp,
                                          CredentialType::AwsRole, CredentialType::Unknown}) {
            InstanceRecord record = present(Timestamp::fromUtc(Now.addDays(3)));
            record.credential.type = type;
            QCOMPARE(assess(record, Now).worst, State::ExpiringSoon);
        }
    }

    void withoutACredentialNothingElseIsSaid()
    {
        InstanceRecord record = present(Timestamp::fromUtc(Now.addDays(-1)));
        record.knowledge = InstanceRecord::Knowledge::Absent;
        QCOMPARE(assess(record, Now).reasons, QList<State>{State::NoCredential});
        record.knowledge = InstanceRecord::Knowledge::NotChecked;
        QCOMPARE(assess(record, Now).reasons, QList<State>{State::NotChecked});
        QVERIFY(!assess(record, Now).needsAttention());
        record.builtIn = true;
        QCOMPARE(assess(record, Now).reasons, QList<State>{State::NotNeeded});
    }

    void aLaterFailureDoesNotChangeTheLastGoodState()
    {
        InstanceRecord record = present(Timestamp::fromUtc(Now.addDays(3)));
        record.lastProblem = Problem{};
        QCOMPARE(assess(record, Now).worst, State::ExpiringSoon);
    }

    void thresholdsCanBeSet()
    {
        const InstanceRecord record = present(Timestamp::fromUtc(Now.addDays(40)));
        QCOMPARE(assess(record, Now, {{{14}, {60}}, {}, {}}).worst, State::ExpiringLater);
        QCOMPARE(assess(record, Now, {{{45}, {60}}, {}, {}}).worst, State::ExpiringSoon);
    }

    void anIntegrationComesBeforeAProfileAndThatBeforeAll()
    {
        InstanceRecord record = present(Timestamp::fromUtc(Now.addDays(40)));
        record.address.profileId = u"p"_s;
        record.instance.integrationName = u"datadog"_s;
        HealthRules rules;
        QCOMPARE(assess(record, Now, rules).worst, State::Healthy);
        rules.ofProfile.insert(u"p"_s, {{7}, {60}});
        QCOMPARE(assess(record, Now, rules).worst, State::ExpiringLater);
        rules.ofIntegration.insert(u"datadog"_s, {{50}, {60}});
        QCOMPARE(assess(record, Now, rules).worst, State::ExpiringSoon);
        QCOMPARE(HealthRules::fromRows(rules.toRows()), rules);
    }

    void aThresholdCanBeAPartOfTheLife()
    {
        InstanceRecord record = present(Timestamp::fromUtc(Now.addDays(10)));
        const HealthRules rules{{{5, Threshold::Unit::Percent}, {10, Threshold::Unit::Percent}}, {}, {}};
        record.credential.createdAt = Timestamp::fromUtc(Now.addDays(-90)); // 10 of 100 days are left.
        QCOMPARE(assess(record, Now, rules).worst, State::ExpiringLater);
        QCOMPARE(assess(record, Now.addDays(5), rules).worst, State::ExpiringSoon);
        record.credential.createdAt = Timestamp::fromUtc(Now.addDays(-10)); // 10 of 20.
        QCOMPARE(assess(record, Now, rules).worst, State::Healthy);
        record.credential.createdAt = {}; // Of a year.
        QCOMPARE(assess(record, Now, rules).worst, State::ExpiringSoon);
    }

    void aThresholdIsReadFromText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("back"); // Empty: refused.
        QTest::newRow("bare") << u"14"_s << u"14 d"_s;
        QTest::newRow("days") << u" 14 d "_s << u"14 d"_s;
        QTest::newRow("together") << u"14d"_s << u"14 d"_s;
        QTest::newRow("percent") << u"10%"_s << u"10 %"_s;
        QTest::newRow("none") << u""_s << QString();
        QTest::newRow("negative") << u"-1"_s << QString();
        QTest::newRow("too much") << u"101 %"_s << QString();
        QTest::newRow("a word") << u"soon"_s << QString();
    }
    void aThresholdIsReadFromText()
    {
        QFETCH(QString, text);
        QFETCH(QString, back);
        const std::optional<Threshold> threshold = Threshold::fromText(text);
        QCOMPARE(threshold ? threshold->toText() : QString(), back);
    }

    void aThresholdIsSetByItsName()
    {
        HealthRules rules;
        const auto set = [&rules](const QString &name, const QString &text) {
            const Outcome<HealthRules> changed = rules.with(name, text);
            if (changed)
                rules = changed.value();
            return changed.ok();
        };
        QVERIFY(set(u"expiry.later"_s, u"60 d"_s));
        QVERIFY(set(u"expiry.soon/profile/p"_s, u"10 %"_s));
        QVERIFY(set(u"expiry.later/integration/azure-devops"_s, u"90"_s));
        QCOMPARE(rules.general, (HealthThresholds{{7}, {60}}));
        // What is not said of them is as it is for all.
        QCOMPARE(rules.ofProfile.value(u"p"_s), (HealthThresholds{{10, Threshold::Unit::Percent}, {60}}));
        QCOMPARE(rules.ofIntegration.value(u"azure-devops"_s), (HealthThresholds{{7}, {90}}));
        QCOMPARE(HealthRules::fromRows(rules.toRows()), rules);
        QVERIFY(set(u"expiry.later/profile/p"_s, u"Default"_s));
        QVERIFY(rules.ofProfile.isEmpty());
        QVERIFY(set(u"expiry.later"_s, u"default"_s));
        QCOMPARE(rules.general, HealthThresholds());
    }

    void aThresholdThatCannotBeSetIsRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<Problem::Category>("category");
        QTest::newRow("text") << u"expiry.soon"_s << u"soon"_s << Problem::Category::InvalidInput;
        QTest::newRow("none") << u"expiry.soon"_s << u""_s << Problem::Category::InvalidInput;
        QTest::newRow("too much") << u"expiry.soon"_s << u"101 %"_s << Problem::Category::InvalidInput;
        for (const QString &name : {u"expiry"_s, u"expiry.sooner"_s, u"expiry.soon/"_s,
                                    u"expiry.soon/profile/"_s, u"expiry.soon/geo/eu"_s})
            QTest::newRow(qPrintable(name)) << name << u"7 d"_s << Problem::Category::NotFound;
    }
    void aThresholdThatCannotBeSetIsRefused()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, text);
        QFETCH(const Problem::Category, category);
        const Outcome<HealthRules> refused = HealthRules().with(name, text);
        QVERIFY(!refused);
        QCOMPARE(refused.problem().category, category);
        QCOMPARE(HealthRules::isRow(name), category == Problem::Category::InvalidInput);
        QCOMPARE(HealthRules::fromRows({{name, text}}), HealthRules());
    }

    void theEarlierOfKonnectsAndTheRecordedDateCounts()
    {
        InstanceRecord record = present(Timestamp::fromUtc(Now.addDays(100)));
        record.credential.id = u"c1"_s;
        record.expiry.credentialId = u"c1"_s;
        record.expiry.date = Now.date().addDays(3);
        QCOMPARE(assess(record, Now).worst, State::ExpiringSoon);
        QCOMPARE(expiryOf(record).source, Expiry::Source::Recorded);
        record.credential.expiresAt = Timestamp::fromUtc(Now.addDays(1));
        QCOMPARE(expiryOf(record).source, Expiry::Source::Konnect);
        record.credential.expiresAt = {};
        QCOMPARE(expiryOf(record).source, Expiry::Source::Recorded);
        record.credential.id = u"c2"_s; // Its successor.
        QCOMPARE(assess(record, Now).worst, State::NoKnownExpiry);
    }

    void aRecordedDayHasToBeOverEverywhere()
    {
        InstanceRecord record = present({});
        record.credential.id = u"c1"_s;
        record.expiry.credentialId = u"c1"_s;
        record.expiry.date = QDate(2026, 11, 2);
        QCOMPARE(assess(record, QDateTime(QDate(2026, 11, 3), QTime(11, 59), Qt::UTC)).worst,
                 State::ExpiringSoon);
        QCOMPARE(assess(record, QDateTime(QDate(2026, 11, 3), QTime(12, 0), Qt::UTC)).worst, State::Expired);
    }

    void aLifeCountsForEachCredential()
    {
        InstanceRecord record = present({});
        record.expiry.livesDays = 90;
        QCOMPARE(assess(record, Now).worst, State::NoKnownExpiry); // Nobody knows when it was made.
        record.credential.createdAt = Timestamp::fromUtc(Now.addDays(-85));
        QCOMPARE(assess(record, Now).worst, State::ExpiringSoon);
        record.credential.createdAt = Timestamp::fromUtc(Now);
        QCOMPARE(assess(record, Now).worst, State::Healthy);
    }

    void aLabelCountsWhereNothingIsRecorded_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("state");
        const auto row = [](const QString &value, State state) {
            QTest::newRow(qPrintable(value)) << value << static_cast<int>(state);
        };
        row(u"2026-11-05"_s, State::ExpiringSoon);
        row(u"2028-02-29"_s, State::Healthy);
        row(u"9999-12-31"_s, State::Healthy);
        row(u"2026-10-01"_s, State::Expired);
        row(u"0001-01-01"_s, State::NoKnownExpiry); // Means none.
        row(u"2026-08-31"_s, State::NoKnownExpiry);
        row(u"2027-02-29"_s, State::NoKnownExpiry); // There is no such day.
        row(u"0000-01-01"_s, State::NoKnownExpiry);
        row(u"2026-11-5"_s, State::NoKnownExpiry);
        row(u"in March"_s, State::NoKnownExpiry);
        row(u""_s, State::NoKnownExpiry);
    }
    void aLabelCountsWhereNothingIsRecorded()
    {
        QFETCH(QString, value);
        QFETCH(int, state);
        InstanceRecord record = present({});
        record.credential.id = u"c1"_s;
        record.credential.createdAt = Timestamp::fromUtc(QDateTime(QDate(2026, 9, 15), QTime(8, 0), Qt::UTC));
        record.instance.labels.insert(u"credential-expires"_s, value);
        QCOMPARE(static_cast<int>(assess(record, Now).worst), state);
        record.expiry.credentialId = u"c1"_s;
        record.expiry.date = QDate(2027, 3, 1);
        QCOMPARE(assess(record, Now).worst, State::Healthy);
    }

    void aLabelThatMeansNoneIsNoEnd()
    {
        InstanceRecord record = present({});
        record.instance.labels.insert(u"credential-expires"_s, u"0001-01-01"_s);
        QCOMPARE(assess(record, Now).reasons, QList<State>{State::NoKnownExpiry}); // Whenever it was made.
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstHealth)
#include "tst_health.moc"
