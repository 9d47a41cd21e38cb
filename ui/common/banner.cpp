// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/banner.h"

#include "ui/common/iconlabel.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

struct Look
{
    Icon icon;
    Ink ink;
};

Look lookOf(Banner::Kind kind)
{
    switch (kind) {
    case Banner::Kind::Info:
        return {Icon::Info, Ink::Accent};
    case Banner::Kind::Demo:
        return {Icon::Demo, Ink::Attention};
    case Banner::Kind::Question:
        return {Icon::Question, Ink::Accent};
    case Banner::Kind::Wait:
        return {Icon::Wait, Ink::Warning};
    case Banner::Kind::Warning:
        return {Icon::Warning, Ink::Urgent};
    case Banner::Kind::Error:
        return {Icon::Error, Ink::Danger};
    }
    return {Icon::Info, Ink::Accent};
}

} // namespace

Banner::Banner(Kind kind, const QString &text, QWidget *parent)
    : QFrame(parent)
    , m_layout(new QHBoxLayout(this))
    , m_icon(new IconLabel(lookOf(kind).icon, lookOf(kind).ink, 16, this))
    , m_text(new QLabel(this))
    , m_close(new QToolButton(this))
    , m_kind(kind)
{
    m_layout->setContentsMargins(12, 6, 6, 6);
    m_layout->setSpacing(spacing::normal);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setObjectName(u"bannerText"_s);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setIcon(icon(Icon::Close));
    m_close->setAutoRaise(true);
    m_close->setObjectName(u"bannerClose"_s);
    m_close->setAccessibleName(tr("Dismiss this message"));
    m_close->setToolTip(tr("Dismiss"));
    m_close->hide();
    m_layout->addWidget(m_icon, 0);
    m_layout->addWidget(m_text, 1);
    m_layout->addWidget(m_close, 0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    setText(text);
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT dismissed();
    });
}

void Banner::setKind(Kind kind)
{
    m_kind = kind;
    static_cast<IconLabel *>(m_icon)->set(lookOf(kind).icon, lookOf(kind).ink);
    update();
}

void Banner::setText(const QString &text)
{
    if (m_text->text() == text)
        return;
    m_text->setText(text);
    setAccessibleName(text);
}

QString Banner::text() const
{
    return m_text->text();
}

QPushButton *Banner::addButton(const QString &text, const QString &objectName)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    m_layout->insertWidget(m_layout->indexOf(m_close), button);
    return button;
}

void Banner::setDetails(const QString &details)
{
    m_details = details;
    if (!m_copy) {
        m_copy = addButton(tr("Copy Details"), u"copyDetails"_s);
        connect(m_copy, &QPushButton::clicked, this,
                [this] { QGuiApplication::clipboard()->setText(m_details); });
    }
    m_copy->setVisible(!details.isEmpty());
}

void Banner::setDismissible(bool dismissible)
{
    m_close->setVisible(dismissible);
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Ink ink = lookOf(m_kind).ink;
    painter.fillRect(rect(), tintColour(ink, palette()));
    const int edge = layoutDirection() == Qt::RightToLeft ? width() - 3 : 0;
    painter.fillRect(QRect(edge, 0, 3, height()), inkColour(ink, palette()));
    painter.setPen(outlineColour(palette()));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

void Banner::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace latchkey
