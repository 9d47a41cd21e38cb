// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

/// Secrets that were pasted where none may be.
namespace latchkey::pastedsecret {

/// By its structure, as the Redactor knows secrets.
[[nodiscard]] bool looksLikeOne(const QString &text);
/// Whether a member of this name is made for a secret: `key`, `x-token`, `client_secret`, `Password`, ….
[[nodiscard]] bool isMemberForOne(QByteArrayView name);
/// Whether a name of a header or a variable may be a key in the wrong place: it looks like a secret, is as
/// mixed as a key, or is a UUID.
[[nodiscard]] bool isNameLikeAKey(const QString &name);
/// Whether a name that somebody made up should not be repeated: it may be a key, or is longer than names are.
[[nodiscard]] bool isNameInDoubt(const QString &name);

} // namespace latchkey::pastedsecret
