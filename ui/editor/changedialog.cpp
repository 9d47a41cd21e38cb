// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/changedialog.h"

#include "models/core/wording.h"
#include "ui/common/note.h"
#include "ui/common/typedname.h"
#include "ui/editor/changesteps.h"
#include "ui/editor/changetext.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

ChangeDialog::ChangeDialog(const ChangePreview &preview, ChangeServices services, QWidget *parent)
    : EditorDialog(parent)
    , m_preview(preview)
    , m_services(std::move(services))
    , m_consequences(new NoteList(this))
    , m_ending(new Note(this))
    , m_complaints(new NoteList(this))
    , m_steps(new ChangeSteps(this))
{
    m_consequences->setObjectName(u"consequences"_s);
    m_ending->setObjectName(u"ending"_s);
    m_complaints->setObjectName(u"complaints"_s);
}

ChangeDialog::~ChangeDialog()
{
    m_stop.request_stop();
}

void ChangeDialog::build(QWidget *middle)
{
    body()->addWidget(m_ending);
    body()->addWidget(m_complaints);
    body()->addWidget(m_consequences);
    body()->addWidget(middle);
    // Always: what is offered later may need it where the first did not.
    m_typedName = new TypedName(changetext::confirmationName(m_preview.record), this);
    body()->addWidget(m_typedName);
    connect(m_typedName, &TypedName::edited, this, &ChangeDialog::refresh);
    body()->addWidget(m_steps);
    body()->addStretch(1);
    setPreview(m_preview);
    if (m_preview.obstacle && !sendsNothing())
        showProblem(*m_preview.obstacle);
}

void ChangeDialog::setPreview(const ChangePreview &preview)
{
    m_preview = preview;
    const Words said = words();
    setHeading(said.heading, changetext::subheading(preview.record));
    m_consequences->setEntries(sendsNothing() ? QList<NoteList::Entry>() : said.consequences);
    setAct(said.verb, said.destructive);
    const InstanceRecord &record = preview.record;
    m_typedName->setReason(wording::whyTypedName(record.instance.title(), record.profileName,
                                                 record.isProtected, record.production));
    m_typedName->setVisible(preview.needsTypedName && !sendsNothing());
    refresh();
}

ChangeDialog::Words ChangeDialog::words() const
{
    return {changetext::heading(m_preview), changetext::verb(m_preview.kind),
            m_preview.kind == ChangeKind::Delete, changetext::consequences(m_preview)};
}

QString ChangeDialog::obstacle() const
{
    // The problem itself stands in its panel.
    if (sendsNothing())
        return {};
    if (m_preview.obstacle)
        return tr("This cannot be done now.");
    QString lacking = missing();
    if (!lacking.isEmpty())
        return lacking;
    if (m_preview.needsTypedName && !m_typedName->matches())
        return tr("Type the name of the instance to go on.");
    return {};
}

bool ChangeDialog::isOutdated() const
{
    const ChangePreview preview = m_services.preview(m_preview.kind, m_preview.record.address);
    const InstanceRecord &now = preview.record;
    // One that is gone cannot be offered anything; the problem says so.
    return now.address == m_preview.record.address && (now.knowledge != m_preview.record.knowledge ||
                                                       now.credential.id != m_preview.record.credential.id ||
                                                       (preview.needsTypedName && !m_preview.needsTypedName));
}

void ChangeDialog::reconsider()
{
    // A second Enter must not start what the user has not read yet, and what was confirmed was about another
    // credential.
    m_reconsider = true;
    m_typedName->clear();
    offerAgain();
}

void ChangeDialog::refresh()
{
    if (m_running) {
        setActEnabled(false);
        cancelButton()->setEnabled(!m_steps->hasSent() && !m_stop.stop_requested());
        setHint(m_steps->hasSent() ? tr("Sent to Konnect: it can no longer be stopped.") : QString());
        return;
    }
    cancelButton()->setEnabled(true);
    if (m_over)
        return;
    const QString lacking = obstacle();
    setHint(lacking);
    setActEnabled(lacking.isEmpty(), mayBeDefault() && !m_reconsider);
}

void ChangeDialog::act()
{
    if (m_running || m_over || !obstacle().isEmpty())
        return;
    clearProblem();
    m_reconsider = false;
    m_ending->say(Note::Kind::Info, {});
    ChangeRequest wanted = request();
    wanted.typedName = m_typedName->text();
    m_stop = std::stop_source();
    m_steps->start(wanted.kind, wanted.keep);
    setRunning(true);
    QCoro::Task<Outcome<Change>> change = m_services.run(std::move(wanted), m_stop.get_token());
    QCoro::connect(std::move(change), this, [this](Outcome<Change> outcome) { finish(std::move(outcome)); });
}

void ChangeDialog::stop()
{
    if (m_steps->hasSent())
        return;
    m_stop.request_stop();
    refresh();
    setHint(tr("Stopping …"));
}

void ChangeDialog::follow(const Change &change)
{
    if (!m_running || change.address != m_preview.record.address)
        return;
    m_steps->reach(change.phase);
    refresh();
}

void ChangeDialog::setRunning(bool running)
{
    m_running = running;
    setFormEnabled(!running);
    m_typedName->setEnabled(!running);
    refresh();
}

void ChangeDialog::finish(Outcome<Change> outcome)
{
    if (outcome) {
        setRunning(false);
        finishSent(outcome.value());
        return;
    }
    m_steps->hide();
    setRunning(false);
    if (outcome.problem().isCanceled()) {
        m_ending->say(Note::Kind::Info, tr("Stopped. Nothing was sent."));
        return;
    }
    const bool besideFields = takeProblem(outcome.problem());
    showProblem(outcome.problem(), besideFields);
    if (isOutdated())
        reconsider();
    else
        refresh();
}

void ChangeDialog::finishSent(const Change &change)
{
    Q_EMIT changeEnded(change);
    const QString ending = changetext::ending(change);
    if (ending.isEmpty() && !change.problem) {
        QDialog::accept();
        return;
    }
    if (change.phase == ChangePhase::Abandoned)
        m_steps->hide();
    else
        m_steps->reach(change.phase);
    m_steps->fail();
    if (change.problem)
        showProblem(*change.problem, takeProblem(*change.problem));
    else
        m_ending->say(Note::Kind::Error, ending);
    switch (change.phase) {
    case ChangePhase::Created:
    case ChangePhase::Verified:
    case ChangePhase::NotHealthy:
    case ChangePhase::Left:
    case ChangePhase::Adopted:
        break;
    case ChangePhase::Prepared:
    case ChangePhase::Abandoned:
    case ChangePhase::Deleting:
    case ChangePhase::Deleted:
    case ChangePhase::Creating:
    case ChangePhase::RollingBack:
    case ChangePhase::RolledBack:
    case ChangePhase::Foreign:
        if (change.kind == ChangeKind::Delete && change.phase == ChangePhase::Deleted)
            break;
        reconsider();
        return;
    }
    conclude(change);
}

void ChangeDialog::conclude(const Change &change)
{
    m_over = true;
    if (change.kind != ChangeKind::Delete) {
        const ChangePreview now = m_services.preview(ChangeKind::Replace, m_preview.record.address);
        m_complaints->setEntries(changetext::complaints(now.record.credential));
    }
    m_consequences->hide();
    setFormEnabled(false);
    m_typedName->hide();
    actButton()->hide();
    cancelButton()->setText(tr("Close"));
    cancelButton()->setDefault(true);
    setHint({});
}

} // namespace latchkey
