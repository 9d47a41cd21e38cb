// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/note.h"

#include <QString>
#include <QWidget>

class QProgressBar;
class QPushButton;
class QTreeView;

namespace latchkey {

class BulkRunModel;
class ProblemPanel;

/// The second step of a bulk run: how far each instance is, and at the end what came of it.
class BulkRunPage : public QWidget
{
    Q_OBJECT
public:
    /// `model` must outlive this.
    explicit BulkRunPage(BulkRunModel &model, QWidget *parent = nullptr);

    void begin();
    /// The run has ended: says so, and shows the first one that failed.
    void end();
    /// Asks whether to stop, which the user may answer or let be.
    void askToStop(bool ask);
    [[nodiscard]] bool isAsking() const;
    void focusList();

Q_SIGNALS:
    void stopConfirmed();

private:
    void build();
    [[nodiscard]] QWidget *buildQuestion();
    void refresh();
    void showCurrent();

    BulkRunModel &m_model;
    bool m_ended = false;
    Note *m_status;
    Note *m_afterwards;
    QProgressBar *m_progress;
    QTreeView *m_list;
    ProblemPanel *m_problem;
    QWidget *m_question = nullptr;
    QPushButton *m_goOn = nullptr;
};

} // namespace latchkey
