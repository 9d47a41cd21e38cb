// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/instancerecord.h"

#include <QAbstractTableModel>
#include <QList>
#include <QTimeZone>

#include <optional>

namespace latchkey {

/// Every field that Konnect returns about one instance and its credential, and what the user recorded about
/// its expiry, one row each: label and value.
class CredentialDetailsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { LabelColumn, ValueColumn, ColumnCount };
    enum Role {
        CopyRole = Qt::UserRole +
                   1, ///< The bare value to copy (dates as Konnect wrote them); empty where not given.
        FieldRole,    ///< Stable name of the field, e.g. `credential_id`.
        GivenRole,    ///< bool: false where the value reads "not given".
    };
    /// `clock` must outlive the model.
    CredentialDetailsModel(const Clock &clock, const QTimeZone &zone, QObject *parent = nullptr);
    ~CredentialDetailsModel() override;

    void setRecord(const InstanceRecord &record);
    void clear();
    void tick(); ///< Time has passed.
    [[nodiscard]] QModelIndex
    indexOfField(const QString &field) const; ///< Of the value; invalid where there is none.

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString field;
        QString label;
        QString value; ///< As shown.
        QString copy;
        QString toolTip;
        bool operator==(const Row &) const = default;
    };

    void show(const QList<Row> &rows);
    [[nodiscard]] QList<Row> rowsOf(const InstanceRecord &record) const;
    [[nodiscard]] QList<Row> credentialRows(const InstanceRecord &record) const;
    [[nodiscard]] QList<Row> expiryRows(const InstanceRecord &record) const;
    [[nodiscard]] QList<Row> instanceRows(const InstanceRecord &record) const;
    [[nodiscard]] Row plain(const QString &field, const QString &label, const QString &value) const;
    [[nodiscard]] Row date(const QString &field, const QString &label, const Timestamp &moment) const;

    const Clock &m_clock;
    QTimeZone m_zone;
    std::optional<InstanceRecord> m_record;
    QList<Row> m_rows;
};

} // namespace latchkey
