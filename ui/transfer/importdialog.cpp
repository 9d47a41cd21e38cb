// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/importdialog.h"

#include "ui/common/note.h"
#include "ui/transfer/findingspage.h"
#include "ui/transfer/foreignpage.h"
#include "ui/transfer/planpage.h"
#include "ui/transfer/planrunpage.h"
#include "ui/transfer/plantext.h"
#include "ui/transfer/savechooser.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int widthOfTables = 960;

} // namespace

ImportDialog::ImportDialog(Purpose purpose, const QString &file, ImportServices services, QWidget *parent)
    : EditorDialog(parent)
    , m_purpose(purpose)
    , m_file(file)
    , m_services(std::move(services))
    , m_keys(std::make_shared<PlanKeys>())
    , m_status(new Note(this))
    , m_busy(new QProgressBar(this))
    , m_findingsPage(new FindingsPage(this))
    , m_foreignPage(new ForeignPage(this))
    , m_runPage(new PlanRunPage(m_rows, this))
{
    setObjectName(isComparison() ? u"compareDialog"_s : u"importDialog"_s);
    setPreferredWidth(widthOfTables);
    setHeading(isComparison() ? tr("Compare with a configuration") : tr("Import a configuration"),
               QDir::toNativeSeparators(m_file));
    m_status->setObjectName(u"importStatus"_s);
    m_busy->setObjectName(u"importBusy"_s);
    m_busy->setAccessibleName(tr("Under way"));
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    body()->addWidget(m_status);
    body()->addWidget(m_busy);
    body()->addWidget(m_findingsPage, 1);
    body()->addWidget(m_foreignPage);
    body()->addWidget(m_runPage, 1);
    body()->addStretch(0);
    connect(m_foreignPage, &ForeignPage::edited, this, &ImportDialog::refresh);
    connect(m_runPage, &PlanRunPage::stopConfirmed, this, &ImportDialog::stop);
    connect(m_runPage, &PlanRunPage::planAgainRequested, this, &ImportDialog::planAgain);
    read();
}

ImportDialog::~ImportDialog()
{
    m_stop.request_stop();
}

void ImportDialog::setKeychainProblem(const std::optional<Problem> &problem)
{
    m_keychainProblem = problem;
    if (m_planPage)
        m_planPage->setKeychainProblem(problem);
}

void ImportDialog::turnTo(Step step)
{
    m_step = step;
    m_findingsPage->setVisible(step == Step::Findings);
    m_foreignPage->setVisible(step == Step::Foreign);
    m_runPage->setVisible(step == Step::Run || step == Step::Result);
    if (m_planPage)
        m_planPage->setVisible(step == Step::Plan);
    switch (step) {
    case Step::Read:
        m_status->say(Note::Kind::Active, tr("Reading the file …"));
        setAct(isComparison() ? tr("Co&py") : plantext::verb(0));
        break;
    case Step::Findings:
        m_status->say(Note::Kind::Info, {});
        setAct(tr("&Read again"));
        break;
    case Step::Refresh:
        m_status->say(Note::Kind::Active, tr("Reading at Konnect what there is …"));
        setAct(tr("&Go on with what is known"));
        break;
    case Step::Foreign:
        m_status->say(Note::Kind::Info, {});
        setAct(isComparison() ? tr("&Compare") : tr("&Show what would be done"));
        break;
    case Step::Plan:
        m_status->say(Note::Kind::Info, {});
        setAct(isComparison() ? tr("Co&py") : plantext::verb(0));
        break;
    case Step::Run:
        m_status->say(Note::Kind::Info, {});
        setAct(m_planPage->options().atOnce > 1 ? tr("Stop after those under way")
                                                : tr("Stop after the current one"));
        break;
    case Step::Result:
        setAct(tr("&Export results…"));
        break;
    }
    const bool isOver = step == Step::Result || step == Step::Findings || isComparison();
    cancelButton()->setText(isOver ? tr("Close") : tr("Cancel"));
    // Enter takes no results away.
    cancelButton()->setDefault(isOver && step != Step::Result);
    // Last: the box of the buttons shows all that it has whenever it is given one.
    cancelButton()->setVisible(step != Step::Run);
    refresh();
}

