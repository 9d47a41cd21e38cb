// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/historyentry.h"

#include <QByteArray>

#include <optional>

/// A change with its phases as one line of JSON: the text that the history seals. Members are sorted, so that
/// the same change is always the same text.
namespace latchkey::changejson {

[[nodiscard]] QByteArray write(const Change &change, const QList<ChangePhaseEntry> &phases);
/// nullopt where it is none of ours, or of a newer Latchkey whose words are not known here.
[[nodiscard]] std::optional<HistoryEntry> read(const QByteArray &json);

} // namespace latchkey::changejson
