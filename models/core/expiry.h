// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/timestamp.h"

#include <QDate>
#include <QDateTime>
#include <QString>

namespace latchkey {

struct AuthCredential;
struct InstanceRecord;
struct IntegrationInstance;

/// What the user wrote down about an instance's credential, because Konnect knows an expiry date for few of
/// them. Kept on this machine. It belongs to (origin, instance id), whichever profile sees it.
struct ExpiryRecord
{
    QString credentialId; ///< Which credential `date` is about: it says nothing of the next one.
    QDate date;           ///< The last day on which the key works; invalid for none.
    int livesDays = 0;    ///< Days from a credential's creation, of each that the instance gets; 0 for none.
    QString owner;        ///< Who is to be asked.
    QString note;
    QDateTime recordedAt; ///< UTC.

    /// Neither date nor days.
    [[nodiscard]] bool hasExpiry() const { return date.isValid() || livesDays > 0; }
    [[nodiscard]] bool isEmpty() const { return !hasExpiry() && owner.isEmpty() && note.isEmpty(); }
    /// When this credential ends by what is recorded; unknown where nothing is recorded for it.
    [[nodiscard]] Timestamp of(const AuthCredential &credential) const;
    /// The same as a day, in UTC where it is counted from the creation; invalid where nothing is recorded.
    [[nodiscard]] QDate lastDay(const AuthCredential &credential) const;
    bool operator==(const ExpiryRecord &) const = default;
};

/// The label that carries a recorded date to everybody who sees the instance in Konnect.
inline constexpr char16_t ExpiryLabel[] = u"credential-expires";
/// Its value as it is, whether that is a date or not; empty where the instance has none.
[[nodiscard]] QString expiryLabelOf(const IntegrationInstance &instance);

/// Until the end of its last day, wherever on Earth that is: a key is not called expired while it may work.
[[nodiscard]] Timestamp endOfDay(const QDate &date);
/// `YYYY-MM-DD` in years 1 to 9999; invalid for anything else.
[[nodiscard]] QDate dateFromText(const QString &text);

/// When a credential ends, and who says so.
struct Expiry
{
    enum class Source {
        None,     ///< Nobody knows.
        Konnect,  ///< `expires_at`
        Recorded, ///< ExpiryRecord
        Label,    ///< ExpiryLabel, of an instance without a record of its own.
    };
    Timestamp at; ///< The earliest that is known.
    Source source = Source::None;
    [[nodiscard]] bool isKnown() const { return at.isKnown(); }
    bool operator==(const Expiry &) const = default;
};

/// The earlier of Konnect's and the recorded date counts. Unknown where there is no credential. A label from
/// before the credential was made is about an earlier one, and does not count.
[[nodiscard]] Expiry expiryOf(const InstanceRecord &record);
/// What the label says; unknown where it is missing, cannot be read as a date or is from before the
/// credential.
[[nodiscard]] Timestamp labelledExpiry(const InstanceRecord &record);

} // namespace latchkey
