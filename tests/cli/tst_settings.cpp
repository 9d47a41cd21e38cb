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
    [[nodiscard]] int value(const QString &name) const
    {
        const CtlResult listed = run({u"list"_s, u"--json"_s});
        for (const QJsonValue &each : listed.json().array()) {
            if (each["name"_L1].toString() == name)
                return each["value"_L1].toInt(-1);
        }
        return -2;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstSettings)
#include "tst_settings.moc"
