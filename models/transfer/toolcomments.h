// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/toolexport.h"

#include <QString>

/// What files for other tools say to people, as comments that begin with `#`.
namespace latchkey::toolcomments {

/// A line of comment for each line of the text.
[[nodiscard]] QString lines(const QString &text);

[[nodiscard]] QString title(const ToolExport &file);
/// That what is imported has no keys, and is replaced.
[[nodiscard]] QString warning();
/// That the tool has to be told where Konnect is, under this name; empty where the file says it.
[[nodiscard]] QString server(const ToolExport &file, const QString &setting);
[[nodiscard]] QString leftOut(const ToolExport &file);

} // namespace latchkey::toolcomments
