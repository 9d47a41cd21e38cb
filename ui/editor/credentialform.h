// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

class CredentialDraft;
class HeaderRow;
class NoteList;

/// The fields of a CredentialDraft: one row a header, or the ARN of an AWS role.
class CredentialForm : public QWidget
{
    Q_OBJECT
public:
    /// `draft` must outlive this.
    CredentialForm(CredentialDraft &draft, QWidget *parent = nullptr);

    /// Shows the draft's findings and Konnect's reasons beside their fields.
    void refresh();
    /// Puts the focus to the first field that wants something.
    void focusFirst();
    /// Something is typed.
    [[nodiscard]] bool isDirty() const;

Q_SIGNALS:
    void edited();

private:
    void buildRole();
    void buildRows();
    HeaderRow *makeRow(int row);
    void addRow();
    void removeRow(HeaderRow *row);
    void moveRow(HeaderRow *row, int by);
    void renumber();

    CredentialDraft &m_draft;
    QVBoxLayout *m_column;
    QList<HeaderRow *> m_rows;
    QLineEdit *m_roleArn = nullptr;
    QPushButton *m_add = nullptr;
    NoteList *m_notes;
};

} // namespace latchkey
