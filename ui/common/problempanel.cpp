// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/problempanel.h"

#include "ui/common/note.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int MostLines = 8;

}

ProblemPanel::ProblemPanel(QWidget *parent)
    : QFrame(parent)
    , m_caption(new Note(this))
    , m_scroll(new QScrollArea(this))
    , m_detail(new QLabel)
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
    m_detail->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_scroll->setWidget(m_detail);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus); // The text takes the focus itself.
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_caption);
    column->addWidget(m_scroll);
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
    m_scroll->setVisible(!lines.isEmpty());
    fitDetail();
    m_trace->setText(problem.traceId.isEmpty() ? QString() : tr("Trace id: %1").arg(problem.traceId));
    show();
}

void ProblemPanel::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitDetail();
}

void ProblemPanel::fitDetail()
{
    const int width =
        contentsRect().width() - layout()->contentsMargins().left() - layout()->contentsMargins().right();
    m_scroll->setFixedHeight(
        qMin(m_detail->heightForWidth(width), MostLines * m_detail->fontMetrics().lineSpacing()));
}

void ProblemPanel::clear()
{
    m_problem = {};
    hide();
}

} // namespace latchkey
