// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/planapplication.h"

namespace latchkey {

/// `export`: what is there, as a configuration or for another tool.
class ExportCommand final : public Command
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("export"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

/// What `plan`, `diff` and `apply` have in common: a file, and what it would have done.
class PlanningCommand : public Command
{
public:
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool usesKeychain(const Arguments &) const override { return true; }

protected:
    /// Reads the file and what is at Konnect, and plans. Tells what could not be read.
    static QCoro::Task<Outcome<PreparedPlan>> prepare(CommandContext &context, bool deletes);

private:
    static QCoro::Task<ExitCode> refresh(CommandContext &context, Plan plan);
};

/// `plan`: shows it, or writes it to a file that can be reviewed and applied.
class PlanCommand final : public PlanningCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("plan"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

/// `diff`: whether anything is otherwise than the file says.
class DiffCommand final : public PlanningCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("diff"); }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QString exitCodes() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

/// `apply`: does it.
class ApplyCommand final : public PlanningCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("apply"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] bool changesCredentials() const override { return true; }
    [[nodiscard]] bool usesKeychain(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

} // namespace latchkey
