// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/runbox.h"

#include "ui/common/note.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

RunBox::RunBox(QWidget *parent)
    : QFrame(parent)
    , m_text(new Note(this))
    , m_finish(new QPushButton(tr("Finish &All of This Run"), this))
    , m_giveUp(new QPushButton(tr("&Give Up Those Not Begun"), this))
{
    setObjectName(u"runBox"_s);
    setFrameShape(QFrame::StyledPanel);
    m_text->setObjectName(u"runText"_s);
    m_finish->setObjectName(u"finishRun"_s);
    m_giveUp->setObjectName(u"giveUpRun"_s);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_finish, m_giveUp}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addLayout(buttons);
    connect(m_finish, &QPushButton::clicked, this, [this] { Q_EMIT finishRequested(m_runId); });
    connect(m_giveUp, &QPushButton::clicked, this, [this] { Q_EMIT giveUpRequested(m_runId); });
    hide();
}

void RunBox::setRun(const QString &runId, const QList<UnfinishedChange> &changes)
{
    m_runId = runId;
    int left = 0;
    int notBegun = 0;
    for (const UnfinishedChange &each : changes) {
        if (runId.isEmpty() || each.change.run != runId)
            continue;
        ++left;
        notBegun += each.change.phase == ChangePhase::Prepared ? 1 : 0;
    }
    setVisible(left > 1);
    m_giveUp->setEnabled(notBegun > 0);
    if (notBegun > 0)
        m_text->say(Note::Kind::Info, tr("It is one of a run of several. %1 of them are unfinished; of %2 of "
                                         "these nothing was sent yet.")
                                          .arg(left)
                                          .arg(notBegun));
    else
        m_text->say(Note::Kind::Info,
                    tr("It is one of a run of several. %1 of them are unfinished.").arg(left));
}

} // namespace latchkey
