// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/problempanel.h"

#include "ui/editor/note.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

ProblemPanel::ProblemPanel(QWidget *parent)
    : QFrame(parent)
    , m_caption(new Note(this))
    , m_detail(new QLabel(this))
    , m_trace(new QLabel(this))
    , m_copy(new QPushButton(tr("Copy &details"), this))
{
    setObjectName(u"problemPanel"_s);
    setFrameShape(QFrame::StyledPanel);
    m_caption->setObjectName(u"problemCaption"_s);
    m_detail->setObjectName(u"problemDetail"_s);
    m_trace->setObjectName(u"problemTrace"_s);
    m_copy->setObjectName(u"copyProblemButton"_s);
    m_copy->setAutoDefault(false);
    for (QLabel *label : {m_detail, m_trace}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setIndent(22);
    }
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_caption);
    column->addWidget(m_detail);
    auto *last = new QHBoxLayout;
    last->addWidget(m_trace, 1);
    last->addWidget(m_copy, 0, Qt::AlignRight | Qt::AlignBottom);
    column->addLayout(last);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_problem.toText()); });
    hide();
}

void ProblemPanel::showProblem(const Problem &problem, bool shownElsewhere)
{
    m_problem = problem;
    m_caption->say(Note::Kind::Error, problem.caption);
    QStringList lines;
    if (!problem.detail.isEmpty())
        lines.append(problem.detail);
    if (!shownElsewhere) {
        for (const InvalidParameter &parameter : problem.invalidParameters)
            lines.append(u"%1: %2"_s.arg(parameter.field, parameter.reason));
    }
    m_detail->setText(lines.join(u'\n'));
    m_detail->setVisible(!lines.isEmpty());
    m_trace->setText(problem.traceId.isEmpty() ? QString() : tr("Trace id: %1").arg(problem.traceId));
    show();
}

void ProblemPanel::clear()
{
    m_problem = {};
    hide();
}

} // namespace latchkey
