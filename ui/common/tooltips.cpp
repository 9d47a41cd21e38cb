// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/tooltips.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace latchkey {

QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    return u"<div style=\"white-space:pre-wrap\">"_s + text.toHtmlEscaped() + u"</div>"_s;
}

bool showPlainToolTip(const QHelpEvent &event, const QAbstractItemView &view, const QModelIndex &index)
{
    if (event.type() != QEvent::ToolTip)
        return false;
    const QString text = plainToolTip(index.data(Qt::ToolTipRole).toString());
    QToolTip::showText(event.globalPos(), text, view.viewport(), view.visualRect(index));
    return true;
}

} // namespace latchkey
