// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/health.h"
#include "models/storage/attentionstore.h"
#include "models/storage/expirystore.h"
#include "models/storage/profilestore.h"
#include "models/storage/protectionstore.h"
#include "models/storage/reminderstore.h"
#include "models/storage/revokedkeystore.h"
#include "models/storage/settingsstore.h"
#include "tests/support/temporarydatabase.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace latchkey;
using latchkey::test::await;
using latchkey::test::TemporaryDatabase;

namespace {

Profile profile(const QString &id)
{
    Profile profile;
    profile.id = id;
    profile.name = u"Profile "_s + id;
    profile.endpoints = {{u"eu"_s, QUrl(u"https://eu.api.konghq.com/v1"_s)},
                         {{}, QUrl(u"https://proxy.example:8443/a%20b/v1"_s)}};
    profile.caFile = u"/etc/ca.pem"_s;
    profile.colour = u"#123456"_s;
    profile.production = true;
    profile.tokenVersion = u"token-1"_s;
    profile.tokenExpires = QDate(2028, 2, 29);
    profile.organizationInDoubt = true;
    return profile;
}

} // namespace

class TstSmallStores : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsProfilesInTheirOrder()
    {
        TemporaryDatabase database;
        ProfileStore store(*database);
        Profile bare;
        bare.id = u"a"_s;
        for (const Profile &saved : {profile(u"z"_s), bare, profile(u"m"_s)})
            QVERIFY(await(store.add(saved))->ok());
        Profile renamed = profile(u"z"_s);
        renamed.name = u"New"_s;
        renamed.tokenExpires = {};
        QVERIFY(await(store.update(renamed, true))->ok());
        database.reopen();
        const QList<Profile> expected{renamed, bare, profile(u"m"_s)};
        QVERIFY(await(ProfileStore(*database).all())->value() == expected);
        QVERIFY(await(ProfileStore(*database).remove(u"a"_s))->ok());
        QCOMPARE(await(ProfileStore(*database).all())->value().size(), 2);
    }

    void aFileThatCannotBeReadToItsEndIsAProblem()
    {
        TemporaryDatabase database;
        {
            SettingsStore store(*database);
            for (int n = 0; n < 200; ++n)
                QVERIFY(await(store.set(u"setting-%1"_s.arg(n), QString(400, u'x')))->ok());
        }
        database.close();
        QFile file(database.file());
        QVERIFY(file.open(QFile::ReadWrite));
        constexpr int page = 4096;
        const qint64 pages = file.size() / page;
        QVERIFY(pages > 15);
        // Not the first pages, so that the file opens and the first rows are read.
        for (qint64 n = pages - 4; n < pages; ++n) {
            QVERIFY(file.seek(n * page));
            QCOMPARE(file.write(QByteArray(page, '\xa5')), page);
        }
        file.close();
        database.reopen();
        const auto read = await(SettingsStore(*database).all());
        QVERIFY(read);
        QVERIFY2(!read->ok(), "half of the rows were taken for all");
    }

    void leavesTheTokenAndItsDoubtWhereOnlyTheRestChanged()
    {
        TemporaryDatabase database;
        ProfileStore store(*database);
        QVERIFY(await(store.add(profile(u"a"_s)))->ok());
        Profile changed = profile(u"a"_s);
        changed.name = u"New"_s;
        changed.tokenVersion = u"stale"_s;
        changed.tokenExpires = QDate(2029, 1, 1); // Written down later, of the same token.
        changed.organizationInDoubt = false;
        QVERIFY(await(store.update(changed, false))->ok());
        const Profile after = await(store.all())->value().constFirst();
        QCOMPARE(after.name, u"New"_s);
        QCOMPARE(after.tokenVersion, u"token-1"_s);
        QCOMPARE(after.tokenExpires, QDate(2029, 1, 1));
        QVERIFY(after.organizationInDoubt);
        QVERIFY(await(store.setDoubt(u"a"_s, false))->ok());
        QVERIFY(!await(store.all())->value().constFirst().organizationInDoubt);
    }

    void bringsNoRemovedProfileBack()
    {
        TemporaryDatabase database;
        ProfileStore store(*database);
        QVERIFY(await(store.add(profile(u"a"_s)))->ok());
        QVERIFY(await(store.remove(u"a"_s))->ok());
        const Done updated = *await(store.update(profile(u"a"_s), true));
        QVERIFY(!updated.ok());
        QCOMPARE(updated.problem().category, Problem::Category::NotFound);
        QVERIFY(await(store.setDoubt(u"a"_s, true))->ok());
        QVERIFY(await(store.all())->value().isEmpty());
    }

    void keepsSettings()
    {
        TemporaryDatabase database;
        SettingsStore store(*database);
        QVERIFY(await(store.set(u"retention.days"_s, u"30"_s))->ok());
        QVERIFY(await(store.set(u"retention.days"_s, u"60"_s))->ok());
        QVERIFY(await(store.set(u"empty"_s, {}))->ok());
        database.reopen();
        const QHash<QString, QString> expected{{u"retention.days"_s, u"60"_s}, {u"empty"_s, {}}};
        QCOMPARE(await(SettingsStore(*database).all())->value(), expected);
    }

    void takesAwaySettingsOfAFamilyThatAreNotNamed()
    {
        TemporaryDatabase database;
        SettingsStore store(*database);
        const QHash<QString, QString> first{{u"retention.days"_s, u"30"_s},
                                            {u"expiry.soon"_s, u"7 d"_s},
                                            {u"expiry.soon/profile/p"_s, u"9 d"_s}};
        QVERIFY(await(store.setAll(first))->ok());
        QVERIFY(await(store.setAll({{u"expiry.soon"_s, u"8 d"_s}}, {u"expiry.soon"_s}))->ok());
        database.reopen();
        const QHash<QString, QString> expected{{u"retention.days"_s, u"30"_s}, {u"expiry.soon"_s, u"8 d"_s}};
        QCOMPARE(await(SettingsStore(*database).all())->value(), expected);
    }

    void keepsWhatIsRecordedAboutExpiries()
    {
        TemporaryDatabase database;
        const ExpiryStore::Instance eu{u"https://eu.api.konghq.com:443"_s, u"one"_s};
        const ExpiryStore::Instance us{u"https://us.api.konghq.com:443"_s, u"one"_s};
        ExpiryRecord full;
        full.credentialId = u"c1"_s;
        full.date = QDate(9999, 12, 31);
        full.livesDays = 365;
        full.owner = u"Ada"_s;
        full.note = u"with a\nbreak, “quotes” and '"_s;
        full.recordedAt = QDateTime(QDate(2026, 11, 3), QTime(9, 0, 0, 123), Qt::UTC);
        ExpiryRecord noteOnly;
        noteOnly.note = u"ask the team"_s;
        ExpiryStore store(*database);
        for (const ExpiryRecord &record : {noteOnly, full})
            QVERIFY(await(store.set(eu.first, eu.second, record))->ok());
        QVERIFY(await(store.set(us.first, us.second, noteOnly))->ok());
        database.reopen();
        ExpiryStore again(*database);
        // The same id elsewhere is another instance.
        QCOMPARE(await(again.all())->value(), (ExpiryStore::Records{{eu, full}, {us, noteOnly}}));
        QVERIFY(await(again.set(eu.first, eu.second, {}))->ok());
        QVERIFY(await(again.set(eu.first, eu.second, {}))->ok());
        QCOMPARE(await(again.all())->value(), (ExpiryStore::Records{{us, noteOnly}}));
    }

    void keepsWhatIsSnoozedAndKnown()
    {
        TemporaryDatabase database;
        const AttentionStore::Instance one{u"https://eu.api.konghq.com:443"_s, u"one"_s};
        const AttentionStore::Instance two{one.first, u"two"_s};
        AttentionMark all;
        all.credentialId = u"c1"_s;
        all.snoozedUntil = QDateTime(QDate(2026, 11, 3), QTime(9, 0, 0, 123), Qt::UTC);
        for (int state = 0; state < HealthStateCount; ++state)
            all.acknowledged << static_cast<HealthState>(state);
        const AttentionMark withoutCredential{{}, {}, {HealthState::NoCredential}};
        AttentionStore store(*database);
        QVERIFY(await(store.set(one.first, one.second, all))->ok());
        QVERIFY(await(store.set(two.first, two.second, withoutCredential))->ok());
        const AttentionStore::Instance three{one.first, u"three"_s};
        const AttentionMark snoozedOnly{u"c3"_s, all.snoozedUntil, {}};
        QVERIFY(await(store.set(three.first, three.second, snoozedOnly))->ok());
        database.reopen();
        AttentionStore again(*database);
        QCOMPARE(await(again.all())->value(),
                 (AttentionStore::Marks{{one, all}, {two, withoutCredential}, {three, snoozedOnly}}));
        QVERIFY(await(again.set(one.first, one.second, {}))->ok());
        QCOMPARE(await(again.all())->value(),
                 (AttentionStore::Marks{{two, withoutCredential}, {three, snoozedOnly}}));
    }

    void aStateThatIsNotUnderstoodIsNotKnown()
    {
        TemporaryDatabase database;
        const std::function<Done(QSqlDatabase &)> later = [](QSqlDatabase &there) -> Done {
            QSqlQuery query(there);
            const bool made = query.exec(u"INSERT INTO attention_marks VALUES"
                                         " ('o', 'i', 'c1', '', 'expired on_fire expiring_soon')"_s);
            return made ? Done() : Done(Problem());
        };
        QVERIFY(await(database->run<void>(later))->ok());
        const AttentionStore::Marks marks = await(AttentionStore(*database).all())->value();
        const QList<HealthState> expected{HealthState::Expired, HealthState::ExpiringSoon};
        QCOMPARE(marks.value({u"o"_s, u"i"_s}).acknowledged, expected);
    }

    void keepsWhatIsProtected()
    {
        TemporaryDatabase database;
        const QString eu = u"https://eu.api.konghq.com:443"_s;
        const QString us = u"https://us.api.konghq.com:443"_s;
        ProtectionStore store(*database);
        for (const QString &id : {u"one"_s, u"two"_s, u"one"_s})
            QVERIFY(await(store.set(eu, id, true))->ok());
        QVERIFY(await(store.set(eu, u"two"_s, false))->ok());
        QVERIFY(await(store.set(us, u"two"_s, false))->ok());
        database.reopen();
        ProtectionStore again(*database);
        const QSet<ProtectionStore::Instance> expected{{eu, u"one"_s}};
        QCOMPARE(await(again.all())->value(), expected);
        QCOMPARE(await(again.has(eu, u"one"_s))->value(), true);
        QCOMPARE(await(again.has(eu, u"two"_s))->value(), false);
        // The same id elsewhere is another instance.
        QCOMPARE(await(again.has(us, u"one"_s))->value(), false);
    }

    void keepsWhichOldKeysAreRevoked()
    {
        TemporaryDatabase database;
        const QDateTime at(QDate(2026, 11, 3), QTime(9, 0, 0, 123), Qt::UTC);
        RevokedKeyStore store(*database);
        QVERIFY(await(store.set(u"one"_s, at))->ok());
        QVERIFY(await(store.set(u"two"_s, at))->ok());
        QVERIFY(await(store.set(u"two"_s, at.addDays(1)))->ok());
        QVERIFY(await(store.set(u"three"_s, at))->ok());
        QVERIFY(await(store.set(u"three"_s, {}))->ok());
        QVERIFY(await(store.set(u"four"_s, {}))->ok());
        database.reopen();
        const QHash<QString, QDateTime> expected{{u"one"_s, at}, {u"two"_s, at.addDays(1)}};
        QCOMPARE(await(RevokedKeyStore(*database).all())->value(), expected);
    }

    void keepsWhatWasSaid()
    {
        TemporaryDatabase database;
        const QDateTime at(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);
        const QString eu = u"https://eu.api.konghq.com:443"_s;
        const SaidReminder week{{eu, u"one"_s, u"c1"_s, QDate(2026, 11, 9)}, ReminderStep::Week, at, {}};
        const SaidReminder otherDate{
            {eu, u"one"_s, u"c1"_s, QDate(10000, 1, 1)}, ReminderStep::Month, at, {}};
        const SaidReminder tainted{{eu, u"two"_s, u"c2"_s, {}}, ReminderStep::Tainted, at, {}};
        const SaidReminder token{
            {{}, u"profile"_s, {}, QDate(1, 1, 1)}, ReminderStep::Expired, at, at.addDays(1)};
        const SaidReminder digest{{}, ReminderStep::Month, at, {}};
        const SaidReminder oldKey{{eu, u"change"_s, u"c0"_s, {}}, ReminderStep::OldKey, at, {}};
        QVERIFY(
            await(ReminderStore(*database).save({week, otherDate, tainted, token, digest, oldKey}))->ok());
        SaidReminder later = week;
        later.step = ReminderStep::Day;
        later.at = at.addDays(5);
        QVERIFY(await(ReminderStore(*database).save({later}))->ok());
        database.reopen();
        SaidReminders expected;
        for (const SaidReminder &said : {later, otherDate, tainted, token, digest, oldKey})
            expected.insert(said.subject, said);
        QCOMPARE(await(ReminderStore(*database).all())->value(), expected);
        // The next credential of an instance takes the place of the one before.
        const SaidReminder next{{eu, u"two"_s, u"c3"_s, QDate(2027, 1, 1)}, ReminderStep::Month, at, {}};
        QVERIFY(await(ReminderStore(*database).save({next}))->ok());
        expected.remove(tainted.subject);
        expected.insert(next.subject, next);
        QCOMPARE(await(ReminderStore(*database).all())->value(), expected);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstSmallStores)
#include "tst_smallstores.moc"
