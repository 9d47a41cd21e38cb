// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace latchkey {

/// What the `keys` commands have in common: they look at this machine alone.
class KeysCommand : public Command
{
public:
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] bool talksToProfile() const final { return false; }
    [[nodiscard]] bool usesKeychain(const Arguments &arguments) const final
    {
        Q_UNUSED(arguments)
        return true;
    }
};

/// Every set of keys that is kept, and what rows and keychain do not agree about.
class KeysListCommand final : public KeysCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("keys list"); }
    [[nodiscard]] QString summary() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

/// Removes one set of keys now.
class KeysForgetCommand final : public KeysCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("keys forget"); }
    [[nodiscard]] QString synopsis() const override { return QStringLiteral("VERSION-ID [--yes]"); }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;

private:
    [[nodiscard]] static Done confirm(CommandContext &context, const QString &effect);
};

/// Rebuilds what is known of keys from the keychain.
class KeysRescueCommand final : public KeysCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("keys rescue"); }
    [[nodiscard]] QString summary() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

} // namespace latchkey
