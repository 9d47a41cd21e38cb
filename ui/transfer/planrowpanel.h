// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/newcredential.h"
#include "models/core/plan.h"

#include <QFrame>
#include <QHash>
#include <QSet>
#include <QUrl>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

class KeysForm;
class LongNotes;
class SelectableText;

/// All that is known about one row of a plan, and the fields for its keys. What was typed for another row
/// stays in that row's fields.
class PlanRowPanel : public QFrame
{
    Q_OBJECT
public:
    explicit PlanRowPanel(QWidget *parent = nullptr);

    /// Without fields: there is nothing to decide.
    void setReadOnly() { m_isReadOnly = true; }
    /// `sentence`: what would be done. `supplied`: headers whose keys were entered, or came with the file.
    void showRow(const PlanRow &row, const QString &sentence, const QStringList &supplied);
    void clear();
    /// An instance for which something is typed that is not used yet; empty for none.
    [[nodiscard]] QString typedFor() const;
    /// Wipes what was typed for all instances but these.
    void dropTyped(const QSet<InstanceAddress> &but);
    /// What was typed for the row that is shown; empties its fields.
    [[nodiscard]] HeaderKeys takeKeys();

Q_SIGNALS:
    void keysEdited();
    /// For takeKeys().
    void keysSubmitted(const latchkey::InstanceAddress &address);
    void keysForgotten(const latchkey::InstanceAddress &address);
    void linkOpened(const QUrl &link);

private:
    [[nodiscard]] KeysForm *newForm();
    /// The fields of that instance.
    void turnTo(const InstanceAddress &address);

    bool m_isReadOnly = false;
    QUrl m_link;
    InstanceAddress m_address; ///< Whose fields are shown.
    QLabel *m_title;
    SelectableText *m_sentence;
    LongNotes *m_headers;
    QPushButton *m_open;
    QVBoxLayout *m_column;
    KeysForm *m_keys;
    QHash<InstanceAddress, KeysForm *> m_typed; ///< Of other instances, with what was typed.
};

} // namespace latchkey
