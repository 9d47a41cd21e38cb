// SPDX-License-Identifier: GPL-3.0-or-later
// Runs with a real GNOME Keyring on a bus of its own: tests/support/with-keyring.sh.
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QObject>

using namespace Qt::StringLiterals;
using namespace latchkey::test;

class TstKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void listsForgetsAndRescues();
    void aLockedOutKeychainIsSaidAndTheRowsAreShown();
    void keysOfACredentialThatSomebodyElseMadeAreKept();
    void theDemoShowsWhatIsKept();

private:
    CtlResult onData(QStringList arguments, const QByteArray &input = {}, Variables variables = {}) const
    {
        arguments += {u"--data-dir"_s, m_dir->path() + u"/data"_s};
        variables.emplace(u"CTL_TOKEN"_s, DemoServiceProcess::token());
        return ctl(arguments, variables, input);
    }
    [[nodiscard]] QJsonObject list(const Variables &variables = {}) const
    {
        return onData({u"keys"_s, u"list"_s, u"--json"_s}, {}, variables).json().object();
    }
    /// The id of the one set of keys in this state.
    [[nodiscard]] QString inState(const QString &state) const
    {
        QStringList ids;
        const QJsonArray versions = list().value("versions"_L1).toArray();
        for (const QJsonValue &value : versions) {
            if (value["state"_L1].toString() == state)
                ids += value["id"_L1].toString();
        }
        return ids.size() == 1 ? ids.constFirst() : u"%1 of them"_s.arg(ids.size());
    }
    /// A profile, and an instance whose keys were replaced once.
    void addProfileWithKeys()
    {
        const CtlResult added = onData({u"profile"_s, u"add"_s, u"Acme"_s, u"--url"_s, m_service->url(),
                                        u"--token-env"_s, u"CTL_TOKEN"_s});
        QVERIFY2(added.code == 0, added.err.constData());
        const QString name = m_service->instance(u"no_credential"_s, u"multi_key_auth"_s);
        QVERIFY(!name.isEmpty());
        const QStringList more{u"--instance"_s, name, u"--key-stdin"_s};
        const CtlResult created = onData(QStringList{u"credential"_s, u"create"_s} + more, key("create"));
        QVERIFY2(created.code == 0, created.err.constData());
        const CtlResult replaced =
            onData(QStringList{u"credential"_s, u"replace"_s, u"--yes"_s} + more, key("replace"));
        QVERIFY2(replaced.code == 0, replaced.err.constData());
    }
    static QByteArray key(const QByteArray &verb) { return "a-secret-of-" + verb + "\n"; }

    std::unique_ptr<DemoServiceProcess> m_service;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TstKeys::init()
{
    m_service = std::make_unique<DemoServiceProcess>();
    m_dir = std::make_unique<QTemporaryDir>();
}

void TstKeys::listsForgetsAndRescues()
{
    addProfileWithKeys();
    const QJsonObject listed = list();
    QCOMPARE(listed.value("versions"_L1).toArray().size(), 2);
    QVERIFY(listed.value("keychain_problem"_L1).isNull());
    QCOMPARE(listed.value("unknown_entries"_L1).toArray().size(), 0);
    const QString current = inState(u"current"_s);
    const QString previous = inState(u"previous"_s);
    const CtlResult text = onData({u"keys"_s, u"list"_s});
    QVERIFY(text.out.contains(previous.toUtf8()) && text.out.contains("Acme"));
    QVERIFY(!text.mentions("-secret-of-"));

    // Only what is not in use can go, and only after a yes.
    QCOMPARE(onData({u"keys"_s, u"forget"_s, previous}).code, 9);
    QCOMPARE(onData({u"keys"_s, u"forget"_s, current, u"--yes"_s}).code, 9);
    QCOMPARE(onData({u"keys"_s, u"forget"_s, u"nothing"_s, u"--yes"_s}).code, 4);
    QCOMPARE(list().value("versions"_L1).toArray().size(), 2);
    QCOMPARE(onData({u"keys"_s, u"forget"_s, previous, u"--yes"_s}).code, 0);
    QCOMPARE(list().value("versions"_L1).toArray().size(), 1);

    // The database is lost: the keychain still has the keys and the token.
    QVERIFY(QDir(m_dir->path() + u"/data"_s).removeRecursively());
    const QJsonObject lost = list();
    QCOMPARE(lost.value("versions"_L1).toArray().size(), 0);
    QCOMPARE(lost.value("unknown_entries"_L1).toArray().size(), 2);
    const CtlResult rescued = onData({u"keys"_s, u"rescue"_s, u"--json"_s});
    QVERIFY2(rescued.code == 0, rescued.err.constData());
    const QJsonArray taken = rescued.json().object().value("taken"_L1).toArray();
    QCOMPARE(taken.size(), 1);
    QCOMPARE(taken.first()["id"_L1].toString(), current);
    QCOMPARE(rescued.json()["left_alone"_L1]["tokens"_L1].toArray().size(), 1);
    QCOMPARE(inState(u"previous"_s), current);
    const CtlResult again = onData({u"keys"_s, u"rescue"_s});
    QCOMPARE(again.code, 0);
    QVERIFY(!again.out.contains(current.toUtf8()));
    QVERIFY(!again.mentions("-secret-of-"));
    QCOMPARE(onData({u"keys"_s, u"forget"_s, current, u"--yes"_s}).code, 0);
}

