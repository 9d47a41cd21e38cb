// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/core/configurationimport.h"

namespace latchkey {

/// `import`: takes what a file of another tool says.
///
/// A command of its own, because only such a file brings keys along: `plan` and `apply` never take one from
/// the file that they are given.
class ImportCommand final : public Command
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("import"); }
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] qsizetype mostWords() const override { return 1; }
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool changesCredentials() const override { return true; }
    [[nodiscard]] bool usesKeychain(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;

private:
    [[nodiscard]] static Outcome<ForeignConfiguration> read(CommandContext &context, const QString &file);
    /// Tells what could not be read.
    static QCoro::Task<Outcome<ExitCode>> refresh(CommandContext &context);
    /// Tells what is to be known of the file and its keys.
    static void tell(CommandContext &context, const QString &file, bool holdsKeys,
                     const ConfigurationImport &imported);
};

} // namespace latchkey
