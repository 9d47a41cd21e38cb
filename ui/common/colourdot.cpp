// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/colourdot.h"

#include "ui/common/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

class DotEngine : public QIconEngine
{
public:
    explicit DotEngine(QString colour)
        : m_colour(std::move(colour))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        const qreal side = qMin(rect.width(), rect.height()) * 0.78;
        QRectF circle(0, 0, side, side);
        circle.moveCenter(QRectF(rect).center());
        const QColor fill(m_colour);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
        painter->setPen(QPen(inkColour(Ink::Muted, QGuiApplication::palette()), 1));
        painter->drawEllipse(circle);
        painter->restore();
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap image(size);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return image;
    }
    [[nodiscard]] QIconEngine *clone() const override { return new DotEngine(*this); }

private:
    QString m_colour;
};

} // namespace

QIcon colourDot(const QString &colour)
{
    return QIcon(new DotEngine(colour)); // QIcon owns the engine
}

} // namespace latchkey
