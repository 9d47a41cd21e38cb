// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/iconlabel.h"

#include <QPainter>

namespace latchkey {

IconLabel::IconLabel(Icon icon, Ink ink, int size, QWidget *parent)
    : QLabel(parent)
    , m_image(latchkey::icon(icon, ink))
    , m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::set(Icon icon, Ink ink)
{
    m_image = latchkey::icon(icon, ink);
    update();
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    m_image.paint(&painter, rect(), Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
}

} // namespace latchkey
