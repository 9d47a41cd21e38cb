// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/healthrules.h"

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace latchkey {

/// A number of days, or a part of a credential's life.
class ThresholdField : public QWidget
{
    Q_OBJECT
public:
    /// `name` is the setting's: the fields are called `setting_NAME` and `settingUnit_NAME`.
    ThresholdField(const QString &name, const QString &title, QWidget *parent = nullptr);

    [[nodiscard]] Threshold threshold() const;
    void setThreshold(const Threshold &threshold);
    [[nodiscard]] QWidget *firstField() const; ///< The buddy of a label.

private:
    void followUnit();

    QSpinBox *m_amount;
    QComboBox *m_unit;
};

} // namespace latchkey
