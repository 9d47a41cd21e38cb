// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/problem.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct CategoryName
{
    Problem::Category category;
    QLatin1StringView word;
};

constexpr std::array CategoryNames{
    CategoryName{Problem::Category::InvalidInput, "invalid_input"_L1},
    CategoryName{Problem::Category::Unauthorized, "unauthorized"_L1},
    CategoryName{Problem::Category::Forbidden, "forbidden"_L1},
    CategoryName{Problem::Category::NotFound, "not_found"_L1},
    CategoryName{Problem::Category::Conflict, "conflict"_L1},
    CategoryName{Problem::Category::RateLimited, "rate_limited"_L1},
    CategoryName{Problem::Category::ServerError, "server_error"_L1},
    CategoryName{Problem::Category::BadAnswer, "bad_answer"_L1},
    CategoryName{Problem::Category::Redirected, "redirected"_L1},
    CategoryName{Problem::Category::HostNotFound, "host_not_found"_L1},
    CategoryName{Problem::Category::Tls, "tls"_L1},
    CategoryName{Problem::Category::Network, "network"_L1},
    CategoryName{Problem::Category::TimedOut, "timed_out"_L1},
    CategoryName{Problem::Category::OutcomeUnknown, "outcome_unknown"_L1},
    CategoryName{Problem::Category::Canceled, "canceled"_L1},
    CategoryName{Problem::Category::KeychainUnavailable, "keychain_unavailable"_L1},
    CategoryName{Problem::Category::KeychainLocked, "keychain_locked"_L1},
    CategoryName{Problem::Category::KeychainRefused, "keychain_refused"_L1},
    CategoryName{Problem::Category::KeychainHung, "keychain_hung"_L1},
    CategoryName{Problem::Category::KeychainEntryMissing, "keychain_entry_missing"_L1},
    CategoryName{Problem::Category::KeychainFailed, "keychain_failed"_L1},
    CategoryName{Problem::Category::StorageFailed, "storage_failed"_L1},
    CategoryName{Problem::Category::StorageFull, "storage_full"_L1},
    CategoryName{Problem::Category::StorageBusy, "storage_busy"_L1},
    CategoryName{Problem::Category::StorageReadOnly, "storage_read_only"_L1},
    CategoryName{Problem::Category::InUse, "in_use"_L1},
    CategoryName{Problem::Category::Refused, "refused"_L1},
    CategoryName{Problem::Category::NeedsDecision, "needs_decision"_L1},
    CategoryName{Problem::Category::NotSupported, "not_supported"_L1},
};

} // namespace

Problem Problem::of(Category category, QString caption, QString detail)
{
    Problem problem;
    problem.category = category;
    problem.caption = std::move(caption);
    problem.detail = std::move(detail);
    return problem;
}

QString Problem::toText() const
{
    QStringList lines;
    if (!caption.isEmpty())
        lines << caption;
    if (!detail.isEmpty())
        lines << detail;
    for (const InvalidParameter &parameter : invalidParameters)
        lines << (parameter.field.isEmpty() ? parameter.reason
                                            : parameter.field + u": "_s + parameter.reason);
    if (!traceId.isEmpty())
        lines << QCoreApplication::translate("wording", "Trace id: %1").arg(traceId);
    return lines.join(u'\n');
}

QString categoryWord(Problem::Category category)
{
    for (const CategoryName &name : CategoryNames) {
        if (name.category == category)
            return name.word;
    }
    Q_UNREACHABLE();
}

std::optional<Problem::Category> categoryFromWord(const QString &word)
{
    for (const CategoryName &name : CategoryNames) {
        if (name.word == word)
            return name.category;
    }
    return std::nullopt;
}

} // namespace latchkey
