// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/notelist.h"

#include <QList>
#include <QString>
#include <QWidget>

class QPlainTextEdit;

namespace latchkey {

/// Notes of which there may be thousands: the first ones as such, and all of them as lines that can be
/// scrolled and copied.
class LongNotes : public QWidget
{
    Q_OBJECT
public:
    /// The note list is called `name`, the lines `nameAll`.
    explicit LongNotes(const QString &name, QWidget *parent = nullptr);

    void setEntries(const QList<NoteList::Entry> &entries);
    /// All sentences, one a line.
    [[nodiscard]] QString text() const;

private:
    QList<NoteList::Entry> m_entries;
    NoteList *m_first;
    QPlainTextEdit *m_all;
};

} // namespace latchkey
