// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/requestscheduler.h"

#include "models/konnect/httptransfer.h"
#include "models/konnect/oneshotdevice.h"
#include "models/konnect/retryafter.h"

#include <QNetworkRequest>
#include <QPromise>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

struct RequestScheduler::Job
{
    enum class Stage { Queued, BackingOff, WarmingUp, Sending };

    quint64 id = 0;
    bool isWrite = false;
    QByteArray verb;
    QUrl url;
    QUrl warmUp;
    std::function<bool(const TransferResult &)> mayGo;
    [[nodiscard]] bool mayWriteAfter(const TransferResult &warmUpAnswer) const
    {
        return !mayGo || mayGo(warmUpAnswer);
    }
    Secret body;
    QPromise<TransferResult> promise;
    Stage stage = Stage::Queued;
    int attempts = 0; ///< Failed ones that count.
    int timeouts = 0;
    int refusals = 0; ///< 429, counting or not.
    quint64 progressSeen = 0;
    quint64 bornAfter = 0; ///< Only a lane that is younger will do.
    ManagerPool::Lane *lane = nullptr;
    HttpTransfer *transfer = nullptr;
    std::stop_token stop;
    std::optional<std::stop_callback<std::function<void()>>> onStop;
};

namespace {

bool isBusy(int status)
{
    return status == 502 || status == 503 || status == 504;
}

bool mayPassBy(QNetworkReply::NetworkError error)
{
    switch (error) {
    // To try again would only keep people waiting for the same words.
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return false;
    default:
        return true;
    }
}

} // namespace

RequestScheduler::RequestScheduler(const Connection &connection, std::optional<QSslConfiguration> tls,
                                   const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_limits(connection.limits)
    , m_token(connection.token.clone())
    , m_tls(std::move(tls))
    , m_clock(clock)
    , m_pool(m_limits, connection.useSystemProxy)
    , m_window(std::max(1, m_limits.managers * m_limits.inFlightPerManager))
{
    connect(&m_hold, &HoldBack::waiting, this, &RequestScheduler::waiting);
    connect(&m_hold, &HoldBack::released, this, &RequestScheduler::pump);
}

RequestScheduler::~RequestScheduler()
{
    shutDown();
}

QFuture<TransferResult> RequestScheduler::get(const QUrl &url, const std::stop_token &stop)
{
    auto job = std::make_unique<Job>();
    job->verb = QByteArrayLiteral("GET");
    job->url = url;
    job->stop = stop;
    return accept(std::move(job));
}

QFuture<TransferResult> RequestScheduler::write(const QByteArray &verb, const QUrl &url, Secret body,
                                                const QUrl &warmUp,
                                                std::function<bool(const TransferResult &)> mayGo)
{
    auto job = std::make_unique<Job>();
    job->isWrite = true;
    job->verb = verb;
    job->url = url;
    job->warmUp = warmUp;
    job->mayGo = std::move(mayGo);
    job->body = std::move(body);
    return accept(std::move(job));
}

QFuture<TransferResult> RequestScheduler::accept(std::unique_ptr<Job> job)
{
    Job &kept = *job;
    kept.id = ++m_lastId;
    kept.promise.start();
    QFuture<TransferResult> answer = kept.promise.future();
    m_jobs.emplace(kept.id, std::move(job));
    if (m_closed || kept.stop.stop_requested()) {
        cancel(kept.id);
        return answer;
    }
    if (kept.stop.stop_possible()) {
        // Whoever stops may be on another thread, or inside something of ours.
        kept.onStop.emplace(kept.stop, [this, id = kept.id] {
            QMetaObject::invokeMethod(
                this, [this, id] { cancel(id); }, Qt::QueuedConnection);
        });
    }
    enqueue(kept);
    pump();
    return answer;
}

void RequestScheduler::enqueue(Job &job)
{
    job.stage = Job::Stage::Queued;
    std::deque<quint64> &queue = job.isWrite ? m_writes : m_reads;
    // Who waited already goes first.
    if (job.attempts > 0 || job.refusals > 0)
        queue.push_front(job.id);
    else
        queue.push_back(job.id);
}

void RequestScheduler::pump()
{
    if (m_closed)
        return;
    pumpWrites();
    pumpReads();
}

void RequestScheduler::pumpWrites()
{
    while (!m_hold.isHolding() && !m_writes.empty()) {
        Job &job = *m_jobs.at(m_writes.front());
        job.lane = m_pool.acquireForWrite(job.bornAfter);
        if (!job.lane)
            return;
        m_writes.pop_front();
        job.stage = Job::Stage::WarmingUp;
        send(job);
    }
}

void RequestScheduler::pumpReads()
{
    while (!m_hold.isHolding() && !m_reads.empty() && m_readsInFlight < static_cast<int>(m_window)) {
        Job &job = *m_jobs.at(m_reads.front());
        job.lane = m_pool.acquireForRead(job.bornAfter);
        if (!job.lane)
            return;
        m_reads.pop_front();
        ++m_readsInFlight;
        job.stage = Job::Stage::Sending;
        send(job);
    }
}

QNetworkRequest RequestScheduler::request(const QUrl &url) const
{
    QNetworkRequest request(url);
    if (m_tls)
        request.setSslConfiguration(*m_tls);
    // Qt keeps its own copy of the header for as long as the request lives; there is no way to wipe that one.
    QByteArray bearer = QByteArrayLiteral("Bearer ");
    bearer.append(m_token.reveal());
    request.setRawHeader(QByteArrayLiteral("Authorization"), bearer);
    request.setRawHeader(QByteArrayLiteral("Accept"),
                         QByteArrayLiteral("application/json, application/problem+json"));
    request.setRawHeader(QByteArrayLiteral("User-Agent"), QByteArrayLiteral("Latchkey/" LATCHKEY_VERSION));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(m_limits.timeout.count()));
    return request;
}

