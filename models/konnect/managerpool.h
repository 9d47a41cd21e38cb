// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/konnect/connection.h"
#include "models/konnect/transferresult.h"

#include <QDeadlineTimer>
#include <QNetworkAccessManager>
#include <QObject>

#include <memory>
#include <vector>

namespace latchkey {

/// The QNetworkAccessManagers of a client. Each has one HTTP/2 connection (or six of HTTP/1.1), and each is
/// given up before the server ends it: after a graceful GOAWAY a manager never answers again.
///
/// Reads share lanes. A write has a lane for itself, so that the GET that warms it runs on the very
/// connection that the write will use.
class ManagerPool : public QObject
{
    Q_OBJECT
public:
    struct Lane
    {
        std::unique_ptr<QNetworkAccessManager> manager;
        quint64 born = 0; ///< Counts up.
        int inFlight = 0;
        int served = 0; ///< Handed over so far.
        bool forWrites = false;
        bool http2 = false; ///< Seen on an answer: more than six at once are worth it.
        bool retired = false;
        QDeadlineTimer idleUntil; ///< Later than this its connection may be half dead.
    };

    ManagerPool(const TransportLimits &limits, bool useSystemProxy, QObject *parent = nullptr);
    ~ManagerPool() override;

    /// A lane with room, born after `bornAfter`; nullptr: none now, try again when one is released. Release
    /// it once.
    [[nodiscard]] Lane *acquireForRead(quint64 bornAfter);
    [[nodiscard]] Lane *acquireForWrite(quint64 bornAfter);
    /// Counts a request that is handed to the lane's manager.
    void use(Lane *lane);
    /// `answer` tells whether the lane is still any good.
    void release(Lane *lane, const TransferResult &answer);
    /// Gives a lane back on which nothing was sent.
    void release(Lane *lane);
    /// What the next lane will be born later than.
    [[nodiscard]] quint64 lastBorn() const { return m_lastBorn; }

private:
    [[nodiscard]] Lane *open(bool forWrites);
    [[nodiscard]] Lane *leastBusy(bool forWrites, quint64 bornAfter, int &living);
    void retire(Lane *lane);
    void retireStale();
    void retireOldest(bool forWrites);
    void drop(Lane *lane);

    TransportLimits m_limits;
    bool m_useSystemProxy;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    quint64 m_lastBorn = 0;
};

} // namespace latchkey
