// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/refreshline.h"

#include "ui/common/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace latchkey {

RefreshLine::RefreshLine(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"refreshLine"_s);
    setFixedHeight(3);
    setAccessibleName(tr("Progress of the refresh"));
}

void RefreshLine::setProgress(const RefreshProgress &progress)
{
    m_progress = progress;
    setAccessibleDescription(progress.running
                                 ? tr("%1 of %2 credentials read").arg(progress.done).arg(progress.total)
                                 : QString());
    update();
}

void RefreshLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 2, width(), 1), outlineColour(palette()));
    if (!m_progress.running)
        return;
    // While the lists are still read there is no total: a short piece says that work has begun.
    const double share = m_progress.total > 0 ? double(m_progress.done) / m_progress.total : 0.0;
    const int filled = qMax(width() / 25, int(width() * qMin(1.0, share)));
    const int left = layoutDirection() == Qt::RightToLeft ? width() - filled : 0;
    const Ink ink = m_progress.waitingSeconds > 0 ? Ink::Warning : Ink::Accent;
    painter.fillRect(QRect(left, 0, filled, 3), inkColour(ink, palette()));
}

} // namespace latchkey
