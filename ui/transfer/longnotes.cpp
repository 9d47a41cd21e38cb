// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/longnotes.h"

#include "models/core/wording.h"
#include "ui/common/theme.h"

#include <QCoreApplication>
#include <QPlainTextEdit>
#include <QStringList>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr qsizetype MostNotes = 10; ///< Each is a widget, and is to be read.
constexpr int LinesInSight = 5;

} // namespace

LongNotes::LongNotes(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_first(new NoteList(this))
    , m_all(new QPlainTextEdit(this))
{
    m_first->setObjectName(name);
    m_all->setObjectName(name + u"All"_s);
    m_all->setAccessibleName(tr("All notes"));
    m_all->setReadOnly(true);
    m_all->setTabChangesFocus(true);
    m_all->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_all->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_all->setFixedHeight(LinesInSight * m_all->fontMetrics().lineSpacing() + 2 * m_all->frameWidth() + 8);
    m_all->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::tight);
    column->addWidget(m_first);
    column->addWidget(m_all);
    hide();
}

void LongNotes::setEntries(const QList<NoteList::Entry> &entries)
{
    if (entries == m_entries)
        return;
    m_entries = entries;
    const qsizetype left = entries.size() - MostNotes;
    if (left > 0) {
        QList<NoteList::Entry> first = entries.first(MostNotes);
        first.append(
            {Note::Kind::Warning,
             wording::counted(
                 "longnotes", "And %n more. All of them can be read and copied here:",
                 QT_TRANSLATE_N_NOOP("longnotes", "And %n more. All of them can be read and copied here:"),
                 left)});
        m_first->setEntries(first);
        m_all->setPlainText(text());
    } else {
        m_first->setEntries(entries);
        m_all->clear();
    }
    m_all->setVisible(left > 0);
    setVisible(!entries.isEmpty());
}

QString LongNotes::text() const
{
    QStringList lines;
    for (const NoteList::Entry &entry : m_entries)
        lines.append(entry.text);
    return lines.join(u'\n');
}

} // namespace latchkey
