// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/instancenarrowing.h"
#include "models/items/instancetablemodel.h"
#include "models/items/mergedtable.h"

#include <QDate>

#include <array>

namespace latchkey {

class Recount;

/// How soon an expiry is worth a word, by the rules of the credential.
enum class Urgency { Soon, Later, Far };
constexpr int UrgencyCount = 3;

/// A day or a week of the time to come, and what expires in it.
struct TimelineBucket
{
    QDate key;   ///< Its first day.
    QDate until; ///< Its last day; its first one for a single day.
    std::array<int, UrgencyCount> counts{};
    QStringList names; ///< Soonest first; not more than NamesShown.
    [[nodiscard]] int total() const { return counts[0] + counts[1] + counts[2]; }
    bool operator==(const TimelineBucket &) const = default;

    static constexpr int NamesShown = 12;
};

/// What expires within the next days: a row for each day, or each week where there are more than 31. What has
/// expired already is not in it, nor what has no known expiry.
class ExpiryTimelineModel : public MergedTable<TimelineBucket>
{
    Q_OBJECT
public:
    enum Column { PeriodColumn, TotalColumn, SoonColumn, LaterColumn, FarColumn, NamesColumn, ColumnCount };

    /// Both must outlive the model. Days are those of `zone`.
    ExpiryTimelineModel(const InstanceTableModel &instances, const Clock &clock, const QTimeZone &zone,
                        QObject *parent = nullptr);
    ~ExpiryTimelineModel() override;

    /// How many days are looked ahead, from today on.
    void setDays(int days);
    [[nodiscard]] int days() const { return m_days; }
    /// Time has passed.
    void tick();

    [[nodiscard]] int total() const { return m_total; }
    [[nodiscard]] int largest() const { return m_largest; } ///< Total of the fullest bucket.
    [[nodiscard]] QString period(int row) const;            ///< "Tue 3 Nov", "3 Nov – 9 Nov"
    /// "3 Nov – 9 Nov: 2 expire: Datadog EU, Slack", for people who hover or hear.
    [[nodiscard]] QString sentence(int row) const;
    [[nodiscard]] InstanceNarrowing narrowingOf(int row) const;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    /// The last day on which the credential works; a recorded one as it was written down, whichever zone this
    /// is. Invalid where nobody knows.
    [[nodiscard]] static QDate dayOf(const InstanceRecord &record, const QTimeZone &zone);

Q_SIGNALS:
    /// After the rows and total() were worked out anew.
    void counted();

private:
    void recount();
    [[nodiscard]] std::vector<TimelineBucket> emptyBuckets(const QDate &today) const;

    const InstanceTableModel &m_instances;
    const Clock &m_clock;
    QTimeZone m_zone;
    Recount *m_recount;
    int m_days = 90;
    int m_total = 0;
    int m_largest = 0;
};

[[nodiscard]] QString urgencyLabel(Urgency urgency); ///< Translated.

} // namespace latchkey
