// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/editors.h"

#include "models/services/bulkchanges.h"
#include "models/services/changerecovery.h"
#include "models/services/credentialchanges.h"
#include "models/services/inventory.h"
#include "models/services/keyadoption.h"
#include "models/services/keyhandover.h"
#include "models/services/keyvault.h"
#include "models/services/profiles.h"
#include "ui/editor/bulkdialog.h"
#include "ui/editor/credentialdialog.h"
#include "ui/editor/deletedialog.h"
#include "ui/editor/handoverdialog.h"
#include "ui/editor/organizationdialog.h"
#include "ui/editor/profiledialog.h"
#include "ui/editor/recoverydialog.h"
#include "ui/editor/removeprofiledialog.h"
#include "ui/editor/rollbackdialog.h"

#include <QDesktopServices>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

// The services outlive every dialog: capturing them by reference is safe.
ChangeServices servicesOf(CredentialChanges &changes)
{
    ChangeServices services;
    services.preview = [&changes](ChangeKind kind, const InstanceAddress &address) {
        return changes.preview(kind, address);
    };
    services.run = [&changes](ChangeRequest request, std::stop_token stop) {
        return changes.run(std::move(request), std::move(stop));
    };
    return services;
}

RecoveryServices servicesOf(ChangeRecovery &recovery, CredentialChanges &changes, BulkChanges &bulk,
                            Inventory &inventory)
{
    RecoveryServices services;
    services.examine = [&recovery](std::stop_token stop) { return recovery.examine(std::move(stop)); };
    services.finish = [&changes](QString changeId, HeaderKeys typed, std::stop_token stop) {
        return changes.finish(std::move(changeId), std::move(typed), std::move(stop));
    };
    services.rollBack = [&recovery](QString changeId, QString typedName, std::stop_token stop) {
        return recovery.rollBack(std::move(changeId), std::move(typedName), std::move(stop));
    };
    services.leave = [&recovery](QString changeId) { return recovery.leave(std::move(changeId)); };
    services.finishRun = [&bulk](QString runId, std::stop_token stop) {
        return bulk.resume(std::move(runId), {}, std::move(stop));
    };
    services.giveUpRun = [&bulk](QString runId) { return bulk.giveUp(std::move(runId)); };
    services.find = [&inventory](const InstanceAddress &address) { return inventory.find(address); };
    return services;
}

ProfileServices servicesOf(Profiles &profiles)
{
    ProfileServices services;
    services.save = [&profiles](Profile profile, Secret token, bool inMemory) {
        return profiles.save(std::move(profile), std::move(token), inMemory);
    };
    services.test = [&profiles](Profile profile, Secret token, std::stop_token stop) {
        return profiles.test(std::move(profile), std::move(token), std::move(stop));
    };
    return services;
}

/// Keeps the dialog's banner true to the keychain while it is open.
template <typename Dialog>
void bindKeychain(Dialog *dialog, KeyVault &vault)
{
    dialog->setKeychainProblem(vault.keychainProblem());
    QObject::connect(&vault, &KeyVault::keychainProblemChanged, dialog,
                     [dialog, &vault] { dialog->setKeychainProblem(vault.keychainProblem()); });
    QObject::connect(dialog, &Dialog::keychainRetryRequested, dialog, [dialog, &vault] {
        QCoro::connect(vault.probe(), dialog,
                       [dialog, &vault] { dialog->setKeychainProblem(vault.keychainProblem()); });
    });
}

} // namespace

Editors::Editors(Profiles &profiles, Inventory &inventory, KeyVault &vault, CredentialChanges &changes,
                 ChangeRecovery &recovery, KeyAdoption &adoption, BulkChanges &bulk, KeyHandover &handover,
                 QWidget *window)
    : QObject(window)
    , m_profiles(profiles)
    , m_inventory(inventory)
    , m_vault(vault)
    , m_changes(changes)
    , m_recovery(recovery)
    , m_adoption(adoption)
    , m_bulk(bulk)
    , m_handover(handover)
    , m_window(window)
    , m_opener([](const QUrl &url) { return QDesktopServices::openUrl(url); })
{
    // Also of a run whose dialog has gone with the window.
    connect(&m_bulk, &BulkChanges::ended, this, &Editors::runEnded);
}

