// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

Table::Table(QStringList titles)
    : m_rows{std::move(titles)}
{
}

void Table::add(QStringList cells)
{
    // A line break in a cell would look like a row of its own.
    for (QString &cell : cells)
        cell = cell.simplified();
    m_rows.append(std::move(cells));
}

QString Table::toText() const
{
    QList<qsizetype> widths(m_rows.first().size(), 0);
    for (const QStringList &row : m_rows) {
        for (qsizetype column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths.at(column), row.at(column).size());
    }
    QString text;
    for (const QStringList &row : m_rows) {
        QString line;
        for (qsizetype column = 0; column < row.size(); ++column)
            line += row.at(column).leftJustified(widths.at(column) + 2);
        while (line.endsWith(u' '))
            line.chop(1);
        text += line + u'\n';
    }
    return text;
}

} // namespace latchkey
