// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/foreigncredential.h"
#include "models/core/outcome.h"
#include "models/transfer/jsontree.h"

#include <QByteArray>

/// Auth credentials from files of other tools: what Konnect's API is sent and answers, Pulumi's programs and
/// stacks, Terraform's states and plans. Which of them it is, the file says.
namespace latchkey::foreignreader {

inline constexpr qsizetype MostBytes = JsonTree::MostBytes;

/// Takes the bytes, which must not be shared, and wipes them. What cannot be read as a whole is a Problem
/// (InvalidInput); what is left out of the rest, a finding that names the resource. Neither holds a key, nor
/// do notes.
///
/// Reads nothing else and asks nobody. A large file takes seconds: on a thread of its own.
[[nodiscard]] Outcome<ForeignConfiguration> read(QByteArray &&bytes);

} // namespace latchkey::foreignreader
