// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/carriedkeys.h"
#include "models/core/instancerecord.h"
#include "models/core/keyversion.h"
#include "models/core/outcome.h"
#include "models/core/passphrase.h"
#include "models/core/secret.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QList>
#include <QObject>
#include <QString>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <stop_token>

namespace latchkey {

class Inventory;
class KeyAdoption;
class KeyBundleReader;
class KeyVault;
class Profiles;

/// Carries keys that are kept here to another machine, and takes them in there: in the one file of Latchkey
/// that holds keys, encrypted with a passphrase.
///
/// What is taken in is kept as KeyAdoption keeps what the user enters, and counts as entered: the bundle says
/// that the keys are those of a credential, and Konnect, which is only asked whether it still has that one,
/// cannot say whether that is so.
class KeyCarrying : public QObject
{
    Q_OBJECT
public:
    /// All collaborators must outlive this. `cost`: of the passphrase of files that are written.
    KeyCarrying(Profiles &profiles, Inventory &inventory, KeyVault &vault, KeyAdoption &adoption,
                KdfCost cost = {}, QObject *parent = nullptr);
    ~KeyCarrying() override;

    /// The current keys that are kept here, of one profile's instances or of all, by instance. Also of
    /// instances that the inventory does not know.
    QCoro::Task<Outcome<QList<KeyVersion>>> kept(QString profileId = {});

    /// Refused where carryOut() would refuse to write there, which it looks at first.
    [[nodiscard]] static Done checkTarget(const QString &file);
    /// Writes the keys of `versions` (of kept()) to a new file. One result a version: those that are not
    /// the current ones any more, whose entry the keychain does not have, or whose credential is not known,
    /// are left out. A Problem: no file was written.
    QCoro::Task<Outcome<QList<CarryResult>>> carryOut(QList<KeyVersion> versions, QString file,
                                                      Secret passphrase, std::stop_token stop = {});

    /// Verifies all of the file. A Problem for a wrong passphrase and whatever is not exactly what was
    /// written.
    QCoro::Task<Outcome<std::shared_ptr<KeyBundleReader>>> open(QString file, Secret passphrase);
    /// Keeps what belongs to instances that the inventory knows, of one profile or of any. Nothing that is
    /// kept here for the present credential is touched. One result a set of keys, in the order of the file.
    QCoro::Task<QList<CarryResult>> carryIn(std::shared_ptr<KeyBundleReader> bundle, QString profileId = {},
                                            std::stop_token stop = {});

    /// Ends what is under way, after the set of keys that it is at.
    void stop();
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

private:
    [[nodiscard]] std::optional<InstanceRecord> recordOf(const QString &profileId, const QString &origin,
                                                         const QString &instanceId) const;
    [[nodiscard]] CarriedKeys describe(const KeyVersion &version) const;
    QCoro::Task<CarryResult> keep(CarriedKeys keys, QString profileId, std::stop_token stop);

    Profiles &m_profiles;
    Inventory &m_inventory;
    KeyVault &m_vault;
    KeyAdoption &m_adoption;
    KdfCost m_cost;
    QThreadPool m_pool;
    std::stop_source m_stop;
    RunningCount m_running;
};

} // namespace latchkey