void Editors::setOpener(Opener opener)
{
    m_opener = std::move(opener);
}

QDialog *Editors::current() const
{
    return m_open;
}

bool Editors::raiseOpen()
{
    if (!m_open)
        return false;
    m_open->raise();
    m_open->activateWindow();
    return true;
}

void Editors::open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_open = dialog;
    // WA_DeleteOnClose deletes later; a slot that is called before then may open the next dialog.
    connect(dialog, &QDialog::finished, this, [this] { m_open.clear(); });
    dialog->open();
}

void Editors::createCredential(const InstanceAddress &address)
{
    if (!raiseOpen() && m_inventory.find(address))
        openCredentialDialog(m_changes.preview(ChangeKind::Create, address), servicesOf(m_changes));
}

void Editors::replaceCredential(const InstanceAddress &address)
{
    if (!raiseOpen() && m_inventory.find(address))
        openCredentialDialog(m_changes.preview(ChangeKind::Replace, address), servicesOf(m_changes));
}

void Editors::changeSeveral(ChangeKind kind, const QList<InstanceAddress> &addresses)
{
    if (raiseOpen())
        return;
    QList<InstanceAddress> known = addresses;
    known.removeIf([this](const InstanceAddress &address) { return !m_inventory.find(address); });
    if (known.size() < 2) {
        if (!known.isEmpty())
            changeOne(kind, known.first());
        return;
    }
    const auto run = [&bulk = m_bulk](BulkRequest request, std::stop_token stop) {
        return bulk.run(std::move(request), std::move(stop));
    };
    auto *dialog = new BulkDialog(kind, m_bulk.preview(kind, known), run, m_window);
    bindKeychain(dialog, m_vault);
    connect(&m_bulk, &BulkChanges::advanced, dialog, &BulkDialog::follow);
    connect(&m_changes, &CredentialChanges::advanced, dialog, &BulkDialog::followChange);
    open(dialog);
}

void Editors::changeOne(ChangeKind kind, const InstanceAddress &address)
{
    switch (kind) {
    case ChangeKind::Create:
        createCredential(address);
        return;
    case ChangeKind::Replace:
        replaceCredential(address);
        return;
    case ChangeKind::Delete:
        deleteCredential(address);
        return;
    case ChangeKind::Adopt:
        enterKeys(address);
        return;
    }
}

void Editors::enterKeys(const InstanceAddress &address)
{
    if (raiseOpen() || !m_inventory.find(address))
        return;
    ChangeServices services;
    services.preview = [this](ChangeKind, const InstanceAddress &wanted) {
        return m_adoption.preview(wanted);
    };
    services.run = [this](ChangeRequest request, std::stop_token stop) {
        return m_adoption.adopt(std::move(request.address), std::move(request.expectedCredentialId),
                                std::move(request.credential.headers), std::move(stop), request.expires);
    };
    openCredentialDialog(m_adoption.preview(address), std::move(services));
}

void Editors::openCredentialDialog(const ChangePreview &preview, ChangeServices services)
{
    auto *dialog = new CredentialDialog(preview, std::move(services), m_opener, m_window);
    bindKeychain(dialog, m_vault);
    connect(&m_changes, &CredentialChanges::advanced, dialog, &ChangeDialog::follow);
    connect(dialog, &ChangeDialog::changeEnded, this, &Editors::changeEnded);
    open(dialog);
}

void Editors::deleteCredential(const InstanceAddress &address)
{
    if (raiseOpen() || !m_inventory.find(address))
        return;
    auto *dialog =
        new DeleteDialog(m_changes.preview(ChangeKind::Delete, address), servicesOf(m_changes), m_window);
    connect(&m_changes, &CredentialChanges::advanced, dialog, &ChangeDialog::follow);
    connect(dialog, &ChangeDialog::changeEnded, this, &Editors::changeEnded);
    open(dialog);
}

