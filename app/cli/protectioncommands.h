// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace latchkey {

/// `instances protect` and `instances unprotect`.
class InstancesProtectCommand final : public Command
{
public:
    explicit InstancesProtectCommand(bool protect)
        : m_protect(protect)
    {
    }
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;

private:
    [[nodiscard]] static Done confirm(CommandContext &context, const QString &title);

    bool m_protect;
};

} // namespace latchkey
