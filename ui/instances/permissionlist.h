// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace latchkey {

class MissingPermissionsModel;

/// What a credential lacks: Konnect's message and the scopes, selectable.
class PermissionList : public QWidget
{
    Q_OBJECT
public:
    /// `model` must outlive the list.
    explicit PermissionList(const MissingPermissionsModel &model, QWidget *parent = nullptr);

private:
    void rebuild();
    void addRow(int row);

    const MissingPermissionsModel &m_model;
    QVBoxLayout *m_rows;
};

} // namespace latchkey
