// SPDX-License-Identifier: GPL-3.0-or-later
// Runs with a real GNOME Keyring on a bus of its own: tests/support/with-keyring.sh.
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QObject>

using namespace Qt::StringLiterals;
using namespace latchkey::test;

class TstCarry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keysComeToAnotherMachine();
    void nothingIsWrittenWithoutConsent();
    void theFileIsCheckedFirst();
    void callsThatAreWrong_data();
    void callsThatAreWrong();
    void theDemoCarriesToo();

private:
    [[nodiscard]] static QByteArray passphrase() { return "seven brown apples sing"; }
    [[nodiscard]] QString file() const { return m_dir->path() + u"/keys.bundle"_s; }
    /// With the rows of this machine.
    CtlResult on(const QString &machine, QStringList arguments, const QByteArray &input = {},
                 Variables variables = {}) const
    {
        arguments += {u"--data-dir"_s, m_dir->path() + u'/' + machine};
        variables.emplace(u"CTL_TOKEN"_s, DemoServiceProcess::token());
        variables.emplace(u"CTL_PASSPHRASE"_s, QString::fromUtf8(passphrase()));
        return ctl(arguments, variables, input);
    }
    [[nodiscard]] CtlResult addProfile(const QString &machine) const
    {
        return on(machine, {u"profile"_s, u"add"_s, u"Acme"_s, u"--url"_s, m_service->url(), u"--token-env"_s,
                            u"CTL_TOKEN"_s});
    }
    [[nodiscard]] CtlResult carryOut(const QStringList &more = {u"--yes"_s}) const
    {
        return on(u"here"_s,
                  QStringList{u"keys"_s, u"carry-out"_s, file(), u"--passphrase-env"_s, u"CTL_PASSPHRASE"_s} +
                      more);
    }
    [[nodiscard]] CtlResult carryIn(const QByteArray &with = passphrase() + '\n') const
    {
        return on(u"there"_s, {u"keys"_s, u"carry-in"_s, file(), u"--passphrase-fd"_s, u"0"_s, u"--json"_s},
                  with);
    }
    /// A profile, and an instance that got keys.
    void sendKeys()
    {
        const CtlResult added = addProfile(u"here"_s);
        QVERIFY2(added.code == 0, added.err.constData());
        m_instance = m_service->instance(u"no_credential"_s, u"multi_key_auth"_s);
        QVERIFY(!m_instance.isEmpty());
        const CtlResult created =
            on(u"here"_s, {u"credential"_s, u"create"_s, u"--instance"_s, m_instance, u"--key-stdin"_s},
               "a-secret-of-create\n");
        QVERIFY2(created.code == 0, created.err.constData());
    }

    std::unique_ptr<DemoServiceProcess> m_service;
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_instance;
};

void TstCarry::init()
{
    m_service = std::make_unique<DemoServiceProcess>();
    m_dir = std::make_unique<QTemporaryDir>();
}

void TstCarry::keysComeToAnotherMachine()
{
    sendKeys();
    const CtlResult out = carryOut();
    QVERIFY2(out.code == 0, out.err.constData());
    QVERIFY(out.out.contains(m_instance.toUtf8()));
    QVERIFY(!out.mentions("-secret-of-") && !out.mentions("apples"));
    QCOMPARE(QFileInfo(file()).permissions(),
             QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser);
    QFile bundle(file());
    QVERIFY(bundle.open(QFile::ReadOnly));
    const QByteArray bytes = bundle.readAll();
    QVERIFY(!bytes.contains("-secret-of-") && !bytes.contains(m_instance.toUtf8()));

    // Another machine, which knows nothing yet.
    const CtlResult added = addProfile(u"there"_s);
    QVERIFY2(added.code == 0, added.err.constData());
    const int sent = m_service->received(u"POST"_s) + m_service->received(u"DELETE"_s);
    const CtlResult wrong = carryIn("seven brown pears sing\n");
    QCOMPARE(wrong.code, 65);
    QVERIFY(!wrong.mentions("pears"));
    const CtlResult in = carryIn();
    QVERIFY2(in.code == 0, in.err.constData());
    const QJsonArray sets = in.json()["sets"_L1].toArray();
    QCOMPARE(sets.size(), 1);
    QCOMPARE(sets.first()["result"_L1].toString(), u"carried"_s);
    QCOMPARE(sets.first()["instance_name"_L1].toString(), m_instance);
    QVERIFY(!in.mentions("-secret-of-") && !in.mentions("apples"));
    QCOMPARE(m_service->received(u"POST"_s) + m_service->received(u"DELETE"_s), sent);
    const CtlResult shown =
        on(u"there"_s, {u"credential"_s, u"show"_s, u"--json"_s, u"--instance"_s, m_instance});
    QCOMPARE(shown.json()["keys_known_here"_L1]["entered"_L1].toBool(), true);

    const CtlResult again = carryIn();
    QCOMPARE(again.code, 0);
    QCOMPARE(again.json()["sets"_L1].toArray().first()["result"_L1].toString(), u"kept_already"_s);
    QCOMPARE(on(u"there"_s, {u"history"_s, u"list"_s, u"--json"_s}).json().array().size(), 1);
}

