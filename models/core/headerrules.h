// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/integration.h"
#include "models/core/newcredential.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace latchkey {

/// Something to say about one header row. `Error` stops the change, `Warning` lets the user go on.
struct HeaderFinding
{
    enum class Severity { Warning, Error };
    enum class Kind {
        NameEmpty,
        NameInvalid,    ///< Not an RFC 9110 field name (token).
        NameDuplicate,  ///< Case-insensitively.
        NameNotDefined, ///< The integration defines its headers, and this is none of them.
        NameMissing,    ///< The integration defines this header, and no row has it.
        KeyEmpty,
        KeyInvalid, ///< Not an RFC 9110 field value (line break, control character), or not UTF-8.
        KeySurroundedBySpace,
        KeyDoubledBearer, ///< Begins with `Bearer Bearer `.
        Unchanged,        ///< The role ARN is the one that the credential has already.
    };
    int row = -1; ///< Index into the rows; -1 for NameMissing.
    Kind kind = Kind::NameEmpty;
    Severity severity = Severity::Error;
    QString message; ///< Translated; names the header, never the key.
};

/// Checks rows against RFC 9110 and the integration's definitions (empty: none known, any names are allowed).
[[nodiscard]] QList<HeaderFinding> checkHeaders(const HeaderKeys &rows,
                                                const QList<HeaderDefinition> &definitions);
/// The same of names whose keys are not at hand.
[[nodiscard]] QList<HeaderFinding> checkHeaderNames(const QStringList &names,
                                                    const QList<HeaderDefinition> &definitions);
[[nodiscard]] bool hasErrors(const QList<HeaderFinding> &findings);
[[nodiscard]] bool isFieldName(const QString &name);
[[nodiscard]] bool isFieldValue(QByteArrayView value);
/// `arn:partition:iam::123456789012:role/name`
[[nodiscard]] bool isRoleArn(const QString &text);

} // namespace latchkey
