// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"

#include <QJsonObject>
#include <QString>

#include <optional>

/// How values are written into text columns. Storage's own format, unrelated to Konnect's: what is written
/// here is read back exactly, unknown types and unreadable dates too.
namespace latchkey::recordjson {

/// Without `keptKeys` and `changing`: the first is KeyVault's to say, the second is over with the process.
[[nodiscard]] QByteArray write(const InstanceRecord &record);
/// nullopt where the text is none of ours; `address` comes from the columns.
[[nodiscard]] std::optional<InstanceRecord> readRecord(const QByteArray &json,
                                                       const InstanceAddress &address);

[[nodiscard]] QByteArray write(const QList<Integration> &integrations);
[[nodiscard]] QList<Integration> readIntegrations(const QByteArray &json);

/// Empty for nullopt.
[[nodiscard]] QString write(const std::optional<Problem> &problem);
[[nodiscard]] std::optional<Problem> readProblem(const QString &json);

} // namespace latchkey::recordjson