void ImportDialog::refresh()
{
    m_busy->setVisible(m_step == Step::Read || m_step == Step::Refresh || m_isReading);
    // Never the default button: a second Enter must not start what is meant for many.
    QString hint;
    bool isReady = true;
    switch (m_step) {
    case Step::Read:
        isReady = false;
        break;
    case Step::Refresh:
        isReady = m_isReading;
        break;
    case Step::Foreign:
        hint = m_foreignPage->missing();
        isReady = hint.isEmpty() && m_foreign;
        break;
    case Step::Plan:
        if (m_isReading) {
            actButton()->setText(tr("&Go on with what is known"));
            hint = tr("Reading at Konnect what there is …");
            break;
        }
        if (m_planFailed) {
            actButton()->setText(tr("&Plan again"));
            hint = tr("It could not be planned: what is shown here is older.");
            isReady = !m_isPlanning;
            break;
        }
        if (isComparison()) {
            actButton()->setText(tr("Co&py"));
            isReady = !m_isPlanning;
            break;
        }
        actButton()->setText(plantext::verb(static_cast<int>(m_planPage->ticked().size())));
        hint = m_isPlanning ? tr("Planning …") : m_planPage->missing();
        isReady = hint.isEmpty() && !m_planPage->ticked().isEmpty();
        break;
    case Step::Run:
        isReady = !m_stop.stop_requested();
        hint = isReady ? QString() : tr("Stopping: what is under way comes to its end.");
        break;
    case Step::Findings:
    case Step::Result:
        break;
    }
    setHint(hint);
    setActEnabled(isReady && !m_isWriting, false);
}

void ImportDialog::act()
{
    switch (m_step) {
    case Step::Read:
        return;
    case Step::Findings:
        read();
        return;
    case Step::Refresh:
        skipReading();
        return;
    case Step::Foreign:
        if (m_foreign && m_foreignPage->missing().isEmpty())
            takeForeign();
        return;
    case Step::Plan:
        if (m_isReading)
            skipReading();
        else if (m_planFailed)
            plan();
        else if (isComparison())
            QGuiApplication::clipboard()->setText(windowTitle() + u'\n' + m_planPage->text());
        else if (m_planPage->missing().isEmpty())
            start();
        return;
    case Step::Run:
        stop();
        return;
    case Step::Result:
        askForFile(tr("Export the Results"), u"konnect-results.csv"_s, tr("CSV, for spreadsheets (*.csv)"),
                   u"csv"_s, [result = m_rows.result()] { return configurationfiles::textOf(result); });
        return;
    }
}

void ImportDialog::read()
{
    clearProblem();
    m_findings.clear();
    turnTo(Step::Read);
    QCoro::connect(m_services.read(m_file), this, [this](const Outcome<OpenedFile> &file) { opened(file); });
}

void ImportDialog::opened(const Outcome<OpenedFile> &file)
{
    if (!file) {
        turnTo(Step::Findings);
        m_findingsPage->hide();
        showProblem(file.problem());
        return;
    }
    m_foreign = file.value().foreign;
    if (m_foreign) {
        m_toRead = m_services.profiles();
        turnTo(Step::Refresh);
        readNextProfile();
        return;
    }
    const configurationfiles::Reading &found = file.value().reading;
    if (!found.plan) {
        showFindings(found.findings);
        // What is wrong further inside is wrong in a file of Latchkey's own.
        const bool mayBeForeign =
            std::any_of(found.findings.cbegin(), found.findings.cend(),
                        [](const DocumentFinding &finding) { return finding.path == "$"_L1; });
        if (const QString why = file.value().whyNotForeign; mayBeForeign && !why.isEmpty())
            m_status->say(Note::Kind::Info,
                          tr("As a file of another tool it cannot be read either: %1").arg(why));
        return;
    }
    m_draft = std::make_unique<PlanDraft>(*found.plan, found.isPlan, m_services.profiles());
    if (isComparison())
        m_draft->setDeletes(true); // A credential that shall not be there is a difference.
    else if (found.isPlan)
        setHeading(tr("Apply a plan"), QDir::toNativeSeparators(m_file));
    m_toRead = m_draft->meantProfiles();
    turnTo(Step::Refresh);
    readNextProfile();
}

void ImportDialog::showFindings(const QList<DocumentFinding> &findings)
{
    m_findingsPage->setFindings(findings);
    turnTo(Step::Findings);
    m_findingsPage->focusList();
}

void ImportDialog::takeForeign()
{
    const ImportOptions options = m_foreignPage->options();
    turnTo(Step::Read);
    QCoro::connect(m_services.import(std::exchange(m_foreign, nullptr), options), this,
                   [this](const std::shared_ptr<ConfigurationImport> &imported) { taken(imported); });
}

