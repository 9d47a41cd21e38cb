// SPDX-License-Identifier: GPL-3.0-or-later
// Runs with a real GNOME Keyring on a bus of its own: tests/support/with-keyring.sh.
#include "models/secrets/keychainsecretstore.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QElapsedTimer>

#include <chrono>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace latchkey;
using latchkey::test::await;
using Category = Problem::Category;

namespace {

const QString service = u"io.github.latchkey.Latchkey.Test"_s;

QDBusMessage toService(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                       u"org.freedesktop.Secret.Service"_s, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message);
}

QDBusObjectPath defaultKeyring()
{
    return toService(u"ReadAlias"_s, {u"default"_s}).arguments().constFirst().value<QDBusObjectPath>();
}

bool lockKeyring()
{
    const QVariant paths = QVariant::fromValue(QList<QDBusObjectPath>{defaultKeyring()});
    return toService(u"Lock"_s, {paths}).type() == QDBusMessage::ReplyMessage;
}

/// Without a prompt, by the interface that GNOME Keyring has for its own PAM module.
bool unlockKeyring();

pid_t daemonPid()
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                       u"org.freedesktop.DBus"_s, u"GetConnectionUnixProcessID"_s);
    message.setArguments({u"org.freedesktop.secrets"_s});
    return static_cast<pid_t>(QDBusConnection::sessionBus().call(message).arguments().constFirst().toUInt());
}

/// The Secret Service's own structure for a secret.
struct DBusSecret
{
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};

QDBusArgument &operator<<(QDBusArgument &argument, const DBusSecret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, DBusSecret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

} // namespace

Q_DECLARE_METATYPE(DBusSecret)

namespace {

bool unlockKeyring()
{
    qDBusRegisterMetaType<DBusSecret>();
    const QVariant nothing = QVariant::fromValue(QDBusVariant(QString()));
    const QDBusMessage session = toService(u"OpenSession"_s, {u"plain"_s, nothing});
    if (session.arguments().size() < 2)
        return false;
    const DBusSecret password{
        session.arguments().at(1).value<QDBusObjectPath>(), {}, "test", u"text/plain"_s};
    QDBusMessage message = QDBusMessage::createMethodCall(
        u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
        u"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"_s, u"UnlockWithMasterPassword"_s);
    message.setArguments({QVariant::fromValue(defaultKeyring()), QVariant::fromValue(password)});
    return QDBusConnection::sessionBus().call(message).type() == QDBusMessage::ReplyMessage;
}

} // namespace

