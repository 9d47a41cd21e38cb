// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/keepbanner.h"

#include "ui/common/note.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

KeepBanner::KeepBanner(const QString &choice, QWidget *parent)
    : QFrame(parent)
    , m_text(new Note(this))
    , m_hold(new QCheckBox(choice, this))
{
    setObjectName(u"keepBanner"_s);
    setFrameShape(QFrame::StyledPanel);
    m_text->setObjectName(u"keepProblem"_s);
    m_hold->setObjectName(u"holdInMemory"_s);
    m_hold->setVisible(!choice.isEmpty());
    auto *retry = new QPushButton(tr("&Retry"), this);
    retry->setObjectName(u"retryKeychain"_s);
    retry->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    auto *row = new QHBoxLayout;
    row->addWidget(m_hold, 1);
    row->addWidget(retry, 0, Qt::AlignRight);
    column->addLayout(row);
    connect(m_hold, &QCheckBox::toggled, this, &KeepBanner::changed);
    connect(retry, &QPushButton::clicked, this, &KeepBanner::retryRequested);
    hide();
}

void KeepBanner::setProblem(const std::optional<Problem> &problem)
{
    m_hasProblem = problem.has_value();
    if (problem) {
        const QString detail = problem->detail.isEmpty() ? QString() : u'\n' + problem->detail;
        m_text->say(Note::Kind::Warning, problem->caption + detail);
    }
    setVisible(m_hasProblem);
    Q_EMIT changed();
}

bool KeepBanner::holdsInMemory() const
{
    return m_hasProblem && m_hold->isChecked();
}

} // namespace latchkey
