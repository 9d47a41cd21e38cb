// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/secretedit.h"

#include "ui/common/icons.h"
#include "ui/common/secretline.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace latchkey {

SecretEdit::SecretEdit(QWidget *parent)
    : QWidget(parent)
    , m_line(new SecretLine(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    row->addWidget(m_line, 1);
    m_line->setObjectName(u"secretLine"_s);
    m_reveal = addButton(u"revealButton"_s);
    m_reveal->setCheckable(true);
    m_paste = addButton(u"pasteButton"_s);
    m_paste->setIcon(icon(Icon::Paste));
    m_clear = addButton(u"clearButton"_s);
    m_clear->setIcon(icon(Icon::Clear));

    connect(m_line, &SecretLine::edited, this, [this] {
        updateButtons();
        Q_EMIT edited();
    });
    connect(m_reveal, &QToolButton::toggled, this, &SecretEdit::setRevealed);
    connect(m_paste, &QToolButton::clicked, this, [this] {
        m_line->pasteText();
        m_line->setFocus();
    });
    connect(m_clear, &QToolButton::clicked, this, [this] {
        clear();
        m_line->setFocus();
    });
    // A null widget: the window was left.
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, const QWidget *now) {
        if (isRevealed() && (!now || (now != this && !isAncestorOf(now))))
            setRevealed(false);
    });
    setSubject(tr("Key"));
}

SecretEdit::~SecretEdit()
{
    // The focus leaves a child that goes, and by then this is no SecretEdit any more.
    disconnect(qApp, nullptr, this, nullptr);
}

QToolButton *SecretEdit::addButton(const QString &objectName)
{
    auto *button = new QToolButton(this);
    button->setObjectName(objectName);
    button->setAutoRaise(true);
    // By keyboard only: a click must not take the focus away from what is being typed.
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    return button;
}

bool SecretEdit::isEmpty() const
{
    return m_line->text().isEmpty();
}

Secret SecretEdit::secret() const
{
    QByteArray utf8 = m_line->text().toUtf8();
    return Secret::takeFrom(utf8);
}

Secret SecretEdit::takeSecret()
{
    Secret taken = secret();
    clear();
    return taken;
}

void SecretEdit::clear()
{
    setRevealed(false);
    m_line->wipeText();
}

void SecretEdit::setSubject(const QString &subject)
{
    m_subject = subject;
    m_line->setAccessibleName(subject);
    updateButtons();
}

void SecretEdit::setPlaceholderText(const QString &text)
{
    m_line->setPlaceholderText(text);
}

void SecretEdit::setReadOnly(bool readOnly)
{
    m_line->setReadOnly(readOnly);
    if (readOnly)
        setRevealed(false);
    updateButtons();
}

QLineEdit *SecretEdit::lineEdit() const
{
    return m_line;
}

bool SecretEdit::isRevealed() const
{
    return m_line->isRevealed();
}

void SecretEdit::setRevealed(bool revealed)
{
    if (revealed == isRevealed() && revealed == m_reveal->isChecked())
        return;
    m_line->setRevealed(revealed);
    m_reveal->setChecked(revealed);
    // Otherwise nothing would leave the field, and it would stay readable.
    if (revealed && !m_line->hasFocus() && !m_reveal->hasFocus())
        m_line->setFocus();
    updateButtons();
}

void SecretEdit::updateButtons()
{
    const bool readOnly = m_line->isReadOnly();
    m_reveal->setIcon(icon(isRevealed() ? Icon::Conceal : Icon::Reveal));
    m_reveal->setToolTip(isRevealed() ? tr("Hide what was typed") : tr("Show what was typed"));
    m_paste->setToolTip(tr("Paste from the clipboard"));
    m_clear->setToolTip(tr("Clear the field"));
    m_reveal->setAccessibleName(tr("%1: show").arg(m_subject));
    m_paste->setAccessibleName(tr("%1: paste").arg(m_subject));
    m_clear->setAccessibleName(tr("%1: clear").arg(m_subject));
    m_line->setAccessibleDescription(isEmpty() ? tr("Nothing is entered") : tr("Something is entered"));
    m_reveal->setEnabled(!isEmpty() && !readOnly);
    m_paste->setEnabled(!readOnly);
    m_clear->setEnabled(!isEmpty() && !readOnly);
}

} // namespace latchkey
