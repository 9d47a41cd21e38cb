// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QByteArray>
#include <QSslConfiguration>

namespace latchkey {

/// TLS that trusts the system's authorities and those in `pem` (one or more certificates). Problem Tls: there
/// is no certificate in it.
[[nodiscard]] Outcome<QSslConfiguration> trustAlso(const QByteArray &pem);

} // namespace latchkey
