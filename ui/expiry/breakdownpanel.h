// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/expirybreakdownmodel.h"

#include <QWidget>

namespace latchkey {

/// How integrations, or profiles, stand.
class BreakdownPanel : public QWidget
{
    Q_OBJECT
public:
    /// `model` must outlive the panel.
    BreakdownPanel(const QString &heading, ExpiryBreakdownModel &model, QWidget *parent = nullptr);

    /// Hidden while there are less than `rows` rows.
    void hideBelow(int rows);

Q_SIGNALS:
    void rowActivated(int row);

private:
    const ExpiryBreakdownModel &m_model;
    int m_leastRows = 0;
};

} // namespace latchkey
