// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/core/unfinishedchange.h"

namespace latchkey {

/// What is left of changes that were interrupted, each with what Konnect shows now.
class ChangesListCommand final : public Command
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("changes list"); }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

/// `changes giveup`: ends what was prepared for a run and never begun.
class ChangesGiveUpCommand final : public Command
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("changes giveup"); }
    [[nodiscard]] QString synopsis() const override { return QStringLiteral("--run RUN-ID"); }
    [[nodiscard]] bool talksToProfile() const override { return false; } ///< Nothing is sent.
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] bool changesCredentials() const override { return true; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

/// `changes finish`, `changes rollback` and `changes leave`.
class ChangesEndCommand final : public Command
{
public:
    explicit ChangesEndCommand(RecoveryStep step)
        : m_step(step)
    {
    }
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] bool changesCredentials() const override { return true; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;

private:
    QCoro::Task<ExitCode> finishRun(CommandContext &context);
    [[nodiscard]] Outcome<bool> confirm(CommandContext &context, const QString &effect) const;

    const RecoveryStep m_step;
};

} // namespace latchkey
