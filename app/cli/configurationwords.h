// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/core/configurationdocument.h"

#include <QByteArray>
#include <QList>

namespace latchkey {

/// InvalidInput, with the places of what is wrong: the first ones of many.
[[nodiscard]] Problem findingsProblem(const QString &caption, const QList<DocumentFinding> &findings);
/// To the file of `--out`; to stdout where none is named. Redacted, as all that is printed.
[[nodiscard]] Done writeOut(CommandContext &context, const QByteArray &text);

} // namespace latchkey
