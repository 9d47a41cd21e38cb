// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/emptystate.h"

#include "ui/common/iconlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new IconLabel(Icon::Empty, Ink::Muted, 48, this))
    , m_heading(new QLabel(this))
    , m_text(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    large.setWeight(QFont::DemiBold);
    m_heading->setFont(large);
    m_heading->setObjectName(u"emptyHeading"_s);
    m_text->setObjectName(u"emptyText"_s);
    for (QLabel *label : {m_heading, m_text}) {
        label->setAlignment(Qt::AlignCenter);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_text->setMaximumWidth(480);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(spacing::normal);
    column->setContentsMargins(spacing::wide, spacing::wide, spacing::wide, spacing::wide);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addSpacing(spacing::tight);
    column->addWidget(m_heading);
    // A centred item is given its hint, which is too low for a text that wraps: rows of stretches instead.
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_text, 100);
    row->addStretch(1);
    column->addLayout(row);
    column->addSpacing(spacing::normal);
    m_buttons->addStretch();
    m_buttons->addStretch();
    column->addLayout(m_buttons);
    column->addStretch(3);
}

void EmptyState::set(Icon icon, const QString &heading, const QString &text)
{
    m_icon->set(icon, Ink::Muted);
    m_heading->setText(heading);
    m_text->setText(text);
    setAccessibleName(heading);
    setAccessibleDescription(text);
}

QPushButton *EmptyState::addButton(const QString &text, const QString &objectName)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(objectName);
    button->setMinimumHeight(button->sizeHint().height() + spacing::tight);
    button->setDefault(m_buttons->count() == 2);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

QString EmptyState::heading() const
{
    return m_heading->text();
}

QString EmptyState::text() const
{
    return m_text->text();
}

} // namespace latchkey
