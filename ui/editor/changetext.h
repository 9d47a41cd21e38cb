// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "ui/common/notelist.h"

#include <QList>
#include <QString>
#include <QUrl>

/// The sentences of the dialogs that change a credential.
namespace latchkey::changetext {

[[nodiscard]] QString heading(const ChangePreview &preview);
/// Integration, profile and geo.
[[nodiscard]] QString subheading(const InstanceRecord &record);
/// "Create credential", …
[[nodiscard]] QString verb(ChangeKind kind);
/// What goes, what it means meanwhile, and whether there is a way back.
[[nodiscard]] QList<NoteList::Entry> consequences(const ChangePreview &preview);
/// How a change that was sent ended; empty where it went well.
[[nodiscard]] QString ending(const Change &change);
/// What Konnect holds against a credential.
[[nodiscard]] QList<NoteList::Entry> complaints(const AuthCredential &credential);
/// Konnect's page about the integrations of the record's geo, or the GitHub app's page; invalid where it is
/// not known.
[[nodiscard]] QUrl webPage(const InstanceRecord &record);
/// Why nothing can be typed here for OAuth, GitHub apps and types that Latchkey does not know.
[[nodiscard]] QList<NoteList::Entry> browserExplanation(const InstanceRecord &record);
/// What is typed to confirm a change of a protected instance, or in a production profile.
[[nodiscard]] QString confirmationName(const InstanceRecord &record);

} // namespace latchkey::changetext