class TstKeychain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(daemonPid() > 0, "run by tests/support/with-keyring.sh"); }

    void init() { QVERIFY(await(m_store.probe())->ok()); }

    void keepsAnyBytes_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("text") << QByteArray("kpat_something");
        QTest::newRow("NUL inside") << QByteArray("before\0after\0", 13);
        QTest::newRow("not UTF-8") << QByteArray("\xff\xfe\x80");
        QTest::newRow("8 KiB") << QByteArray(8192, 'x');
    }
    void keepsAnyBytes()
    {
        QFETCH(QByteArray, value);
        QVERIFY(write(m_store, value));
        QCOMPARE(await(m_store.read(u"entry"_s))->value().reveal().toByteArray(), value);
        QVERIFY(await(m_store.remove(u"entry"_s))->ok());
        QCOMPARE(categoryOf(await(m_store.read(u"entry"_s))), Category::KeychainEntryMissing);
    }

    void saysThatAnEntryIsMissing()
    {
        QCOMPARE(categoryOf(await(m_store.read(u"never written"_s))), Category::KeychainEntryMissing);
        QVERIFY(await(m_store.remove(u"never written"_s))->ok());
    }

    void keepsServicesApart()
    {
        KeychainSecretStore other(service + u".Other"_s);
        QVERIFY(write(m_store, "mine"));
        QCOMPARE(categoryOf(await(other.read(u"entry"_s))), Category::KeychainEntryMissing);
        QVERIFY(await(m_store.remove(u"entry"_s))->ok());
    }

    void namesTheEntriesOfItsService()
    {
        KeychainSecretStore other(service + u".Other"_s);
        QCOMPARE(await(m_store.list())->value(), QStringList());
        QVERIFY(write(m_store, "mine"));
        QVERIFY(write(other, "not mine"));
        Secret secret(QByteArrayView("before\0after", 12));
        QVERIFY(await(m_store.write(u"another \u00e9ntry.1"_s, std::move(secret)))->ok());
        QCOMPARE(await(m_store.list())->value(), QStringList({u"another \u00e9ntry.1"_s, u"entry"_s}));
        QVERIFY(await(m_store.remove(u"another \u00e9ntry.1"_s))->ok());
        QCOMPARE(await(m_store.list())->value(), QStringList(u"entry"_s));
        QVERIFY(await(m_store.remove(u"entry"_s))->ok());
        QVERIFY(await(other.remove(u"entry"_s))->ok());
        QCOMPARE(await(m_store.list())->value(), QStringList());
    }

    void aLockedKeyringIsNotAMissingEntry()
    {
        QVERIFY(write(m_store, "kept"));
        QVERIFY(lockKeyring());
        QCOMPARE(categoryOf(await(m_store.probe())), Category::KeychainLocked);
        QCOMPARE(categoryOf(await(m_store.read(u"entry"_s))), Category::KeychainLocked);
        QCOMPARE(categoryOf(await(m_store.read(u"never written"_s))), Category::KeychainLocked);
        Secret secret("new");
        QCOMPARE(categoryOf(await(m_store.write(u"new"_s, std::move(secret)))), Category::KeychainLocked);
        QCOMPARE(categoryOf(await(m_store.remove(u"entry"_s))), Category::KeychainLocked);
        QCOMPARE(categoryOf(await(m_store.list())), Category::KeychainLocked);
        QVERIFY(unlockKeyring());
        QVERIFY(await(m_store.probe())->ok());
        QCOMPARE(await(m_store.read(u"entry"_s))->value().reveal().toByteArray(), QByteArray("kept"));
        QVERIFY(await(m_store.remove(u"entry"_s))->ok());
    }

    void aHungKeychainIsAnsweredForWithinTheDeadline()
    {
        KeychainSecretStore store(service, 500ms);
        QVERIFY(write(store, "kept"));
        QCOMPARE(::kill(daemonPid(), SIGSTOP), 0);
        const pid_t stopped = daemonPid();
        QElapsedTimer timer;
        timer.start();
        const Category read = categoryOf(await(store.read(u"entry"_s)));
        const qint64 readMs = timer.restart();
        const Category probed = categoryOf(await(store.probe()));
        const qint64 probeMs = timer.elapsed();
        Secret secret("late");
        const Category written = categoryOf(await(store.write(u"late"_s, std::move(secret))));
        ::kill(stopped, SIGCONT);
        QCOMPARE(read, Category::KeychainHung);
        QCOMPARE(probed, Category::KeychainHung);
        QCOMPARE(written, Category::KeychainHung);
        QVERIFY2(readMs < 4000 && probeMs < 4000, qPrintable(QString::number(readMs)));
        // It works again, and what was late does not disturb.
        QTRY_VERIFY(await(store.probe())->ok());
        QTRY_COMPARE(categoryOf(await(store.read(u"never written"_s))), Category::KeychainEntryMissing);
        QCOMPARE(await(m_store.read(u"entry"_s))->value().reveal().toByteArray(), QByteArray("kept"));
        QVERIFY(await(m_store.remove(u"entry"_s))->ok());
        QVERIFY(await(m_store.remove(u"late"_s))->ok());
    }

    void manyAtOnceAreAnsweredEach()
    {
        QVERIFY(write(m_store, "kept"));
        int answered = 0;
        std::vector<QCoro::Task<void>> tasks;
        for (int i = 0; i < 50; ++i) {
            tasks.push_back(m_store.read(u"entry"_s).then([&answered](const Outcome<Secret> &secret) {
                if (secret && secret.value().reveal() == QByteArrayView("kept"))
                    ++answered;
            }));
        }
        QTRY_COMPARE(answered, 50);
        QVERIFY(await(m_store.remove(u"entry"_s))->ok());
    }

private:
    template <typename T>
    static Category categoryOf(const std::optional<Outcome<T>> &answer)
    {
        // Canceled stands for "worked" and "never answered": neither is expected where this is asked.
        return answer && !answer->ok() ? answer->problem().category : Category::Canceled;
    }
    static bool write(KeychainSecretStore &store, const QByteArray &value)
    {
        Secret secret{QByteArrayView(value)};
        const auto done = await(store.write(u"entry"_s, std::move(secret)));
        return done && *done;
    }

    KeychainSecretStore m_store{service};
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstKeychain)
#include "tst_keychain.moc"
