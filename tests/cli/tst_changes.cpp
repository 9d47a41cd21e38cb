// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <csignal>

using namespace latchkey::test;
using namespace Qt::StringLiterals;

/// What was interrupted, seen and ended in a terminal on a machine without a keychain.
class TstChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // Konnect refuses the first POST, after the DELETE.
        m_service = std::make_unique<DemoServiceProcess>(
            R"([{"method": "POST", "path": "*/auth-credential", "nth": 1, "action": "status", "status": 403}])");
        m_folder = std::make_unique<QTemporaryDir>();
        const CtlResult added = run(
            {u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, m_service->url(), u"--keep"_s, u"none"_s}, false);
        QVERIFY2(added.code == 0, added.err.constData());
        const CtlResult replaced =
            run({u"credential"_s, u"replace"_s, u"--instance"_s, u"datadog-staging"_s, u"--key-env"_s,
                 u"DD-API-KEY=KEY"_s, u"--key-env"_s, u"DD-APPLICATION-KEY=OTHER_KEY"_s, u"--keep"_s,
                 u"none"_s, u"--yes"_s});
        QVERIFY2(replaced.code == 2, replaced.err.constData());
        const CtlResult listed = run({u"changes"_s, u"list"_s, u"--json"_s});
        QCOMPARE(listed.code, 0);
        QCOMPARE(listed.json().array().size(), 1);
        m_unfinished = listed.json().array().at(0).toObject();
        m_id = m_unfinished["change"_L1]["id"_L1].toString();
        QVERIFY(!m_id.isEmpty());
    }

    void tellsWhatCanBeDone()
    {
        QCOMPARE(m_unfinished["standing"_L1].toString(), u"none"_s);
        QVERIFY(m_unfinished["finish"_L1]["possible"_L1].toBool());
        QVERIFY(m_unfinished["finish"_L1]["needs_keys"_L1].toBool());
        QVERIFY(!m_unfinished["rollback"_L1]["possible"_L1].toBool());
        const CtlResult text = run({u"changes"_s, u"list"_s});
        QVERIFY2(text.out.contains(m_id.toUtf8()), text.out.constData());
        QVERIFY2(text.out.contains("has no credential"), text.out.constData());
    }

    void finishesWithKeysThatAreEnteredAgain()
    {
        const QStringList finish{u"changes"_s, u"finish"_s, m_id};
        QCOMPARE(run(finish).code, 9);                            // not confirmed
        QCOMPARE(run(finish + QStringList{u"--yes"_s}).code, 64); // which headers?
        QCOMPARE(m_service->received(u"POST"_s), 1);
        const CtlResult finished = run(finishing());
        QVERIFY2(finished.code == 0, finished.err.constData());
        QCOMPARE(m_service->received(u"POST"_s), 2);
        QVERIFY(run({u"changes"_s, u"list"_s, u"--json"_s}).json().array().isEmpty());
        QVERIFY(!finished.mentions("a-key-for-the-terminal"));
    }

    void watchesAsLongAsTheSettingSays_data()
    {
        QTest::addColumn<QString>("seconds");
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("as set") << u"1"_s << QStringList() << QByteArray("asked for 1 s");
        QTest::newRow("as asked for")
            << u"3600"_s << QStringList{u"--watch"_s, u"1"_s} << QByteArray("asked for 1 s");
        QTest::newRow("set to once") << u"0"_s << QStringList() << QByteArray();
        QTest::newRow("once") << u"3600"_s << QStringList{u"--watch"_s, u"0"_s} << QByteArray();
    }

    void watchesAsLongAsTheSettingSays()
    {
        QFETCH(const QString, seconds);
        QFETCH(const QStringList, more);
        QFETCH(const QByteArray, says);
        QCOMPARE(run({u"settings"_s, u"set"_s, u"verify.watch-seconds"_s, seconds}, false).code, 0);
        const CtlResult finished =
            ctlAsGiven(here(finishing() + more + QStringList{u"--json"_s}), variables());
        QVERIFY2(finished.code == 0, finished.err.constData());
        QCOMPARE(finished.json().object()["phase"_L1].toString(), u"verified"_s);
        QCOMPARE(finished.err.contains("asked for"), !says.isEmpty());
        QVERIFY2(finished.err.contains(says), finished.err.constData());
        const QByteArray record = m_service->record();
        const qsizetype looks = record.mid(record.lastIndexOf("\"POST\"")).count("\"GET\"");
        QVERIFY2(says.isEmpty() ? looks == 1 : looks > 1, qPrintable(QString::number(looks)));
    }

    void aWatchThatWasStoppedIsGoneOnWith()
    {
        QCOMPARE(run({u"settings"_s, u"set"_s, u"verify.watch-seconds"_s, u"3600"_s}, false).code, 0);
        QProcess process;
        prepareAsGiven(process, here(finishing() + QStringList{u"--json"_s}), variables());
        process.start();
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT((said += process.readAllStandardError()).contains("asked for 3600 s"),
                                 30'000);
        QVERIFY2(said.contains("`changes list`"), said.constData());
        QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 0);
        const QJsonDocument ended = QJsonDocument::fromJson(process.readAllStandardOutput());
        QCOMPARE(ended.object()["phase"_L1].toString(), u"created"_s);

        QVERIFY(run({u"changes"_s, u"list"_s, u"--json"_s}).json().array().isEmpty());
        const QJsonArray rows = run({u"history"_s, u"list"_s, u"--json"_s}, false).json().array();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.at(0)["phase"_L1].toString(), u"verified"_s);
    }

    void rollsBackOnlyWithTheOldKeys()
    {
        const CtlResult refused = run({u"changes"_s, u"rollback"_s, m_id, u"--yes"_s});
        QCOMPARE(refused.code, 9);
        QVERIFY2(refused.err.contains("not known here"), refused.err.constData());
        QCOMPARE(m_service->received(u"POST"_s), 1);
    }

    void leavesItAndRemembersIt()
    {
        const CtlResult left = run({u"changes"_s, u"leave"_s, m_id});
        QVERIFY2(left.code == 0, left.err.constData());
        QVERIFY(run({u"changes"_s, u"list"_s, u"--json"_s}).json().array().isEmpty());
        QCOMPARE(run({u"changes"_s, u"leave"_s, m_id}).code, 4);

        const QJsonArray rows = run({u"history"_s, u"list"_s, u"--json"_s}, false).json().array();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.at(0)["instance"_L1].toString(), u"datadog-staging"_s);
        QCOMPARE(rows.at(0)["phase"_L1].toString(), u"left"_s);
        QVERIFY(rows.at(0)["problem"_L1]["trace_id"_L1].toString().startsWith(u"kong:trace:"_s));
        const QString file = m_folder->filePath(u"history.csv"_s);
        QCOMPARE(run({u"history"_s, u"export"_s, file}, false).code, 0);
        QFile csv(file);
        QVERIFY(csv.open(QFile::ReadOnly));
        QVERIFY(csv.readAll().contains("\"datadog-staging\""));
        QCOMPARE(run({u"history"_s, u"export"_s, u"history.txt"_s}, false).code, 64);
    }

    void saysWhatItCannotProveWithoutAKeychain()
    {
        QCOMPARE(run({u"changes"_s, u"leave"_s, m_id}).code, 0);
        const CtlResult verified = run({u"history"_s, u"verify"_s, u"--json"_s}, false);
        QCOMPARE(verified.code, 7);
        QVERIFY(!verified.json().object()["sound"_L1].toBool());
        QCOMPARE(verified.json().object()["unsealed"_L1].toInt(), 1);
    }

