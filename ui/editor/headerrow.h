// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/integration.h"
#include "models/core/secret.h"
#include "ui/common/notelist.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace latchkey {

class SecretEdit;

/// One header of the form: its name (fixed or typed), its key, and what there is to say about them.
class HeaderRow : public QWidget
{
    Q_OBJECT
public:
    /// A fixed row shows `definition`; a free one has a field for the name and buttons to move and remove it.
    HeaderRow(bool fixed, const HeaderDefinition &definition, QWidget *parent = nullptr);

    /// Where it stands among `count` rows: for object names and for what can be moved.
    void setPosition(int row, int count);
    void setNotes(const QList<NoteList::Entry> &entries);
    [[nodiscard]] QString name() const;
    [[nodiscard]] Secret key() const;
    [[nodiscard]] bool isNameTouched() const { return m_nameTouched; }
    [[nodiscard]] bool isKeyTouched() const { return m_keyTouched; }
    void focusFirst();
    [[nodiscard]] QList<QWidget *> tabOrder() const;

Q_SIGNALS:
    void nameEdited();
    void keyEdited();
    void moveRequested(int by);
    void removeRequested();

private:
    void buildFixed(const HeaderDefinition &definition);
    void buildFree();
    void updateSubject();

    HeaderDefinition m_definition;
    bool m_nameTouched = false;
    bool m_keyTouched = false;
    QLabel *m_label = nullptr;
    QLineEdit *m_name = nullptr;
    SecretEdit *m_key;
    QToolButton *m_up = nullptr;
    QToolButton *m_down = nullptr;
    QToolButton *m_remove = nullptr;
    NoteList *m_notes;
};

} // namespace latchkey
