// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace latchkey {

class PlanModel;

/// The rows of a plan. Space ticks what is selected, whichever column has the focus.
class PlanTable : public QTreeView
{
    Q_OBJECT
public:
    /// `model` must outlive this.
    explicit PlanTable(PlanModel &model, QWidget *parent = nullptr);

    /// Without boxes: there is nothing to decide.
    void setReadOnly();
    /// The selected rows, from the top.
    [[nodiscard]] QList<int> selected() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void toggleSelected();
    void copySelected() const;

    PlanModel &m_model;
    bool m_isReadOnly = false;
};

} // namespace latchkey
