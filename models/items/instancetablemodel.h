// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/health.h"
#include "models/core/instancerecord.h"
#include "models/items/instancecolumns.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QList>
#include <QTimeZone>

#include <vector>

namespace latchkey {

/// The instances as rows, merged by address with exact row signals, so that selection and scroll survive a
/// refresh.
class InstanceTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    /// `clock` must outlive the model. Exact times are shown in `zone`.
    InstanceTableModel(const Clock &clock, const QTimeZone &zone, HealthRules rules,
                       QObject *parent = nullptr);
    ~InstanceTableModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] QModelIndex indexOf(const InstanceAddress &address) const;
    [[nodiscard]] const InstanceRecord *
    record(int row) const; ///< nullptr out of range; valid until the next change.
    [[nodiscard]] const Health &health(int row) const;
    [[nodiscard]] const QString &haystack(int row) const; ///< See HaystackRole.
    [[nodiscard]] const HealthRules &rules() const { return m_rules; }

    /// What a column is sorted by: unknown values have `rank` 1 and come last whichever way it is sorted.
    struct SortKey
    {
        int rank = 0;
        qint64 number = 0; ///< States, counts and dates (ms since the epoch).
        QString text;      ///< Everything else, folded to lower case.
    };
    [[nodiscard]] SortKey sortKey(int row, InstanceColumn column) const;

public Q_SLOTS:
    void upsert(const QList<latchkey::InstanceRecord> &records);
    void remove(const QList<latchkey::InstanceAddress> &addresses);
    /// Time has passed: states and relative dates are computed anew.
    void tick();
    void setRules(const latchkey::HealthRules &rules);

private:
    struct Row
    {
        InstanceRecord record;
        Health health;
        QString haystack;
        QString foldedTitle;
        qint64 validUntilMs = 0; ///< When the state or the words of the expiry change next.
    };

    [[nodiscard]] Row makeRow(const InstanceRecord &record) const;
    [[nodiscard]] QString text(const Row &row, InstanceColumn column) const;
    [[nodiscard]] QString toolTip(const Row &row, InstanceColumn column) const;
    [[nodiscard]] QString accessibleText(const Row &row, InstanceColumn column) const;
    [[nodiscard]] QVariant rawValue(const Row &row, InstanceColumn column) const;
    [[nodiscard]] QString makeHaystack(const Row &row) const;
    [[nodiscard]] int find(const InstanceAddress &address) const;
    void replaceRows(std::vector<std::pair<int, Row>> &rows);
    void announce(int first, int last);

    const Clock &m_clock;
    QTimeZone m_zone;
    HealthRules m_rules;
    QDateTime m_now; ///< Of the last look at the clock: all rows are shown as of one moment.
    std::vector<Row> m_rows;
    mutable QHash<InstanceAddress, int> m_index; ///< Built anew when asked after rows went.
    mutable bool m_indexIsValid = true;
};

} // namespace latchkey
