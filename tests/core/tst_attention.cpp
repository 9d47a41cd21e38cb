// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/attention.h"
#include "models/core/health.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;
using State = HealthState;

Q_DECLARE_METATYPE(QList<latchkey::HealthState>)

namespace {

const QDateTime Now(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);

/// Expires in three days and lacks a permission.
InstanceRecord troubled()
{
    InstanceRecord record;
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.credential.id = u"c1"_s;
    record.credential.expiresAt = Timestamp::fromUtc(Now.addDays(3));
    record.credential.missingPermissions = {{{u"monitors_read"_s}, u"Cannot read monitors"_s}};
    return record;
}

bool wants(const InstanceRecord &record, const QDateTime &now = Now)
{
    return wantsAttention(record, assess(record, now), now);
}

} // namespace

/// Who is told of a credential, and when not.
class TstAttention : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatNeedsAttentionWantsIt()
    {
        QVERIFY(wants(troubled()));
        InstanceRecord record = troubled();
        record.credential.missingPermissions.clear();
        record.credential.expiresAt = Timestamp::fromUtc(Now.addYears(1));
        QVERIFY(!wants(record));
        record.knowledge = InstanceRecord::Knowledge::NotChecked; // Data may still be loading.
        QVERIFY(!wants(record));
    }

    void aSnoozeEndsAtItsTime()
    {
        InstanceRecord record = troubled();
        record.attention.credentialId = u"c1"_s;
        record.attention.snoozedUntil = Now.addDays(1);
        QVERIFY(!wants(record));
        QVERIFY(!wants(record, Now.addDays(1).addMSecs(-1)));
        QVERIFY(wants(record, Now.addDays(1)));
        QVERIFY(!wants(record, Now.addYears(-1))); // A clock that jumped back.
    }

    void whatIsAcknowledgedIsSilentUntilAnotherStateComesUp_data()
    {
        QTest::addColumn<QList<State>>("acknowledged");
        QTest::addColumn<qint64>("days");
        QTest::addColumn<bool>("wanted");
        const QList<State> both{State::ExpiringSoon, State::MissingPermissions};
        QTest::newRow("nothing") << QList<State>{} << 0LL << true;
        QTest::newRow("one of two") << QList<State>{State::ExpiringSoon} << 0LL << true;
        QTest::newRow("both") << both << 0LL << false;
        QTest::newRow("both, and it has expired") << both << 4LL << true;
        QTest::newRow("what was worse before") << both + QList<State>{State::Expired} << 4LL << false;
    }
    void whatIsAcknowledgedIsSilentUntilAnotherStateComesUp()
    {
        QFETCH(const QList<State>, acknowledged);
        QFETCH(const qint64, days);
        QFETCH(const bool, wanted);
        InstanceRecord record = troubled();
        record.attention.credentialId = u"c1"_s;
        record.attention.acknowledged = acknowledged;
        QCOMPARE(wants(record, Now.addDays(days)), wanted);
    }

    void theNextCredentialSpeaksUpByItself()
    {
        InstanceRecord record = troubled();
        record.attention = {u"c1"_s, Now.addYears(1), {State::ExpiringSoon, State::MissingPermissions}};
        QVERIFY(!wants(record));
        record.credential.id = u"c2"_s;
        QVERIFY(wants(record));
        record.knowledge = InstanceRecord::Knowledge::Absent;
        record.credential = {};
        QVERIFY(wants(record));
        record.attention = {{}, {}, {State::NoCredential}};
        QVERIFY(!wants(record));
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstAttention)
#include "tst_attention.moc"
