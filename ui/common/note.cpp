// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/note.h"

#include "ui/common/iconlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int signSize = 16;

struct Sign
{
    Icon icon;
    Ink ink;
};

Sign signOf(Note::Kind kind)
{
    switch (kind) {
    case Note::Kind::Info:
        return {Icon::Info, Ink::Accent};
    case Note::Kind::Good:
        return {Icon::Check, Ink::Good};
    case Note::Kind::Warning:
        return {Icon::Warning, Ink::Warning};
    case Note::Kind::Error:
        return {Icon::Error, Ink::Danger};
    case Note::Kind::Active:
        return {Icon::Refresh, Ink::Accent};
    case Note::Kind::Pending:
        return {Icon::Wait, Ink::Muted};
    }
    return {Icon::Info, Ink::Accent};
}

QString kindWord(Note::Kind kind)
{
    switch (kind) {
    case Note::Kind::Info:
        return Note::tr("Note");
    case Note::Kind::Good:
        return Note::tr("Good");
    case Note::Kind::Warning:
        return Note::tr("Warning");
    case Note::Kind::Error:
        return Note::tr("Error");
    case Note::Kind::Active:
        return Note::tr("Under way");
    case Note::Kind::Pending:
        return Note::tr("Not yet");
    }
    return {};
}

} // namespace

Note::Note(QWidget *parent)
    : QWidget(parent)
    , m_sign(new IconLabel(Icon::Info, Ink::Accent, signSize, this))
    , m_text(new QLabel(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    // Beside the first line, however tall the font is.
    auto *signColumn = new QVBoxLayout;
    signColumn->setContentsMargins(0, qMax(0, (m_text->fontMetrics().height() - signSize) / 2), 0, 0);
    signColumn->addWidget(m_sign);
    signColumn->addStretch(1);
    row->addLayout(signColumn);
    row->addWidget(m_text, 1);
    m_text->setObjectName(u"noteText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
}

Note::Note(Kind kind, const QString &text, QWidget *parent)
    : Note(parent)
{
    say(kind, text);
}

void Note::say(Kind kind, const QString &text)
{
    m_kind = kind;
    m_text->setText(text);
    m_text->setAccessibleName(u"%1: %2"_s.arg(kindWord(kind), text));
    const Sign sign = signOf(kind);
    m_sign->set(sign.icon, sign.ink);
    setVisible(!text.isEmpty());
}

QString Note::text() const
{
    return m_text->text();
}

} // namespace latchkey
