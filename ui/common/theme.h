// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

class QApplication;

namespace latchkey {

enum class Theme { System, Light, Dark };

/// Distances between and inside widgets, in logical pixels.
namespace spacing {
constexpr int tight = 4;
constexpr int normal = 8;
constexpr int wide = 16;
} // namespace spacing

/// Colours that carry a meaning. Each reads with at least 4.5:1 on Window, Base, AlternateBase and Highlight
/// of both palettes.
enum class Ink {
    Text,
    Muted,
    Accent,
    Danger,    ///< Cannot be used any more.
    Urgent,    ///< Days left.
    Warning,   ///< Weeks left, or worth a look.
    Attention, ///< Works only in part.
    Good,
};

/// Sets Latchkey's style (Fusion with outlines that are visible in the dark too) and palette. May be called
/// again when the user chooses another theme; icons follow by themselves.
void applyTheme(QApplication &application, Theme theme);

[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();
[[nodiscard]] bool isDark(const QPalette &palette);
[[nodiscard]] QColor inkColour(Ink ink, const QPalette &palette);
/// `ink` thinned over the palette's window colour: a background on which the ink and the text can still be
/// read.
[[nodiscard]] QColor tintColour(Ink ink, const QPalette &palette);
/// Lines around fields and between panes.
[[nodiscard]] QColor outlineColour(const QPalette &palette);

} // namespace latchkey