void TstKeys::aLockedOutKeychainIsSaidAndTheRowsAreShown()
{
    addProfileWithKeys();
    const Variables noBus{{u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent/bus"_s}};
    const QJsonObject listed = list(noBus);
    QCOMPARE(listed.value("versions"_L1).toArray().size(), 2);
    QCOMPARE(listed.value("keychain_problem"_L1)["category"_L1].toString(), u"keychain_unavailable"_s);
    QCOMPARE(onData({u"keys"_s, u"rescue"_s}, {}, noBus).code, 7);
    QCOMPARE(onData({u"keys"_s, u"forget"_s, inState(u"previous"_s), u"--yes"_s}, {}, noBus).code, 7);
}

void TstKeys::keysOfACredentialThatSomebodyElseMadeAreKept()
{
    const CtlResult added = onData(
        {u"profile"_s, u"add"_s, u"Acme"_s, u"--url"_s, m_service->url(), u"--token-env"_s, u"CTL_TOKEN"_s});
    QVERIFY2(added.code == 0, added.err.constData());
    const QString name = m_service->instance(u"healthy"_s, u"multi_key_auth"_s);
    QVERIFY(!name.isEmpty());
    const QStringList instance{u"--instance"_s, name};
    const auto show = [&] {
        return onData(QStringList{u"credential"_s, u"show"_s, u"--json"_s} + instance).json();
    };
    const QString id = show()["credential"_L1]["id"_L1].toString();
    QVERIFY(!id.isEmpty());
    const QStringList adopt =
        QStringList{u"credential"_s, u"adopt"_s, u"--key-stdin"_s, u"--json"_s} + instance;
    const CtlResult adopted = onData(adopt, key("adopt"));
    QVERIFY2(adopted.code == 0, adopted.err.constData());
    QCOMPARE(adopted.json()["phase"_L1].toString(), u"adopted"_s);
    QCOMPARE(adopted.json()["new_credential_id"_L1].toString(), id);
    QVERIFY(!adopted.mentions("-secret-of-"));
    QCOMPARE(m_service->received(u"POST"_s) + m_service->received(u"DELETE"_s), 0);
    QCOMPARE(show()["keys_known_here"_L1]["entered"_L1].toBool(), true);
    QVERIFY(onData(QStringList{u"credential"_s, u"show"_s} + instance).out.contains("Entered by you on"));
    const QJsonArray versions = list().value("versions"_L1).toArray();
    QCOMPARE(versions.size(), 1);
    QVERIFY(versions.first()["entered"_L1].toBool());
    QVERIFY(onData({u"history"_s, u"list"_s}).out.contains("adopt"));
    QCOMPARE(onData({u"history"_s, u"verify"_s}).code, 0);

    // Nothing else can be done with it than to keep them, and it needs somewhere to keep them.
    QCOMPARE(onData(adopt + QStringList{u"--keep"_s, u"none"_s}, key("adopt")).code, 64);
    QCOMPARE(m_service->ctl(QStringList{u"credential"_s, u"adopt"_s, u"--key-stdin"_s} + instance).code, 64);
}

void TstKeys::theDemoShowsWhatIsKept()
{
    const CtlResult listed = ctl({u"keys"_s, u"list"_s, u"--demo"_s});
    QVERIFY2(listed.code == 0, listed.err.constData());
    QVERIFY(listed.out.contains("current"));
    QVERIFY(listed.out.contains("previous"));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstKeys)
#include "tst_keys.moc"
