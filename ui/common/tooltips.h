// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAbstractItemView;
class QHelpEvent;
class QModelIndex;

namespace latchkey {

/// `text` for a tooltip, exactly as it is: Qt would take what looks like HTML for HTML, and Konnect's texts
/// are not trusted. Line breaks stay and long lines wrap. Empty for an empty text.
[[nodiscard]] QString plainToolTip(const QString &text);

/// Shows the index's tooltip as plain text: for the helpEvent() of a delegate. True where `event` asked for a
/// tooltip.
bool showPlainToolTip(const QHelpEvent &event, const QAbstractItemView &view, const QModelIndex &index);

} // namespace latchkey
