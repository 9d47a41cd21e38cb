// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/instancefiltermodel.h"

#include <QTreeView>

namespace latchkey {

class SidebarModel;

/// The dashboard, views with counts, and profiles with their geos. One entry is chosen at any time.
class Sidebar : public QTreeView
{
    Q_OBJECT
public:
    explicit Sidebar(SidebarModel &model, QWidget *parent = nullptr); ///< `model` must outlive this.

    void choose(InstanceView view);
    void chooseScope(const QString &profileId);
    void chooseDashboard();
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void dashboardChosen();
    void viewChosen(latchkey::InstanceView view);
    void scopeChosen(const QString &profileId, const QString &origin);
    /// The context menu of a profile or one of its geos.
    void profileMenuRequested(const QString &profileId, const QPoint &globalPosition);

protected:
    void changeEvent(QEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void announce(const QModelIndex &current);
    void openMenu(const QPoint &position);
    /// What is chosen, as the model has it now; the profile where its geo has gone, all where both have.
    [[nodiscard]] QModelIndex chosen() const;
    /// A change of the model moves or loses the choice: the same entry is chosen again.
    void settle();

    SidebarModel &m_model;
    bool m_dashboard = true; ///< Else the profile, else the view.
    InstanceView m_view = InstanceView::All;
    QString m_profileId;
    QString m_origin;
    bool m_modelChanges = false; ///< The current index is the selection model's choice, not the user's.
};

} // namespace latchkey
