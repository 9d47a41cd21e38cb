// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QObject>

using namespace Qt::StringLiterals;
using namespace latchkey::test;

class TstUsage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aWrongCallEndsWith64_data();
    void aWrongCallEndsWith64();
    void whatMayBeAKeyIsNotRepeated_data();
    void whatMayBeAKeyIsNotRepeated();
    void helpNamesEachCommandAndExitCode();
    void theVersionIsPrinted();
    void aWrongCallMakesNoFiles();
};

void TstUsage::aWrongCallEndsWith64_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("nothing") << QStringList{} << QByteArray("Say what to do");
    QTest::newRow("unknown command") << QStringList{u"instances"_s, u"explode"_s}
                                     << QByteArray("no such command");
    QTest::newRow("unknown option") << QStringList{u"profile"_s, u"list"_s, u"--frobnicate"_s}
                                    << QByteArray("--frobnicate");
    QTest::newRow("short option") << QStringList{u"profile"_s, u"list"_s, u"-x"_s} << QByteArray("-x");
    QTest::newRow("option of another command")
        << QStringList{u"instances"_s, u"list"_s, u"--header"_s, u"X"_s} << QByteArray("--header");
    QTest::newRow("no value") << QStringList{u"profile"_s, u"list"_s, u"--data-dir"_s}
                              << QByteArray("--data-dir DIR");
    QTest::newRow("flag with value") << QStringList{u"profile"_s, u"list"_s, u"--json=yes"_s}
                                     << QByteArray("--json");
    QTest::newRow("twice") << QStringList{u"profile"_s, u"list"_s, u"--json"_s, u"--json"_s}
                           << QByteArray("twice");
    QTest::newRow("too many words") << QStringList{u"profile"_s, u"list"_s, u"x"_s}
                                    << QByteArray("more words");
    QTest::newRow("no instance") << QStringList{u"credential"_s, u"show"_s} << QByteArray("--instance");
    QTest::newRow("plain http") << QStringList{u"instances"_s, u"list"_s, u"--url"_s,
                                               u"http://example.com/v1"_s}
                                << QByteArray("https://");
    QTest::newRow("demo with url") << QStringList{u"instances"_s, u"list"_s, u"--demo"_s, u"--url"_s,
                                                  u"https://example.com"_s}
                                   << QByteArray("Only one of");
    QTest::newRow("url without a place for keys")
        << QStringList{u"credential"_s, u"create"_s, u"--instance"_s,
                       u"x"_s,          u"--url"_s,  u"https://example.com"_s}
        << QByteArray("--keep none");
    QTest::newRow("unknown geo") << QStringList{u"profile"_s, u"add"_s, u"x"_s, u"--geo"_s, u"moon"_s}
                                 << QByteArray("us, eu");
    QTest::newRow("port") << QStringList{u"demo-service"_s, u"--port"_s, u"99999"_s} << QByteArray("65535");
    QTest::newRow("keep") << QStringList{u"profile"_s, u"add"_s,    u"x"_s,   u"--geo"_s,
                                         u"eu"_s,      u"--keep"_s, u"file"_s}
                          << QByteArray("keychain");
}

void TstUsage::aWrongCallEndsWith64()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, says);
    const CtlResult result = ctl(arguments);
    QCOMPARE(result.code, 64);
    QVERIFY2(result.err.contains(says), result.err.constData());
    QCOMPARE(result.out, QByteArray());
}

void TstUsage::whatMayBeAKeyIsNotRepeated_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QStringList create{u"credential"_s, u"create"_s, u"--instance"_s, u"x"_s};
    QTest::newRow("as a word") << create + QStringList{u"s3cr3t-key-value"_s};
    QTest::newRow("behind a header") << create + QStringList{u"--header"_s, u"DD-API-KEY=s3cr3t-key-value"_s};
    QTest::newRow("as a header line")
        << create + QStringList{u"--header"_s, u"DD-API-KEY: s3cr3t-key-value"_s};
    QTest::newRow("as an option's value") << create + QStringList{u"--key=s3cr3t-key-value"_s};
    QTest::newRow("as a flag's value") << create + QStringList{u"--key-stdin=s3cr3t-key-value"_s};
    QTest::newRow("as a token") << QStringList{u"instances"_s,     u"list"_s,        u"--url"_s,
                                               u"https://[::1]"_s, u"--token-env"_s, u"s3cr3t-key-value"_s};
}

void TstUsage::whatMayBeAKeyIsNotRepeated()
{
    QFETCH(const QStringList, arguments);
    const CtlResult result = ctl(arguments);
    QCOMPARE(result.code, 64);
    QVERIFY(!result.err.isEmpty());
    QVERIFY2(!result.mentions("s3cr3t"), result.err.constData());
}

void TstUsage::helpNamesEachCommandAndExitCode()
{
    const CtlResult result = ctl({u"--help"_s});
    QCOMPARE(result.code, 0);
    for (const char *text : {"profile add",
                             "profile list",
                             "profile remove",
                             "profile set",
                             "profile test",
                             "instances list",
                             "instances protect",
                             "instances unprotect",
                             "expiry record",
                             "expiry forget",
                             "settings list",
                             "settings set",
                             "integrations list",
                             "credential show",
                             "credential create",
                             "credential replace",
                             "credential delete",
                             "credential adopt",
                             "demo-service",
                             "export",
                             "plan",
                             "diff",
                             "apply",
                             "import",
                             "--key-stdin",
                             "keys carry-out",
                             "keys carry-in",
                             "--passphrase-fd",
                             "--allow-env",
                             "--token-env"})
        QVERIFY2(result.out.contains(text), text);
    for (const int code : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 64, 65, 130})
        QVERIFY2(result.out.contains(' ' + QByteArray::number(code) + "  "),
                 QByteArray::number(code).constData());

    const CtlResult one = ctl({u"credential"_s, u"delete"_s, u"--help"_s});
    QCOMPARE(one.code, 0);
    QVERIFY(one.out.contains("--confirm"));
    QVERIFY(!one.out.contains("--key-stdin"));
}

void TstUsage::theVersionIsPrinted()
{
    const CtlResult result = ctl({u"--version"_s});
    QCOMPARE(result.code, 0);
    QCOMPARE(result.out, QByteArray("latchkeyctl " LATCHKEY_VERSION "\n"));
}

void TstUsage::aWrongCallMakesNoFiles()
{
    const QTemporaryDir dir;
    const QString data = dir.filePath(u"data"_s);
    QCOMPARE(ctl({u"profile"_s, u"list"_s, u"--data-dir"_s, data, u"--nonsense"_s}).code, 64);
    QVERIFY(!QFile::exists(data));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstUsage)
#include "tst_usage.moc"
