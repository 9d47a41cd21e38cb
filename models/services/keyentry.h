// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/keyversion.h"
#include "models/core/secret.h"

#include <QString>

#include <optional>
#include <vector>

/// The text of a keychain entry: JSON that says by itself what it is and where it belongs, so that the rows
/// could be rebuilt from the keychain. The keys come last, as base64, because a header value may be any
/// bytes:
///
///     {"format":"latchkey-entry","version":1,"purpose":"keys","id":…,"origin":…,"instance_id":…,"instance_name":…,
///      "profile_id":…,"created_at":…,"headers":["DD-API-KEY",…],"keys":["…",…]}
namespace latchkey::keyentry {

/// Whether an entry of this name is that of a version. Other entries of Latchkey have words for names.
[[nodiscard]] bool isName(const QString &name);

/// `keys` in the order of the version's headers; a token has one key and no header.
[[nodiscard]] Secret write(const KeyVersion &version, const std::vector<Secret> &keys);

/// The keys of an entry that was written for exactly this version; nullopt for anything else.
[[nodiscard]] std::optional<std::vector<Secret>> read(const Secret &entry, const KeyVersion &version);

/// What an entry says of itself: all of a version but its state and the HMACs of its headers. nullopt where
/// it is not one that this Latchkey understands.
[[nodiscard]] std::optional<KeyVersion> describe(const Secret &entry);

} // namespace latchkey::keyentry
