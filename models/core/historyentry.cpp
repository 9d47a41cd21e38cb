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
    if (keychain && keychain->category == Problem::Category::KeychainEntryMissing && unsealed < rows) {
        lines +=
            Text::tr("The key that seals them is gone from the keychain, so that nothing is proved. No new "
                     "one is made while sealed rows are there: further rows are written without a seal.");
    } else if (keychain) {
        lines += Text::tr("What seals them cannot be read from the keychain, so that nothing is proved: %1")
                     .arg(keychain->caption);
    }
    if (unsealed > 0) {
        lines +=
            Text::tr("Rows written without a keychain or its key, which nothing proves: %1").arg(unsealed);
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
    for (const HistoryBreak &broken : breaks) {
        lines += Text::tr("Broken at row %1, found on %2 UTC: there it did not go on from what the keychain "
                          "knew, so that rows may have been cut off, replaced or inserted.")
                     .arg(broken.row)
                     .arg(broken.found.toUTC().toString(u"yyyy-MM-dd HH:mm"_s));
    }
    if (headRepaired)
        lines += Text::tr("The keychain was behind, as after a crash; that is mended.");
    if (isIntact() && !breaks.isEmpty())
        lines += unsealed > 0 ? Text::tr("All other rows that are there now are as they were written.")
                              : Text::tr("All rows that are there now are as they were written.");
    if (isSound())
        lines += unsealed > 0 ? Text::tr("All other rows are as they were written.")
                              : Text::tr("All rows are as they were written.");
    return lines.join(u'\n');
}

} // namespace latchkey
