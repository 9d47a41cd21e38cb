// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/managerpool.h"

#include "models/konnect/systemproxy.h"

#include <algorithm>
#include <utility>

namespace latchkey {

namespace {

// nginx ends a connection after 1,000 requests by default.
constexpr int mostRequestsOfALane = 900;
// HTTP/1.1: what is above waits inside QNetworkAccessManager, where its time-out already runs.
constexpr int connectionsWithoutHttp2 = 6;
// Measured: above 100 in flight the queue inside QNetworkAccessManager costs quadratic time.
constexpr int mostInFlight = 100;

bool endsTheLane(const TransferResult &answer)
{
    // Failed: lost connections (errors 2, 5, 205, 301) and whatever else is not an answer.
    return answer.end == TransferResult::End::TimedOut || answer.end == TransferResult::End::Failed;
}

} // namespace

ManagerPool::ManagerPool(const TransportLimits &limits, bool useSystemProxy, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
    , m_useSystemProxy(useSystemProxy)
{
    m_limits.managers = std::clamp(m_limits.managers, 1, 16);
    m_limits.inFlightPerManager = std::clamp(m_limits.inFlightPerManager, 1, mostInFlight);
}

ManagerPool::~ManagerPool() = default;

ManagerPool::Lane *ManagerPool::open(bool forWrites)
{
    auto lane = std::make_unique<Lane>();
    lane->manager = std::make_unique<QNetworkAccessManager>();
    lane->manager->setProxyFactory(new SystemProxy(m_useSystemProxy)); // The manager owns it.
    lane->manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    lane->born = ++m_lastBorn;
    lane->forWrites = forWrites;
    m_lanes.push_back(std::move(lane));
    return m_lanes.back().get();
}

ManagerPool::Lane *ManagerPool::leastBusy(bool forWrites, quint64 bornAfter, int &living)
{
    Lane *best = nullptr;
    living = 0;
    for (const auto &lane : m_lanes) {
        if (lane->retired || lane->forWrites != forWrites)
            continue;
        ++living;
        if (lane->born > bornAfter && (!best || lane->inFlight < best->inFlight))
            best = lane.get();
    }
    return best;
}

ManagerPool::Lane *ManagerPool::acquireForRead(quint64 bornAfter)
{
    retireStale();
    // A second connection pays once the first has something to do.
    constexpr int busy = 4;
    int living = 0;
    Lane *lane = leastBusy(false, bornAfter, living);
    if (!lane && living >= m_limits.managers) {
        retireOldest(false);
        --living;
    }
    if (!lane || (lane->inFlight >= busy && living < m_limits.managers))
        lane = open(false);
    const int room = lane->http2 ? m_limits.inFlightPerManager
                                 : std::min(m_limits.inFlightPerManager, connectionsWithoutHttp2);
    if (lane->inFlight >= room)
        return nullptr;
    ++lane->inFlight;
    return lane;
}

ManagerPool::Lane *ManagerPool::acquireForWrite(quint64 bornAfter)
{
    retireStale();
    int living = 0;
    Lane *lane = leastBusy(true, bornAfter, living);
    if (lane && lane->inFlight > 0)
        lane = nullptr;
    if (!lane && living >= m_limits.managers)
        return nullptr;
    if (!lane)
        lane = open(true);
    ++lane->inFlight;
    return lane;
}

void ManagerPool::use(Lane *lane)
{
    ++lane->served;
}

void ManagerPool::release(Lane *lane, const TransferResult &answer)
{
    if (answer.isAnswered() && answer.http2)
        lane->http2 = true;
    if (endsTheLane(answer))
        retire(lane);
    release(lane);
}

void ManagerPool::release(Lane *lane)
{
    --lane->inFlight;
    lane->idleUntil = QDeadlineTimer(m_limits.longestIdle);
    // A write takes two requests on its lane.
    if (lane->served + 2 > mostRequestsOfALane)
        retire(lane);
    if (lane->retired && lane->inFlight == 0)
        drop(lane);
}

void ManagerPool::retire(Lane *lane)
{
    lane->retired = true;
}

void ManagerPool::retireStale()
{
    std::vector<Lane *> stale;
    for (const auto &lane : m_lanes) {
        if (lane->served + lane->inFlight + 2 > mostRequestsOfALane)
            lane->retired = true;
        if (lane->inFlight == 0 && lane->served > 0 && (lane->retired || lane->idleUntil.hasExpired()))
            stale.push_back(lane.get());
    }
    for (Lane *lane : stale)
        drop(lane);
}

void ManagerPool::retireOldest(bool forWrites)
{
    const auto oldest = std::ranges::find_if(
        m_lanes, [forWrites](const auto &lane) { return !lane->retired && lane->forWrites == forWrites; });
    if (oldest == m_lanes.end())
        return;
    Lane *lane = oldest->get();
    retire(lane);
    if (lane->inFlight == 0)
        drop(lane);
}

void ManagerPool::drop(Lane *lane)
{
    const auto found = std::ranges::find_if(m_lanes, [lane](const auto &each) { return each.get() == lane; });
    if (found == m_lanes.end())
        return;
    // The reply that just ended is still on the stack.
    (*found)->manager.release()->deleteLater();
    m_lanes.erase(found);
}

} // namespace latchkey
