// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/tintediconengine.h"

#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QPixmap render(const QString &file, const QSize &size, const QColor &ink, const QColor &paper)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = source.readAll();
    svg.replace("currentColor", ink.name().toLatin1());
    svg.replace("paperColor", paper.name().toLatin1());
    QSvgRenderer renderer(svg);
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QRectF square(QPointF(), QSizeF(qMin(size.width(), size.height()), qMin(size.width(), size.height())));
    square.moveCenter(QRectF(QPointF(), QSizeF(size)).center());
    renderer.render(&painter, square);
    return pixmap;
}

} // namespace

TintedIconEngine::TintedIconEngine(QString file, Ink ink)
    : m_file(std::move(file))
    , m_ink(ink)
{
}

void TintedIconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state)
{
    const qreal ratio = painter->device()->devicePixelRatio();
    const QPixmap image = pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state);
    painter->save();
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawPixmap(rect, image);
    painter->restore();
}

QPixmap TintedIconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State)
{
    if (size.isEmpty())
        return {};
    const QColor ink = colourFor(mode);
    const QColor paper = QGuiApplication::palette().color(QPalette::Active, QPalette::Base);
    const QString key = u"latchkey:%1:%2:%3:%4x%5"_s.arg(m_file, ink.name(), paper.name())
                            .arg(size.width())
                            .arg(size.height());
    QPixmap image;
    if (!QPixmapCache::find(key, &image)) {
        image = render(m_file, size, ink, paper);
        QPixmapCache::insert(key, image);
    }
    return image;
}

QIconEngine *TintedIconEngine::clone() const
{
    return new TintedIconEngine(*this);
}

bool TintedIconEngine::isNull()
{
    return !QFile::exists(m_file);
}

QColor TintedIconEngine::colourFor(QIcon::Mode mode) const
{
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Disabled)
        return palette.color(QPalette::Disabled, QPalette::WindowText);
    return inkColour(m_ink, palette);
}

} // namespace latchkey
