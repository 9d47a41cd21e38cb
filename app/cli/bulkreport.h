// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/core/bulkplan.h"

#include <QCoroTask>
#include <QObject>
#include <QSet>

namespace latchkey {

/// `--at-once` and `--keep-going`.
[[nodiscard]] BulkOptions bulkOptions(const Arguments &arguments);

/// Says which row begins, as long as it lives. `context` must outlive it.
class BulkProgress : public QObject
{
    Q_OBJECT
public:
    BulkProgress(CommandContext &context, int rows);

private:
    CommandContext &m_context;
    const int m_rows;
    QSet<int> m_begun; ///< By position.
};

/// Waits for what is watched, then tells what became of each row and how to go on. The exit code is 2 where
/// anything that was sent did not end well, else that of the first row that failed.
QCoro::Task<ExitCode> reportBulk(CommandContext &context, BulkResult result);

} // namespace latchkey
