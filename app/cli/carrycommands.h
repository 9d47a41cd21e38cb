// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/keyscommands.h"
#include "models/core/carriedkeys.h"

namespace latchkey {

/// What `keys carry-out` and `keys carry-in` have in common: the file, its passphrase and a profile.
class CarryCommand : public KeysCommand
{
public:
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;

protected:
    /// Of `--profile`; empty where there is none.
    [[nodiscard]] static Outcome<QString> profileId(CommandContext &context);
    [[nodiscard]] static ExitCode failReading(CommandContext &context, const Problem &problem);
    /// A table of what became of each, or JSON; the exit code of the first that did not end well.
    [[nodiscard]] static ExitCode report(CommandContext &context, const QList<CarryResult> &results);
};

/// Writes the keys that are kept here to a file that is encrypted with a passphrase.
class CarryOutCommand final : public CarryCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("keys carry-out"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;

private:
    [[nodiscard]] static Done confirm(CommandContext &context, const QString &file, qsizetype sets);
};

/// Keeps here what such a file holds.
class CarryInCommand final : public CarryCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("keys carry-in"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

} // namespace latchkey
