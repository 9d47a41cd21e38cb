// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/secret.h"
#include "models/konnect/connection.h"
#include "models/konnect/holdback.h"
#include "models/konnect/managerpool.h"
#include "models/konnect/transferresult.h"

#include <QByteArray>
#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QSslConfiguration>
#include <QUrl>

#include <deque>
#include <functional>
#include <memory>
#include <stop_token>
#include <unordered_map>

namespace latchkey {

/// Sends a client's requests: a bounded number at once, reads again where that may help, writes exactly once.
/// Each future gets exactly one answer, also when the scheduler is shut down. Nobody is called back from
/// inside: answers arrive through the event loop.
class RequestScheduler : public QObject
{
    Q_OBJECT
public:
    /// `clock` must outlive the scheduler. `tls` is nullopt for the default configuration.
    RequestScheduler(const Connection &connection, std::optional<QSslConfiguration> tls, const Clock &clock,
                     QObject *parent = nullptr);
    ~RequestScheduler() override;

    /// Repeated on lost connections, time-outs, 429, 502, 503 and 504.
    [[nodiscard]] QFuture<TransferResult> get(const QUrl &url, const std::stop_token &stop);
    /// Sent at most once, and only after a GET of `warmUp` showed that the connection lives. Where that GET
    /// fails, its answer is returned and nothing was sent (TransferResult::mayHaveArrived is false).
    /// `mayGo` is asked of each such answer just before the write goes out on the same connection, however
    /// long it had to wait; where it says no, the answer is returned in the same way.
    [[nodiscard]] QFuture<TransferResult> write(const QByteArray &verb, const QUrl &url, Secret body,
                                                const QUrl &warmUp,
                                                std::function<bool(const TransferResult &)> mayGo = {});

    /// Answers everything with End::Canceled; nothing is accepted any more.
    void shutDown();

    [[nodiscard]] QDateTime lastServerDate() const { return m_lastServerDate; }
    [[nodiscard]] int heldBackSeconds() const { return m_hold.seconds(); }

Q_SIGNALS:
    void waiting(int seconds);

private:
    struct Job;
    enum class Next { Finish, Retry, SendWrite };

    [[nodiscard]] QFuture<TransferResult> accept(std::unique_ptr<Job> job);
    void pump();
    void pumpReads();
    void pumpWrites();
    void send(Job &job);
    void arrived(quint64 id, TransferResult answer);
    [[nodiscard]] Next judge(Job &job, const TransferResult &answer);
    [[nodiscard]] bool mayTryAgain(Job &job, const TransferResult &answer) const;
    void noteRateLimit(const TransferResult &answer, int attempt);
    void noteProgress(const TransferResult &answer);
    void putBack(Job &job, std::chrono::milliseconds wait);
    void enqueue(Job &job);
    void finish(quint64 id, TransferResult answer);
    void cancel(quint64 id);
    [[nodiscard]] QNetworkRequest request(const QUrl &url) const;

    TransportLimits m_limits;
    Secret m_token;
    std::optional<QSslConfiguration> m_tls;
    const Clock &m_clock;
    HoldBack m_hold;
    ManagerPool m_pool;
    std::unordered_map<quint64, std::unique_ptr<Job>> m_jobs;
    std::deque<quint64> m_reads;
    std::deque<quint64> m_writes;
    quint64 m_lastId = 0;
    quint64 m_progress = 0; ///< Answers other than 429.
    int m_readsInFlight = 0;
    double m_window; ///< Reads at once: halved by a 429, grows again with each answer.
    QDateTime m_lastServerDate;
    bool m_closed = false;
};

} // namespace latchkey