void TstCarry::nothingIsWrittenWithoutConsent()
{
    sendKeys();
    const CtlResult unasked = carryOut({});
    QCOMPARE(unasked.code, 9);
    QVERIFY(unasked.err.contains("Whoever has the file and the passphrase has the keys"));
    QVERIFY(!QFile::exists(file()));
    const CtlResult weak =
        on(u"here"_s, {u"keys"_s, u"carry-out"_s, file(), u"--yes"_s, u"--passphrase-fd"_s, u"0"_s},
           "too short\n");
    QCOMPARE(weak.code, 65);
    QVERIFY(weak.err.contains("12 characters"));
    QVERIFY(!QFile::exists(file()));
}

void TstCarry::theFileIsCheckedFirst()
{
    // Nothing is kept here yet.
    QCOMPARE(carryOut().code, 4);
    sendKeys();
    QCOMPARE(carryOut({u"--yes"_s, u"--profile"_s, u"Nobody"_s}).code, 4);
    QCOMPARE(carryOut().code, 0);
    // It is not replaced.
    QCOMPARE(carryOut().code, 9);
    const CtlResult added = addProfile(u"there"_s);
    QVERIFY2(added.code == 0, added.err.constData());
    QFile bundle(file());
    QVERIFY(bundle.open(QFile::ReadWrite));
    QVERIFY(bundle.resize(bundle.size() - 1));
    bundle.close();
    const CtlResult cut = carryIn();
    QCOMPARE(cut.code, 65);
    QVERIFY(cut.err.contains("cut off"));
    QVERIFY(bundle.remove());
    QCOMPARE(carryIn().code, 1);
    QCOMPARE(on(u"there"_s, {u"keys"_s, u"list"_s, u"--json"_s}).json()["versions"_L1].toArray().size(), 0);
}

void TstCarry::callsThatAreWrong_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::newRow("no file") << QStringList();
    QTest::newRow("two files") << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("two ways") << QStringList{u"a"_s, u"--passphrase-fd"_s, u"0"_s, u"--passphrase-env"_s,
                                             u"P"_s};
    QTest::newRow("no number") << QStringList{u"a"_s, u"--passphrase-fd"_s, u"x"_s};
    QTest::newRow("a passphrase") << QStringList{u"a"_s, u"--passphrase"_s, u"seven brown apples"_s};
    QTest::newRow("nobody to ask") << QStringList{u"a"_s};
}

void TstCarry::callsThatAreWrong()
{
    QFETCH(const QStringList, more);
    for (const QString &direction : {u"carry-out"_s, u"carry-in"_s}) {
        QStringList call = QStringList{u"keys"_s, direction, u"--demo"_s} + more;
        if (direction == "carry-out"_L1)
            call += u"--yes"_s;
        const CtlResult result = ctl(call);
        QCOMPARE(result.code, 64);
        QVERIFY(!result.mentions("seven brown"));
    }
}

void TstCarry::theDemoCarriesToo()
{
    const CtlResult out = ctl({u"keys"_s, u"carry-out"_s, file(), u"--demo"_s, u"--yes"_s,
                               u"--passphrase-fd"_s, u"0"_s, u"--json"_s},
                              {}, passphrase() + '\n');
    QVERIFY2(out.code == 0, out.err.constData());
    const QJsonArray sets = out.json()["sets"_L1].toArray();
    QVERIFY(!sets.isEmpty());
    // Nothing was read from the service before.
    QCOMPARE(sets.first()["profile"_L1].toString(), u"Demo organization"_s);
    QVERIFY(QFile::exists(file()));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstCarry)
#include "tst_carry.moc"
