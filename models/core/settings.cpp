// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/settings.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString Watch = u"verify.watch-seconds"_s;
const QString Retention = u"retention.days"_s;

int number(const QHash<QString, QString> &rows, const QString &name, int least, int most, int otherwise)
{
    bool ok = false;
    const int value = rows.value(name).toInt(&ok);
    return ok && value >= least && value <= most ? value : otherwise;
}

} // namespace

Settings Settings::fromRows(const QHash<QString, QString> &rows)
{
    Settings settings;
    settings.watchSeconds = number(rows, Watch, 0, 3600, settings.watchSeconds);
    settings.retentionDays = number(rows, Retention, 1, 3650, settings.retentionDays);
    return settings;
}

QHash<QString, QString> Settings::toRows() const
{
    return {{Watch, QString::number(watchSeconds)}, {Retention, QString::number(retentionDays)}};
}

} // namespace latchkey
