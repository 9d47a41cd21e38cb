// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/keychainsecretstore.h"

#include "models/secrets/secretservice.h"

#include <QCoroSignal>
#include <qt6keychain/keychain.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

/// A question over D-Bus shows no prompt, so nobody has to be waited for.
constexpr std::chrono::milliseconds questionDeadline = 3s;

struct JobResult
{
    bool answered = false;
    QKeychain::Error error = QKeychain::OtherError;
    QString said;
};

/// Starts `job` and waits for its end or the deadline. A job that outlives its deadline cannot be cancelled:
/// it is left to itself, and deletes itself when it ends. Else the caller deletes it.
QCoro::Task<JobResult> runJob(QKeychain::Job *job, std::chrono::milliseconds deadline)
{
    job->setAutoDelete(false);
    auto finished = qCoro(job, &QKeychain::Job::finished, deadline);
    job->start();
    const auto ended = co_await std::move(finished);
    JobResult result;
    result.answered = ended.has_value();
    if (result.answered) {
        result.error = job->error();
        result.said = job->errorString();
    } else {
        job->setAutoDelete(true);
    }
    co_return result;
}

} // namespace

KeychainSecretStore::KeychainSecretStore(QString service, std::chrono::milliseconds deadline, QObject *parent)
    : SecretStore(parent)
    , m_service(std::move(service))
    , m_deadline(deadline)
{
}

QCoro::Task<Done> KeychainSecretStore::stateNow() const
{
    return SecretService::state(std::min(m_deadline, questionDeadline));
}

QCoro::Task<Problem> KeychainSecretStore::explain(bool answered, int error, QString said) const
{
    // An open prompt and a dead service look alike from here; the service knows.
    const Done state = co_await stateNow();
    if (!state)
        co_return state.problem();
    if (!answered) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_deadline).count();
        co_return Problem::of(
            Problem::Category::KeychainHung,
            tr("The keychain did not answer within %n second(s).", nullptr, static_cast<int>(seconds)),
            tr("Look for a question of the keychain that waits for an answer, then try again."));
    }
    switch (error) {
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        co_return Problem::of(Problem::Category::KeychainRefused, tr("The keychain refused access."),
                              tr("Allow Latchkey to use it and try again."));
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        co_return Problem::of(Problem::Category::KeychainUnavailable,
                              tr("There is no keychain in this session."), said);
    default:
        co_return Problem::of(Problem::Category::KeychainFailed, tr("The keychain answered with an error."),
                              said);
    }
}

QCoro::Task<Outcome<Secret>> KeychainSecretStore::read(QString name)
{
    // EntryNotFound is also what a locked keyring answers whose prompt was cancelled. It is believed only
    // where the keyring said that it was unlocked before the read as well as after it.
    bool openBefore = false;
    for (;;) {
        auto *job = new QKeychain::ReadPasswordJob(m_service);
        job->setKey(name);
        const JobResult result = co_await runJob(job, m_deadline);
        if (result.answered)
            job->deleteLater();
        if (result.answered && result.error == QKeychain::NoError) {
            QByteArray bytes = job->binaryData();
            co_return Secret::takeFrom(bytes);
        }
        if (!result.answered || result.error != QKeychain::EntryNotFound) {
            const Problem reason = co_await explain(result.answered, result.error, result.said);
            co_return reason;
        }
        const Done state = co_await stateNow();
        if (!state)
            co_return state.problem();
        if (openBefore)
            break;
        openBefore = true;
    }
    co_return Problem::of(Problem::Category::KeychainEntryMissing,
                          tr("The keychain does not have this entry."),
                          tr("It was removed outside of Latchkey. Enter the keys again."));
}

QCoro::Task<Done> KeychainSecretStore::write(QString name, Secret value)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setKey(name);
    QByteArray bytes = value.reveal().toByteArray();
    job->setBinaryData(bytes);
    const JobResult result = co_await runJob(job, m_deadline);
    if (result.answered) {
        // Shared with the job, which does not wipe its copy. One that still runs may still need it.
        wipe(bytes);
        job->deleteLater();
    }
    if (result.answered && result.error == QKeychain::NoError)
        co_return Done();
    const Problem reason = co_await explain(result.answered, result.error, result.said);
    co_return Done(reason);
}

QCoro::Task<Done> KeychainSecretStore::remove(QString name)
{
    auto *job = new QKeychain::DeletePasswordJob(m_service);
    job->setKey(name);
    const JobResult result = co_await runJob(job, m_deadline);
    if (result.answered)
        job->deleteLater();
    // NoError is also the answer where nothing was found, and a locked keyring shows nothing.
    if (result.answered && (result.error == QKeychain::NoError || result.error == QKeychain::EntryNotFound)) {
        Done state = co_await stateNow();
        co_return state;
    }
    const Problem reason = co_await explain(result.answered, result.error, result.said);
    co_return Done(reason);
}

QCoro::Task<Done> KeychainSecretStore::probe()
{
    return stateNow();
}

QCoro::Task<Outcome<QStringList>> KeychainSecretStore::list()
{
    return SecretService::names(m_service, std::min(m_deadline, questionDeadline));
}

qsizetype KeychainSecretStore::largestEntry() const
{
#ifdef Q_OS_WIN
    return 2560; // CRED_MAX_CREDENTIAL_BLOB_SIZE
#else
    return 0;
#endif
}

} // namespace latchkey
