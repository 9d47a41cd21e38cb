// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace latchkey {

/// `expiry`: the report, for people, other programs and cron.
class ExpiryCommand final : public Command
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("expiry"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] ExitCode exitCodeFor(const Problem &problem) const override;
    [[nodiscard]] QString exitCodes() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

/// What the commands about the record of one instance have in common.
class ExpiryRecordsCommand : public Command
{
public:
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;

protected:
    /// What is to be there in the place of the record that is.
    [[nodiscard]] virtual Outcome<ExpiryRecord> wanted(const CommandContext &context,
                                                       const InstanceRecord &instance) const = 0;
    /// For people, when it is done.
    [[nodiscard]] virtual QString told(const InstanceRecord &instance, const QDateTime &now) const = 0;
};

class ExpiryRecordCommand final : public ExpiryRecordsCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("expiry record"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] Done check(const Arguments &arguments) const override;

protected:
    [[nodiscard]] Outcome<ExpiryRecord> wanted(const CommandContext &context,
                                               const InstanceRecord &instance) const override;
    [[nodiscard]] QString told(const InstanceRecord &instance, const QDateTime &now) const override;
};

class ExpiryForgetCommand final : public ExpiryRecordsCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("expiry forget"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;

protected:
    [[nodiscard]] Outcome<ExpiryRecord> wanted(const CommandContext &context,
                                               const InstanceRecord &instance) const override;
    [[nodiscard]] QString told(const InstanceRecord &instance, const QDateTime &now) const override;
};

} // namespace latchkey