void ImportDialog::taken(const std::shared_ptr<ConfigurationImport> &imported)
{
    if (imported->document.profiles.isEmpty()) {
        showFindings(imported->findings);
        showProblem(Problem::of(Problem::Category::InvalidInput,
                                tr("There is nothing in the file that can be taken.")));
        return;
    }
    for (const DocumentFinding &finding : std::as_const(imported->findings))
        m_findings.append(finding.toText());
    m_keys = std::make_shared<PlanKeys>(std::move(imported->keys));
    Plan opened;
    opened.document = imported->document;
    m_draft = std::make_unique<PlanDraft>(opened, false, m_services.profiles());
    if (isComparison())
        m_draft->setDeletes(true);
    plan();
}

void ImportDialog::readNextProfile()
{
    if (m_toRead.isEmpty()) {
        if (!m_foreign) {
            plan();
            return;
        }
        m_foreignPage->setFile(*m_foreign, QDir::toNativeSeparators(m_file), m_services.records());
        turnTo(Step::Foreign);
        m_foreignPage->focusFirst();
        return;
    }
    const QString profile = m_toRead.takeFirst();
    m_isReading = true;
    refresh();
    QCoro::connect(m_services.refresh(profile), this, [this, profile](const Done &done) {
        m_isReading = false;
        m_unread.insert(profile, plantext::unread(profile, m_services.endpoints(profile), done));
        if (done)
            m_read.insert(profile);
        readNextProfile();
    });
}

void ImportDialog::skipReading()
{
    const Done skipped = Problem::of(Problem::Category::Canceled, tr("Not read."));
    for (const QString &profile : std::as_const(m_toRead))
        m_unread.insert(profile, plantext::unread(profile, m_services.endpoints(profile), skipped));
    m_toRead.clear();
    m_services.stopRefresh();
}

void ImportDialog::chooseProfile(const QString &name, const QString &profile)
{
    m_draft->setMeant(name, profile);
    if (!profile.isEmpty() && !m_read.contains(profile) && !m_toRead.contains(profile))
        m_toRead.append(profile);
    if (!m_isReading)
        readNextProfile();
}

QStringList ImportDialog::notes() const
{
    QStringList notes = m_findings;
    const QStringList meant = m_draft->meantProfiles();
    for (const QString &profile : meant)
        notes += m_unread.value(profile);
    return notes;
}

void ImportDialog::plan()
{
    if (m_isPlanning) {
        m_isOutdated = true;
        return;
    }
    m_isPlanning = true;
    refresh();
    const ConfigurationDocument document = m_draft->document();
    const PlanOptions options = m_draft->options();
    QCoro::connect(m_services.plan(document, options, m_keys), this,
                   [this](const Outcome<Plan> &answer) { planned(answer); });
}

void ImportDialog::planned(const Outcome<Plan> &answer)
{
    m_isPlanning = false;
    if (m_isReading) { // What is read is planned then.
        m_isOutdated = false;
        return;
    }
    if (std::exchange(m_isOutdated, false)) {
        plan();
        return;
    }
    const bool failedBefore = std::exchange(m_planFailed, !answer);
    if (!answer) {
        showProblem(answer.problem());
        turnTo(m_planPage ? Step::Plan : Step::Findings);
        m_findingsPage->hide();
        return;
    }
    if (failedBefore)
        clearProblem();
    m_draft->setFresh(answer.value());
    showPlan();
}

void ImportDialog::showPlan()
{
    if (!m_planPage)
        buildPlanPage();
    m_planPage->showPlan(notes());
    if (m_step == Step::Plan) {
        refresh();
        return;
    }
    turnTo(Step::Plan);
    m_planPage->focusFirst();
}

void ImportDialog::buildPlanPage()
{
    m_planPage = new PlanPage(*m_draft, *m_keys, isComparison(), m_services.find, this);
    body()->insertWidget(body()->indexOf(m_runPage), m_planPage, 1);
    m_planPage->setKeychainProblem(m_keychainProblem);
    connect(m_planPage, &PlanPage::edited, this, [this] {
        if (m_step == Step::Plan)
            refresh();
    });
    connect(m_planPage, &PlanPage::profileChosen, this, &ImportDialog::chooseProfile);
    connect(m_planPage, &PlanPage::deletesChosen, this, [this](bool deletes) {
        m_draft->setDeletes(deletes);
        plan();
    });
    connect(m_planPage, &PlanPage::variableAllowed, this, &ImportDialog::allowVariable);
    connect(m_planPage, &PlanPage::keysEntered, this, &ImportDialog::supply);
    connect(m_planPage, &PlanPage::keysForgotten, this, [this](const InstanceAddress &address) {
        m_keys->forget(address);
        plan();
    });
    connect(m_planPage, &PlanPage::linkOpened, this, &ImportDialog::openLink);
    connect(m_planPage, &PlanPage::keychainRetryRequested, this, &ImportDialog::keychainRetryRequested);
    connect(m_planPage, &PlanPage::savePlanRequested, this, [this] {
        if (m_isReading || m_isPlanning || m_planFailed) {
            m_status->say(Note::Kind::Warning, tr("There is no plan yet of what is chosen now."));
            return;
        }
        askForFile(tr("Save the Plan"), u"konnect-plan.json"_s, tr("Plan (*.json)"), u"json"_s,
                   [plan = m_draft->shown()] { return configurationfiles::textOf(plan); });
    });
}

