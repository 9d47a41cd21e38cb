// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/toolexport.h"

#include <QByteArray>

namespace latchkey::terraformwriter {

/// A configuration in HCL: an `import` block for each credential that is there, a sensitive variable for each
/// key. Says itself what is to be done and what it leaves out. No secrets.
[[nodiscard]] QByteArray toHcl(const ToolExport &file);

} // namespace latchkey::terraformwriter
