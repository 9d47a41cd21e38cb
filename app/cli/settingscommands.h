// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/core/healthrules.h"

namespace latchkey {

/// What the `settings` commands have in common: they look at this machine's database alone.
class SettingsCommand : public Command
{
public:
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] bool talksToProfile() const final { return false; }
    [[nodiscard]] bool needsProfile() const final { return false; }
    [[nodiscard]] bool usesKeychain(const Arguments &) const final { return false; }
};

class SettingsListCommand final : public SettingsCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("settings list"); }
    [[nodiscard]] QString summary() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

class SettingsSetCommand final : public SettingsCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("settings set"); }
    [[nodiscard]] QString synopsis() const override { return QStringLiteral("NAME VALUE [--yes]"); }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 2; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;

private:
    [[nodiscard]] static Done confirm(CommandContext &context, int due);
    /// A profile is stored by its id. A name that nothing here is called is refused or, of an integration,
    /// remarked on.
    [[nodiscard]] static Outcome<QString> storedName(CommandContext &context, const QString &name,
                                                     const HealthRules &rules);
};

} // namespace latchkey
