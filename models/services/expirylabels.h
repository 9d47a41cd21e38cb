// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/labelreport.h"
#include "models/core/outcome.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QDate>
#include <QMap>
#include <QObject>
#include <QString>

#include <memory>

namespace latchkey {

class CredentialChanges;
class Inventory;
class KonnectClient;
class KonnectClients;
class Profiles;

/// Tells everybody who sees an instance in Konnect when its credential expires, by the instance's label
/// ExpiryLabel. Ask the user first.
///
/// Konnect takes the labels of an instance as a whole. They are read, sent with the one label set or removed
/// where a look just before still shows them as they were read, read again and compared: a label that is gone
/// then is put back, once. A value that somebody else has written meanwhile is newer than what is known
/// here, and stays. No write is repeated blindly: an unclear answer is settled by a read.
class ExpiryLabels : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this.
    ExpiryLabels(Profiles &profiles, Inventory &inventory, KonnectClients &clients,
                 CredentialChanges &changes, QObject *parent = nullptr);

    /// A Problem: the label is not there (OutcomeUnknown: it may be, or may still come). Refused, and nothing
    /// sent, where the instance has as many labels as Konnect takes. InUse as CredentialChanges::reserve().
    QCoro::Task<Outcome<LabelReport>> share(InstanceAddress address, QDate date);
    /// The same for taking the label away.
    QCoro::Task<Outcome<LabelReport>> unshare(InstanceAddress address);
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

private:
    using Labels = QMap<QString, QString>;
    struct Task
    {
        InstanceAddress address;
        QString title;
        QString value; ///< Empty: the label goes.
        std::shared_ptr<KonnectClient> client;
    };
    struct Sent
    {
        Labels wanted;
        std::optional<Problem> unclear; ///< No answer says that it was done.
        bool nothing = false;           ///< All was as it should be.
    };

    QCoro::Task<Outcome<LabelReport>> set(InstanceAddress address, QString value);
    QCoro::Task<Outcome<Sent>> send(Task task);
    QCoro::Task<Outcome<Labels>> read(Task task);
    QCoro::Task<Outcome<LabelReport>> compare(Task task, Sent sent);
    QCoro::Task<Outcome<LabelReport>> repair(Task task, Labels there, Labels lost, LabelReport report);
    [[nodiscard]] static bool isDone(const Task &task, const Labels &there);
    [[nodiscard]] static Labels with(const Task &task, Labels labels);

    Profiles &m_profiles;
    Inventory &m_inventory;
    KonnectClients &m_clients;
    CredentialChanges &m_changes;
    RunningCount m_running;
};

} // namespace latchkey
