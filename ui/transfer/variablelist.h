// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/forms/plandraft.h"

#include <QGroupBox>
#include <QList>

class QListWidget;
class QListWidgetItem;

namespace latchkey {

class Note;

/// The variables of the environment that a document wants keys from, none of them ticked: which one may be
/// read is for the user to say. Hidden where there are none.
class VariableList : public QGroupBox
{
    Q_OBJECT
public:
    explicit VariableList(QWidget *parent = nullptr);

    void setVariables(const QList<PlanDraft::Variable> &variables);
    /// The one that was ticked could not be read.
    void refuse(const QString &name, const QString &why);

Q_SIGNALS:
    void allowed(const QString &name, bool isAllowed);

private:
    [[nodiscard]] QListWidgetItem *itemOf(const QString &name) const;

    QListWidget *m_list;
    Note *m_problem;
};

} // namespace latchkey
