// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/instancefiltermodel.h"

#include <QAbstractButton>

namespace latchkey {

/// How many instances belong to a view: a large number with the view's sign and name. Click, Space and Enter
/// choose it.
class StateTile : public QAbstractButton
{
    Q_OBJECT
public:
    StateTile(InstanceView view, const QString &label, QWidget *parent = nullptr);

    [[nodiscard]] InstanceView view() const { return m_view; }
    /// While `checking`, the number is what is known so far: none is not said to be none.
    void setCount(int count, bool checking);
    [[nodiscard]] QString countText() const; ///< "3", or "…" where it is not known yet.
    [[nodiscard]] QString note() const;      ///< "checking…", or empty.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    [[nodiscard]] QFont countFont() const;

    InstanceView m_view;
    int m_count = 0;
    bool m_checking = false;
};

} // namespace latchkey