void Editors::rollBack(const InstanceAddress &address)
{
    if (raiseOpen() || !m_inventory.find(address))
        return;
    ChangeServices services;
    services.preview = [this](ChangeKind, const InstanceAddress &wanted) {
        return m_changes.previewRollBack(wanted);
    };
    services.run = [this](ChangeRequest request, std::stop_token stop) {
        return m_changes.rollBackTo(std::move(request.address), std::move(request.expectedCredentialId),
                                    std::move(request.typedName), std::move(stop));
    };
    auto *dialog = new RollBackDialog(m_changes.previewRollBack(address), std::move(services), m_window);
    connect(&m_changes, &CredentialChanges::advanced, dialog, &ChangeDialog::follow);
    connect(dialog, &ChangeDialog::changeEnded, this, &Editors::changeEnded);
    open(dialog);
}

void Editors::copyKeys(const InstanceAddress &address)
{
    openHandoverDialog(HandoverKind::Copy, address);
}

void Editors::moveCredential(const InstanceAddress &address)
{
    openHandoverDialog(HandoverKind::Move, address);
}

void Editors::openHandoverDialog(HandoverKind kind, const InstanceAddress &from)
{
    if (raiseOpen())
        return;
    const std::optional<InstanceRecord> source = m_inventory.find(from);
    if (!source)
        return;
    HandoverServices services;
    services.targets = [this, from] { return m_handover.targets(from); };
    services.preview = [this, kind, from](const InstanceAddress &to) {
        return m_handover.preview(kind, from, to);
    };
    services.run = [this](HandoverRequest request, std::stop_token stop) {
        return m_handover.run(std::move(request), std::move(stop));
    };
    auto *dialog = new HandoverDialog(kind, *source, std::move(services), m_window);
    connect(&m_changes, &CredentialChanges::advanced, dialog, &HandoverDialog::follow);
    connect(dialog, &HandoverDialog::changeEnded, this, &Editors::changeEnded);
    open(dialog);
}

void Editors::lookAtUnfinished()
{
    if (raiseOpen())
        return;
    auto *dialog = new RecoveryDialog(servicesOf(m_recovery, m_changes, m_bulk, m_inventory), m_window);
    connect(&m_changes, &CredentialChanges::advanced, dialog, &RecoveryDialog::follow);
    connect(dialog, &RecoveryDialog::changeEnded, this, &Editors::changeEnded);
    open(dialog);
}

void Editors::addProfile()
{
    if (!raiseOpen())
        openProfileDialog({});
}

void Editors::editProfile(const QString &profileId)
{
    if (raiseOpen())
        return;
    if (const std::optional<Profile> profile = m_profiles.find(profileId))
        openProfileDialog(*profile);
}

void Editors::openProfileDialog(const Profile &profile)
{
    QStringList otherNames;
    for (const Profile &other : m_profiles.all()) {
        if (other.id != profile.id)
            otherNames.append(other.name);
    }
    auto *dialog = new ProfileDialog(profile, otherNames, servicesOf(m_profiles), m_window);
    bindKeychain(dialog, m_vault);
    connect(dialog, &ProfileDialog::profileSaved, this, &Editors::profileSaved);
    open(dialog);
}

void Editors::removeProfile(const QString &profileId)
{
    if (raiseOpen())
        return;
    const std::optional<Profile> profile = m_profiles.find(profileId);
    if (!profile)
        return;
    auto *dialog = new RemoveProfileDialog(
        *profile, [this](QString id) { return m_profiles.remove(std::move(id)); },
        [this](const QString &id) { return m_profiles.find(id).has_value(); }, m_window);
    connect(dialog, &RemoveProfileDialog::profileRemoved, this, &Editors::profileRemoved);
    open(dialog);
}

void Editors::askOrganization(const QString &profileId)
{
    if (raiseOpen())
        return;
    const std::optional<Profile> profile = m_profiles.find(profileId);
    if (!profile)
        return;
    auto *dialog = new OrganizationDialog(
        *profile,
        [this](QString id, bool same) { return m_profiles.answerOrganizationQuestion(std::move(id), same); },
        m_window);
    connect(dialog, &OrganizationDialog::answered, this, &Editors::organizationAnswered);
    open(dialog);
}

} // namespace latchkey
