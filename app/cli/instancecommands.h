// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace latchkey {

class InstancesListCommand final : public Command
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("instances list"); }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

class IntegrationsListCommand final : public Command
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("integrations list"); }
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

} // namespace latchkey
