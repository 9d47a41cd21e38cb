// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QScrollArea;

namespace latchkey {

class Note;

/// A Problem with all that Kong's support or a colleague would ask for, and a button that copies it. Of what
/// a server has to say at length, some lines are seen and the others scrolled to.
class ProblemPanel : public QFrame
{
    Q_OBJECT
public:
    explicit ProblemPanel(QWidget *parent = nullptr);
    /// `shownElsewhere`: the reasons stand beside their fields and are not listed again.
    void showProblem(const Problem &problem, bool shownElsewhere = false);
    void clear();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitDetail();

    Problem m_problem;
    Note *m_caption;
    QScrollArea *m_scroll;
    QLabel *m_detail;
    QLabel *m_trace;
    QPushButton *m_copy;
};

} // namespace latchkey
