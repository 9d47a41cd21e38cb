// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/expiryofchanges.h"

#include "models/services/credentialchanges.h"
#include "models/services/expiryrecords.h"
#include "models/services/keyadoption.h"

#include <utility>

namespace latchkey {

namespace {

bool hasItsCredential(const Change &change)
{
    switch (change.phase) {
    case ChangePhase::Created:
    case ChangePhase::Verified:
    case ChangePhase::NotHealthy:
    case ChangePhase::Adopted:
        return !change.newCredentialId.isEmpty();
    default:
        return false;
    }
}

} // namespace

ExpiryOfChanges::ExpiryOfChanges(CredentialChanges &changes, KeyAdoption &adoption, ExpiryRecords &records,
                                 const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_records(records)
    , m_clock(clock)
{
    connect(&changes, &CredentialChanges::advanced, this, &ExpiryOfChanges::follow);
    connect(&adoption, &KeyAdoption::adopted, this, &ExpiryOfChanges::follow);
}

void ExpiryOfChanges::follow(const Change &change)
{
    if (!change.expires.isValid() || !hasItsCredential(change))
        return;
    // The phases after CREATED are a second chance; what the user has recorded since stays.
    const bool isRecorded = m_records.of(change.address).credentialId == change.newCredentialId;
    if (change.kind == ChangeKind::Adopt || !isRecorded)
        QCoro::connect(record(change), this, [] {});
}

QCoro::Task<void> ExpiryOfChanges::record(Change change)
{
    const RunningCount::Guard running = m_running.enter();
    ExpiryRecord entered = m_records.of(change.address);
    entered.credentialId = change.newCredentialId;
    entered.date = change.expires;
    entered.recordedAt = m_clock.now();
    const Done done = co_await m_records.record(change.address, entered);
    if (done || std::exchange(m_saidOf, change.id) == change.id)
        co_return;
    const QString day = change.expires.toString(Qt::ISODate);
    Q_EMIT failed(
        Problem::of(done.problem().category,
                    tr("The expiry of “%1”, %2, could not be recorded.").arg(change.instanceTitle, day),
                    done.problem().caption));
}

} // namespace latchkey
