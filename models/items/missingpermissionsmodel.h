// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/authcredential.h"

#include <QAbstractTableModel>
#include <QList>

namespace latchkey {

/// What a credential lacks, as Konnect says it: message and scopes.
class MissingPermissionsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { MessageColumn, ScopesColumn, ColumnCount };
    enum Role {
        ScopesRole = Qt::UserRole + 1, ///< QStringList
        CopyRole,                      ///< Message and scopes as one text.
    };
    explicit MissingPermissionsModel(QObject *parent = nullptr);
    ~MissingPermissionsModel() override;

    void setPermissions(const QList<MissingPermission> &permissions);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<MissingPermission> m_permissions;
};

} // namespace latchkey
