// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/managerpool.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace latchkey;
using namespace std::chrono_literals;

namespace {

TransferResult answered(bool http2)
{
    TransferResult answer;
    answer.end = TransferResult::End::Answered;
    answer.status = 200;
    answer.http2 = http2;
    return answer;
}

} // namespace

class TstManagerPool : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsALaneThatWasUsedAMomentAgo();
    void leavesALaneThatWasIdleForTooLong();
    void leavesALaneThatHasServedEnough();
    void givesAManagerNoMoreThanItCanTake_data();
    void givesAManagerNoMoreThanItCanTake();

private:
    /// Sends one request and gets its answer; the number of the lane.
    static quint64 oneRequest(ManagerPool &pool, bool forWrite = false)
    {
        ManagerPool::Lane *lane = forWrite ? pool.acquireForWrite(0) : pool.acquireForRead(0);
        const quint64 born = lane->born;
        pool.use(lane);
        pool.release(lane, answered(true));
        return born;
    }
};

void TstManagerPool::keepsALaneThatWasUsedAMomentAgo()
{
    ManagerPool pool(TransportLimits(), false);
    const quint64 first = oneRequest(pool);
    QCOMPARE(oneRequest(pool), first);
    QCOMPARE(TransportLimits().longestIdle, 30s);
}

void TstManagerPool::leavesALaneThatWasIdleForTooLong()
{
    TransportLimits limits;
    limits.longestIdle = 0ms;
    ManagerPool pool(limits, false);
    const quint64 read = oneRequest(pool);
    QVERIFY(oneRequest(pool) > read);
    const quint64 write = oneRequest(pool, true);
    QVERIFY(oneRequest(pool, true) > write);
}

void TstManagerPool::leavesALaneThatHasServedEnough()
{
    ManagerPool pool(TransportLimits(), false);
    const quint64 first = oneRequest(pool);
    int served = 1;
    while (oneRequest(pool) == first)
        ++served;
    QVERIFY2(served > 800 && served <= 900, QByteArray::number(served).constData());
}

void TstManagerPool::givesAManagerNoMoreThanItCanTake_data()
{
    QTest::addColumn<bool>("http2");
    QTest::addColumn<int>("most");
    QTest::newRow("HTTP/2") << true << 100;
    QTest::newRow("HTTP/1.1") << false << 6;
}

void TstManagerPool::givesAManagerNoMoreThanItCanTake()
{
    QFETCH(const bool, http2);
    QFETCH(const int, most);
    TransportLimits limits;
    limits.managers = 1;
    limits.inFlightPerManager = 5000;
    ManagerPool pool(limits, false);
    ManagerPool::Lane *first = pool.acquireForRead(0);
    pool.use(first);
    pool.release(first, answered(http2));
    int given = 0;
    while (ManagerPool::Lane *lane = pool.acquireForRead(0)) {
        pool.use(lane);
        QVERIFY(++given <= most);
    }
    QCOMPARE(given, most);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstManagerPool)
#include "tst_managerpool.moc"
