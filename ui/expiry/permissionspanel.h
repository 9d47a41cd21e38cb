// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/permissionscopesmodel.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace latchkey {

class CompactTable;
class SectionHead;

/// Which scopes are missing where, what Konnect says of it, and a way to look again once they were granted.
/// Hidden while there is nothing.
class PermissionsPanel : public QWidget
{
    Q_OBJECT
public:
    /// `model` must outlive the panel.
    explicit PermissionsPanel(PermissionScopesModel &model, QWidget *parent = nullptr);

Q_SIGNALS:
    void checkAgainRequested(const QList<latchkey::InstanceAddress> &addresses);
    void narrowingRequested(const latchkey::InstanceNarrowing &narrowing);

private:
    void describe();

    PermissionScopesModel &m_model;
    SectionHead *m_head;
    QPushButton *m_checkScope;
    CompactTable *m_table;
    QLabel *m_message;
};

} // namespace latchkey
