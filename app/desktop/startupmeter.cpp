// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/startupmeter.h"

#include <QByteArray>
#include <QFile>
#include <QList>

#ifdef Q_OS_LINUX
#include <ctime>
#include <unistd.h>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;

std::optional<qint64> millisecondsSinceProcessStart()
{
#ifdef Q_OS_LINUX
    QFile file(u"/proc/self/stat"_s);
    if (!file.open(QFile::ReadOnly))
        return std::nullopt;
    const QByteArray stat = file.readAll();
    // The second field, the program's name, may hold spaces and brackets: count after the last bracket.
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    constexpr qsizetype startTime = 22 - 3; // See proc(5); the first of these is field 3.
    if (fields.size() <= startTime)
        return std::nullopt;
    bool ok = false;
    const qint64 ticks = fields.at(startTime).toLongLong(&ok);
    timespec now{};
    if (!ok || clock_gettime(CLOCK_BOOTTIME, &now) != 0)
        return std::nullopt;
    const qint64 startedAt = ticks * 1000 / sysconf(_SC_CLK_TCK);
    return now.tv_sec * qint64(1000) + now.tv_nsec / 1'000'000 - startedAt;
#else
    return std::nullopt;
#endif
}

} // namespace latchkey
