// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/expirydraft.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QLocale>

using namespace latchkey;
using namespace Qt::StringLiterals;
using Ends = ExpiryDraft::Ends;

namespace {

const QDateTime Now(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);

InstanceRecord record(int number)
{
    InstanceRecord made;
    made.address = {u"p1"_s, u"https://eu.api.konghq.com:443"_s, u"id-%1"_s.arg(number)};
    made.instance.displayName = u"Instance %1"_s.arg(number);
    made.knowledge = InstanceRecord::Knowledge::Present;
    made.credential.id = u"cred-%1"_s.arg(number);
    made.credential.createdAt = Timestamp::fromUtc(QDateTime(QDate(2026, 11, 1), QTime(12, 0), Qt::UTC));
    return made;
}

ExpiryDate dateOf(const QString &text)
{
    ExpiryDate date(Now);
    date.setText(text);
    return date;
}

void type(ExpiryDraft &draft, const QString &text)
{
    ExpiryDate date = draft.date();
    date.setText(text);
    draft.setDate(date);
    draft.setEnds(Ends::OnDay);
}

} // namespace

class TstExpiryDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void onlyRealDaysAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QDate>("date");
        QTest::newRow("a day") << u"2027-03-03"_s << QDate(2027, 3, 3);
        QTest::newRow("with spaces") << u" 2027-03-03 "_s << QDate(2027, 3, 3);
        QTest::newRow("leap day") << u"2028-02-29"_s << QDate(2028, 2, 29);
        QTest::newRow("no leap day") << u"2027-02-29"_s << QDate();
        QTest::newRow("30 February") << u"2027-02-30"_s << QDate();
        QTest::newRow("another order") << u"03.03.2027"_s << QDate();
        QTest::newRow("short") << u"2027-3-3"_s << QDate();
        QTest::newRow("year 0") << u"0000-01-01"_s << QDate();
        QTest::newRow("year 9999") << u"9999-12-31"_s << QDate(9999, 12, 31);
        QTest::newRow("a word") << u"tomorrow"_s << QDate();
    }

    void onlyRealDaysAreRead()
    {
        QFETCH(const QString, text);
        QFETCH(const QDate, date);
        const ExpiryDate typed = dateOf(text);
        QCOMPARE(typed.date(), date);
        QCOMPARE(typed.error().isEmpty(), date.isValid());
        QCOMPARE(typed.result().isEmpty(), !date.isValid());
    }

    void nothingIsNoError()
    {
        const ExpiryDate none = dateOf(u"  "_s);
        QVERIFY(none.isEmpty());
        QVERIFY(!none.date().isValid());
        QVERIFY(none.error().isEmpty() && none.warning().isEmpty() && none.result().isEmpty());
    }

    void itSaysWhatADayComesTo()
    {
        QCOMPARE(dateOf(u"2027-03-03"_s).result(), u"3 Mar 2027, in 96 days"_s);
        QVERIFY(dateOf(u"2027-03-03"_s).warning().isEmpty());
    }

    void oddDaysAreWarnedOfAndUsed()
    {
        const ExpiryDate past = dateOf(u"2026-11-01"_s);
        QVERIFY(past.error().isEmpty());
        QVERIFY(past.warning().contains(u"has passed"_s));
        // Somewhere on Earth it may still be that day.
        QVERIFY(dateOf(u"2026-11-28"_s).warning().isEmpty());
        QVERIFY(dateOf(u"2207-03-03"_s).warning().contains(u"check the year"_s));
        ExpiryDate before(Now, QDate(2026, 11, 1));
        before.setText(u"2026-10-31"_s);
        QVERIFY(before.warning().contains(u"before the credential was made, on 1 Nov 2026"_s));
        QVERIFY(before.error().isEmpty());
    }

    void usualLengthsCountFromTheCreation()
    {
        const ExpiryDate young(Now, QDate(2026, 11, 1));
        const QList<ExpiryDate::Preset> known = young.presets();
        QCOMPARE(young.presetsFrom(), u"From 1 Nov 2026, when it was made"_s);
        QCOMPARE(known.at(2).label, u"90 days: 30 Jan 2027"_s);
        QCOMPARE(known.at(2).date, QDate(2027, 1, 30));
        QCOMPARE(known.last().label, u"1 year: 1 Nov 2027"_s);
        // What is over is not offered.
        const QList<ExpiryDate::Preset> late = ExpiryDate(Now, QDate(2026, 9, 15)).presets();
        QCOMPARE(late.first().date, QDate(2026, 12, 14)); // After 90 days.
        const ExpiryDate old(Now, QDate(2025, 11, 28));
        QCOMPARE(old.presetsFrom(), u"From today"_s);
        QCOMPARE(old.presets().last().date, QDate(2027, 11, 28));
        const QList<ExpiryDate::Preset> fresh = ExpiryDate(Now).presets();
        QCOMPARE(fresh.last().date, QDate(2027, 11, 28));
        QVERIFY(ExpiryDate(QDateTime()).presets().isEmpty());
    }

    void aDayIsRecordedForThePresentCredential()
    {
        const InstanceRecord some = record(1);
        ExpiryDraft draft({some}, Now);
        QCOMPARE(draft.ends(), Ends::NotKnown);
        QVERIFY(!draft.isChanged());
        draft.setEnds(Ends::OnDay);
        QVERIFY(!draft.error().isEmpty());
        type(draft, u"2027-03-0"_s);
        QVERIFY(!draft.error().isEmpty());
        type(draft, u"2027-03-03"_s);
        QVERIFY(draft.error().isEmpty());
        QVERIFY(draft.isChanged());
        draft.setOwner(u"  Ada   Lovelace "_s);
        draft.setNote(u" made in March \n"_s);
        ExpiryRecord wanted;
        wanted.credentialId = u"cred-1"_s;
        wanted.date = QDate(2027, 3, 3);
        wanted.owner = u"Ada Lovelace"_s;
        wanted.note = u"made in March"_s;
        wanted.recordedAt = Now;
        QCOMPARE(draft.recordFor(some), wanted);
        QCOMPARE(draft.result(), u"3 Mar 2027, in 96 days"_s);
    }

    void daysCountFromTheCreation()
    {
        InstanceRecord some = record(1);
        ExpiryDraft draft({some}, Now);
        draft.setEnds(Ends::AfterDays);
        draft.setDays(90);
        QCOMPARE(draft.result(), u"30 Jan 2027, in 63 days"_s);
        QCOMPARE(draft.recordFor(some).livesDays, 90);
        QVERIFY(!draft.recordFor(some).date.isValid());
        draft.setDays(20);
        QVERIFY(draft.warning().contains(u"is over"_s));
        QVERIFY(draft.error().isEmpty());
        draft.setDays(0);
        QVERIFY(!draft.error().isEmpty());
        draft.setDays(ExpiryDraft::MostDays + 1);
        QVERIFY(!draft.error().isEmpty());
        some.credential.createdAt = Timestamp::parse(u"2026-11-01T12:00:00"_s);
        ExpiryDraft unknown({some}, Now);
        unknown.setEnds(Ends::AfterDays);
        QVERIFY(unknown.result().isEmpty());
        QVERIFY(unknown.warning().contains(u"the next one"_s));
        QVERIFY(!unknown.canBeShared());
    }

    void theDayOfAnEarlierCredentialIsNotTakenOver()
    {
        InstanceRecord some = record(1);
        some.expiry.credentialId = u"cred-0"_s;
        some.expiry.date = QDate(2026, 12, 31);
        some.expiry.owner = u"Ada"_s;
        ExpiryDraft draft({some}, Now);
        QCOMPARE(draft.ends(), Ends::NotKnown);
        QVERIFY(draft.date().isEmpty());
        draft.setNote(u"x"_s);
        QVERIFY(!draft.recordFor(some).date.isValid());
        QCOMPARE(draft.recordFor(some).owner, u"Ada"_s);
        QCOMPARE(draft.recordFor(some).credentialId, u"cred-1"_s);
    }

    void whatIsClearedIsForgotten()
    {
        InstanceRecord some = record(1);
        some.expiry.credentialId = u"cred-1"_s;
        some.expiry.date = QDate(2026, 12, 31);
        some.expiry.owner = u"Ada"_s;
        ExpiryDraft draft({some}, Now);
        QCOMPARE(draft.ends(), Ends::OnDay);
        QCOMPARE(draft.date().text(), u"2026-12-31"_s);
        draft.setEnds(Ends::NotKnown);
        draft.setOwner({});
        QVERIFY(draft.isChanged());
        QVERIFY(draft.recordFor(some).isEmpty());
    }

    void ofSeveralOnlyWhatIsTouchedChanges()
    {
        InstanceRecord one = record(1);
        InstanceRecord two = record(2);
        one.expiry = {u"cred-1"_s, QDate(2026, 12, 31), 0, u"Ada"_s, u"same"_s, {}};
        two.expiry = {u"cred-2"_s, {}, 90, u"Bob"_s, u"same"_s, {}};
        ExpiryDraft draft({one, two}, Now);
        QCOMPARE(draft.ends(), Ends::NotKnown);
        QVERIFY(draft.owner().isEmpty());
        QCOMPARE(draft.note(), u"same"_s);
        draft.setNote(u"other"_s);
        QCOMPARE(draft.recordFor(one).date, QDate(2026, 12, 31));
        QCOMPARE(draft.recordFor(one).owner, u"Ada"_s);
        QCOMPARE(draft.recordFor(two).livesDays, 90);
        QCOMPARE(draft.recordFor(two).note, u"other"_s);
        type(draft, u"2027-01-01"_s);
        QCOMPARE(draft.recordFor(one).date, QDate(2027, 1, 1));
        QCOMPARE(draft.recordFor(two).date, QDate(2027, 1, 1));
        QCOMPARE(draft.recordFor(two).livesDays, 0);
        QCOMPARE(draft.recordFor(two).credentialId, u"cred-2"_s);
        QCOMPARE(draft.recordFor(two).owner, u"Bob"_s);
    }

    void onlyWhatDiffersIsShared()
    {
        InstanceRecord one = record(1);
        InstanceRecord two = record(2);
        two.instance.labels.insert(u"credential-expires"_s, u"2027-03-03"_s);
        InstanceRecord three = record(3);
        three.instance.labels.insert(u"credential-expires"_s, u"soon"_s);
        ExpiryDraft draft({one, two, three}, Now);
        QVERIFY(!draft.canBeShared());
        draft.setShared(true);
        QVERIFY(!draft.isShared());
        type(draft, u"2027-03-03"_s);
        QVERIFY(draft.isShared());
        const QList<ExpiryDraft::Sharing> sharings = draft.sharings();
        QCOMPARE(sharings.size(), 2);
        QCOMPARE(sharings.first().record.address, one.address);
        QCOMPARE(sharings.first().date, QDate(2027, 3, 3));
        QVERIFY(sharings.first().present.isEmpty());
        QCOMPARE(sharings.last().present, u"soon"_s);
        draft.setShared(false);
        // A label that nobody chose here is somebody else's.
        QVERIFY(draft.sharings().isEmpty());
    }

    void aSharedDayIsKeptTrueOrTakenBack()
    {
        InstanceRecord some = record(1);
        some.expiry.credentialId = u"cred-1"_s;
        some.expiry.date = QDate(2027, 3, 3);
        some.instance.labels.insert(u"credential-expires"_s, u"2027-03-03"_s);
        ExpiryDraft draft({some}, Now);
        QVERIFY(draft.isShared());
        QVERIFY(draft.sharings().isEmpty());
        type(draft, u"2027-04-04"_s);
        QCOMPARE(draft.sharings().size(), 1);
        QCOMPARE(draft.sharings().first().date, QDate(2027, 4, 4));
        QCOMPARE(draft.sharings().first().present, u"2027-03-03"_s);
        draft.setShared(false);
        QVERIFY(!draft.sharings().first().date.isValid());
        draft.setShared(true);
        draft.setEnds(Ends::NotKnown);
        QVERIFY(!draft.sharings().first().date.isValid());
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstExpiryDraft)
#include "tst_expirydraft.moc"
