// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/newcredential.h"
#include "models/core/plan.h"

#include <QFrame>
#include <QUrl>

class QLabel;
class QPushButton;

namespace latchkey {

class KeysForm;
class NoteList;
class SelectableText;

/// All that is known about one row of a plan, and the fields for its keys.
class PlanRowPanel : public QFrame
{
    Q_OBJECT
public:
    explicit PlanRowPanel(QWidget *parent = nullptr);

    /// Without fields: there is nothing to decide.
    void setReadOnly() { m_isReadOnly = true; }
    /// `sentence`: what would be done.
    void showRow(const PlanRow &row, const QString &sentence);
    void clear();
    [[nodiscard]] bool hasKeys() const;
    [[nodiscard]] HeaderKeys takeKeys();

Q_SIGNALS:
    void keysEdited();
    void keysSubmitted();
    void linkOpened(const QUrl &link);

private:
    bool m_isReadOnly = false;
    QUrl m_link;
    QLabel *m_title;
    SelectableText *m_sentence;
    NoteList *m_headers;
    QPushButton *m_open;
    KeysForm *m_keys;
};

} // namespace latchkey
