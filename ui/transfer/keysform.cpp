// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/keysform.h"

#include "ui/common/secretedit.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
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
    , m_forget(new QPushButton(tr("F&orget the keys that were entered"), this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"keysForm"_s);
    m_caption->setObjectName(u"keysCaption"_s);
    m_caption->setTextFormat(Qt::PlainText);
    m_caption->setWordWrap(true);
    m_use->setObjectName(u"useKeysButton"_s);
    m_forget->setObjectName(u"forgetKeysButton"_s);
    m_forget->setToolTip(tr("Do not use the keys that were entered for it, or came with the file"));
    m_use->setAutoDefault(false);
    m_forget->setAutoDefault(false);
    m_forget->hide();
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_use);
    buttons->addWidget(m_forget);
    buttons->addStretch();
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(spacing::tight);
    m_column->addWidget(m_caption);
    m_column->addLayout(buttons);
    connect(m_use, &QPushButton::clicked, this, &KeysForm::submitted);
    connect(m_forget, &QPushButton::clicked, this, &KeysForm::forgetRequested);
    connect(this, &KeysForm::edited, this, [this] { m_use->setEnabled(!isEmpty()); });
    showWhatThereIs();
}

void KeysForm::setFields(const QString &instance, const QStringList &headers, bool isNeeded)
{
    m_instance = instance;
    m_caption->setText(isNeeded ? tr("Keys of “%1”:").arg(instance)
                                : tr("Other keys for “%1”, if it is to have them:").arg(instance));
    const bool isSame =
        std::ranges::equal(m_fields, headers, {}, [](const Field &field) { return field.header; });
    if (!isSame) {
        QList<Field> before = std::exchange(m_fields, {});
        for (const QString &header : headers) {
            const auto known = std::ranges::find(before, header, &Field::header);
            m_fields.append(known == before.end() ? newField(header) : before.takeAt(known - before.begin()));
        }
        for (const Field &field : std::as_const(before)) {
            // At once, and not with the next turn of the loop: it may hold a key.
            delete field.label;
            delete field.edit;
        }
        int row = 1; // Below the caption.
        for (const Field &field : std::as_const(m_fields)) {
            field.edit->setObjectName(u"planKey%1"_s.arg((row - 1) / 2));
            m_column->insertWidget(row++, field.label);
            m_column->insertWidget(row++, field.edit);
        }
    }
    showWhatThereIs();
}

void KeysForm::setForgettable(bool isForgettable)
{
    m_forget->setVisible(isForgettable);
    showWhatThereIs();
}

void KeysForm::showWhatThereIs()
{
    m_caption->setVisible(!m_fields.isEmpty());
    m_use->setVisible(!m_fields.isEmpty());
    m_use->setEnabled(!isEmpty());
    setVisible(!m_fields.isEmpty() || m_forget->isVisibleTo(this));
}

KeysForm::Field KeysForm::newField(const QString &header)
{
    Field field;
    field.header = header;
    // A header's name may hold an ampersand, which is no shortcut.
    field.label = new QLabel(QString(header).replace(u'&', u"&&"_s), this);
    field.label->setTextFormat(Qt::PlainText);
    field.edit = new SecretEdit(this);
    field.edit->setSubject(tr("Key of %1").arg(header));
    field.label->setBuddy(field.edit->lineEdit());
    connect(field.edit, &SecretEdit::edited, this, &KeysForm::edited);
    // Later: who takes the keys may put other fields in the place of this one.
    connect(
        field.edit->lineEdit(), &QLineEdit::returnPressed, this,
        [this] {
            if (!isEmpty())
                Q_EMIT submitted();
        },
        Qt::QueuedConnection);
    return field;
}

void KeysForm::setTabOrderAfter(QWidget *before)
{
    // What was made last would be the last of the window.
    const auto next = [&before](QWidget *widget) {
        setTabOrder(before, widget);
        before = widget;
    };
    for (const Field &field : std::as_const(m_fields)) {
        next(field.edit->lineEdit());
        const QList<QWidget *> parts = field.edit->findChildren<QWidget *>();
        for (QWidget *part : parts) {
            if (part != field.edit->lineEdit() && part->focusPolicy() != Qt::NoFocus)
                next(part);
        }
    }
    next(m_use);
    next(m_forget);
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
