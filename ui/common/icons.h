// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QIcon>

namespace latchkey {

/// Latchkey's own drawings under `:/icons`; theme icons are not used because they are null where no theme is
/// set.
enum class Icon {
    StateMustBeReplaced,
    StateExpired,
    StateExpiringSoon,
    StateExpiringLater,
    StateMissingPermissions,
    StateNoCredential,
    StateNotChecked,
    StateNoKnownExpiry,
    StateHealthy,
    StateNotNeeded,
    Add,
    All,
    Attention,
    Check,
    Clear,
    Close,
    Columns,
    Conceal,
    Copy,
    Dashboard,
    Delete,
    Demo,
    Details,
    Down,
    Edit,
    Empty,
    Error,
    External,
    Geo,
    History,
    Info,
    Key,
    KeyUnknown,
    Locked,
    NewCredential,
    Offline,
    Paste,
    Production,
    Profile,
    Question,
    Refresh,
    Remove,
    Replace,
    Reveal,
    Search,
    Settings,
    Sidebar,
    Stop,
    Undo,
    Up,
    Wait,
    Warning,
    IconCount, ///< Not an icon.
};

/// Drawn in `ink` of the application's palette at the moment of painting, sharp at every scale. Disabled
/// icons fade.
[[nodiscard]] QIcon icon(Icon what, Ink ink = Ink::Text);
/// Latchkey's own icon, in its own colours.
[[nodiscard]] QIcon applicationIcon();
/// Where the drawing lies, e.g. `:/icons/add.svg`.
[[nodiscard]] QString iconFile(Icon what);

} // namespace latchkey
