// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/colourchoice.h"

#include "ui/common/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QIcon>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

struct Choice
{
    const char *colour;
    const char *name;
};

constexpr Choice choices[] = {
    {"", QT_TRANSLATE_NOOP("latchkey::ColourChoice", "No colour")},
    {"#c0392b", QT_TRANSLATE_NOOP("latchkey::ColourChoice", "Red")},
    {"#d68910", QT_TRANSLATE_NOOP("latchkey::ColourChoice", "Orange")},
    {"#b7950b", QT_TRANSLATE_NOOP("latchkey::ColourChoice", "Yellow")},
    {"#27864a", QT_TRANSLATE_NOOP("latchkey::ColourChoice", "Green")},
    {"#148f8f", QT_TRANSLATE_NOOP("latchkey::ColourChoice", "Teal")},
    {"#2471a3", QT_TRANSLATE_NOOP("latchkey::ColourChoice", "Blue")},
    {"#7d3c98", QT_TRANSLATE_NOOP("latchkey::ColourChoice", "Purple")},
    {"#707b7c", QT_TRANSLATE_NOOP("latchkey::ColourChoice", "Grey")},
};

QIcon swatch(const QString &colour, const QPalette &palette)
{
    constexpr int side = 16;
    constexpr int finest = 4; // Sharp up to 400 %.
    QPixmap picture(side * finest, side * finest);
    picture.setDevicePixelRatio(finest);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    if (colour.isEmpty()) {
        painter.setPen(QPen(inkColour(Ink::Muted, palette), 1.4));
        painter.drawEllipse(QRectF(2, 2, 12, 12));
        painter.drawLine(QPointF(4, 12), QPointF(12, 4));
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(colour));
        painter.drawEllipse(QRectF(1.5, 1.5, 13, 13));
    }
    return QIcon(picture);
}

} // namespace

ColourChoice::ColourChoice(const QString &colour, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    bool known = false;
    for (const Choice &choice : choices) {
        const QString value = QString::fromLatin1(choice.colour);
        addSwatch(value, tr(choice.name), row);
        known = known || value == colour.toLower();
    }
    if (!known)
        addSwatch(colour.toLower(), colour, row);
    row->addStretch(1);
    const QList<QAbstractButton *> buttons = m_group->buttons();
    for (QAbstractButton *button : buttons)
        button->setChecked(button->property("colour").toString() == colour.toLower());
    connect(m_group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton *, bool on) {
        if (on)
            Q_EMIT edited();
    });
}

void ColourChoice::addSwatch(const QString &colour, const QString &name, QHBoxLayout *row)
{
    auto *button = new QToolButton(this);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setIcon(swatch(colour, palette()));
    button->setToolTip(name);
    button->setAccessibleName(tr("Colour: %1").arg(name));
    button->setProperty("colour", colour);
    button->setObjectName(colour.isEmpty() ? u"colourNone"_s : u"colour_"_s + colour.mid(1));
    m_group->addButton(button);
    row->addWidget(button);
}

QString ColourChoice::colour() const
{
    const QAbstractButton *chosen = m_group->checkedButton();
    return chosen ? chosen->property("colour").toString() : QString();
}

} // namespace latchkey
