// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/bulkdialog.h"

#include "ui/common/note.h"
#include "ui/editor/bulkplanpage.h"
#include "ui/editor/bulkrunpage.h"
#include "ui/editor/bulktext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int widthOfTables = 820;

QString subheading(const BulkDraft &draft)
{
    QStringList profiles;
    for (const BulkDraft::Row &row : draft.rows()) {
        if (const QString &name = row.preview.record.profileName; !name.isEmpty() && !profiles.contains(name))
            profiles << name;
    }
    return profiles.join(u" · "_s);
}

} // namespace

BulkDialog::BulkDialog(ChangeKind kind, const BulkPreview &preview, Run run, QWidget *parent)
    : EditorDialog(parent)
    , m_draft(kind, preview)
    , m_run(std::move(run))
    , m_ending(new Note(this))
    , m_planPage(new BulkPlanPage(m_draft, this))
    , m_runPage(new BulkRunPage(m_rows, this))
{
    setObjectName(u"bulkDialog"_s);
    setPreferredWidth(widthOfTables);
    setHeading(bulktext::heading(kind, m_draft.taking()), subheading(m_draft));
    m_ending->setObjectName(u"ending"_s);
    body()->addWidget(m_ending);
    body()->addWidget(m_planPage);
    body()->addWidget(m_runPage, 1);
    body()->addStretch(0);
    connect(m_planPage, &BulkPlanPage::edited, this, &BulkDialog::refresh);
    connect(m_planPage, &BulkPlanPage::keychainRetryRequested, this, &BulkDialog::keychainRetryRequested);
    connect(m_runPage, &BulkRunPage::stopConfirmed, this, &BulkDialog::stop);
    turnTo(Step::Plan);
    m_planPage->focusFirst();
}

BulkDialog::~BulkDialog()
{
    m_stop.request_stop();
}

void BulkDialog::setKeychainProblem(const std::optional<Problem> &problem)
{
    m_planPage->setKeychainProblem(problem);
}

void BulkDialog::turnTo(Step step)
{
    m_step = step;
    m_planPage->setVisible(step == Step::Plan);
    m_runPage->setVisible(step != Step::Plan);
    switch (step) {
    case Step::Plan:
        setAct(bulktext::verb(m_draft.kind(), m_draft.taking()), m_draft.kind() == ChangeKind::Delete);
        break;
    case Step::Run:
        setAct(m_draft.options().atOnce > 1 ? tr("Stop after those under way")
                                            : tr("Stop after the current one"));
        break;
    case Step::Result:
        setAct(tr("Co&py result"));
        cancelButton()->setText(tr("Close"));
        cancelButton()->setDefault(true);
        break;
    }
    // Last: the box of the buttons shows all that it has whenever it is given one.
    cancelButton()->setVisible(step != Step::Run);
    refresh();
}

void BulkDialog::refresh()
{
    // Never the default button: a second Enter must not start what is meant for many.
    switch (m_step) {
    case Step::Plan: {
        const QString lacking = m_planPage->missing();
        setHint(lacking);
        setActEnabled(lacking.isEmpty(), false);
        return;
    }
    case Step::Run: {
        const bool stopping = m_stop.stop_requested();
        setHint(stopping ? tr("Stopping: what is under way comes to its end.") : QString());
        setActEnabled(!stopping, false);
        return;
    }
    case Step::Result:
        setHint({});
        setActEnabled(true, false);
        return;
    }
}

void BulkDialog::act()
{
    switch (m_step) {
    case Step::Plan:
        if (m_planPage->missing().isEmpty())
            start();
        return;
    case Step::Run:
        stop();
        return;
    case Step::Result:
        copyResult();
        return;
    }
}

void BulkDialog::start()
{
    clearProblem();
    m_ending->say(Note::Kind::Info, {});
    QList<InstanceRecord> records;
    for (const BulkDraft::Row &row : m_draft.rows()) {
        if (row.whyNot.isEmpty())
            records.append(row.preview.record);
    }
    m_rows.begin(records, m_draft.kind());
    m_stop = std::stop_source();
    m_runPage->begin();
    turnTo(Step::Run);
    m_runPage->focusList();
    QCoro::Task<Outcome<BulkResult>> run = m_run(m_draft.request(), m_stop.get_token());
    QCoro::connect(std::move(run), this, [this](const Outcome<BulkResult> &outcome) { finish(outcome); });
}

void BulkDialog::finish(const Outcome<BulkResult> &outcome)
{
    if (outcome) {
        m_rows.setRows(outcome.value().rows);
        m_runPage->end();
        turnTo(Step::Result);
        return;
    }
    // Nothing was sent: the plan is as good as before.
    m_runPage->askToStop(false);
    turnTo(Step::Plan);
    m_planPage->focusFirst();
    if (outcome.problem().isCanceled())
        m_ending->say(Note::Kind::Info, tr("Stopped. Nothing was sent."));
    else
        showProblem(outcome.problem());
}

void BulkDialog::follow(const QString &runId, const BulkRow &row)
{
    Q_UNUSED(runId) // Its rows tell: no other run can have the same instances.
    if (m_step == Step::Run)
        m_rows.setRow(row);
}

void BulkDialog::followChange(const Change &change)
{
    if (m_step == Step::Result)
        m_rows.follow(change);
}

void BulkDialog::stop()
{
    m_stop.request_stop();
    m_runPage->askToStop(false);
    refresh();
}

void BulkDialog::reject()
{
    if (!isBusy()) {
        EditorDialog::reject();
        return;
    }
    // A second Escape lets it go on.
    if (!m_stop.stop_requested())
        m_runPage->askToStop(!m_runPage->isAsking());
}

bool BulkDialog::hasUnsaved() const
{
    return m_step == Step::Plan && m_draft.isTouched();
}

void BulkDialog::copyResult() const
{
    QGuiApplication::clipboard()->setText(windowTitle() + u'\n' + m_rows.text());
}

} // namespace latchkey
