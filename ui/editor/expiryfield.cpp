// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/expiryfield.h"

#include "ui/common/notelist.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {
constexpr qsizetype WholeDate = 10; // YYYY-MM-DD
} // namespace

ExpiryField::ExpiryField(const ExpiryDate &value, QWidget *parent)
    : QWidget(parent)
    , m_value(value)
    , m_column(new QVBoxLayout(this))
    , m_edit(new QLineEdit(value.text(), this))
    , m_notes(new NoteList(this))
{
    setObjectName(u"expiryField"_s);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(3);
    m_edit->setObjectName(u"expiryDate"_s);
    m_edit->setAccessibleName(tr("Last day of the key"));
    m_edit->setPlaceholderText(tr("YYYY-MM-DD"));
    m_edit->setToolTip(tr("Year, month and day, as in 2027-03-31"));
    m_edit->setInputMethodHints(Qt::ImhPreferNumbers);
    m_edit->setMaxLength(32);
    m_edit->setFixedWidth(m_edit->fontMetrics().averageCharWidth() * 22);
    m_notes->setObjectName(u"expiryNotes"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_edit);
    row->addWidget(buildPresets());
    row->addStretch(1);
    m_column->addLayout(row);
    m_column->addWidget(m_notes);
    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_value.setText(text);
        m_left = false;
        refresh();
        Q_EMIT edited();
    });
    connect(m_edit, &QLineEdit::editingFinished, this, [this] {
        m_left = true;
        refresh();
    });
    refresh();
}

QWidget *ExpiryField::buildPresets()
{
    auto *button = new QToolButton(this);
    button->setObjectName(u"expiryPresets"_s);
    button->setText(tr("Usual lengths"));
    button->setToolTip(tr("Choose how long the key lives"));
    button->setAccessibleName(tr("Choose how long the key lives"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::StrongFocus);
    auto *menu = new QMenu(button);
    menu->setObjectName(u"expiryPresetMenu"_s);
    menu->setToolTipsVisible(true);
    menu->addAction(m_value.presetsFrom())->setEnabled(false);
    const QList<ExpiryDate::Preset> presets = m_value.presets();
    for (const ExpiryDate::Preset &preset : presets) {
        connect(menu->addAction(preset.label), &QAction::triggered, this, [this, date = preset.date] {
            m_value.setDate(date);
            m_edit->setText(m_value.text());
            refresh();
            Q_EMIT edited();
        });
    }
    button->setMenu(menu);
    button->setVisible(!presets.isEmpty());
    return button;
}

void ExpiryField::setTitle(const QString &title)
{
    auto *label = new QLabel(title, this);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    label->setBuddy(m_edit);
    m_column->insertWidget(0, label);
}

void ExpiryField::setHint(const QString &hint)
{
    m_hint = hint;
    refresh();
}

void ExpiryField::refresh()
{
    using Kind = Note::Kind;
    const QString error = m_left || m_value.text().size() >= WholeDate ? m_value.error() : QString();
    QList<NoteList::Entry> entries;
    const auto add = [&entries](Kind kind, const QString &text) {
        if (!text.isEmpty())
            entries.append({kind, text});
    };
    add(Kind::Error, error);
    add(Kind::Info, m_value.result());
    add(Kind::Warning, m_value.warning());
    add(Kind::Info, m_hint);
    m_notes->setEntries(entries);
    m_edit->setAccessibleDescription(m_notes->text());
}

} // namespace latchkey
