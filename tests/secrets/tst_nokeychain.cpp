// SPDX-License-Identifier: GPL-3.0-or-later
// Runs on a bus that has no Secret Service and cannot start one: tests/support/with-keyring.sh --bus-only.
#include "models/secrets/keychainsecretstore.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QDBusConnection>
#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace latchkey;
using latchkey::test::await;

class TstNoKeychain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(QDBusConnection::sessionBus().isConnected(),
                 "run by tests/support/with-keyring.sh --bus-only");
    }

    void everyCallSaysThatThereIsNone()
    {
        KeychainSecretStore store(u"io.github.latchkey.Latchkey.Test"_s);
        QElapsedTimer timer;
        timer.start();
        const auto unavailable = Problem::Category::KeychainUnavailable;
        QCOMPARE(await(store.probe())->problem().category, unavailable);
        QCOMPARE(await(store.read(u"a"_s))->problem().category, unavailable);
        Secret secret("x");
        QCOMPARE(await(store.write(u"a"_s, std::move(secret)))->problem().category, unavailable);
        QCOMPARE(await(store.remove(u"a"_s))->problem().category, unavailable);
        QCOMPARE(await(store.list())->problem().category, unavailable);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(!await(store.probe())->problem().detail.isEmpty());
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstNoKeychain)
#include "tst_nokeychain.moc"
