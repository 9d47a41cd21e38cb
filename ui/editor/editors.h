// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"
#include "models/core/change.h"
#include "models/core/handover.h"
#include "models/core/instancerecord.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QUrl>

#include <functional>

class QDialog;
class QWidget;

namespace latchkey {

class BulkChanges;
class ChangeRecovery;
class CredentialChanges;
class Inventory;
class KeyAdoption;
class KeyHandover;
class KeyVault;
class Profiles;
struct ChangeServices;
struct Profile;

/// Opens the dialogs that change something. Each slot returns at once; a dialog is window-modal, deletes
/// itself when it closes, and has an object name (`credentialDialog`, `deleteDialog`, `rollBackDialog`,
/// `bulkDialog`, `handoverDialog`, `recoveryDialog`, `profileDialog`, `removeProfileDialog`,
/// `organizationDialog`). One dialog at a time: while one is open, a slot raises it and does nothing else.
///
/// An instance or profile that is not known any more is ignored.
class Editors : public QObject
{
    Q_OBJECT
public:
    using Opener = std::function<bool(const QUrl &)>; ///< False where the desktop cannot open it.

    /// All collaborators must outlive this. `window` is the parent of the dialogs.
    Editors(Profiles &profiles, Inventory &inventory, KeyVault &vault, CredentialChanges &changes,
            ChangeRecovery &recovery, KeyAdoption &adoption, BulkChanges &bulk, KeyHandover &handover,
            QWidget *window);

    /// How a web page is opened; the desktop's browser unless a test says otherwise.
    void setOpener(Opener opener);
    /// The dialog that is open, or null.
    [[nodiscard]] QDialog *current() const;

public Q_SLOTS:
    void createCredential(const latchkey::InstanceAddress &address);
    void replaceCredential(const latchkey::InstanceAddress &address);
    void deleteCredential(const latchkey::InstanceAddress &address);
    /// To the keys that were kept before the present ones.
    void rollBack(const latchkey::InstanceAddress &address);
    /// Creates, replaces or deletes the credentials of several instances, in this order. One alone has the
    /// dialog of its kind.
    void changeSeveral(latchkey::ChangeKind kind, const QList<latchkey::InstanceAddress> &addresses);
    /// Keeps the keys of a credential that was not made here (`credentialDialog`).
    void enterKeys(const latchkey::InstanceAddress &address);
    /// Sends the keys that are kept for it to another instance.
    void copyKeys(const latchkey::InstanceAddress &address);
    /// The same, and deletes its credential afterwards.
    void moveCredential(const latchkey::InstanceAddress &address);
    /// Shows the changes that were interrupted, and what can be done about them.
    void lookAtUnfinished();
    void addProfile();
    void editProfile(const QString &profileId);
    void removeProfile(const QString &profileId);
    /// Asks whether a profile whose known instances are all gone has become another organization.
    void askOrganization(const QString &profileId);

Q_SIGNALS:
    /// A change sent something and has come to its end; its phase and problem say how. Nothing is announced
    /// where nothing was sent.
    void changeEnded(const latchkey::Change &change);
    /// A bulk run has come to its end; so have its rows, each as `changeEnded` would say.
    void runEnded(const latchkey::BulkResult &result);
    /// The profile was added or changed and kept: worth a refresh.
    void profileSaved(const QString &profileId);
    void profileRemoved(const QString &profileId);
    /// The question was answered.
    void organizationAnswered(const QString &profileId, bool sameOrganization);

private:
    void openCredentialDialog(const ChangePreview &preview, ChangeServices services);
    void changeOne(ChangeKind kind, const InstanceAddress &address);
    void openHandoverDialog(HandoverKind kind, const InstanceAddress &from);
    void openProfileDialog(const Profile &profile);
    /// True, and the open dialog comes to the front, where there is one.
    bool raiseOpen();
    void open(QDialog *dialog);

    Profiles &m_profiles;
    Inventory &m_inventory;
    KeyVault &m_vault;
    CredentialChanges &m_changes;
    ChangeRecovery &m_recovery;
    KeyAdoption &m_adoption;
    BulkChanges &m_bulk;
    KeyHandover &m_handover;
    QWidget *m_window;
    Opener m_opener;
    QPointer<QDialog> m_open;
};

} // namespace latchkey
