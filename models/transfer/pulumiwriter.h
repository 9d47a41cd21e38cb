// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/toolexport.h"

#include <QByteArray>
#include <QStringList>

namespace latchkey::pulumiwriter {

/// A program in YAML (`Pulumi.yaml`), with secret configuration in the place of keys. Says itself what is to
/// be done and what it leaves out. No secrets.
[[nodiscard]] QByteArray toYaml(const ToolExport &file);

/// `pulumi import konnect:index/… NAME "INSTANCE-ID"` for each credential; toYaml() has them
/// as comments.
[[nodiscard]] QStringList importCommands(const ToolExport &file);

} // namespace latchkey::pulumiwriter