void RequestScheduler::send(Job &job)
{
    QNetworkAccessManager &manager = *job.lane->manager;
    m_pool.use(job.lane);
    QNetworkReply *reply = nullptr;
    OneShotDevice *body = nullptr;
    if (!job.isWrite || job.stage == Job::Stage::WarmingUp) {
        reply = manager.get(request(job.isWrite ? job.warmUp : job.url));
    } else {
        QNetworkRequest once = request(job.url);
        const bool hasBody = !job.body.isEmpty();
        body = new OneShotDevice(std::move(job.body));
        // A DELETE too has such a body, an empty one: deleteResource() would be repeated behind our back.
        once.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        once.setHeader(QNetworkRequest::ContentLengthHeader, body->length());
        if (hasBody)
            once.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        reply = manager.sendCustomRequest(once, job.verb, body);
        body->setParent(reply);
    }
    const quint64 id = job.id;
    job.transfer = new HttpTransfer(reply, body, m_limits,
                                    [this, id](TransferResult answer) { arrived(id, std::move(answer)); });
}

void RequestScheduler::arrived(quint64 id, TransferResult answer)
{
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    Job &job = *found->second;
    std::exchange(job.transfer, nullptr)->deleteLater();
    if (answer.date.isValid())
        m_lastServerDate = answer.date;
    noteProgress(answer);
    noteRateLimit(answer, job.attempts + 1);
    const Next next = m_closed ? Next::Finish : judge(job, answer);
    if (next == Next::SendWrite && !m_hold.isHolding()) {
        job.stage = Job::Stage::Sending;
        send(job);
        return;
    }
    m_pool.release(std::exchange(job.lane, nullptr), answer);
    if (!job.isWrite)
        --m_readsInFlight;
    if (next == Next::Finish)
        finish(id, std::move(answer));
    else if (next == Next::SendWrite || answer.status == 429)
        enqueue(job); // The hold lets it go on; a write warms up anew then.
    else
        putBack(job,
                m_hold.isHolding() ? std::chrono::milliseconds(0) : backoffAfter(job.attempts, m_limits));
    pump();
}

