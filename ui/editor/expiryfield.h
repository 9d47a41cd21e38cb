// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/forms/expirydate.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace latchkey {

class NoteList;

/// A field for the last day of a key, with the usual lengths to choose from and what it comes to.
class ExpiryField : public QWidget
{
    Q_OBJECT
public:
    explicit ExpiryField(const ExpiryDate &value, QWidget *parent = nullptr);

    /// Above the field, which has none by itself.
    void setTitle(const QString &title);
    /// What counts where the field stays empty.
    void setHint(const QString &hint);
    [[nodiscard]] const ExpiryDate &value() const { return m_value; }
    [[nodiscard]] QLineEdit *lineEdit() const { return m_edit; }

Q_SIGNALS:
    void edited();

private:
    [[nodiscard]] QWidget *buildPresets();
    void refresh();

    ExpiryDate m_value;
    QString m_hint;
    bool m_left = false; ///< Who is still typing is not told that it is no date yet.
    QVBoxLayout *m_column;
    QLineEdit *m_edit;
    NoteList *m_notes;
};

} // namespace latchkey
