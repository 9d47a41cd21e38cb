// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "ui/common/statepresentation.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QImage>
#include <QSet>

#include <cmath>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor &colour)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (qMax(x, y) + 0.05) / (qMin(x, y) + 0.05);
}

QImage shapeOf(Icon what)
{
    return icon(what).pixmap(QSize(16, 16)).toImage().convertToFormat(QImage::Format_Alpha8);
}

const QList<Ink> inks{Ink::Text,   Ink::Muted,   Ink::Accent,    Ink::Danger,
                      Ink::Urgent, Ink::Warning, Ink::Attention, Ink::Good};

} // namespace

class TstTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyInkReadsOnEveryGround();
    void textReadsOnTintedGrounds();
    void everyIconHasADrawing();
    void statesDifferWithoutColour();
    void iconsFollowTheTheme();
    void checkBoxesCanBeSeenInTheDark();
};

void TstTheme::everyInkReadsOnEveryGround()
{
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        for (const Ink ink : inks) {
            for (const auto role : {QPalette::Window, QPalette::Base, QPalette::AlternateBase,
                                    QPalette::Button, QPalette::Highlight}) {
                const double ratio = contrast(inkColour(ink, palette), palette.color(QPalette::Active, role));
                QVERIFY2(ratio >= 4.5, qPrintable(u"ink %1 on role %2 (dark %3): %4"_s.arg(int(ink))
                                                      .arg(int(role))
                                                      .arg(isDark(palette))
                                                      .arg(ratio)));
            }
        }
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 4.5);
        QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >=
                4.5);
        QVERIFY(contrast(palette.color(QPalette::Link), palette.color(QPalette::Window)) >= 4.5);
        QVERIFY(contrast(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase)) >= 4.5);
    }
}

void TstTheme::textReadsOnTintedGrounds()
{
    for (const QPalette &palette : {lightPalette(), darkPalette()}) {
        for (const Ink ink : inks) {
            QVERIFY(contrast(palette.color(QPalette::WindowText), tintColour(ink, palette)) >= 4.5);
            QVERIFY(contrast(inkColour(ink, palette), tintColour(ink, palette)) >= 4.5);
        }
    }
}

void TstTheme::everyIconHasADrawing()
{
    for (int i = 0; i < int(Icon::IconCount); ++i) {
        const QIcon drawing = icon(Icon(i));
        QVERIFY2(!drawing.isNull(), qPrintable(iconFile(Icon(i))));
        const QImage image = drawing.pixmap(QSize(32, 32)).toImage();
        bool painted = false;
        for (int y = 0; y < image.height() && !painted; ++y) {
            for (int x = 0; x < image.width() && !painted; ++x)
                painted = qAlpha(image.pixel(x, y)) > 0;
        }
        QVERIFY2(painted, qPrintable(iconFile(Icon(i))));
    }
    QVERIFY(!applicationIcon().pixmap(QSize(64, 64)).isNull());
}

void TstTheme::statesDifferWithoutColour()
{
    for (int a = 0; a < HealthStateCount; ++a) {
        for (int b = a + 1; b < HealthStateCount; ++b) {
            const QImage one = shapeOf(presentationOf(HealthState(a)).icon);
            const QImage other = shapeOf(presentationOf(HealthState(b)).icon);
            QVERIFY2(one != other, qPrintable(u"%1 and %2 look alike"_s.arg(a).arg(b)));
        }
    }
}

void TstTheme::iconsFollowTheTheme()
{
    const QIcon made = icon(Icon::Add);
    applyTheme(*qApp, Theme::Light);
    const QImage light = made.pixmap(QSize(16, 16)).toImage();
    applyTheme(*qApp, Theme::Dark);
    const QImage dark = made.pixmap(QSize(16, 16)).toImage();
    QVERIFY(light != dark);
    QVERIFY(qGray(light.pixel(8, 8)) < 100);
    QVERIFY(qGray(dark.pixel(8, 8)) > 150);
}

void TstTheme::checkBoxesCanBeSeenInTheDark()
{
    for (const Theme theme : {Theme::Light, Theme::Dark}) {
        applyTheme(*qApp, theme);
        QCheckBox box;
        box.resize(40, 40);
        const QImage image = box.grab().toImage();
        const QColor ground = box.palette().color(QPalette::Window);
        double best = 1;
        for (int x = 0; x < 20; ++x)
            best = qMax(best, contrast(image.pixelColor(x, 20), ground));
        QVERIFY2(best >= 3.0, qPrintable(QString::number(best))); // WCAG 1.4.11, for parts of controls
    }
}

LATCHKEY_TEST_MAIN(QApplication, TstTheme)
#include "tst_theme.moc"
