// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationdocument.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

/// The configuration document as JSON. Its form is an interface that resources/schemas describes. There is
/// no place in it for a key, and what looks like one is refused.
namespace latchkey::configurationtext {

inline constexpr int Version = 1;
/// What the member `$schema` says: the `$id` of the schema.
inline constexpr char16_t SchemaId[] = u"https://latchkey.example/schema/configuration-1.schema.json";

inline constexpr int LongestMachineName = 120; ///< As Konnect has it.
inline constexpr int LongestEndpoint = 255;
inline constexpr int LongestOwner = 1000;
inline constexpr int LongestNote = 10'000;
inline constexpr int MostLivesDays = 3650;

struct Reading
{
    std::optional<ConfigurationDocument> document; ///< Missing where anything is wrong.
    QList<DocumentFinding> findings; ///< In the order of the text. All of them, up to MostFindings.
};

inline constexpr qsizetype MostFindings = 1000;

/// Takes the text, which must not be shared, and wipes it: a key may stand where none may be. Members of
/// unknown names are refused, unless they begin with `x-`: those are read over.
[[nodiscard]] Reading read(QByteArray &&text);

/// Always the same bytes for the same setup, whatever its order. Of a document that read() would refuse (as
/// of an instance whose name Konnect would not have allowed), read() says what is wrong.
[[nodiscard]] QByteArray write(const ConfigurationDocument &document);

} // namespace latchkey::configurationtext
