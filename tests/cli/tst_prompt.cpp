// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QObject>
#include <QSocketNotifier>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>

using namespace Qt::StringLiterals;
using namespace latchkey::test;

/// latchkeyctl at a terminal of its own, with somebody who types.
class TstPrompt : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void keysAreAskedForWithoutEcho();
    void aKeyThatTheTerminalCutsIsRefused_data();
    void aKeyThatTheTerminalCutsIsRefused();
    void anAnswerOtherThanYesSendsNothing();
    void anInterruptAtTheQuestionSendsNothing();
    void theWordYesIsAYes();
    void aPassphraseIsTypedTwice();
    void twoPassphrasesThatDifferWriteNothing();
    void keysInClearAreSaidBeforeTheQuestion();
    void aKeyThatAnotherToolHidesIsAskedFor();
    void aConfigurationAsksForKeysNamesAndAYes();

private:
    void start(const QStringList &arguments);
    void launch(const QStringList &arguments, const Variables &variables = {});
    void type(const QByteArray &text)
    {
        QCOMPARE(write(m_master, text.constData(), size_t(text.size())), text.size());
    }
    /// Until the screen shows `text`.
    bool shows(const QByteArray &text)
    {
        return QTest::qWaitFor([this, &text] { return m_screen.contains(text); }, 30'000);
    }
    int exitCode()
    {
        return QTest::qWaitFor([this] { return m_process->state() == QProcess::NotRunning; }, 30'000)
                   ? m_process->exitCode()
                   : -1;
    }

    DemoServiceProcess m_service;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<QSocketNotifier> m_notifier;
    int m_master = -1;
    QByteArray m_screen;
};

void TstPrompt::init()
{
    m_screen.clear();
    m_master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    QVERIFY(m_master >= 0 && grantpt(m_master) == 0 && unlockpt(m_master) == 0);
    m_notifier = std::make_unique<QSocketNotifier>(m_master, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        std::array<char, 4096> buffer{};
        const ssize_t count = read(m_master, buffer.data(), buffer.size());
        if (count > 0)
            m_screen.append(buffer.data(), count);
        else
            m_notifier->setEnabled(false);
    });
}

void TstPrompt::cleanup()
{
    m_process.reset();
    m_notifier.reset();
    close(m_master);
}

