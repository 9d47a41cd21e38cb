// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/retryafter.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>

namespace latchkey {

using namespace Qt::StringLiterals;

QDateTime httpDate(const QByteArray &text)
{
    QString words = QString::fromLatin1(text).trimmed();
    if (!words.endsWith(u" GMT"_s))
        return {};
    words.chop(3);
    return QDateTime::fromString(words + u"+0000"_s, Qt::RFC2822Date).toUTC();
}

std::optional<std::chrono::seconds> retryAfterOf(const QByteArray &text, const QDateTime &serverNow)
{
    const QByteArray trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return std::nullopt;
    if (std::ranges::all_of(trimmed, [](char c) { return c >= '0' && c <= '9'; })) {
        bool fits = false;
        const qlonglong seconds = trimmed.toLongLong(&fits);
        // More digits than any number of seconds has: still a wish to wait, and a bounded one.
        constexpr qlonglong mostSeconds = 10LL * 365 * 24 * 3600;
        return std::chrono::seconds(fits ? std::min(seconds, mostSeconds) : mostSeconds);
    }
    const QDateTime until = httpDate(trimmed);
    if (!until.isValid() || !serverNow.isValid())
        return std::nullopt;
    return std::chrono::seconds(std::max<qint64>(0, serverNow.secsTo(until)));
}

std::chrono::milliseconds backoffAfter(int attempt, const TransportLimits &limits)
{
    const double most = static_cast<double>(limits.backoffMost.count());
    const double grown = static_cast<double>(limits.backoffFirst.count()) *
                         std::pow(std::max(1.0, limits.backoffFactor), std::clamp(attempt - 1, 0, 100));
    const double bounded = std::clamp(grown, 0.0, std::max(0.0, most));
    return std::chrono::milliseconds(
        std::llround(bounded * (0.5 + QRandomGenerator::global()->generateDouble() / 2)));
}

} // namespace latchkey
