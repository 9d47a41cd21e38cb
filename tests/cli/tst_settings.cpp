// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QObject>

using namespace Qt::StringLiterals;
using namespace latchkey;
using namespace latchkey::test;

class TstSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void whatIsSetStays()
    {
        QCOMPARE(value(u"retention.days"_s), 30);
        QCOMPARE(value(u"verify.watch-seconds"_s), 30);
        const CtlResult set = run({u"set"_s, u"retention.days"_s, u"90"_s});
        QVERIFY2(set.code == 0, set.err.constData());
        QVERIFY(set.out.contains("90 (days)"));
        QCOMPARE(run({u"set"_s, u"verify.watch-seconds"_s, u"0"_s}).code, 0);
        QCOMPARE(value(u"retention.days"_s), 90);
        QCOMPARE(value(u"verify.watch-seconds"_s), 0);
        const CtlResult table = run({u"list"_s});
        QVERIFY(table.out.contains("retention.days") && table.out.contains("1 to 3650"));
    }

    void switchesAreNumbersWithAWord()
    {
        QCOMPARE(value(u"reminders.names"_s), 0);
        const CtlResult on = run({u"set"_s, u"reminders.names"_s, u"1"_s});
        QVERIFY2(on.out.contains("reminders.names is 1 (on)."), on.out.constData());
        QCOMPARE(value(u"reminders.names"_s), 1);
        QVERIFY(run({u"set"_s, u"reminders.digest-day"_s, u"5"_s}).out.contains("5 (Friday)"));
        QVERIFY(run({u"set"_s, u"refresh.minutes"_s, u"15"_s}).out.contains("15 (minutes)"));
        QCOMPARE(run({u"set"_s, u"tray.enabled"_s, u"2"_s}).code, 64);
    }

    void whatCannotBeSetIsRefused_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no value") << QStringList{u"retention.days"_s} << QByteArray("settings list");
        QTest::newRow("no such name") << QStringList{u"colour"_s, u"1"_s} << QByteArray("retention.days");
        QTest::newRow("below") << QStringList{u"retention.days"_s, u"0"_s} << QByteArray("from 1 to 3650");
        QTest::newRow("above") << QStringList{u"verify.watch-seconds"_s, u"3601"_s}
                               << QByteArray("from 0 to 3600");
        QTest::newRow("no number") << QStringList{u"retention.days"_s, u"ten"_s}
                                   << QByteArray("whole number");
        QTest::newRow("no threshold") << QStringList{u"expiry.soon"_s, u"soon"_s} << QByteArray("14 d");
        QTest::newRow("too large a part")
            << QStringList{u"expiry.soon/integration/datadog"_s, u"101 %"_s} << QByteArray("up to 100");
        QTest::newRow("neither profile nor integration")
            << QStringList{u"expiry.soon/geo/eu"_s, u"7 d"_s} << QByteArray("expiry.soon/profile/NAME");
    }

    void whatCannotBeSetIsRefused()
    {
        QFETCH(const QStringList, words);
        QFETCH(const QByteArray, says);
        const CtlResult result = run(QStringList(u"set"_s) + words);
        QCOMPARE(result.code, 64);
        QVERIFY2(result.err.contains(says), result.err.constData());
        QCOMPARE(value(u"retention.days"_s), 30);
    }

    void thresholdsAreSetAndTakenBack()
    {
        QCOMPARE(text(u"expiry.soon"_s), u"7 d"_s);
        QCOMPARE(text(u"expiry.later"_s), u"30 d"_s);
        const CtlResult set = run({u"set"_s, u"expiry.soon"_s, u"14 d"_s});
        QVERIFY2(set.code == 0, set.err.constData());
        QCOMPARE(set.out.trimmed(), QByteArray("expiry.soon is 14 d."));
        QCOMPARE(text(u"expiry.soon"_s), u"14 d"_s);
        QCOMPARE(run({u"set"_s, u"retention.days"_s, u"90"_s}).code, 0);
        QCOMPARE(text(u"expiry.soon"_s), u"14 d"_s);
        QCOMPARE(run({u"set"_s, u"expiry.soon"_s, u"default"_s}).code, 0);
        QCOMPARE(text(u"expiry.soon"_s), u"7 d"_s);
        QCOMPARE(value(u"retention.days"_s), 90);
    }

    void anIntegrationHasThresholdsOfItsOwn()
    {
        const QString name = u"expiry.soon/integration/azure-devops"_s;
        const CtlResult set = run({u"set"_s, name, u"10 %"_s});
        QVERIFY2(set.code == 0, set.err.constData());
        // It may be a slip: nothing of that name was ever read.
        QVERIFY2(set.err.contains("azure-devops"), set.err.constData());
        QCOMPARE(text(name), u"10 %"_s);
        QCOMPARE(text(u"expiry.later/integration/azure-devops"_s), u"30 d"_s);
        QVERIFY(run({u"list"_s}).out.contains("expiry.soon/integration/azure-devops"));
        const CtlResult back = run({u"set"_s, name, u"default"_s});
        QVERIFY2(back.code == 0, back.err.constData());
        QVERIFY2(back.out.contains("taken back"), back.out.constData());
        QVERIFY(!run({u"list"_s}).out.contains("azure-devops"));
    }

    void aProfileIsNamedByItsNameOrId()
    {
        const CtlResult added =
            ctl({u"profile"_s, u"add"_s, u"Acme Corp"_s, u"--geo"_s, u"eu"_s, u"--token-env"_s,
                 u"CTL_TOKEN"_s, u"--keep"_s, u"none"_s, u"--json"_s, u"--data-dir"_s, m_dir->path()},
                {{u"CTL_TOKEN"_s, u"kpat_for-the-settings"_s}});
        QVERIFY2(added.code == 0, added.err.constData());
        const QString id = added.json()["id"_L1].toString();
        QCOMPARE(run({u"set"_s, u"expiry.soon/profile/acme corp"_s, u"20"_s}).code, 0);
        QCOMPARE(run({u"set"_s, u"expiry.later/profile/"_s + id, u"40"_s}).code, 0);
        QCOMPARE(text(u"expiry.soon/profile/"_s + id), u"20 d"_s);
        QCOMPARE(text(u"expiry.later/profile/"_s + id), u"40 d"_s);
        QVERIFY(run({u"list"_s}).out.contains("expiry.soon/profile/Acme Corp"));
        const CtlResult nobody = run({u"set"_s, u"expiry.soon/profile/Nobody"_s, u"20"_s});
        QCOMPARE(nobody.code, 4);
        QVERIFY2(nobody.err.contains("Acme Corp"), nobody.err.constData());
        // What was set for a profile that is gone can be taken back.
        QCOMPARE(ctl({u"profile"_s, u"remove"_s, id, u"--yes"_s, u"--data-dir"_s, m_dir->path()}).code, 0);
        QCOMPARE(run({u"set"_s, u"expiry.soon/profile/"_s + id, u"default"_s}).code, 0);
        QVERIFY(!run({u"list"_s}).out.contains("/profile/"));
    }

    void askedBeforeKeysGo()
    {
        World world;
        world.clock.set(QDateTime::currentDateTimeUtc().addDays(-40));
        {
            Stack stack(world);
            QVERIFY(stack.start());
            for (const char *key : {"the-old-key-1", "the-new-key-1"}) {
                const auto replaced =
                    stack.run(stack.request(ChangeKind::Replace, u"datadog-staging"_s, key));
                QVERIFY(replaced && replaced->ok());
            }
        }
        const auto set = [&world](const QString &days, const QStringList &more = {}) {
            return ctl(QStringList{u"settings"_s, u"set"_s, u"retention.days"_s, days, u"--data-dir"_s,
                                   world.dir.path()} +
                       more);
        };
        QCOMPARE(set(u"60"_s).code, 0);
        QCOMPARE(set(u"50"_s).code, 0);
        const CtlResult asked = set(u"39"_s);
        QCOMPARE(asked.code, 9);
        QVERIFY2(asked.err.contains("1 earlier set of keys") && asked.err.contains("--yes"),
                 asked.err.constData());
        QCOMPARE(set(u"39"_s, {u"--yes"_s}).code, 0);
        QCOMPARE(set(u"20"_s).code, 0); // No more than go already.
    }

private:
    [[nodiscard]] CtlResult run(const QStringList &words) const
    {
        return ctl(QStringList(u"settings"_s) + words + QStringList{u"--data-dir"_s, m_dir->path()});
    }
    [[nodiscard]] QJsonValue listed(const QString &name) const
    {
        const QJsonArray all = run({u"list"_s, u"--json"_s}).json().array();
        for (const QJsonValue &each : all) {
            if (each["name"_L1].toString() == name)
                return each["value"_L1];
        }
        return {};
    }
    [[nodiscard]] int value(const QString &name) const { return listed(name).toInt(-1); }
    [[nodiscard]] QString text(const QString &name) const { return listed(name).toString(); }

    std::unique_ptr<QTemporaryDir> m_dir;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstSettings)
#include "tst_settings.moc"
