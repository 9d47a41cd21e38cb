// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QByteArray>
#include <QString>

namespace latchkey {

/// The PEM text of a profile's CA file; empty for an empty path. A Problem Tls that names the file where it
/// cannot be read, holds no certificate or is larger than a bundle of CAs can be. Reads synchronously: such
/// files are small.
[[nodiscard]] Outcome<QByteArray> readCaFile(const QString &path);

} // namespace latchkey
