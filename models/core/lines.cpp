// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/lines.h"

namespace latchkey {

std::vector<QByteArrayView> linesOf(QByteArrayView text)
{
    std::vector<QByteArrayView> lines;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\n');
        QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (line.endsWith('\r'))
            line.chop(1);
        lines.push_back(line);
    }
    return lines;
}

} // namespace latchkey
