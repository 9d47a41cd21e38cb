// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/stamp.h"

#include <algorithm>

namespace latchkey {

QDateTime writable(const QDateTime &moment)
{
    static const QDateTime last(QDate(9999, 12, 31), QTime(23, 59, 59, 999), Qt::UTC);
    return moment.isValid() ? std::min(moment.toUTC(), last) : QDateTime();
}

QString stamp(const QDateTime &moment)
{
    return moment.isValid() ? writable(moment).toString(Qt::ISODateWithMs) : QString();
}

} // namespace latchkey
