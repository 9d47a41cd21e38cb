// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/typedname.h"

#include "ui/common/note.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

TypedName::TypedName(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_reason(new Note(Note::Kind::Warning, tr("This is a production profile."), this))
    , m_edit(new QLineEdit(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_reason->setObjectName(u"typedNameReason"_s);
    column->addWidget(m_reason);
    // An ampersand of the name is no shortcut.
    auto *label = new QLabel(tr("&Type %1 to go on:").arg(QString(name).replace(u'&', u"&&"_s)), this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setBuddy(m_edit);
    column->addWidget(label);
    m_edit->setObjectName(u"typedName"_s);
    m_edit->setAccessibleName(tr("Type %1 to go on").arg(name));
    column->addWidget(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &TypedName::edited);
}

void TypedName::setReason(const QString &reason)
{
    m_reason->say(Note::Kind::Warning, reason);
}

bool TypedName::matches() const
{
    return m_edit->text().trimmed() == m_name;
}

QString TypedName::text() const
{
    return m_edit->text().trimmed();
}

void TypedName::clear()
{
    m_edit->clear();
}

} // namespace latchkey
