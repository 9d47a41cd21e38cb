// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QObject>
#include <QSet>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace latchkey::test;

class TstDemo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theDemoShowsEveryState();
    void theDemoOpensNothingOfTheUser();
    void aReplacementOfKnownKeysHasAWayBack();
    void tablesAreAligned();
    void theServiceEndsInOrderOnASignal_data();
    void theServiceEndsInOrderOnASignal();
    void aTakenPortIsSaid();
    void aFaultsFileThatCannotBeReadIsSaid();
};

void TstDemo::theDemoShowsEveryState()
{
    const CtlResult result = ctl({u"instances"_s, u"list"_s, u"--demo"_s, u"--json"_s});
    QCOMPARE(result.code, 0);
    QSet<QString> states;
    const QJsonArray instances = result.json().object().value("instances"_L1).toArray();
    QCOMPARE(instances.size(), 40);
    for (const QJsonValue &instance : instances) {
        for (const QJsonValue &reason : instance.toObject().value("reasons"_L1).toArray())
            states += reason.toString();
    }
    for (const QString &state : {u"must_be_replaced"_s, u"expired"_s, u"missing_permissions"_s,
                                 u"no_credential"_s, u"no_known_expiry"_s, u"healthy"_s, u"not_needed"_s})
        QVERIFY2(states.contains(state), qPrintable(state));
}

void TstDemo::theDemoOpensNothingOfTheUser()
{
    const CtlResult listed = ctl({u"instances"_s, u"list"_s, u"--demo"_s});
    QCOMPARE(listed.code, 0);
    QVERIFY2(listed.err.contains("This is the demo organization"), listed.err.constData());
    QDirIterator files(qEnvironmentVariable("HOME"), QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    QVERIFY2(!files.hasNext(), qPrintable(files.next()));
}

void TstDemo::aReplacementOfKnownKeysHasAWayBack()
{
    const CtlResult listed = ctl({u"instances"_s, u"list"_s, u"--demo"_s, u"--json"_s});
    QString known;
    for (const QJsonValue &instance : listed.json().object().value("instances"_L1).toArray()) {
        if (instance.toObject().value("keys_known_here"_L1).toObject().value("current"_L1).toBool())
            known = instance.toObject().value("name"_L1).toString();
    }
    QVERIFY(!known.isEmpty());
    const CtlResult deleted =
        ctl({u"credential"_s, u"delete"_s, u"--instance"_s, known, u"--demo"_s, u"--yes"_s, u"--json"_s});
    QCOMPARE(deleted.code, 0);
    QCOMPARE(deleted.json().object().value("phase"_L1).toString(), u"deleted"_s);
    QCOMPARE(deleted.json().object().value("way_back"_L1).toBool(), true);
}

void TstDemo::tablesAreAligned()
{
    const CtlResult result = ctl({u"instances"_s, u"list"_s, u"--demo"_s});
    const QList<QByteArray> lines = result.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 41);
    const qsizetype column = lines.first().indexOf("INTEGRATION");
    QVERIFY(column > 0);
    for (const QByteArray &line : lines) {
        QCOMPARE(line.at(column - 1), ' ');
        QVERIFY2(line.at(column) != ' ', line.constData());
    }
}

void TstDemo::theServiceEndsInOrderOnASignal_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void TstDemo::theServiceEndsInOrderOnASignal()
{
    QFETCH(const int, number);
    QProcess process;
    prepare(process, {u"demo-service"_s, u"--port"_s, u"0"_s}, {});
    process.start();
    QVERIFY(process.waitForReadyRead(20'000));
    QVERIFY(process.readLine().startsWith("http://127.0.0.1:"));
    QCOMPARE(kill(static_cast<pid_t>(process.processId()), number), 0);
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
}

void TstDemo::aTakenPortIsSaid()
{
    const DemoServiceProcess first;
    const QString port = first.url().section(u':', 2).section(u'/', 0, 0);
    const CtlResult second = ctl({u"demo-service"_s, u"--port"_s, port});
    QCOMPARE(second.code, 6);
    QVERIFY2(second.err.contains(port.toUtf8()), second.err.constData());
}

void TstDemo::aFaultsFileThatCannotBeReadIsSaid()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"faults.json"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(R"([{"action": "explode"}])");
    file.close();
    const CtlResult result = ctl({u"demo-service"_s, u"--faults"_s, file.fileName()});
    QCOMPARE(result.code, 64);
    QVERIFY2(result.err.contains("action"), result.err.constData());
    QCOMPARE(ctl({u"demo-service"_s, u"--faults"_s, u"/nonexistent/faults.json"_s}).code, 64);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstDemo)
#include "tst_demo.moc"
