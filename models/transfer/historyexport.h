// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/historyentry.h"

#include <QByteArray>
#include <QJsonArray>
#include <QList>

/// The history as a file for others. No secrets: the history holds none.
namespace latchkey::historyexport {

/// RFC 4180: CRLF, UTF-8, a title row. A text that a spreadsheet would take for a formula is written with a
/// leading apostrophe.
[[nodiscard]] QByteArray toCsv(const QList<HistoryEntry> &entries);
/// Names and words are an interface: add, never rename. Times are UTC.
[[nodiscard]] QJsonArray toJson(const QList<HistoryEntry> &entries);

} // namespace latchkey::historyexport
