// SPDX-License-Identifier: GPL-3.0-or-later
// Runs where there is no session bus at all, as under ssh.
#include "models/secrets/keychainsecretstore.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QDBusConnection>
#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace latchkey;
using latchkey::test::await;

class TstNoBus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(!QDBusConnection::sessionBus().isConnected()); }

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

LATCHKEY_TEST_MAIN(QCoreApplication, TstNoBus)
#include "tst_nobus.moc"
