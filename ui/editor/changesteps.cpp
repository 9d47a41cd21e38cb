// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/changesteps.h"

#include "ui/common/note.h"

#include <QVBoxLayout>

#include <optional>

using namespace Qt::StringLiterals;

namespace latchkey {

ChangeSteps::ChangeSteps(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"changeSteps"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    for (int i = 0; i < 4; ++i) {
        m_notes.append(new Note(this));
        m_notes.last()->setObjectName(u"changeStep%1"_s.arg(i));
        column->addWidget(m_notes.last());
    }
    hide();
}

void ChangeSteps::start(ChangeKind kind, KeepKeys keep)
{
    m_kind = kind;
    m_keep = keep;
    m_sent = false;
    m_steps = {Step::Prepare};
    if (kind == ChangeKind::Replace || kind == ChangeKind::Delete)
        m_steps.append(Step::Delete);
    if (kind == ChangeKind::Create || kind == ChangeKind::Replace)
        m_steps.append({Step::Create, Step::Verify});
    setVisible(true);
    show(Step::Prepare, false);
}

void ChangeSteps::reach(ChangePhase phase)
{
    switch (phase) {
    case ChangePhase::Prepared:
        show(m_steps.value(1), false);
        return;
    case ChangePhase::Deleting:
        m_sent = true;
        show(Step::Delete, false);
        return;
    case ChangePhase::Deleted:
    case ChangePhase::Creating:
        m_sent = true;
        show(Step::Create, false);
        return;
    case ChangePhase::Created:
    case ChangePhase::Verified:
        m_sent = true;
        show(Step::Verify, false);
        return;
    case ChangePhase::NotHealthy:
        show(Step::Verify, true);
        return;
    case ChangePhase::RollingBack:
    case ChangePhase::RolledBack:
    case ChangePhase::Left:
    case ChangePhase::Abandoned:
    case ChangePhase::Foreign:
    case ChangePhase::Adopted:
        fail();
        return;
    }
}

void ChangeSteps::fail()
{
    show(m_active, true);
}

QString ChangeSteps::current() const
{
    return label(m_active);
}

void ChangeSteps::show(Step active, bool failed)
{
    m_active = active;
    for (qsizetype i = 0; i < m_notes.size(); ++i) {
        if (i >= m_steps.size()) {
            m_notes.at(i)->say(Note::Kind::Pending, {});
            continue;
        }
        const Step step = m_steps.at(i);
        Note::Kind kind = Note::Kind::Pending;
        QString text = label(step);
        if (step < active) {
            kind = Note::Kind::Good;
        } else if (step == active) {
            kind = failed ? Note::Kind::Error : Note::Kind::Active;
            text = failed ? tr("%1: failed").arg(text) : tr("%1 …").arg(text);
        }
        m_notes.at(i)->say(kind, text);
    }
}

QString ChangeSteps::label(Step step) const
{
    switch (step) {
    case Step::Prepare:
        if (m_kind == ChangeKind::Delete || m_keep == KeepKeys::Nowhere)
            return tr("Check that everything is as you saw it");
        if (m_kind == ChangeKind::Adopt)
            return tr("Check, and keep the keys in the keychain");
        return m_keep == KeepKeys::InMemory ? tr("Check, and hold the new keys in memory")
                                            : tr("Check, and keep the new keys in the keychain");
    case Step::Delete:
        return m_kind == ChangeKind::Delete ? tr("Delete the credential") : tr("Delete the old credential");
    case Step::Create:
        return tr("Create the new credential");
    case Step::Verify:
        return tr("Ask Konnect whether it is healthy");
    }
    return {};
}

} // namespace latchkey
