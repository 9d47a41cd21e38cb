// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/statusline.h"

#include "models/core/wording.h"

using namespace Qt::StringLiterals;

namespace latchkey {

StatusLine::StatusLine(QWidget *parent)
    : QLabel(parent)
{
    setObjectName(u"statusLine"_s);
    setTextFormat(Qt::PlainText);
    setContentsMargins(6, 0, 6, 0);
}

void StatusLine::show(const Facts &facts)
{
    setText(sentence(facts));
}

QString StatusLine::sentence(const Facts &facts)
{
    // A form of its own for one: without a translation file "%n" has no plural.
    QStringList parts{facts.rows == 1 ? tr("1 instance") : tr("%Ln instances", nullptr, facts.rows)};
    if (facts.shown != facts.rows)
        parts.append(tr("%Ln shown", nullptr, facts.shown));
    if (facts.selected > 1)
        parts.append(tr("%Ln selected", nullptr, facts.selected));
    if (facts.progress.running) {
        parts.append(facts.progress.total > 0 ? tr("refreshing: %1 of %2 credentials read")
                                                    .arg(facts.progress.done)
                                                    .arg(facts.progress.total)
                                              : tr("refreshing…"));
    } else if (facts.refreshedAt.isValid()) {
        parts.append(tr("refreshed %1").arg(wording::relative(facts.refreshedAt, facts.now)));
    } else {
        parts.append(tr("not refreshed yet"));
    }
    if (!facts.progress.running && facts.unread > 0)
        parts.append(tr("%Ln not read", nullptr, facts.unread));
    return parts.join(u" · "_s);
}

QDateTime oldestList(const QList<EndpointState> &endpoints)
{
    QDateTime oldest;
    for (const EndpointState &endpoint : endpoints) {
        if (!endpoint.listedAt.isValid())
            return {};
        if (!oldest.isValid() || endpoint.listedAt < oldest)
            oldest = endpoint.listedAt;
    }
    return oldest;
}

} // namespace latchkey
