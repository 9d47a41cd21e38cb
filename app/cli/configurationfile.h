// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/core/plan.h"

#include <QByteArray>

namespace latchkey {

/// A configuration or a plan, as a file has it.
struct ConfigurationFile
{
    bool isPlan = false;
    Plan plan; ///< Of a configuration, only its document.
};

/// Of a file, or of stdin where it is `-`. InvalidInput names all places of what is wrong.
[[nodiscard]] Outcome<ConfigurationFile> readConfigurationFile(const QString &file);
/// Whether it would be read again.
[[nodiscard]] Done checkConfiguration(const QByteArray &text);
/// To the file of `--out`, in the place of what is there or not at all; to stdout where none is named.
/// Redacted, as all that is printed.
[[nodiscard]] Done writeOut(CommandContext &context, const QByteArray &text);

} // namespace latchkey
