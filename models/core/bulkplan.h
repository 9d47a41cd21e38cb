// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

namespace latchkey {

/// How many instances can be changed together.
constexpr int MostAtOnce = 500;

/// How the rows of a bulk run follow each other.
struct BulkOptions
{
    int atOnce = 1;         ///< How many changes may be under way at the same time; less than 1 counts as 1.
    bool keepGoing = false; ///< Whether a row that fails lets the others go on.
};

/// One plan for several instances. Move-only: it carries keys. One set of keys for all is cloned into each
/// row.
struct BulkRequest
{
    /// In the order in which they run; no instance twice. Each as for a single change: the credential that
    /// the user saw (`ChangePreview::oldCredentialId`), and where the preview `needsTypedName` the instance's
    /// name, which the one confirmation has to cover. `run` is filled in by BulkChanges.
    std::vector<ChangeRequest> rows;
    BulkOptions options;
};

enum class BulkRowState {
    Waiting,    ///< For its preparation.
    Preparing,  ///< It is being checked, its keys are written to the keychain and read back.
    Prepared,   ///< Durable; waits for its turn. Nothing was sent, or where it is resumed nothing more.
    Running,    ///< Something may have been sent; `change.phase` says how far it is.
    Succeeded,  ///< The change ended well (at CREATED where ChangeWatch goes on looking).
    Failed,     ///< `problem` says why, `change.phase` where it stands.
    NotStarted, ///< The run ended before its turn: the change is as it was when Prepared, and can be resumed.
    Skipped,    ///< Nothing was sent and nothing of it is kept, because another row could not be prepared.
};
[[nodiscard]] QString bulkRowStateWord(BulkRowState state); ///< `waiting`, `preparing`, … `not_started`

/// One instance of a bulk run.
struct BulkRow
{
    int position = 0; ///< Index into BulkRequest::rows, or among the rows that were resumed.
    InstanceAddress address;
    ChangeKind kind = ChangeKind::Create;
    BulkRowState state = BulkRowState::Waiting;
    Change change;                  ///< As last noted; its id is empty until the row is prepared.
    std::optional<Problem> problem; ///< Of a Failed row, always.
    bool operator==(const BulkRow &) const = default;
};

/// What became of a run, row by row in the order of the request.
struct BulkResult
{
    QString runId;
    QList<BulkRow> rows;
    [[nodiscard]] int count(BulkRowState state) const;
    [[nodiscard]] bool isAllDone() const { return count(BulkRowState::Succeeded) == rows.size(); }
};

/// A run that has not ended, as the journal knows it.
struct BulkRun
{
    QString id;
    QDateTime startedAt;   ///< UTC
    QList<Change> changes; ///< All that were prepared, in their order; those that have ended too.
    [[nodiscard]] int unfinished() const;
    /// Those that were prepared and never begun: what giving up ends.
    [[nodiscard]] int notStarted() const;
    bool operator==(const BulkRun &) const = default;
};

/// What a run would do, for the user to read before it is done.
struct BulkPreview
{
    QList<ChangePreview> rows; ///< In the order of the addresses.
    /// One set of keys can be meant for all only where all are instances of one integration.
    [[nodiscard]] bool isOneIntegration() const;
    [[nodiscard]] int obstacles() const; ///< How many rows cannot be changed now.
    [[nodiscard]] bool needsTypedNames() const;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::BulkRow)
Q_DECLARE_METATYPE(latchkey::BulkResult)