void TstPrompt::start(const QStringList &arguments)
{
    launch(arguments + QStringList{u"--url"_s, m_service.url(), u"--token-env"_s, u"CTL_TOKEN"_s},
           {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
}

void TstPrompt::launch(const QStringList &arguments, const Variables &variables)
{
    m_process = std::make_unique<QProcess>();
    prepare(*m_process, arguments, variables);
    const QByteArray terminal = ptsname(m_master);
    m_process->setChildProcessModifier([terminal] {
        setsid();
        const int slave = open(terminal.constData(), O_RDWR);
        ioctl(slave, TIOCSCTTY, 0);
        dup2(slave, STDIN_FILENO);
        dup2(slave, STDERR_FILENO);
    });
    m_process->start();
}

void TstPrompt::keysAreAskedForWithoutEcho()
{
    const QString instance = m_service.instance(u"expired"_s, u"multi_key_auth"_s);
    start({u"credential"_s, u"replace"_s, u"--instance"_s, instance, u"--keep"_s, u"none"_s});
    QVERIFY2(shows("Key for "), m_screen.constData());
    type("k3-typed-by-hand\n");
    QVERIFY2(shows("Replace it? [y/N]"), m_screen.constData());
    type("y\n");
    QCOMPARE(exitCode(), 0);
    QVERIFY(m_service.record().contains("k3-typed-by-hand"));
    QVERIFY2(!m_screen.contains("k3-typed"), m_screen.constData());
    QVERIFY(!m_process->readAllStandardOutput().contains("k3-typed"));
}

void TstPrompt::aKeyThatTheTerminalCutsIsRefused_data()
{
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("too long") << QByteArray(6000, 'k') + '\n' << QByteArray("longer than a terminal");
    QTest::newRow("no line break") << QByteArray("half-a-key\x04\x04") << QByteArray("not ended with Enter");
}

void TstPrompt::aKeyThatTheTerminalCutsIsRefused()
{
    QFETCH(const QByteArray, typed);
    QFETCH(const QByteArray, says);
    const QString instance = m_service.instance(u"expired"_s, u"multi_key_auth"_s);
    const int before = m_service.received(u"DELETE"_s);
    start({u"credential"_s, u"replace"_s, u"--instance"_s, instance, u"--keep"_s, u"none"_s, u"--yes"_s});
    QVERIFY2(shows("Key for "), m_screen.constData());
    type(typed);
    QCOMPARE(exitCode(), 64);
    QVERIFY2(shows(says), m_screen.constData());
    QCOMPARE(m_service.received(u"DELETE"_s), before);
}

void TstPrompt::anAnswerOtherThanYesSendsNothing()
{
    const QString instance = m_service.instance(u"expired"_s, u"multi_key_auth"_s);
    const int before = m_service.received(u"DELETE"_s);
    start({u"credential"_s, u"delete"_s, u"--instance"_s, instance});
    QVERIFY2(shows("Delete it? [y/N]"), m_screen.constData());
    type("\n");
    QCOMPARE(exitCode(), 9);
    QCOMPARE(m_service.received(u"DELETE"_s), before);
}

void TstPrompt::anInterruptAtTheQuestionSendsNothing()
{
    const QString instance = m_service.instance(u"expired"_s, u"multi_key_auth"_s);
    const int before = m_service.received(u"DELETE"_s);
    start({u"credential"_s, u"delete"_s, u"--instance"_s, instance});
    QVERIFY2(shows("Delete it? [y/N]"), m_screen.constData());
    QCOMPARE(kill(static_cast<pid_t>(m_process->processId()), SIGINT), 0);
    QCOMPARE(exitCode(), 130);
    QCOMPARE(m_service.received(u"DELETE"_s), before);
}

void TstPrompt::theWordYesIsAYes()
{
    const QString instance = m_service.instance(u"expired"_s, u"multi_key_auth"_s);
    start({u"credential"_s, u"delete"_s, u"--instance"_s, instance});
    QVERIFY2(shows("Delete it? [y/N]"), m_screen.constData());
    type("Yes\n");
    QCOMPARE(exitCode(), 0);
}

void TstPrompt::aConfigurationAsksForKeysNamesAndAYes()
{
    const QTemporaryDir folder;
    const QStringList here{u"--data-dir"_s, folder.filePath(u"data"_s), u"--token-env"_s, u"CTL_TOKEN"_s};
    const Variables variables{{u"CTL_TOKEN"_s, DemoServiceProcess::token()}};
    const QStringList add{u"profile"_s,    u"add"_s,    u"acme"_s, u"--url"_s,
                          m_service.url(), u"--keep"_s, u"none"_s};
    QCOMPARE(ctl(add + here, variables).code, 0);
    const QStringList protect{u"instances"_s, u"protect"_s, u"--instance"_s, u"datadog-staging"_s};
    QCOMPARE(ctl(protect + here, variables).code, 0);
    QFile file(folder.filePath(u"configuration.json"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(R"({"version": 1, "profiles": [{"name": "acme", "instances": [
        {"integration": "datadog", "name": "datadog-staging", "credential": null},
        {"integration": "swaggerhub", "name": "swaggerhub-sandbox", "credential": {
            "type": "multi_key_auth", "headers": [{"name": "authorization", "source": "prompt"}]}}]}]})");
    file.close();

    const int before = m_service.received(u"DELETE"_s);
    launch(QStringList{u"apply"_s, file.fileName(), u"--delete"_s, u"--keep"_s, u"none"_s} + here, variables);
    QVERIFY2(shows("Key for authorization of SwaggerHub sandbox: "), m_screen.constData());
    type("k4-typed-by-hand\n");
    QVERIFY2(shows("Type the machine name of Datadog staging to confirm: "), m_screen.constData());
    // What would be done was shown before, the worst first.
    QVERIFY2(m_screen.indexOf("Delete") > 0 && m_screen.indexOf("Delete") < m_screen.indexOf("Create"),
             m_screen.constData());
    type("datadog-staging\n");
    QVERIFY2(shows("Do all that? [y/N]"), m_screen.constData());
    QCOMPARE(m_service.received(u"DELETE"_s), before);
    type("y\n");
    QCOMPARE(exitCode(), 0);
    QCOMPARE(m_service.received(u"DELETE"_s), before + 1);
    QVERIFY(m_service.record().contains("k4-typed-by-hand"));
    QVERIFY2(!m_screen.contains("k4-typed"), m_screen.constData());
}

