// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/timestamp.h"

#include <QJsonObject>
#include <QString>
#include <QStringView>

#include <optional>

namespace latchkey {
class Redactor;
}

/// Reads fields of answers that may be missing, null, of another type, numbers written as strings, or huge.
/// Nothing here fails: what cannot be read with certainty is "not given".
namespace latchkey::json {

/// Text longer than this is cut: it goes into tables.
constexpr qsizetype longestText = qsizetype(8) * 1024;
/// An id longer than this is none.
constexpr qsizetype longestId = 256;

/// A string, or a number in its shortest form; everything else is empty.
[[nodiscard]] QString text(const QJsonValue &value);
[[nodiscard]] QString text(const QJsonObject &object, QStringView name);
/// The same without what `redactor` knows, which is taken out before the text is cut: half a key is not
/// found.
[[nodiscard]] QString text(const QJsonValue &value, const Redactor &redactor);
/// Empty where it cannot be used to ask for the thing again.
[[nodiscard]] QString id(const QJsonObject &object, QStringView name);
/// Also `"true"` and `"false"`.
[[nodiscard]] std::optional<bool> flag(const QJsonObject &object, QStringView name);
/// `10`, `10.0` or `"10"`; nullopt for fractions, negative numbers and nonsense. Bounded by the largest int.
[[nodiscard]] std::optional<int> count(const QJsonObject &object, QStringView name);
[[nodiscard]] Timestamp moment(const QJsonObject &object, QStringView name);

} // namespace latchkey::json
