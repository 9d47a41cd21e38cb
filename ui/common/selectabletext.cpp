// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/selectabletext.h"

#include <QEvent>
#include <QGuiApplication>
#include <QTextDocument>
#include <QWheelEvent>

#include <cmath>
#include <memory>

namespace latchkey {

SelectableText::SelectableText(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    // A stop at each value would make a long way of the Tab key; the copy buttons beside them are stops.
    setFocusPolicy(Qt::ClickFocus);
    setContextMenuPolicy(Qt::DefaultContextMenu);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    applyInk();
}

void SelectableText::setContent(const QString &text, Ink ink)
{
    if (m_ink != ink) {
        m_ink = ink;
        applyInk();
    }
    if (toPlainText() == text)
        return;
    setPlainText(text);
    updateGeometry();
}

QSize SelectableText::sizeHint() const
{
    const int width = qMin(240, int(std::ceil(document()->idealWidth())) + 2);
    return {width, heightForWidth(width)};
}

QSize SelectableText::minimumSizeHint() const
{
    return {40, fontMetrics().height()};
}

int SelectableText::heightForWidth(int width) const
{
    // Laying out the shown document at another width would leave it at that width.
    const std::unique_ptr<QTextDocument> copy(document()->clone());
    copy->setTextWidth(width);
    return int(std::ceil(copy->size().height()));
}

void SelectableText::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        applyInk();
}

void SelectableText::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    if (heightForWidth(width()) != height())
        updateGeometry();
}

void SelectableText::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the pane around it scrolls
}

void SelectableText::applyInk()
{
    QPalette colours = QGuiApplication::palette();
    colours.setColor(QPalette::Text, inkColour(m_ink, colours));
    colours.setColor(QPalette::Base, Qt::transparent);
    setPalette(colours);
}

} // namespace latchkey