void ImportDialog::allowVariable(const QString &name, bool isAllowed)
{
    if (isAllowed) {
        Outcome<Secret> key = m_services.variable(name);
        if (!key) {
            m_planPage->refuseVariable(name, key.problem().toText());
            return;
        }
        m_keys->setVariable(name, std::move(key).value());
    } else {
        m_keys->forgetVariable(name);
    }
    plan();
}

void ImportDialog::supply(const InstanceAddress &address)
{
    SuppliedKeys entered;
    entered.keys = m_planPage->takeKeys();
    m_keys->supply(address, std::move(entered));
    plan();
}

void ImportDialog::start()
{
    clearProblem();
    const QList<int> rows = m_planPage->ticked();
    ApplyRequest request = m_draft->request(rows);
    request.options = m_planPage->options();
    request.keep = m_planPage->keep();
    m_rows.begin(m_draft->shown(), rows);
    m_stop = std::stop_source();
    turnTo(Step::Run);
    m_runPage->begin();
    QCoro::connect(m_services.apply(std::move(request), m_keys, m_stop.get_token()), this,
                   [this](const Outcome<PlanResult> &outcome) { finish(outcome); });
}

void ImportDialog::planAgain()
{
    clearProblem();
    m_toRead = m_draft->meantProfiles();
    turnTo(Step::Refresh);
    readNextProfile();
}

void ImportDialog::finish(const Outcome<PlanResult> &outcome)
{
    if (outcome) {
        m_rows.setResult(outcome.value());
        m_runPage->end();
        turnTo(Step::Result);
        return;
    }
    // Nothing was sent: the plan is as good as before.
    m_runPage->askToStop(false);
    turnTo(Step::Plan);
    m_planPage->focusFirst();
    if (outcome.problem().isCanceled())
        m_status->say(Note::Kind::Info, tr("Stopped. Nothing was sent."));
    else
        showProblem(outcome.problem());
    plan();
}

void ImportDialog::follow(qsizetype position, const PlanRowResult &row)
{
    if (m_step == Step::Run)
        m_rows.setRow(position, row);
}

void ImportDialog::followChange(const Change &change)
{
    if (m_step == Step::Result)
        m_rows.follow(change);
}

void ImportDialog::stop()
{
    m_stop.request_stop();
    m_runPage->askToStop(false);
    refresh();
}

void ImportDialog::reject()
{
    if (m_isWriting)
        return;
    if (!isBusy()) {
        if (m_isReading)
            skipReading();
        EditorDialog::reject();
        return;
    }
    // A second Escape lets it go on.
    if (!m_stop.stop_requested())
        m_runPage->askToStop(!m_runPage->isAsking());
}

bool ImportDialog::hasUnsaved() const
{
    return (m_step == Step::Plan || m_step == Step::Refresh) && m_planPage && m_planPage->isTouched();
}

void ImportDialog::askForFile(const QString &title, const QString &name, const QString &filter,
                              const QString &suffix, std::function<QByteArray()> text)
{
    const QFileDialog *dialog = askWhereToSave(title, name, filter, suffix, this);
    connect(dialog, &QFileDialog::fileSelected, this, [this, text = std::move(text)](const QString &file) {
        clearProblem();
        m_isWriting = true;
        refresh();
        QCoro::connect(m_services.write(file, text), this, [this, file](const Done &written) {
            m_isWriting = false;
            refresh();
            if (written)
                m_status->say(Note::Kind::Good, tr("%1 was written.").arg(QDir::toNativeSeparators(file)));
            else
                showProblem(written.problem());
        });
    });
}

void ImportDialog::openLink(const QUrl &link)
{
    if (!m_services.open(link)) {
        showProblem(Problem::of(Problem::Category::NotSupported, tr("The browser could not be opened."),
                                link.toString()));
    }
}

} // namespace latchkey