void TstPrompt::aPassphraseIsTypedTwice()
{
    const QTemporaryDir dir;
    const QString file = dir.filePath(u"keys.bundle"_s);
    launch({u"keys"_s, u"carry-out"_s, file, u"--demo"_s, u"--yes"_s});
    QVERIFY2(shows("A passphrase for the file:"), m_screen.constData());
    type("seven brown apples sing\n");
    QVERIFY2(shows("The same once more:"), m_screen.constData());
    type("seven brown apples sing\n");
    QCOMPARE(exitCode(), 0);
    QVERIFY(QFile::exists(file));
    QVERIFY2(!m_screen.contains("apples"), m_screen.constData());
}

void TstPrompt::twoPassphrasesThatDifferWriteNothing()
{
    const QTemporaryDir dir;
    const QString file = dir.filePath(u"keys.bundle"_s);
    launch({u"keys"_s, u"carry-out"_s, file, u"--demo"_s});
    QVERIFY2(shows("Write it? [y/N]"), m_screen.constData());
    type("y\n");
    QVERIFY2(shows("A passphrase for the file:"), m_screen.constData());
    type("seven brown apples sing\n");
    QVERIFY2(shows("The same once more:"), m_screen.constData());
    type("seven brown pears sing\n");
    QCOMPARE(exitCode(), 64);
    QVERIFY(!QFile::exists(file));
    QVERIFY2(!m_screen.contains("apples") && !m_screen.contains("pears"), m_screen.constData());
}

void TstPrompt::keysInClearAreSaidBeforeTheQuestion()
{
    const QString file =
        qEnvironmentVariable("LATCHKEY_SOURCE") + u"/resources/examples/import/payload.json"_s;
    launch({u"import"_s, file, u"--instance"_s, u"swaggerhub-sandbox"_s, u"--demo"_s});
    QVERIFY2(shows("Do all that? [y/N]"), m_screen.constData());
    QVERIFY2(m_screen.contains("holds keys in clear"), m_screen.constData());
    type("n\n");
    QCOMPARE(exitCode(), 9);
    QVERIFY(!m_screen.contains("an-example-of-a-key"));
}

void TstPrompt::aKeyThatAnotherToolHidesIsAskedFor()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"payload.json"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(R"({"type": "multi_key_auth", "config": {"headers": [{"name": "authorization"}]}})");
    file.close();
    launch({u"import"_s, file.fileName(), u"--instance"_s, u"swaggerhub-sandbox"_s, u"--demo"_s});
    QVERIFY2(shows("Key for authorization of SwaggerHub sandbox: "), m_screen.constData());
    type("k4-typed-by-hand\n");
    QVERIFY2(shows("Do all that? [y/N]"), m_screen.constData());
    type("y\n");
    QCOMPARE(exitCode(), 0);
    QVERIFY2(!m_screen.contains("k4-typed") && !m_screen.contains("in clear"), m_screen.constData());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstPrompt)
#include "tst_prompt.moc"
