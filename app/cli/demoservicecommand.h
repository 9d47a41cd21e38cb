// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace latchkey {

/// The embedded Konnect service by itself, until it is told to stop.
class DemoServiceCommand final : public Command
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("demo-service"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] bool needsSession() const override { return false; }
    [[nodiscard]] bool talksToProfile() const override { return false; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool usesKeychain(const Arguments &) const override { return false; }
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

} // namespace latchkey
