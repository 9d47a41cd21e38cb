// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/secretsource.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QObject>

#include <cstdlib>
#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

/// What the system shows of this process to whoever may look.
QByteArray shownEnvironment()
{
    QFile file(u"/proc/self/environ"_s);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

Arguments arguments(const QStringList &words)
{
    const QList<OptionSpec> known{{u"token-env"_s, u"VARIABLE"_s, {}},
                                  {u"key-env"_s, u"NAME=VARIABLE"_s, {}, true}};
    return Arguments::parse(words, known).value();
}

} // namespace

class TstSecretSource : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTokenLeavesTheEnvironment()
    {
        QVERIFY(shownEnvironment().contains("kpat_planted-in-the-environment"));
        Outcome<Secret> token = m_source.token(arguments({u"--token-env"_s, u"PLANTED_TOKEN"_s}));
        QVERIFY(token.ok());
        QVERIFY(token.value().equals(Secret("kpat_planted-in-the-environment")));
        QVERIFY(!qEnvironmentVariableIsSet("PLANTED_TOKEN"));
        QVERIFY(!shownEnvironment().contains("planted-in"));
        QVERIFY(shownEnvironment().contains("PLANTED_KEY=key-planted"));
    }

    void aKeyLeavesTheEnvironment()
    {
        QVERIFY(shownEnvironment().contains("key-planted-too"));
        Outcome<HeaderKeys> keys =
            m_source.keys(arguments({u"--key-env"_s, u"X-Key=PLANTED_KEY"_s}), {u"X-Key"_s});
        QVERIFY(keys.ok());
        QVERIFY(keys.value().front().key.equals(Secret("key-planted-too")));
        QVERIFY(!qEnvironmentVariableIsSet("PLANTED_KEY"));
        QVERIFY(!shownEnvironment().contains("key-planted"));
        // Its neighbour is whole.
        QVERIFY(shownEnvironment().contains("PLANTED_KEY_2=not-asked-for"));
    }

private:
    Redactor m_redactor;
    Console m_console{m_redactor, -1};
    SecretSource m_source{m_console, m_redactor};
};

int main(int argc, char **argv)
{
    // The system shows the environment with which a program was started, so it is started once more.
    if (!qEnvironmentVariableIsSet("PLANTED_KEY_2")) {
        qputenv("PLANTED_TOKEN", "kpat_planted-in-the-environment");
        qputenv("PLANTED_KEY", "key-planted-too");
        qputenv("PLANTED_KEY_2", "not-asked-for");
        execv("/proc/self/exe", argv);
        return EXIT_FAILURE;
    }
    test::PrivateEnvironment environment;
    QCoreApplication application(argc, argv);
    TstSecretSource test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_secretsource.moc"
