// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/carriedkeys.h"
#include "models/core/secret.h"

#include <QByteArrayView>

#include <optional>

/// One set of keys as bytes, in the plaintext of a bundle. Numbers are of four bytes, little endian:
///
///     length of the description, description, and for each header: length of its key, key
///
/// The description is JSON without secrets: `origin`, `instance_id`, `instance_name`, `integration`,
/// `profile`, `credential_id`, `since`, `headers`.
namespace latchkey::carriedrecord {

/// A longer one is neither written nor read.
constexpr qsizetype MostBytes = qsizetype(2) * 1024 * 1024;

[[nodiscard]] Secret write(const CarriedKeys &keys);
/// nullopt for anything but a whole record.
[[nodiscard]] std::optional<CarriedKeys> read(QByteArrayView record);

} // namespace latchkey::carriedrecord
