// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/credentialcommands.h"
#include "models/core/handover.h"

namespace latchkey {

/// `credential copy` and `credential move`: kept keys to another instance.
class HandoverCommand final : public CredentialCommand
{
public:
    explicit HandoverCommand(HandoverKind kind)
        : m_kind(kind)
    {
    }
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool changesCredentials() const override { return true; }
    [[nodiscard]] bool usesKeychain(const Arguments &) const override { return true; }
    QCoro::Task<ExitCode> run(CommandContext &context) override;

private:
    QCoro::Task<Outcome<InstanceRecord>> findTarget(CommandContext &context) const;
    /// What will be done, and the names that were typed to confirm it.
    [[nodiscard]] Done confirm(CommandContext &context, const HandoverPreview &preview,
                               HandoverRequest &request) const;
    [[nodiscard]] QString warningBefore(const HandoverPreview &preview) const;
    [[nodiscard]] ExitCode report(CommandContext &context, const HandoverResult &result) const;

    HandoverKind m_kind;
};

} // namespace latchkey
