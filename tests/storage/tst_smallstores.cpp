// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/profilestore.h"
#include "models/storage/protectionstore.h"
#include "models/storage/settingsstore.h"
#include "tests/support/temporarydatabase.h"
#include "tests/support/testmain.h"

#include <QFile>

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
        changed.organizationInDoubt = false;
        QVERIFY(await(store.update(changed, false))->ok());
        const Profile after = await(store.all())->value().constFirst();
        QCOMPARE(after.name, u"New"_s);
        QCOMPARE(after.tokenVersion, u"token-1"_s);
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
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstSmallStores)
#include "tst_smallstores.moc"