RequestScheduler::Next RequestScheduler::judge(Job &job, const TransferResult &answer)
{
    if (job.isWrite && job.stage == Job::Stage::Sending)
        return Next::Finish;
    if (answer.end == TransferResult::End::Canceled || answer.end == TransferResult::End::TooLarge)
        return Next::Finish;
    if (answer.isAnswered() && answer.status != 429 && !isBusy(answer.status)) {
        // Warm: whatever the service said, the connection lives. Only a token that it does not take stops the
        // write.
        return job.isWrite && answer.status != 401 && job.mayWriteAfter(answer) ? Next::SendWrite
                                                                                : Next::Finish;
    }
    if (!mayTryAgain(job, answer)) {
        // A service that stays too busy to read may still take the write, and the connection lives.
        const bool warm = job.isWrite && answer.isAnswered() && answer.status != 429;
        return warm && job.mayWriteAfter(answer) ? Next::SendWrite : Next::Finish;
    }
    if (!answer.isAnswered())
        job.bornAfter = m_pool.lastBorn();
    return Next::Retry;
}

bool RequestScheduler::mayTryAgain(Job &job, const TransferResult &answer) const
{
    if (job.stop.stop_requested())
        return false;
    if (answer.isAnswered() && answer.status == 429) {
        // Waiting in line is no failure as long as the line moves.
        constexpr int mostRefusals = 200;
        if (++job.refusals > mostRefusals)
            return false;
        if (std::exchange(job.progressSeen, m_progress) != m_progress && job.refusals > 1)
            return true;
        return ++job.attempts < m_limits.readAttempts;
    }
    constexpr int mostTimeouts = 3;
    if (answer.end == TransferResult::End::TimedOut && ++job.timeouts >= mostTimeouts)
        return false;
    if (answer.end == TransferResult::End::Failed && !mayPassBy(answer.error))
        return false;
    return ++job.attempts < m_limits.readAttempts;
}

void RequestScheduler::noteRateLimit(const TransferResult &answer, int attempt)
{
    if (!answer.isAnswered() || (answer.status != 429 && answer.status != 503))
        return;
    const auto asked = retryAfterOf(answer.retryAfter, answer.date.isValid() ? answer.date : m_clock.now());
    if (!asked && answer.status != 429)
        return;
    if (!m_hold.isHolding())
        m_window = std::max(1.0, m_window / 2);
    // `Retry-After: 0` or a date that has passed must not burn all attempts at once.
    const std::chrono::milliseconds wished = asked.value_or(0s);
    m_hold.holdFor(std::max(std::min<std::chrono::milliseconds>(wished, m_limits.longestHold),
                            backoffAfter(attempt, m_limits)));
}

void RequestScheduler::noteProgress(const TransferResult &answer)
{
    if (!answer.isAnswered() || answer.status == 429 || isBusy(answer.status))
        return;
    ++m_progress;
    const double most = std::max(1, m_limits.managers * m_limits.inFlightPerManager);
    m_window = std::min(most, m_window + 1 / m_window);
}

void RequestScheduler::putBack(Job &job, std::chrono::milliseconds wait)
{
    job.stage = Job::Stage::BackingOff;
    QTimer::singleShot(wait, this, [this, id = job.id] {
        const auto found = m_jobs.find(id);
        if (found == m_jobs.end())
            return;
        enqueue(*found->second);
        pump();
    });
}

void RequestScheduler::finish(quint64 id, TransferResult answer)
{
    auto node = m_jobs.extract(id);
    if (node.empty())
        return;
    Job &job = *node.mapped();
    job.onStop.reset();
    if (job.stage == Job::Stage::Queued)
        std::erase(job.isWrite ? m_writes : m_reads, id);
    job.promise.addResult(std::move(answer));
    job.promise.finish();
}

void RequestScheduler::cancel(quint64 id)
{
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    if (found->second->transfer) {
        found->second->transfer->cancel(); // Comes back through arrived().
        return;
    }
    TransferResult canceled;
    canceled.end = TransferResult::End::Canceled;
    finish(id, std::move(canceled));
}

void RequestScheduler::shutDown()
{
    m_closed = true;
    while (!m_jobs.empty())
        cancel(m_jobs.begin()->first);
}

} // namespace latchkey
