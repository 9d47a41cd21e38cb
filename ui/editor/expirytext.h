// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/labelreport.h"
#include "models/forms/expirydraft.h"
#include "ui/common/notelist.h"

#include <QList>
#include <QString>

/// The sentences of the dialog that records an expiry.
namespace latchkey::expirytext {

[[nodiscard]] QString heading(const QList<InstanceRecord> &records);
[[nodiscard]] QString subheading(const QList<InstanceRecord> &records);
/// What Konnect knows of several.
[[nodiscard]] QString whatKonnectKnows(const QList<InstanceRecord> &records);
/// Before it is done: what is sent for which instance, and who sees it.
[[nodiscard]] QList<NoteList::Entry> question(const QList<ExpiryDraft::Sharing> &sharings);
/// What became of the other labels; empty where nothing did.
[[nodiscard]] QList<NoteList::Entry> report(const InstanceRecord &record, const LabelReport &report);

} // namespace latchkey::expirytext
