// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace latchkey {

/// What all commands about the history have in common: they ask nobody but this machine.
class HistoryCommand : public Command
{
public:
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] bool talksToProfile() const override { return false; }
    [[nodiscard]] bool needsProfile() const override { return false; }
};

class HistoryListCommand final : public HistoryCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("history list"); }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] bool usesKeychain(const Arguments &) const override { return false; }
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

class HistoryExportCommand final : public HistoryCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("history export"); }
    [[nodiscard]] QString synopsis() const override { return QStringLiteral("FILE.csv|FILE.json"); }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool usesKeychain(const Arguments &) const override { return false; }
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

class HistoryVerifyCommand final : public HistoryCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("history verify"); }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] bool usesKeychain(const Arguments &) const override { return true; }
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

} // namespace latchkey
