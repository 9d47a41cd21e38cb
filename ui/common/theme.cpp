// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include "ui/common/latchkeystyle.h"

#include <QApplication>
#include <QGuiApplication>
#include <QStyleHints>
#include <QToolTip>

namespace latchkey {

namespace {

struct Shades
{
    QRgb window, base, alternate, button, text, muted, disabled, highlight, idleHighlight, highlightedText,
        link, outline, tooltip;
};

constexpr Shades lightShades{0xfff4f5f7, 0xffffffff, 0xfff8f9fb, 0xfffcfcfd, 0xff1c2228,
                             0xff5a6470, 0xff8b949e, 0xffd3e3fa, 0xffe3e8ef, 0xff10233c,
                             0xff1d5bb0, 0xffb9c0c9, 0xffffffff};
constexpr Shades darkShades{0xff23272d, 0xff1b1f24, 0xff20242a, 0xff2f353c, 0xffe7eaee,
                            0xffaab3be, 0xff737d88, 0xff2b4566, 0xff343b45, 0xffffffff,
                            0xff8fbcff, 0xff59636f, 0xff31373f};

QPalette paletteOf(const Shades &shades)
{
    QPalette palette(QColor::fromRgb(shades.button), QColor::fromRgb(shades.window));
    const auto set = [&palette](QPalette::ColorRole role, QRgb colour) {
        palette.setColor(role, QColor::fromRgb(colour));
    };
    set(QPalette::Window, shades.window);
    set(QPalette::Base, shades.base);
    set(QPalette::AlternateBase, shades.alternate);
    set(QPalette::Button, shades.button);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        set(role, shades.text);
    set(QPalette::PlaceholderText, shades.muted);
    set(QPalette::BrightText, 0xffffffff);
    set(QPalette::Link, shades.link);
    set(QPalette::LinkVisited, shades.link);
    set(QPalette::Highlight, shades.highlight);
    set(QPalette::HighlightedText, shades.highlightedText);
    set(QPalette::ToolTipBase, shades.tooltip);
    set(QPalette::Mid, shades.outline);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, QColor::fromRgb(shades.idleHighlight));
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(shades.disabled));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgb(shades.idleHighlight));
    return palette;
}

bool systemIsDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (QGuiApplication::styleHints()->colorScheme() != Qt::ColorScheme::Unknown)
        return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#endif
    // What the platform gave before the first theme was set; afterwards the palette is ours and says nothing.
    static const bool dark = isDark(QGuiApplication::palette());
    return dark;
}

} // namespace

void applyTheme(QApplication &application, Theme theme)
{
    const bool systemDark = systemIsDark();
    const bool dark = theme == Theme::Dark || (theme == Theme::System && systemDark);
    if (qobject_cast<LatchkeyStyle *>(application.style()) == nullptr)
        application.setStyle(new LatchkeyStyle);
    const QPalette palette = dark ? darkPalette() : lightPalette();
    application.setPalette(palette);
    QToolTip::setPalette(palette);
}

QPalette lightPalette()
{
    return paletteOf(lightShades);
}

QPalette darkPalette()
{
    return paletteOf(darkShades);
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < 128;
}

QColor inkColour(Ink ink, const QPalette &palette)
{
    const bool dark = isDark(palette);
    const auto pick = [dark](QRgb onLight, QRgb onDark) { return QColor::fromRgb(dark ? onDark : onLight); };
    switch (ink) {
    case Ink::Text:
        return palette.color(QPalette::Active, QPalette::WindowText);
    case Ink::Muted:
        return pick(0xff525c67, 0xffb0b9c4);
    case Ink::Accent:
        return pick(0xff1d5bb0, 0xff8fbcff);
    case Ink::Danger:
        return pick(0xffb3201a, 0xffff9c93);
    case Ink::Urgent:
        return pick(0xff934400, 0xffffb46e);
    case Ink::Warning:
        return pick(0xff6f5200, 0xffe9c863);
    case Ink::Attention:
        return pick(0xff6a3ca3, 0xffcfb0f8);
    case Ink::Good:
        return pick(0xff17633a, 0xff84d6a2);
    }
    return {};
}

QColor tintColour(Ink ink, const QPalette &palette)
{
    const QColor paper = palette.color(QPalette::Active, QPalette::Window);
    const QColor colour = inkColour(ink, palette);
    const float share = isDark(palette) ? 0.13F : 0.09F;
    const auto mix = [share](float from, float to) { return from + (to - from) * share; };
    return QColor::fromRgbF(mix(paper.redF(), colour.redF()), mix(paper.greenF(), colour.greenF()),
                            mix(paper.blueF(), colour.blueF()));
}

QColor outlineColour(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Mid);
}

} // namespace latchkey
