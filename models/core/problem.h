// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace latchkey {

/// One entry of Konnect's `invalid_parameters` (a 400): which field of the request body, and why.
struct InvalidParameter
{
    QString field;  ///< As Konnect names it, e.g. `config.headers[0].name`.
    QString rule;   ///< e.g. `required`; may be empty.
    QString reason; ///< For people.
    QString source; ///< e.g. `body`; may be empty.
    bool operator==(const InvalidParameter &) const = default;
};

/// Why something did not work. Every operation of Latchkey that can fail answers with a value or with one of
/// these.
struct Problem
{
    enum class Category {
        // Konnect's answers
        InvalidInput, ///< 400; see `invalidParameters`.
        Unauthorized, ///< 401: the token is wrong, expired or missing.
        Forbidden,    ///< 403: the token lacks the Integration Admin role.
        NotFound,     ///< 404 where something had to be there.
        Conflict,     ///< 409: a credential is there already.
        RateLimited,  ///< 429 after the last retry.
        ServerError,  ///< 5xx and other unexpected statuses.
        BadAnswer,    ///< An answer that is not what Konnect promises: HTML, half a body, wrong types.
        Redirected,   ///< A redirect, which is never followed.
        // The way to Konnect
        HostNotFound,
        Tls,
        Network, ///< Refused, reset, offline, proxy.
        TimedOut,
        OutcomeUnknown, ///< A write was sent and no answer came: it may or may not have been done.
        Canceled,       ///< By the user.
        // The keychain
        KeychainUnavailable, ///< None on this machine or session.
        KeychainLocked,
        KeychainRefused,      ///< The user or the platform said no.
        KeychainHung,         ///< No answer within the deadline.
        KeychainEntryMissing, ///< Certainly not there: the keychain is open and does not have it.
        KeychainFailed,       ///< Anything else, a read-back mismatch among it.
        // Storage on this machine
        StorageFailed,
        StorageFull,
        StorageBusy,
        StorageReadOnly,
        // Latchkey's own rules
        InUse,         ///< Another Latchkey holds the change lock.
        Refused,       ///< A precondition does not hold; nothing was sent.
        NeedsDecision, ///< The user must decide something first; nothing was sent.
        NotSupported,
    };

    Category category = Category::ServerError;
    QString caption; ///< One translated sentence for people that names the thing.
    QString detail;  ///< What Konnect or the platform said, or the next step. Redacted, may be empty.
    QString traceId; ///< `kong:trace:…`, which Kong's support asks for; empty if not from Konnect.
    int httpStatus = 0;
    QList<InvalidParameter> invalidParameters;
    std::optional<int> retryAfterSeconds;

    /// A problem that Latchkey itself found: no status, no trace id.
    [[nodiscard]] static Problem of(Category category, QString caption, QString detail = {});

    bool operator==(const Problem &) const = default;
    [[nodiscard]] bool isCanceled() const { return category == Category::Canceled; }
    /// Caption, detail, reasons and trace id as plain text of several lines, for messages and the CLI.
    [[nodiscard]] QString toText() const;
};

/// The stable machine word of a category, e.g. `keychain_locked`: for JSON output and the journal.
[[nodiscard]] QString categoryWord(Problem::Category category);
[[nodiscard]] std::optional<Problem::Category> categoryFromWord(const QString &word);

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::Problem)
