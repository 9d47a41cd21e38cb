// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/clock.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QObject>

namespace latchkey {

class CredentialChanges;
class ExpiryRecords;
class KeyAdoption;

/// Records the last day that was entered with new keys, as soon as their credential has an id. The journal
/// carries the date, so that it is not lost where a change is interrupted and finished later.
class ExpiryOfChanges : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    ExpiryOfChanges(CredentialChanges &changes, KeyAdoption &adoption, ExpiryRecords &records,
                    const Clock &clock, QObject *parent = nullptr);

    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    /// The credential is there, but nothing is recorded for it.
    void failed(const latchkey::Problem &problem);

private:
    void follow(const Change &change);
    QCoro::Task<void> record(Change change);

    ExpiryRecords &m_records;
    const Clock &m_clock;
    QString
        m_saidOf; ///< Id of the last change whose expiry was refused: said once, tried again at each phase.
    RunningCount m_running;
};

} // namespace latchkey
