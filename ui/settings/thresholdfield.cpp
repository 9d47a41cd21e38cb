// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/thresholdfield.h"

#include "ui/common/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace latchkey {

ThresholdField::ThresholdField(const QString &name, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_amount(new QSpinBox(this))
    , m_unit(new QComboBox(this))
{
    m_amount->setObjectName(u"setting_"_s + name);
    m_amount->setAccessibleName(title);
    m_unit->setObjectName(u"settingUnit_"_s + name);
    m_unit->setAccessibleName(tr("%1: unit").arg(title));
    m_unit->addItem(tr("days"), static_cast<int>(Threshold::Unit::Days));
    m_unit->addItem(tr("% of its life"), static_cast<int>(Threshold::Unit::Percent));
    connect(m_unit, &QComboBox::currentIndexChanged, this, &ThresholdField::followUnit);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(spacing::normal);
    line->addWidget(m_amount);
    line->addWidget(m_unit);
    followUnit();
}

Threshold ThresholdField::threshold() const
{
    return {m_amount->value(), static_cast<Threshold::Unit>(m_unit->currentData().toInt())};
}

void ThresholdField::setThreshold(const Threshold &threshold)
{
    // The unit first: it bounds the number.
    m_unit->setCurrentIndex(m_unit->findData(static_cast<int>(threshold.unit)));
    m_amount->setValue(threshold.amount);
}

QWidget *ThresholdField::firstField() const
{
    return m_amount;
}

void ThresholdField::followUnit()
{
    m_amount->setRange(0, threshold().unit == Threshold::Unit::Days ? Threshold::MostDays
                                                                    : Threshold::MostPercent);
    m_amount->setToolTip(tr("%1 to %2").arg(m_amount->minimum()).arg(m_amount->maximum()));
}

} // namespace latchkey
