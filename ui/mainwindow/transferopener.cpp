// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/transferopener.h"

#include "models/services/credentialchanges.h"
#include "models/services/environmentkey.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/services/offthread.h"
#include "models/services/planmaker.h"
#include "models/services/planrunner.h"
#include "models/services/profiles.h"
#include "ui/mainwindow/mainactions.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/transfer/exportdialog.h"
#include "ui/transfer/importdialog.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileDialog>

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

TransferOpener::TransferOpener(const MainActions &actions, Parts parts, Selected selected, MainWindow &window)
    : QObject(&window)
    , m_parts(parts)
    , m_selected(std::move(selected))
    , m_window(window)
{
    m_pool.setMaxThreadCount(1);
    connect(actions.exportConfiguration, &QAction::triggered, this, &TransferOpener::exportConfiguration);
    connect(actions.importConfiguration, &QAction::triggered, this, [this] { askForFile(false); });
    connect(actions.compareConfiguration, &QAction::triggered, this, [this] { askForFile(true); });
}

void TransferOpener::exportConfiguration()
{
    if (!raiseOpen())
        open(new ExportDialog(m_parts.profiles.all(), m_parts.inventory.records(), m_selected(), m_pool,
                              &m_window));
}

void TransferOpener::askForFile(bool onlyCompares)
{
    if (raiseOpen())
        return;
    auto *dialog = new QFileDialog(&m_window, onlyCompares ? tr("Compare with a Configuration")
                                                           : tr("Import a Configuration"));
    dialog->setObjectName(u"configurationFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptOpen);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Configurations, plans, files of other tools (*.json *.tfstate *.yaml *.yml)"),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, onlyCompares](const QString &file) { openFile(file, onlyCompares); });
    dialog->open();
}

void TransferOpener::openFile(const QString &file, bool onlyCompares)
{
    if (raiseOpen())
        return;
    auto *dialog =
        new ImportDialog(onlyCompares ? ImportDialog::Purpose::Compare : ImportDialog::Purpose::Import, file,
                         services(), &m_window);
    KeyVault *vault = &m_parts.vault;
    dialog->setKeychainProblem(vault->keychainProblem());
    connect(vault, &KeyVault::keychainProblemChanged, dialog,
            [dialog, vault] { dialog->setKeychainProblem(vault->keychainProblem()); });
    connect(dialog, &ImportDialog::keychainRetryRequested, dialog, [dialog, vault] {
        QCoro::connect(vault->probe(), dialog,
                       [dialog, vault] { dialog->setKeychainProblem(vault->keychainProblem()); });
    });
    connect(&m_parts.planRunner, &PlanRunner::advanced, dialog, &ImportDialog::follow);
    connect(&m_parts.changes, &CredentialChanges::advanced, dialog, &ImportDialog::followChange);
    open(dialog);
}

ImportServices TransferOpener::services()
{
    // The services outlive every dialog: capturing them by reference is safe.
    Profiles &profiles = m_parts.profiles;
    Inventory &inventory = m_parts.inventory;
    ImportServices services;
    services.read = [pool = &m_pool](const QString &file) {
        return offThread<Outcome<OpenedFile>>(pool, [file] { return OpenedFile::read(file); });
    };
    services.write = [pool = &m_pool](const QString &file, const std::function<QByteArray()> &text) {
        return offThread<Done>(pool, [file, text] { return configurationfiles::write(file, text()); });
    };
    services.records = [&inventory] { return inventory.records(); };
    services.import = [&profiles, &inventory, &clock = m_parts.clock,
                       pool = &m_pool](const ImportServices::Foreign &foreign, ImportOptions options) {
        options.at = clock.now();
        return offThread<std::shared_ptr<ConfigurationImport>>(
            pool, [foreign, options, known = profiles.all(), records = inventory.records()] {
                return std::make_shared<ConfigurationImport>(
                    importOf(std::move(*foreign), known, records, options));
            });
    };
    services.profiles = [&profiles] {
        QStringList names;
        const QList<Profile> all = profiles.all();
        for (const Profile &profile : all)
            names.append(profile.name);
        return names;
    };
    services.refresh = [&profiles, &inventory](const QString &name) {
        const std::optional<Profile> profile = profiles.findByName(name);
        return inventory.refresh(profile ? profile->id : QString());
    };
    services.stopRefresh = [&inventory] { inventory.cancelRefresh(); };
    services.endpoints = [&profiles, &inventory](const QString &name) {
        const std::optional<Profile> profile = profiles.findByName(name);
        QList<EndpointState> endpoints = inventory.endpoints();
        endpoints.removeIf([&profile](const EndpointState &endpoint) {
            return !profile || endpoint.profileId != profile->id;
        });
        return endpoints;
    };
    services.plan = [&maker = m_parts.planMaker](ConfigurationDocument document, PlanOptions options,
                                                 ImportServices::Keys keys) {
        return maker.make(std::move(document), std::move(options), std::move(keys));
    };
    services.apply = [&runner = m_parts.planRunner](ApplyRequest request, ImportServices::Keys keys,
                                                    std::stop_token stop) {
        return runner.apply(std::move(request), std::move(keys), std::move(stop));
    };
    services.variable = [](const QString &name) { return keyInEnvironment(name); };
    services.find = [&inventory](const InstanceAddress &address) { return inventory.find(address); };
    services.open = [](const QUrl &url) { return QDesktopServices::openUrl(url); };
    return services;
}

bool TransferOpener::raiseOpen()
{
    if (!m_open)
        return false;
    m_open->raise();
    m_open->activateWindow();
    return true;
}

void TransferOpener::open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_open = dialog;
    // It is deleted later: until then the next one may be opened.
    connect(dialog, &QDialog::finished, this, [this] { m_open.clear(); });
    dialog->open();
}

} // namespace latchkey
