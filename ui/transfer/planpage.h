// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"
#include "models/core/newcredential.h"
#include "models/core/plankeys.h"
#include "models/forms/plandraft.h"
#include "models/items/planmodel.h"

#include <QList>
#include <QUrl>
#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QSpinBox;
class QVBoxLayout;

namespace latchkey {

class Confirmations;
class KeepBanner;
class LongNotes;
class PlanRowPanel;
class PlanTable;
class ProfileMap;
class VariableList;

/// A plan to be read, and what the user decides about it. It plans nothing by itself: where the user gives it
/// more to plan from, it says so, and is given the new plan.
class PlanPage : public QWidget
{
    Q_OBJECT
public:
    /// `draft` and `keys` must outlive this. Read-only: what is different is shown, and nothing of it can be
    /// applied; which profiles are meant can be chosen all the same.
    PlanPage(PlanDraft &draft, const PlanKeys &keys, bool isReadOnly, PlanDraft::Find find,
             QWidget *parent = nullptr);

    /// What the draft has now. `notes`: what could not be read for it.
    void showPlan(const QStringList &notes);
    void setKeychainProblem(const std::optional<Problem> &problem);
    void refuseVariable(const QString &name, const QString &why);
    /// Why nothing can be done yet; empty if it can.
    [[nodiscard]] QString missing() const;
    [[nodiscard]] QList<int> ticked() const { return m_model.ticked(); }
    [[nodiscard]] BulkOptions options() const;
    [[nodiscard]] KeepKeys keep() const;
    /// The user has typed something that would be lost.
    [[nodiscard]] bool isTouched() const { return m_isTouched; }
    /// The differences as lines.
    [[nodiscard]] QString text() const;
    /// What was typed for the row that keysEntered() names; empties the fields.
    [[nodiscard]] HeaderKeys takeKeys();
    void focusFirst();

Q_SIGNALS:
    void edited();
    void profileChosen(const QString &name, const QString &profile);
    void deletesChosen(bool deletes);
    void variableAllowed(const QString &name, bool isAllowed);
    void savePlanRequested();
    void linkOpened(const QUrl &link);
    void keychainRetryRequested();
    /// On the user's word, and never before. For takeKeys().
    void keysEntered(const latchkey::InstanceAddress &address);
    /// What was supplied for it is not to be used any more.
    void keysForgotten(const latchkey::InstanceAddress &address);

private:
    void build();
    void addChoices(QVBoxLayout *column);
    void addRunOptions(QVBoxLayout *column);
    /// Where nothing is ticked.
    [[nodiscard]] QString whyNothing() const;
    [[nodiscard]] std::optional<PlanRow> current() const;
    void chooseRow(const std::optional<PlanRow> &like);
    void showCurrent();
    /// Of rows that have no fields for it any more.
    void dropTyped();
    /// What is ticked may be another by now.
    void refresh();
    void refreshSoon();
    void showNotes();

    PlanDraft &m_draft;
    const PlanKeys &m_keys;
    const bool m_isReadOnly;
    PlanDraft::Find m_find;
    PlanModel m_model;
    QStringList m_unread;
    bool m_hasPlan = false;
    bool m_isTouched = false;
    bool m_isStale = false; ///< refreshSoon() is on its way.
    LongNotes *m_notes = nullptr;
    ProfileMap *m_profiles = nullptr;
    QWidget *m_choices = nullptr;
    QCheckBox *m_deletes = nullptr;
    PlanTable *m_table = nullptr;
    PlanRowPanel *m_panel = nullptr;
    VariableList *m_variables = nullptr;
    KeepBanner *m_keep = nullptr;
    QWidget *m_runOptions = nullptr;
    QSpinBox *m_atOnce = nullptr;
    QComboBox *m_failure = nullptr;
    Confirmations *m_confirmations = nullptr;
    std::optional<Problem> m_keychainProblem;
};

} // namespace latchkey