private:
    [[nodiscard]] static Variables variables()
    {
        return {{u"CTL_TOKEN"_s, DemoServiceProcess::token()},
                {u"KEY"_s, u"a-key-for-the-terminal"_s},
                {u"OTHER_KEY"_s, u"a-key-for-the-terminal-2"_s}};
    }
    [[nodiscard]] QStringList here(const QStringList &arguments, bool withToken = true) const
    {
        const QStringList token{u"--token-env"_s, u"CTL_TOKEN"_s};
        return arguments + QStringList{u"--data-dir"_s, m_folder->filePath(u"data"_s)} +
               (withToken ? token : QStringList());
    }
    [[nodiscard]] CtlResult run(const QStringList &arguments, bool withToken = true) const
    {
        return ctl(here(arguments, withToken || arguments.contains(u"profile"_s)), variables());
    }
    [[nodiscard]] QStringList finishing() const
    {
        return {u"changes"_s,   u"finish"_s,         m_id,           u"--yes"_s,
                u"--header"_s,  u"DD-API-KEY"_s,     u"--header"_s,  u"DD-APPLICATION-KEY"_s,
                u"--key-env"_s, u"DD-API-KEY=KEY"_s, u"--key-env"_s, u"DD-APPLICATION-KEY=OTHER_KEY"_s};
    }

    std::unique_ptr<DemoServiceProcess> m_service;
    std::unique_ptr<QTemporaryDir> m_folder;
    QJsonObject m_unfinished;
    QString m_id;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstChanges)
#include "tst_changes.moc"
