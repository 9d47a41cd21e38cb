// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace latchkey::test {

/// A HOME, runtime directory and XDG folders that live as long as this object, and no session bus: a test
/// never sees the user's files or keychain. Make one before the QCoreApplication.
class PrivateEnvironment
{
public:
    PrivateEnvironment()
    {
        const QString home = m_dir.path();
        qputenv("HOME", QFile::encodeName(home));
        for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
            qputenv(name, QFile::encodeName(home + QLatin1Char('/') + QString::fromLatin1(name).toLower()));
        const QString runtime = home + QStringLiteral("/run");
        QDir().mkpath(runtime);
        QFile::setPermissions(runtime, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime));
        // A test that wants the bus and keyring that its runner gave it says so.
        if (!qEnvironmentVariableIsSet("LATCHKEY_TEST_KEYRING"))
            qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        for (const char *name :
             {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            qunsetenv(name);
    }
    [[nodiscard]] QString path() const { return m_dir.path(); }

private:
    QTemporaryDir m_dir;
};

} // namespace latchkey::test

/// main() of a test executable; `Application` is QCoreApplication or QApplication.
#define LATCHKEY_TEST_MAIN(Application, TestClass)                                                           \
    int main(int argc, char **argv)                                                                          \
    {                                                                                                        \
        latchkey::test::PrivateEnvironment environment;                                                      \
        Application application(argc, argv);                                                                 \
        TestClass test;                                                                                      \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
