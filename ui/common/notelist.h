// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/note.h"

#include <QList>
#include <QString>
#include <QWidget>

class QVBoxLayout;

namespace latchkey {

/// Notes below each other; hidden while there are none.
class NoteList : public QWidget
{
    Q_OBJECT
public:
    struct Entry
    {
        Note::Kind kind = Note::Kind::Info;
        QString text;
        bool operator==(const Entry &) const = default;
    };

    explicit NoteList(QWidget *parent = nullptr);
    void setEntries(const QList<Entry> &entries);
    [[nodiscard]] const QList<Entry> &entries() const { return m_entries; }
    /// All sentences, one a line.
    [[nodiscard]] QString text() const;

private:
    QList<Entry> m_entries;
    QList<Note *> m_notes;
    QVBoxLayout *m_column;
};

} // namespace latchkey
