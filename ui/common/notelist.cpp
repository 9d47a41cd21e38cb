// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/notelist.h"

#include <QStringList>
#include <QVBoxLayout>

namespace latchkey {

NoteList::NoteList(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    hide();
}

void NoteList::setEntries(const QList<Entry> &entries)
{
    if (entries == m_entries)
        return;
    m_entries = entries;
    // Notes are used again, so that a text under the user's eyes does not flicker while typing.
    while (m_notes.size() < entries.size()) {
        m_notes.append(new Note(this));
        m_column->addWidget(m_notes.last());
    }
    for (qsizetype i = 0; i < m_notes.size(); ++i) {
        const Entry entry = i < entries.size() ? entries.at(i) : Entry{};
        m_notes.at(i)->say(entry.kind, entry.text);
    }
    setVisible(!entries.isEmpty());
}

QString NoteList::text() const
{
    QStringList lines;
    for (const Entry &entry : m_entries)
        lines.append(entry.text);
    return lines.join(QLatin1Char('\n'));
}

} // namespace latchkey
