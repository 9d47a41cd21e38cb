// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/secretline.h"

#include "models/core/secret.h"
#include "ui/common/accessiblemask.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyle>
#include <QStyleOptionFrame>

namespace latchkey {

namespace {
constexpr int maskLength = 12;
constexpr int longestKey = 256 * 1024; // QLineEdit cuts at 32767 in silence.
} // namespace

SecretLine::SecretLine(QWidget *parent)
    : QLineEdit(parent)
{
    maskSecretsForAssistiveTools();
    setMaxLength(longestKey);
    setDragEnabled(false);
    setAcceptDrops(false);
    applyEcho();
    connect(this, &QLineEdit::textEdited, this, [this] {
        forgetHistory();
        Q_EMIT edited();
    });
    // On X11, what is selected in a readable field reaches the primary selection, by other ways too than the
    // mouse's. So nothing stays selected there.
    connect(this, &QLineEdit::selectionChanged, this, [this] {
        if (m_revealed)
            deselect();
    });
}

SecretLine::~SecretLine()
{
    const QSignalBlocker quiet(this);
    wipeText();
}

void SecretLine::setRevealed(bool revealed)
{
    m_revealed = revealed;
    applyEcho();
}

void SecretLine::applyEcho()
{
    // Without focus nothing is echoed at all, so that neither the width nor assistive tools tell the key's
    // length.
    const EchoMode hidden = hasFocus() ? Password : NoEcho;
    setEchoMode(m_revealed ? Normal : hidden);
    // setEchoMode() sets hints of its own.
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                        Qt::ImhNoAutoUppercase);
    update();
}

void SecretLine::pasteText()
{
    const QClipboard *clipboard = QGuiApplication::clipboard();
    // Not wiped: where the text was copied in this process, it is the clipboard's own buffer.
    const QString pasted = clipboard ? clipboard->text() : QString();
    if (pasted.isEmpty() || isReadOnly())
        return;
    insert(pasted);
    forgetHistory();
    Q_EMIT edited();
}

void SecretLine::wipeText()
{
    const bool hadText = !text().isEmpty();
    {
        // text() shares the buffer of the control, so that wiping this copy overwrites the original.
        QString shared = text();
        wipe(shared);
    }
    {
        const QSignalBlocker quiet(this);
        clear();
        forgetHistory();
    }
    if (hadText)
        Q_EMIT edited();
}

void SecretLine::forgetHistory()
{
    // setText() is the only public way to drop the undo commands, which hold the characters one by one.
    const QSignalBlocker quiet(this);
    const int cursor = cursorPosition();
    setText(text());
    setCursorPosition(cursor);
}

void SecretLine::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste)) {
        pasteText();
        return;
    }
    if (event->matches(QKeySequence::Copy) || event->matches(QKeySequence::Cut) ||
        event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo)) {
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SecretLine::mouseReleaseEvent(QMouseEvent *event)
{
    // QLineEdit puts a revealed selection into the primary selection and inserts that one on a middle click.
    if (event->button() == Qt::MiddleButton) {
        event->accept();
        return;
    }
    const int start = selectionStart();
    const int length = selectionLength();
    deselect();
    QLineEdit::mouseReleaseEvent(event);
    if (start >= 0)
        setSelection(start, length);
}

void SecretLine::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *paste = menu->addAction(tr("Paste"), this, &SecretLine::pasteText);
    paste->setEnabled(!isReadOnly());
    QAction *erase = menu->addAction(tr("Clear"), this, &SecretLine::wipeText);
    erase->setEnabled(!text().isEmpty() && !isReadOnly());
    menu->popup(event->globalPos());
}

void SecretLine::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    applyEcho();
}

void SecretLine::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    applyEcho();
}

void SecretLine::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (echoMode() != NoEcho || text().isEmpty())
        return;
    QStyleOptionFrame frame;
    initStyleOption(&frame);
    const QRect contents = style()->subElementRect(QStyle::SE_LineEditContents, &frame, this);
    const QChar dot(style()->styleHint(QStyle::SH_LineEdit_PasswordCharacter, &frame, this));
    QPainter painter(this);
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::Text));
    painter.drawText(contents.adjusted(2, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     QString(maskLength, dot));
}

} // namespace latchkey
