// SPDX-License-Identifier: GPL-3.0-or-later
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
        for (const QString &raw : {u""_s, u"2020-01-01 10:00"_s, u"2020-01-01T10:00:00"_s, u"soon"_s}) {
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
        QCOMPARE(assess(record, Now, {14, 60}).worst, State::ExpiringLater);
        QCOMPARE(assess(record, Now, {45, 60}).worst, State::ExpiringSoon);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstHealth)
#include "tst_health.moc"
