// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/carrycommands.h"
#include "app/cli/changescommands.h"
#include "app/cli/command.h"
#include "app/cli/configurationcommands.h"
#include "app/cli/credentialcommands.h"
#include "app/cli/demoservicecommand.h"
#include "app/cli/expirycommands.h"
#include "app/cli/expirylabelcommands.h"
#include "app/cli/handovercommands.h"
#include "app/cli/historycommands.h"
#include "app/cli/importcommand.h"
#include "app/cli/instancecommands.h"
#include "app/cli/keyscommands.h"
#include "app/cli/profilecommands.h"
#include "app/cli/protectioncommands.h"
#include "app/cli/settingscommands.h"

namespace latchkey {

std::vector<std::unique_ptr<Command>> allCommands()
{
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(std::make_unique<ProfileAddCommand>());
    commands.push_back(std::make_unique<ProfileSetCommand>());
    commands.push_back(std::make_unique<ProfileListCommand>());
    commands.push_back(std::make_unique<ProfileRemoveCommand>());
    commands.push_back(std::make_unique<ProfileTestCommand>());
    commands.push_back(std::make_unique<ProfileConfirmCommand>());
    commands.push_back(std::make_unique<InstancesListCommand>());
    for (const bool protect : {true, false})
        commands.push_back(std::make_unique<InstancesProtectCommand>(protect));
    commands.push_back(std::make_unique<IntegrationsListCommand>());
    // The longer names first: they begin with the shorter one.
    commands.push_back(std::make_unique<ExpiryRecordCommand>());
    commands.push_back(std::make_unique<ExpiryForgetCommand>());
    for (const bool share : {true, false})
        commands.push_back(std::make_unique<ExpiryLabelCommand>(share));
    commands.push_back(std::make_unique<ExpiryCommand>());
    commands.push_back(std::make_unique<CredentialShowCommand>());
    for (const ChangeKind kind :
         {ChangeKind::Create, ChangeKind::Replace, ChangeKind::Delete, ChangeKind::Adopt})
        commands.push_back(std::make_unique<CredentialChangeCommand>(kind));
    for (const HandoverKind kind : {HandoverKind::Copy, HandoverKind::Move})
        commands.push_back(std::make_unique<HandoverCommand>(kind));
    commands.push_back(std::make_unique<ChangesListCommand>());
    for (const RecoveryStep step : {RecoveryStep::Finish, RecoveryStep::RollBack, RecoveryStep::Leave})
        commands.push_back(std::make_unique<ChangesEndCommand>(step));
    commands.push_back(std::make_unique<ChangesGiveUpCommand>());
    commands.push_back(std::make_unique<HistoryListCommand>());
    commands.push_back(std::make_unique<HistoryExportCommand>());
    commands.push_back(std::make_unique<HistoryVerifyCommand>());
    commands.push_back(std::make_unique<KeysListCommand>());
    commands.push_back(std::make_unique<KeysForgetCommand>());
    commands.push_back(std::make_unique<KeysRescueCommand>());
    commands.push_back(std::make_unique<CarryOutCommand>());
    commands.push_back(std::make_unique<CarryInCommand>());
    commands.push_back(std::make_unique<SettingsListCommand>());
    commands.push_back(std::make_unique<SettingsSetCommand>());
    commands.push_back(std::make_unique<ExportCommand>());
    commands.push_back(std::make_unique<PlanCommand>());
    commands.push_back(std::make_unique<DiffCommand>());
    commands.push_back(std::make_unique<ApplyCommand>());
    commands.push_back(std::make_unique<ImportCommand>());
    commands.push_back(std::make_unique<DemoServiceCommand>());
    return commands;
}

} // namespace latchkey
