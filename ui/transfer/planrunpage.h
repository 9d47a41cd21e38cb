// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QProgressBar;
class QPushButton;
class QTreeView;

namespace latchkey {

class Note;
class NoteList;
class PlanRunModel;
class ProblemPanel;

/// How far each row of a plan is while it is applied, and at the end what came of it.
class PlanRunPage : public QWidget
{
    Q_OBJECT
public:
    /// `model` must outlive this.
    explicit PlanRunPage(PlanRunModel &model, QWidget *parent = nullptr);

    void begin();
    /// The run has ended: says so, and shows the first row that did not go well.
    void end();
    /// Asks whether to stop, which the user may answer or let be.
    void askToStop(bool ask);
    [[nodiscard]] bool isAsking() const;

Q_SIGNALS:
    void stopConfirmed();
    /// For what is left.
    void planAgainRequested();

private:
    void build();
    [[nodiscard]] QWidget *buildQuestion();
    void copyRows() const;
    void refresh();
    void refreshSoon();
    void showCurrent();

    PlanRunModel &m_model;
    bool m_hasEnded = false;
    bool m_isStale = false; ///< refreshSoon() is on its way.
    Note *m_status;
    NoteList *m_afterwards;
    QProgressBar *m_progress;
    QTreeView *m_list;
    ProblemPanel *m_problem;
    QPushButton *m_again = nullptr;
    QWidget *m_question = nullptr;
    QPushButton *m_goOn = nullptr;
};

} // namespace latchkey
