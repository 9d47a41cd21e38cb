// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace latchkey {

class ProfileAddCommand final : public Command
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("profile add"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] bool talksToProfile() const override { return false; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool usesKeychain(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

/// Changes what is written down about a profile. Its token and address stay.
class ProfileSetCommand final : public Command
{
public:
    [[nodiscard]] bool talksToProfile() const override { return false; }
    [[nodiscard]] QString name() const override { return QStringLiteral("profile set"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool usesKeychain(const Arguments &) const override { return false; }
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

class ProfileListCommand final : public Command
{
public:
    [[nodiscard]] bool needsProfile() const override { return false; }
    [[nodiscard]] QString name() const override { return QStringLiteral("profile list"); }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] bool usesKeychain(const Arguments &) const override { return false; }
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

class ProfileRemoveCommand final : public Command
{
public:
    [[nodiscard]] bool needsProfile() const override { return false; }
    [[nodiscard]] QString name() const override { return QStringLiteral("profile remove"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool usesKeychain(const Arguments &) const override { return true; }
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

class ProfileTestCommand final : public Command
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("profile test"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] QString profileName(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

/// Answers whether a profile whose known instances are all out of sight is still the same organization.
class ProfileConfirmCommand final : public Command
{
public:
    [[nodiscard]] bool talksToProfile() const override { return false; }
    [[nodiscard]] QString name() const override { return QStringLiteral("profile confirm"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool usesKeychain(const Arguments &) const override { return false; }
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

} // namespace latchkey
