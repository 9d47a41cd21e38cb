// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/historynote.h"

#include <utility>

namespace latchkey {

namespace {

using Line = std::pair<qint64, QByteArray>; ///< A number, a space, and the rest.

std::optional<Line> readLine(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    bool ok = false;
    const qint64 number = words.constFirst().toLongLong(&ok);
    if (!ok || words.size() != 2)
        return std::nullopt;
    return Line(number, words.constLast());
}

} // namespace

std::optional<HistoryNote> HistoryNote::read(const Secret &entry)
{
    QList<QByteArray> lines = entry.reveal().toByteArray().split('\n');
    const std::optional<Line> end = readLine(lines.takeFirst());
    if (!end)
        return std::nullopt;
    HistoryNote note;
    note.head = {end->first, QByteArray::fromHex(end->second)};
    for (const QByteArray &line : std::as_const(lines)) {
        const std::optional<Line> broken = readLine(line);
        const QDateTime found =
            broken ? QDateTime::fromString(QString::fromLatin1(broken->second), Qt::ISODateWithMs)
                   : QDateTime();
        if (!found.isValid())
            return std::nullopt;
        note.breaks.append({broken->first, found});
    }
    return note;
}

Secret HistoryNote::write() const
{
    QByteArray text = QByteArray::number(head.count) + ' ' + head.digest.toHex();
    for (const HistoryBreak &broken : breaks) {
        text += '\n' + QByteArray::number(broken.row) + ' ' +
                broken.found.toUTC().toString(Qt::ISODateWithMs).toLatin1();
    }
    return Secret::takeFrom(text);
}

} // namespace latchkey
