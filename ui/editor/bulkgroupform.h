// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGroupBox>
#include <QList>

class QRadioButton;

namespace latchkey {

class BulkGroup;
class CredentialForm;
class HeaderRow;
class NoteList;

/// The fields of a BulkGroup: one set of keys for all its instances, or columns with a line for each.
class BulkGroupForm : public QGroupBox
{
    Q_OBJECT
public:
    /// `group` must outlive this.
    explicit BulkGroupForm(BulkGroup &group, QWidget *parent = nullptr);
    void focusFirst();

Q_SIGNALS:
    void edited();

private:
    [[nodiscard]] QWidget *buildChoice();
    [[nodiscard]] QWidget *buildColumns();
    [[nodiscard]] QWidget *buildExpiry();
    void refresh();

    BulkGroup &m_group;
    QRadioButton *m_each = nullptr;
    CredentialForm *m_form = nullptr;
    QWidget *m_columns = nullptr;
    QList<HeaderRow *> m_rows; ///< In the order of the columns.
    NoteList *m_notes = nullptr;
};

} // namespace latchkey
