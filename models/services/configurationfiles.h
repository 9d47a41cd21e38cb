// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/foreigncredential.h"
#include "models/core/outcome.h"
#include "models/core/planresult.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

/// Configurations and plans as files, and the files of other tools. Without state: may be called on any
/// thread, as reading takes a while.
namespace latchkey::configurationfiles {

struct Reading
{
    bool isPlan = false;
    std::optional<Plan> plan; ///< Of a configuration only its document. Missing where anything is wrong.
    QList<DocumentFinding> findings; ///< What is wrong, in the order of the text.
};

/// Of a file, or of stdin where it is `-`. A Problem: it could not be read at all.
[[nodiscard]] Outcome<Reading> read(const QString &file);
/// The same of a file of another tool, see importOf(). A Problem also where it is of no tool that is known.
[[nodiscard]] Outcome<ForeignConfiguration> readForeign(const QString &file);
/// As it would be written to a file.
[[nodiscard]] QByteArray textOf(const ConfigurationDocument &document);
[[nodiscard]] QByteArray textOf(const Plan &plan);
/// What became of a plan, as CSV.
[[nodiscard]] QByteArray textOf(const PlanResult &result);
/// Why a configuration would not be read again: as where an instance has a name that none can have.
[[nodiscard]] QList<DocumentFinding> findingsIn(const QByteArray &configuration);
/// In the place of what is there, or not at all.
[[nodiscard]] Done write(const QString &file, const QByteArray &text);

} // namespace latchkey::configurationfiles
