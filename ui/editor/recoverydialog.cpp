// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/recoverydialog.h"

#include "models/core/wording.h"
#include "models/items/unfinishedmodel.h"
#include "ui/editor/bulktext.h"
#include "ui/editor/changesteps.h"
#include "ui/editor/changetext.h"
#include "ui/editor/recoverychoices.h"
#include "ui/editor/runbox.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

/// The step did what its button said.
bool wentWell(const Change &change)
{
    switch (change.phase) {
    case ChangePhase::Created:
    case ChangePhase::Verified:
    case ChangePhase::RolledBack:
    case ChangePhase::Left:
    case ChangePhase::Adopted:
        return !change.problem || change.phase == ChangePhase::Left;
    case ChangePhase::Foreign: // Left, as nothing else can be done about it.
        return true;
    case ChangePhase::Deleted:
        return change.kind == ChangeKind::Delete;
    case ChangePhase::Prepared:
    case ChangePhase::Deleting:
    case ChangePhase::Creating:
    case ChangePhase::NotHealthy:
    case ChangePhase::RollingBack:
    case ChangePhase::Abandoned:
        return false;
    }
    return false;
}

} // namespace

RecoveryDialog::RecoveryDialog(RecoveryServices services, QWidget *parent)
    : EditorDialog(parent)
    , m_services(std::move(services))
    , m_model(new UnfinishedModel(QTimeZone::systemTimeZone(), this))
    , m_list(new QTreeView(this))
    , m_lookAgain(new QPushButton(tr("Look &Again"), this))
    , m_state(new Note(this))
    , m_ending(new Note(this))
    , m_run(new RunBox(this))
    , m_choices(new RecoveryChoices(this))
    , m_steps(new ChangeSteps(this))
{
    setObjectName(u"recoveryDialog"_s);
    setHeading(
        tr("Interrupted changes"),
        tr("A crash, a lost answer or a refusal kept these changes from their end. What Konnect has now "
           "decides what can be done."));
    build();
    look();
}

RecoveryDialog::~RecoveryDialog()
{
    m_lookStop.request_stop();
    m_stop.request_stop();
}

void RecoveryDialog::build()
{
    m_list->setObjectName(u"unfinishedList"_s);
    m_list->setAccessibleName(tr("Interrupted changes"));
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(UnfinishedModel::InstanceColumn, QHeaderView::Stretch);
    m_lookAgain->setObjectName(u"lookAgainButton"_s);
    m_lookAgain->setAutoDefault(false);
    m_state->setObjectName(u"recoveryState"_s);
    m_ending->setObjectName(u"recoveryEnding"_s);

    auto *line = new QHBoxLayout;
    line->addWidget(m_state, 1);
    line->addStretch(0);
    line->addWidget(m_lookAgain, 0, Qt::AlignTop);
    body()->addWidget(m_list);
    body()->addLayout(line);
    body()->addWidget(m_ending);
    body()->addWidget(m_run);
    body()->addWidget(m_choices);
    body()->addWidget(m_steps);
    body()->addStretch(1);
    m_choices->hide();
    actButton()->hide();
    cancelButton()->setText(tr("Close"));
    m_list->setFocus();

    connect(m_lookAgain, &QPushButton::clicked, this, [this] {
        clearProblem();
        m_ending->say(Note::Kind::Info, {});
        look();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &RecoveryDialog::showCurrent);
    connect(m_choices, &RecoveryChoices::chosen, this, &RecoveryDialog::take);
    connect(m_run, &RunBox::finishRequested, this, &RecoveryDialog::finishRun);
    connect(m_run, &RunBox::giveUpRequested, this, &RecoveryDialog::giveUpRun);
}

void RecoveryDialog::look()
{
    m_looking = true;
    refresh();
    m_state->say(Note::Kind::Active, tr("Asking Konnect what it has now …"));
    QCoro::connect(m_services.examine(m_lookStop.get_token()), this,
                   [this](const Outcome<QList<UnfinishedChange>> &answer) {
                       m_looking = false;
                       m_state->say(Note::Kind::Info, {});
                       if (answer)
                           fill(answer.value());
                       else if (!answer.problem().isCanceled())
                           showProblem(answer.problem());
                       refresh();
                   });
}

void RecoveryDialog::fill(const QList<UnfinishedChange> &changes)
{
    m_model->setChanges(changes);
    const int rows = int(qBound(qsizetype(2), changes.size(), qsizetype(6)));
    m_list->setFixedHeight(m_list->header()->sizeHint().height() + 2 * m_list->frameWidth() +
                           rows * qMax(m_list->sizeHintForRow(0), m_list->fontMetrics().height()));
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(0, 0));
    showCurrent();
    if (changes.isEmpty())
        m_state->say(Note::Kind::Good, tr("No change is left unfinished."));
}

void RecoveryDialog::showCurrent()
{
    const UnfinishedChange *current = m_model->at(m_list->currentIndex());
    m_choices->setVisible(current != nullptr);
    m_run->setRun(current != nullptr ? current->change.run : QString(), m_model->changes());
    if (current != nullptr)
        m_choices->setChange(*current, m_services.find(current->change.address));
}

