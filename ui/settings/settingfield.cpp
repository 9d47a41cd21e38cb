// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingfield.h"

#include "models/core/settings.h"
#include "ui/common/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace latchkey {

SettingField::SettingField(const SettingSpec &spec, QWidget *parent)
    : QWidget(parent)
    , m_least(spec.least)
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(spacing::normal);
    if (spec.choices.size() == 2)
        addSwitch(spec);
    else if (!spec.choices.isEmpty())
        addChoice(spec);
    else
        addNumber(spec);
    line->addStretch(1);
}

int SettingField::value() const
{
    if (m_switch != nullptr)
        return m_least + (m_switch->isChecked() ? 1 : 0);
    return m_choice != nullptr ? m_least + m_choice->currentIndex() : m_number->value();
}

void SettingField::setValue(int value)
{
    if (m_switch != nullptr)
        m_switch->setChecked(value > m_least);
    else if (m_choice != nullptr)
        m_choice->setCurrentIndex(value - m_least);
    else
        m_number->setValue(value);
}

void SettingField::addSwitch(const SettingSpec &spec)
{
    m_switch = new QCheckBox(spec.title, this);
    m_switch->setAccessibleName(spec.title);
    connect(m_switch, &QCheckBox::toggled, this, &SettingField::changed);
    put(*m_switch, spec);
}

void SettingField::addChoice(const SettingSpec &spec)
{
    m_choice = new QComboBox(this);
    m_choice->addItems(spec.choices);
    m_choice->setAccessibleName(spec.title);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &SettingField::changed);
    put(*m_choice, spec);
}

void SettingField::addNumber(const SettingSpec &spec)
{
    m_number = new QSpinBox(this);
    m_number->setRange(spec.least, spec.most);
    m_number->setAccessibleName(u"%1 (%2)"_s.arg(spec.title, spec.unit));
    m_number->setToolTip(
        tr("%1 to %2 %3").arg(QString::number(spec.least), QString::number(spec.most), spec.unit));
    connect(m_number, &QSpinBox::valueChanged, this, &SettingField::changed);
    put(*m_number, spec);
    layout()->addWidget(new QLabel(spec.unit, this));
}

void SettingField::put(QWidget &field, const SettingSpec &spec)
{
    field.setObjectName(u"setting_"_s + spec.name);
    field.setAccessibleDescription(spec.explanation);
    if (&field != m_switch) {
        auto *title = new QLabel(spec.title, this);
        title->setBuddy(&field);
        layout()->addWidget(title);
    }
    layout()->addWidget(&field);
}

} // namespace latchkey
