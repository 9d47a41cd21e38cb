// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/expiry.h"
#include "models/core/health.h"
#include "models/core/healthrules.h"
#include "models/core/instancerecord.h"
#include "models/core/profile.h"
#include "models/core/refresh.h"

#include <QDate>
#include <QDateTime>
#include <QList>
#include <QString>

#include <array>
#include <optional>

namespace latchkey {

/// One line of an ExpiryReport.
struct ExpiryItem
{
    enum class Kind {
        Credential,
        ProfileToken, ///< Whose last day is written down. Konnect says nothing about it.
    };
    Kind kind = Kind::Credential;
    /// Of a token: its profile, and the day as if it were recorded for a credential without an id.
    InstanceRecord record;
    Health health;
    Expiry expiry;          ///< Which counts.
    QDate lastDay;          ///< Where that is known as a day and not as a moment; else invalid.
    bool due = false;       ///< The verdict counts it.
    bool unchecked = false; ///< Not read by the last refresh: what is said here may be older.

    /// For people: the instance's title, or "Token of “Acme”".
    [[nodiscard]] QString title() const;
};

/// What expires when, and what that comes to: all feeds and the exit code of `latchkeyctl expiry` are made
/// from it.
struct ExpiryReport
{
    struct Question
    {
        QString profileId; ///< Empty for all.
        /// In the place of the thresholds. Then only what is due or unchecked is listed.
        std::optional<int> withinDays;
        bool strict = false; ///< No known expiry, no credential and missing permissions are due too.
    };

    /// What is known, of all profiles.
    struct Sources
    {
        QList<InstanceRecord> records;
        QList<Profile> profiles;
        QList<EndpointState> endpoints;
        HealthRules rules;
    };

    /// The values are those of the exit code. Worst first: NothingChecked, Expired, Expiring, SomeUnchecked.
    enum class Verdict {
        InOrder = 0,
        NothingChecked = 1,
        Expiring = 2,
        Expired = 3, ///< Or tainted.
        SomeUnchecked = 4,
    };

    /// Of everything that was asked for, listed or not.
    struct Counts
    {
        int checked = 0;   ///< Credentials, and instances known to have none.
        int unchecked = 0; ///< The same.
        int noKnownExpiry = 0;
        int due = 0;                              ///< Tokens too.
        std::array<int, HealthStateCount> states; ///< Instances, each under its worst state.
    };

    QDateTime at; ///< UTC
    Question question;
    /// Soonest first. What must be replaced although nobody knows its end stands where `at` would; all else
    /// without a date comes last, worst first. Without built-in instances, which need no credential.
    QList<ExpiryItem> items;
    QList<EndpointState> unread; ///< Endpoints of which instances may be missing, or be older.
    Counts counts = {};
    Verdict verdict = Verdict::NothingChecked;

    /// `now` in UTC.
    [[nodiscard]] static ExpiryReport of(const Sources &sources, const Question &question,
                                         const QDateTime &now);
};

} // namespace latchkey
