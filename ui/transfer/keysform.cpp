// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/keysform.h"

#include "ui/common/secretedit.h"
#include "ui/common/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

KeysForm::KeysForm(QWidget *parent)
    : QWidget(parent)
    , m_caption(new QLabel(this))
    , m_use(new QPushButton(tr("&Use these keys"), this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"keysForm"_s);
    m_caption->setObjectName(u"keysCaption"_s);
    m_caption->setTextFormat(Qt::PlainText);
    m_caption->setWordWrap(true);
    m_use->setObjectName(u"useKeysButton"_s);
    m_use->setAutoDefault(false);
    m_use->setEnabled(false);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(spacing::tight);
    m_column->addWidget(m_caption);
    m_column->addWidget(m_use, 0, Qt::AlignLeft);
    connect(m_use, &QPushButton::clicked, this, &KeysForm::submitted);
    connect(this, &KeysForm::edited, this, [this] { m_use->setEnabled(!isEmpty()); });
    hide();
}

void KeysForm::setFields(const QString &instance, const QStringList &headers, bool isNeeded)
{
    m_caption->setText(isNeeded ? tr("Keys of “%1”:").arg(instance)
                                : tr("Other keys for “%1”, if it is to have them:").arg(instance));
    const bool isSame =
        std::ranges::equal(m_fields, headers, {}, [](const Field &field) { return field.header; });
    if (isSame) {
        for (const Field &field : std::as_const(m_fields))
            field.edit->clear();
    } else {
        for (const Field &field : std::as_const(m_fields)) {
            // At once, and not with the next turn of the loop: it holds a key.
            delete field.label;
            delete field.edit;
        }
        m_fields.clear();
        for (const QString &header : headers)
            addField(header);
    }
    m_use->setEnabled(false);
    setVisible(!headers.isEmpty());
}

void KeysForm::addField(const QString &header)
{
    Field field;
    field.header = header;
    // A header's name may hold an ampersand, which is no shortcut.
    field.label = new QLabel(QString(header).replace(u'&', u"&&"_s), this);
    field.label->setTextFormat(Qt::PlainText);
    field.edit = new SecretEdit(this);
    field.edit->setObjectName(u"planKey%1"_s.arg(m_fields.size()));
    field.edit->setSubject(tr("Key of %1").arg(header));
    field.label->setBuddy(field.edit->lineEdit());
    m_column->insertWidget(m_column->count() - 1, field.label);
    m_column->insertWidget(m_column->count() - 1, field.edit);
    connect(field.edit, &SecretEdit::edited, this, &KeysForm::edited);
    // Later: who takes the keys may put other fields in the place of this one.
    connect(
        field.edit->lineEdit(), &QLineEdit::returnPressed, this,
        [this] {
            if (!isEmpty())
                Q_EMIT submitted();
        },
        Qt::QueuedConnection);
    m_fields.append(field);
    // Before the button, which was made first.
    const QList<QWidget *> parts = field.edit->findChildren<QWidget *>();
    QWidget *before = field.edit->lineEdit();
    for (QWidget *part : parts) {
        if (part != before && part->focusPolicy() != Qt::NoFocus) {
            setTabOrder(before, part);
            before = part;
        }
    }
    setTabOrder(before, m_use);
}

bool KeysForm::isEmpty() const
{
    return std::ranges::all_of(m_fields, [](const Field &field) { return field.edit->isEmpty(); });
}

HeaderKeys KeysForm::take()
{
    HeaderKeys keys;
    for (const Field &field : std::as_const(m_fields)) {
        if (!field.edit->isEmpty())
            keys.push_back({field.header, field.edit->takeSecret()});
    }
    return keys;
}

} // namespace latchkey
