// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/core/labelreport.h"

#include <QDate>

namespace latchkey {

/// `expiry share` and `expiry unshare`: the recorded day as a label of the instance in Konnect.
class ExpiryLabelCommand final : public Command
{
public:
    explicit ExpiryLabelCommand(bool share)
        : m_share(share)
    {
    }
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool changesCredentials() const override { return true; }
    QCoro::Task<ExitCode> run(CommandContext &context) override;

private:
    [[nodiscard]] Done confirm(CommandContext &context, const InstanceRecord &record, const QDate &day) const;
    [[nodiscard]] ExitCode tell(CommandContext &context, const InstanceRecord &record, const QDate &day,
                                const LabelReport &report) const;

    bool m_share;
};

} // namespace latchkey
