// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QDateTime>
#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace latchkey {

struct InstanceRecord;

/// How long before its end a credential is worth a word.
struct Threshold
{
    enum class Unit {
        Days,
        Percent, ///< Of its life, from creation to expiry. Where the creation is not known: of a year.
    };
    static constexpr int MostDays = 3650;
    static constexpr int MostPercent = 100;
    int amount = 0;
    Unit unit = Unit::Days;

    /// The moment from which it counts. `created` may be invalid.
    [[nodiscard]] QDateTime before(const QDateTime &expires, const QDateTime &created) const;
    /// `14` or `14 d` for days (0 to 3650), `10 %` for percent (0 to 100); nullopt for anything else.
    [[nodiscard]] static std::optional<Threshold> fromText(const QString &text);
    [[nodiscard]] QString toText() const; ///< "14 d", "10 %"
    bool operator==(const Threshold &) const = default;
};

struct HealthThresholds
{
    Threshold soon{7};
    Threshold later{30}; ///< One that is shorter than `soon` has no effect.
    bool operator==(const HealthThresholds &) const = default;
};

/// Which thresholds count for which credential: those of its integration, else of its profile, else the
/// general ones.
struct HealthRules
{
    HealthThresholds general;
    QHash<QString, HealthThresholds> ofProfile;     ///< By profile id.
    QHash<QString, HealthThresholds> ofIntegration; ///< By integration name.

    [[nodiscard]] const HealthThresholds &thresholdsFor(const InstanceRecord &record) const;
    /// As settings: `expiry.soon`, `expiry.later`, and the same followed by `/profile/<id>` or
    /// `/integration/<name>`. What cannot be read is as it is by default.
    [[nodiscard]] static HealthRules fromRows(const QHash<QString, QString> &rows);
    [[nodiscard]] QHash<QString, QString> toRows() const;
    /// Whether a row of this name is one of theirs.
    [[nodiscard]] static bool isRow(const QString &name);
    /// With what every name of their rows begins.
    [[nodiscard]] static QStringList families();
    /// These with one threshold changed, by its row's name. What a profile or integration is not told of its
    /// own begins as the general one. `default` takes both thresholds of a profile or integration back, and
    /// a general one to what it is by default. NotFound where no row is called so, InvalidInput where `text`
    /// is no threshold.
    [[nodiscard]] Outcome<HealthRules> with(const QString &name, const QString &text) const;
    bool operator==(const HealthRules &) const = default;
};

} // namespace latchkey
