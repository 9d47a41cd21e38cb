// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/csv.h"

#include "models/transfer/plaintext.h"

namespace latchkey::csv {

using namespace Qt::StringLiterals;

namespace {

QString cell(const QString &raw)
{
    QString text = plainText(raw);
    if (!text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
        text.prepend(u'\'');
    text.replace(u'"', u"\"\""_s);
    return u'"' + text + u'"';
}

} // namespace

QString line(const QStringList &texts)
{
    QStringList cells;
    for (const QString &text : texts)
        cells += cell(text);
    return cells.join(u',') + u"\r\n"_s;
}

} // namespace latchkey::csv
