// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace latchkey {

struct SettingSpec;

/// One setting with its title: a number with a unit, a switch, or a choice.
class SettingField : public QWidget
{
    Q_OBJECT
public:
    explicit SettingField(const SettingSpec &spec, QWidget *parent = nullptr);

    [[nodiscard]] int value() const;
    void setValue(int value);

Q_SIGNALS:
    void changed();

private:
    void addSwitch(const SettingSpec &spec);
    void addChoice(const SettingSpec &spec);
    void addNumber(const SettingSpec &spec);
    void put(QWidget &field, const SettingSpec &spec);

    int m_least;
    QCheckBox *m_switch = nullptr;
    QComboBox *m_choice = nullptr;
    QSpinBox *m_number = nullptr;
};

} // namespace latchkey
