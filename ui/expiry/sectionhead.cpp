// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/sectionhead.h"

#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace latchkey {

SectionHead::SectionHead(const QString &heading, QWidget *parent)
    : QWidget(parent)
    , m_heading(new QLabel(heading, this))
    , m_row(new QHBoxLayout(this))
{
    QFont bold = font();
    bold.setPointSizeF(bold.pointSizeF() * 1.1);
    bold.setWeight(QFont::DemiBold);
    m_heading->setFont(bold);
    m_heading->setObjectName(u"sectionHeading"_s);
    m_heading->setTextFormat(Qt::PlainText);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(spacing::normal);
    m_row->addWidget(m_heading, 1);
}

void SectionHead::setHeading(const QString &heading)
{
    m_heading->setText(heading);
}

QString SectionHead::heading() const
{
    return m_heading->text();
}

void SectionHead::add(QWidget *widget)
{
    m_row->addWidget(widget);
}

} // namespace latchkey
