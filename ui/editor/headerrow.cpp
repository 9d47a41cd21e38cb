// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/headerrow.h"

#include "ui/common/icons.h"
#include "ui/common/secretedit.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

HeaderRow::HeaderRow(bool fixed, const HeaderDefinition &definition, QWidget *parent)
    : QWidget(parent)
    , m_definition(definition)
    , m_key(new SecretEdit(this))
    , m_notes(new NoteList(this))
{
    if (fixed)
        buildFixed(definition);
    else
        buildFree();
    layout()->addWidget(m_notes);
    connect(m_key, &SecretEdit::edited, this, [this] {
        m_keyTouched = true;
        Q_EMIT keyEdited();
    });
    updateSubject();
}

void HeaderRow::buildFixed(const HeaderDefinition &definition)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    auto *heading = new QHBoxLayout;
    m_label = new QLabel(this);
    // Konnect's text may hold an ampersand, which is no shortcut.
    const QString shown = definition.displayName.isEmpty() ? definition.name : definition.displayName;
    m_label->setText(QString(shown).replace(u'&', u"&&"_s));
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_label->setBuddy(m_key->lineEdit());
    QFont bold = m_label->font();
    bold.setBold(true);
    m_label->setFont(bold);
    heading->addWidget(m_label, 1);
    auto *exact = new QLabel(definition.name, this);
    exact->setObjectName(u"exactName"_s);
    exact->setTextFormat(Qt::PlainText);
    exact->setTextInteractionFlags(Qt::TextSelectableByMouse);
    exact->setToolTip(tr("The name of the header"));
    exact->setVisible(!definition.displayName.isEmpty());
    heading->addWidget(exact);
    column->addLayout(heading);
    if (!definition.description.isEmpty()) {
        auto *description = new QLabel(definition.description, this);
        description->setObjectName(u"description"_s);
        description->setTextFormat(Qt::PlainText);
        description->setWordWrap(true);
        column->addWidget(description);
    }
    column->addWidget(m_key);
}

void HeaderRow::buildFree()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    m_name = new QLineEdit(m_definition.name, this);
    m_name->setPlaceholderText(tr("Header name"));
    m_name->setInputMethodHints(Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    row->addWidget(m_name, 2);
    m_key->setPlaceholderText(tr("Key"));
    row->addWidget(m_key, 3);
    const auto addButton = [this, row](Icon what, const QString &toolTip) {
        auto *button = new QToolButton(this);
        button->setAutoRaise(true);
        button->setIcon(icon(what));
        button->setToolTip(toolTip);
        row->addWidget(button);
        return button;
    };
    m_up = addButton(Icon::Up, tr("Move up"));
    m_down = addButton(Icon::Down, tr("Move down"));
    m_remove = addButton(Icon::Remove, tr("Remove this header"));
    column->addLayout(row);
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_nameTouched = true;
        updateSubject();
        Q_EMIT nameEdited();
    });
    connect(m_up, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(1); });
    connect(m_remove, &QToolButton::clicked, this, [this] { Q_EMIT removeRequested(); });
}

void HeaderRow::setPosition(int row, int count)
{
    setObjectName(u"header%1"_s.arg(row));
    m_key->setObjectName(u"headerKey%1"_s.arg(row));
    m_notes->setObjectName(u"headerNotes%1"_s.arg(row));
    if (!m_name)
        return;
    m_name->setObjectName(u"headerName%1"_s.arg(row));
    m_name->setAccessibleName(tr("Name of header %1").arg(row + 1));
    m_up->setObjectName(u"moveHeaderUp%1"_s.arg(row));
    m_down->setObjectName(u"moveHeaderDown%1"_s.arg(row));
    m_remove->setObjectName(u"removeHeader%1"_s.arg(row));
    m_up->setAccessibleName(tr("Move header %1 up").arg(row + 1));
    m_down->setAccessibleName(tr("Move header %1 down").arg(row + 1));
    m_remove->setAccessibleName(tr("Remove header %1").arg(row + 1));
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row < count - 1);
    m_remove->setEnabled(count > 1);
}

void HeaderRow::setNotes(const QList<NoteList::Entry> &entries)
{
    m_notes->setEntries(entries);
    m_key->lineEdit()->setAccessibleDescription(m_notes->text());
}

void HeaderRow::updateSubject()
{
    const QString named = name();
    m_key->setSubject(named.isEmpty() ? tr("Key") : tr("Key of %1").arg(named));
}

QString HeaderRow::name() const
{
    return m_name ? m_name->text() : m_definition.name;
}

Secret HeaderRow::key() const
{
    return m_key->secret();
}

void HeaderRow::focusFirst()
{
    if (m_name && m_name->text().isEmpty())
        m_name->setFocus();
    else
        m_key->lineEdit()->setFocus();
}

QList<QWidget *> HeaderRow::tabOrder() const
{
    QList<QWidget *> order;
    if (m_name)
        order.append(m_name);
    order.append(m_key->lineEdit());
    const QList<QToolButton *> buttons = m_key->findChildren<QToolButton *>();
    for (QToolButton *button : buttons)
        order.append(button);
    for (QToolButton *button : {m_up, m_down, m_remove}) {
        if (button)
            order.append(button);
    }
    return order;
}

} // namespace latchkey
