// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/plan.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

/// A plan as a file, to be reviewed and applied later: the document that it was made from, and each row with
/// what was observed at Konnect. Its form is an interface that resources/schemas describes. No secrets.
///
/// Who applies it plans the document anew and compares (driftOf()): what a file says by itself changes
/// nothing.
namespace latchkey::planfile {

inline constexpr int Version = 1;
/// What the member `$schema` says, which comes first: the `$id` of the schema.
inline constexpr char16_t SchemaId[] = u"https://latchkey.example/schema/plan-1.schema.json";

/// The same bytes for the same plan. Without what is of this machine alone (ids of profiles), and without
/// links.
[[nodiscard]] QByteArray write(const Plan &plan);

/// A text that says of itself to be a plan, whether it can be read or not.
[[nodiscard]] bool isOne(QByteArrayView text);

struct Reading
{
    std::optional<Plan> plan;        ///< Missing where anything is wrong.
    QList<DocumentFinding> findings; ///< In the order of the text, the first ones of many.
};

/// Takes the text, and wipes it. Strict: unknown members are refused, unless they begin with `x-`, and there
/// is one row for each instance of the document.
[[nodiscard]] Reading read(QByteArray &&text);

} // namespace latchkey::planfile