void RecoveryDialog::take(RecoveryStep step)
{
    if (m_running || m_looking)
        return;
    const Change change = m_choices->change().change;
    m_address = change.address;
    m_followed.clear();
    m_stop = std::stop_source();
    clearProblem();
    setRunning(true);
    const auto ended = [this](const Outcome<Change> &outcome) { end(outcome); };
    switch (step) {
    case RecoveryStep::Finish:
        m_ending->say(Note::Kind::Active, tr("Finishing the change …"));
        QCoro::connect(m_services.finish(change.id, m_choices->typedKeys(), m_stop.get_token()), this, ended);
        return;
    case RecoveryStep::RollBack:
        m_ending->say(Note::Kind::Active, tr("Rolling the change back …"));
        QCoro::connect(m_services.rollBack(change.id, m_choices->typedName(), m_stop.get_token()), this,
                       ended);
        return;
    case RecoveryStep::Leave:
        m_ending->say(Note::Kind::Active, tr("Noting that the change is left as it is …"));
        QCoro::connect(m_services.leave(change.id), this, ended);
        return;
    }
}

void RecoveryDialog::follow(const Change &change)
{
    if (!m_running || change.address != m_address)
        return;
    if (change.id != m_followed) {
        m_followed = change.id;
        m_steps->start(change.kind, KeepKeys::Nowhere); // No keys are entered that were not kept before.
    }
    m_steps->reach(change.phase);
    refresh();
}

void RecoveryDialog::end(const Outcome<Change> &outcome)
{
    m_steps->hide();
    setRunning(false);
    if (!outcome) {
        m_ending->say(Note::Kind::Info,
                      outcome.problem().isCanceled() ? tr("Stopped. Nothing was sent.") : QString());
        if (!outcome.problem().isCanceled())
            showProblem(outcome.problem());
        look();
        return;
    }
    const Change &change = outcome.value();
    const QString title = change.instanceTitle.isEmpty() ? change.instanceName : change.instanceTitle;
    const QString how = u"%1: %2"_s.arg(title, wording::phaseLabel(change.phase));
    if (wentWell(change)) {
        m_ending->say(Note::Kind::Good, change.phase == ChangePhase::Created
                                            ? tr("%1. Latchkey goes on looking at it for a while.").arg(how)
                                            : how);
    } else {
        const QString ending = changetext::ending(change);
        m_ending->say(Note::Kind::Error, ending.isEmpty() ? how : ending);
        if (change.problem)
            showProblem(*change.problem);
    }
    Q_EMIT changeEnded(change);
    look();
}

void RecoveryDialog::finishRun(const QString &runId)
{
    if (m_running || m_looking)
        return;
    m_address = {};
    m_followed.clear();
    m_stop = std::stop_source();
    clearProblem();
    setRunning(true);
    m_ending->say(Note::Kind::Active, tr("Finishing the changes of the run, one after the other …"));
    QCoro::connect(m_services.finishRun(runId, m_stop.get_token()), this,
                   [this](const Outcome<BulkResult> &outcome) {
                       if (!outcome)
                           return endRun(Note::Kind::Info, {}, outcome.problem());
                       const QList<BulkRow> &rows = outcome.value().rows;
                       const NoteList::Entry summary = bulktext::summary(rows);
                       std::optional<Problem> problem;
                       for (const BulkRow &row : rows)
                           problem = problem ? problem : row.problem;
                       endRun(summary.kind, summary.text, problem);
                   });
}

void RecoveryDialog::giveUpRun(const QString &runId)
{
    if (m_running || m_looking)
        return;
    m_address = {};
    m_followed.clear();
    m_stop = std::stop_source();
    clearProblem();
    setRunning(true);
    m_ending->say(Note::Kind::Active, tr("Giving up what was not begun …"));
    QCoro::connect(m_services.giveUpRun(runId), this, [this](const Outcome<QList<Change>> &outcome) {
        if (outcome)
            endRun(Note::Kind::Good, tr("What was not begun is given up. Nothing was sent."), {});
        else
            endRun(Note::Kind::Info, {}, outcome.problem());
    });
}

void RecoveryDialog::endRun(Note::Kind kind, const QString &text, const std::optional<Problem> &problem)
{
    setRunning(false);
    m_ending->say(kind, text);
    if (problem && !problem->isCanceled())
        showProblem(*problem);
    look();
}

void RecoveryDialog::setRunning(bool running)
{
    m_running = running;
    refresh();
}

void RecoveryDialog::refresh()
{
    m_choices->setBusy(m_running || m_looking);
    m_run->setEnabled(!m_running && !m_looking);
    m_list->setEnabled(!m_running);
    m_lookAgain->setEnabled(!m_running && !m_looking);
    cancelButton()->setText(m_running ? tr("Stop") : tr("Close"));
    cancelButton()->setEnabled(!m_running || (!hasSent() && !m_stop.stop_requested()));
    setHint(m_running && hasSent() ? tr("Sent to Konnect: it can no longer be stopped.") : QString());
}

bool RecoveryDialog::hasSent() const
{
    return !m_followed.isEmpty() && m_steps->hasSent();
}

bool RecoveryDialog::hasUnsaved() const
{
    return m_choices->isVisibleTo(this) && m_choices->hasTyped();
}

void RecoveryDialog::stop()
{
    if (hasSent())
        return;
    m_stop.request_stop();
    refresh();
    setHint(tr("Stopping …"));
}

void RecoveryDialog::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && (focusWidget() == m_list || m_choices->isStepButton(focusWidget()) ||
                  m_run->isAncestorOf(focusWidget())))
        return;
    EditorDialog::keyPressEvent(event);
}

} // namespace latchkey
