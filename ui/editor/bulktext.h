// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"
#include "ui/common/notelist.h"

#include <QList>
#include <QString>

/// The sentences of the dialog that changes several credentials.
namespace latchkey::bulktext {

[[nodiscard]] QString heading(ChangeKind kind, int instances);
/// "Replace 7 credentials"
[[nodiscard]] QString verb(ChangeKind kind, int credentials);
/// What it means for all that take part.
[[nodiscard]] QList<NoteList::Entry> consequences(ChangeKind kind, const QList<ChangePreview> &taking);
/// What becomes of one instance, in a few words.
[[nodiscard]] QString whatGoes(const ChangePreview &preview);
/// Whether there is a way back, in a few words; empty where nothing goes.
[[nodiscard]] NoteList::Entry wayBack(const ChangePreview &preview);
/// How many are given other lines than instances, or that it fits.
[[nodiscard]] NoteList::Entry lines(int given, int instances);
/// How the run stands while it is under way.
[[nodiscard]] QString progress(const QList<BulkRow> &rows);
/// The one line at its end.
[[nodiscard]] NoteList::Entry summary(const QList<BulkRow> &rows);
/// What is left to do after it; empty where nothing is.
[[nodiscard]] QString afterwards(const QList<BulkRow> &rows);
/// Whether anything of the run was sent, or may have been.
[[nodiscard]] bool hasSent(const QList<BulkRow> &rows);

} // namespace latchkey::bulktext
