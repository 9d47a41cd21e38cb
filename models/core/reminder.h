// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"

#include <QDate>
#include <QDateTime>
#include <QHash>
#include <QHashFunctions>
#include <QList>
#include <QMetaType>
#include <QString>

namespace latchkey {

/// How far a credential has come, least urgent first.
enum class ReminderStep {
    OldKey,    ///< The key before it is still to be revoked at its service.
    Month,     ///< It ends within 30 days,
    Fortnight, ///< within 14,
    Week,      ///< within 7,
    Day,       ///< within one,
    Expired,   ///< or has ended.
    Tainted,   ///< It must be replaced; of a token: Konnect refuses it.
};

/// What is said once for each step: the end of one credential, or of a profile's own token. Without an end:
/// that the credential must be replaced, the token is refused, or an old key be revoked. A null one is the
/// weekly digest.
struct ReminderSubject
{
    QString origin;       ///< Empty for a token.
    QString id;           ///< Of the instance, or of the profile; of an old key, see OldKey::key().
    QString credentialId; ///< Empty for the end of a token; the version of one that is refused.
    QDate ends;           ///< In UTC.
    [[nodiscard]] bool isDigest() const { return id.isEmpty(); }
    [[nodiscard]] bool isToken() const { return origin.isEmpty() && !id.isEmpty(); }
    bool operator==(const ReminderSubject &) const = default;
};

inline size_t qHash(const ReminderSubject &subject, size_t seed = 0) noexcept
{
    return qHashMulti(seed, subject.origin, subject.id, subject.credentialId, subject.ends);
}

/// What was said of a subject last. Less urgent steps count as said too.
struct SaidReminder
{
    ReminderSubject subject;
    ReminderStep step = ReminderStep::Month;
    QDateTime at;           ///< UTC.
    QDateTime snoozedUntil; ///< UTC; of a token. That of an instance is its AttentionMark's.
    bool operator==(const SaidReminder &) const = default;
};

using SaidReminders = QHash<ReminderSubject, SaidReminder>;

/// One thing to say.
struct Reminder
{
    ReminderSubject subject;
    InstanceAddress address; ///< For AttentionMarks; null for a token.
    QString name;            ///< Of the instance; empty for a token.
    QString profileName;
    ReminderStep step = ReminderStep::Month;
    QDateTime ends; ///< UTC; invalid where none is known.
    bool operator==(const Reminder &) const = default;
};

/// One notification, in words.
struct ReminderNotice
{
    enum class Urgency { Low, Normal, Critical };
    QString title;
    QString body; ///< Plain text, of one or more lines.
    Urgency urgency = Urgency::Normal;
    QList<Reminder> reminders; ///< What it is about; empty for the digest.
    bool operator==(const ReminderNotice &) const = default;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::ReminderNotice)
