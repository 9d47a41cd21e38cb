// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/historyentry.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::HistoryReport)
};

QString numbers(const QList<qint64> &list)
{
    QStringList texts;
    for (const qint64 number : list)
        texts += QString::number(number);
    return texts.join(u", "_s);
}

} // namespace

QString HistoryReport::toText() const
{
    QStringList lines{Text::tr("Rows in the history: %1").arg(rows)};
    if (keychain) {
        lines += Text::tr("The key that seals them cannot be read, so that nothing is proved: %1")
                     .arg(keychain->caption);
    }
    if (unsealed > 0) {
        lines += Text::tr("Rows written without a keychain, which nothing proves: %1").arg(unsealed);
    }
    if (!damaged.isEmpty())
        lines += Text::tr("Rows that were edited or inserted: %1").arg(numbers(damaged));
    if (!missing.isEmpty())
        lines += Text::tr("Rows that were removed: %1").arg(numbers(missing));
    if (cutTail > 0)
        lines += Text::tr("Rows that were cut off at the end: %1").arg(cutTail);
    if (headMissing)
        lines +=
            Text::tr("The keychain does not know how long the history was: its end may have been cut off.");
    if (headRepaired)
        lines += Text::tr("The keychain was one row behind, as after a crash; that is mended.");
    if (isSound())
        lines += unsealed > 0 ? Text::tr("All other rows are as they were written.")
                              : Text::tr("All rows are as they were written.");
    return lines.join(u'\n');
}

} // namespace latchkey
