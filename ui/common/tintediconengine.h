// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QIconEngine>
#include <QString>

namespace latchkey {

/// Draws an SVG whose `currentColor` is an ink and whose `paperColor` is the background of the palette in
/// force.
class TintedIconEngine : public QIconEngine
{
public:
    TintedIconEngine(QString file, Ink ink);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    /// `size` in device pixels.
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QIconEngine *clone() const override;
    [[nodiscard]] bool isNull() override;

private:
    [[nodiscard]] QColor colourFor(QIcon::Mode mode) const;

    QString m_file;
    Ink m_ink;
};

} // namespace latchkey
