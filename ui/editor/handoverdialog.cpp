// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/handoverdialog.h"

#include "models/core/wording.h"
#include "ui/common/note.h"
#include "ui/common/typedname.h"
#include "ui/editor/changesteps.h"
#include "ui/editor/changetext.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

HandoverDialog::HandoverDialog(HandoverKind kind, const InstanceRecord &source, HandoverServices services,
                               QWidget *parent)
    : EditorDialog(parent)
    , m_kind(kind)
    , m_source(source)
    , m_services(std::move(services))
    , m_targets(m_services.targets())
    , m_chooser(new QWidget(this))
    , m_consequences(new NoteList(this))
    , m_names(new QWidget(this))
    , m_ending(new Note(this))
    , m_steps(new ChangeSteps(this))
{
    setObjectName(u"handoverDialog"_s);
    const QString title = source.instance.title();
    setHeading(kind == HandoverKind::Copy ? tr("Copy the keys of %1 to another instance").arg(title)
                                          : tr("Move the credential of %1 to another instance").arg(title),
               changetext::subheading(source));
    setAct(kind == HandoverKind::Copy ? tr("Copy keys") : tr("Move credential"), true);
    m_consequences->setObjectName(u"consequences"_s);
    m_ending->setObjectName(u"ending"_s);
    buildChooser();
    auto *names = new QVBoxLayout(m_names);
    names->setContentsMargins(0, 0, 0, 0);
    body()->addWidget(m_ending);
    body()->addWidget(m_chooser);
    body()->addWidget(m_consequences);
    body()->addWidget(m_names);
    body()->addWidget(m_steps);
    body()->addStretch(1);
    m_ending->say(Note::Kind::Info, {});
    fillTargets();
    choose();
}

HandoverDialog::~HandoverDialog()
{
    m_stop.request_stop();
}

void HandoverDialog::buildChooser()
{
    auto *column = new QVBoxLayout(m_chooser);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *label = new QLabel(tr("&To which instance of %1?").arg(m_source.instance.integrationTitle()));
    label->setTextFormat(Qt::PlainText);
    m_search = new QLineEdit(m_chooser);
    m_search->setObjectName(u"targetSearch"_s);
    m_search->setPlaceholderText(tr("Search by name, profile or id"));
    m_search->setAccessibleName(tr("Search the instances"));
    m_search->setClearButtonEnabled(true);
    m_list = new QListWidget(m_chooser);
    m_list->setObjectName(u"targetList"_s);
    m_list->setAccessibleName(tr("Instances that can get the keys"));
    m_list->setUniformItemSizes(true);
    m_list->setAlternatingRowColors(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    label->setBuddy(m_list);
    column->addWidget(label);
    column->addWidget(m_search);
    column->addWidget(m_list);
    connect(m_search, &QLineEdit::textChanged, this, &HandoverDialog::filter);
    connect(m_list, &QListWidget::currentRowChanged, this, &HandoverDialog::choose);
}

void HandoverDialog::fillTargets()
{
    for (const InstanceRecord &target : std::as_const(m_targets)) {
        const bool taken = target.knowledge == InstanceRecord::Knowledge::Present;
        const bool read = target.knowledge != InstanceRecord::Knowledge::NotChecked;
        const QString state = taken ? tr("has a credential") : read ? tr("no credential") : tr("not checked");
        const bool elsewhere = target.address.profileId != m_source.address.profileId ||
                               target.address.origin != m_source.address.origin;
        const QString title = target.instance.title();
        auto *item = new QListWidgetItem(
            elsewhere ? tr("%1 (%2 · %3): %4").arg(title, target.profileName, target.endpointLabel, state)
                      : tr("%1: %2").arg(title, state));
        // Found by the search too.
        item->setToolTip(target.instance.name + u'\n' + target.address.instanceId);
        m_list->addItem(item);
    }
    const qsizetype rows = std::clamp<qsizetype>(m_targets.size(), 3, 8);
    m_list->setFixedHeight(static_cast<int>((rows + 1) * std::max(1, m_list->sizeHintForRow(0))));
    m_search->setVisible(m_targets.size() > rows);
    if (m_targets.isEmpty()) {
        m_chooser->hide();
        m_ending->say(
            Note::Kind::Info,
            tr("There is no other instance of %1 in any profile. Create one in Konnect, then refresh.")
                .arg(m_source.instance.integrationTitle()));
    }
}

void HandoverDialog::filter(const QString &text)
{
    const QString wanted = text.trimmed();
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const bool matches = item->text().contains(wanted, Qt::CaseInsensitive) ||
                             item->toolTip().contains(wanted, Qt::CaseInsensitive);
        item->setHidden(!matches);
        // What cannot be seen is not what the user means.
        if (!matches && row == m_list->currentRow())
            m_list->setCurrentRow(-1);
    }
}

void HandoverDialog::choose()
{
    m_preview.reset();
    if (const int row = m_list->currentRow(); row >= 0)
        m_preview = m_services.preview(m_targets.at(row).address);
    clearProblem();
    m_consequences->setEntries(consequences());
    askForNames();
    if (m_preview && m_preview->obstacle)
        showProblem(*m_preview->obstacle);
    refresh();
}

QList<NoteList::Entry> HandoverDialog::consequences() const
{
    using Kind = Note::Kind;
    QList<NoteList::Entry> entries;
    if (!m_preview || m_preview->obstacle)
        return entries;
    const InstanceRecord &there = m_preview->there.record;
    entries.append(
        {Kind::Good, tr("The keys of %1 are kept here: nothing has to be typed. They will be kept for "
                        "%2 too.")
                         .arg(m_source.instance.title(), there.instance.title())});
    if (m_preview->crossesOrigins) {
        entries.append(
            {Kind::Warning, tr("They are sent to %1, another server than the one they were entered for.")
                                .arg(there.address.origin)});
    } else if (m_preview->crossesProfiles) {
        entries.append(
            {Kind::Warning,
             tr("They are sent to another organization, that of the profile %1.").arg(there.profileName)});
    }
    entries += changetext::consequences(m_preview->there);
    if (m_kind == HandoverKind::Move) {
        entries.append(
            {Kind::Info, tr("Then, only if the new credential is in order, the one of %1 is deleted:")
                             .arg(m_source.instance.title())});
        entries += changetext::consequences(m_preview->here);
    }
    return entries;
}

void HandoverDialog::askForNames()
{
    for (TypedName *old : {m_nameThere, m_nameHere})
        delete old;
    m_nameThere = nullptr;
    m_nameHere = nullptr;
    const auto ask = [this](const ChangePreview &change) -> TypedName * {
        if (!change.needsTypedName)
            return nullptr;
        auto *name = new TypedName(changetext::confirmationName(change.record), m_names);
        name->setReason(wording::whyTypedName(change.record.instance.title(), change.record.profileName,
                                              change.record.isProtected, change.record.production));
        m_names->layout()->addWidget(name);
        connect(name, &TypedName::edited, this, &HandoverDialog::refresh);
        return name;
    };
    if (m_preview && !m_preview->obstacle) {
        m_nameThere = ask(m_preview->there);
        m_nameHere = ask(m_preview->here);
    }
    m_names->setVisible(m_nameThere || m_nameHere);
}

QString HandoverDialog::lacking() const
{
    if (!m_preview)
        return m_targets.isEmpty() ? QString() : tr("Choose the instance that gets the keys.");
    if (m_preview->obstacle)
        return tr("This cannot be done now.");
    if ((m_nameThere && !m_nameThere->matches()) || (m_nameHere && !m_nameHere->matches()))
        return tr("Type the name of the instance to go on.");
    return {};
}

void HandoverDialog::refresh()
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
    const QString missing = lacking();
    setHint(missing);
    setActEnabled(m_preview && missing.isEmpty(), false);
}

void HandoverDialog::stop()
{
    if (m_steps->hasSent())
        return;
    m_stop.request_stop();
    refresh();
    setHint(tr("Stopping …"));
}

void HandoverDialog::act()
{
    if (m_running || m_over || !m_preview || !lacking().isEmpty())
        return;
    clearProblem();
    m_ending->say(Note::Kind::Info, {});
    HandoverRequest wanted;
    wanted.kind = m_kind;
    wanted.from = m_source.address;
    wanted.to = m_preview->there.record.address;
    wanted.expectedHere = m_preview->here.oldCredentialId;
    wanted.expectedThere = m_preview->there.oldCredentialId;
    wanted.typedThere = m_nameThere ? m_nameThere->text() : QString();
    wanted.typedHere = m_nameHere ? m_nameHere->text() : QString();
    m_stop = std::stop_source();
    m_steps->start(m_preview->there.kind, KeepKeys::InKeychain);
    setRunning(true);
    QCoro::Task<Outcome<HandoverResult>> handover = m_services.run(wanted, m_stop.get_token());
    QCoro::connect(std::move(handover), this,
                   [this](Outcome<HandoverResult> outcome) { finish(std::move(outcome)); });
}

void HandoverDialog::follow(const Change &change)
{
    if (!m_running || !m_preview)
        return;
    if (change.address == m_source.address) {
        if (change.phase == ChangePhase::Prepared)
            m_steps->start(ChangeKind::Delete, KeepKeys::Nowhere);
        // The last step of a deletion has none behind it.
        if (change.phase != ChangePhase::Deleted)
            m_steps->reach(change.phase);
    } else if (change.address == m_preview->there.record.address) {
        m_steps->reach(change.phase);
    }
    refresh();
}

void HandoverDialog::setRunning(bool running)
{
    m_running = running;
    m_chooser->setEnabled(!running);
    m_names->setEnabled(!running);
    refresh();
}

void HandoverDialog::finish(Outcome<HandoverResult> outcome)
{
    if (outcome) {
        setRunning(false);
        finishSent(outcome.value());
        return;
    }
    m_steps->hide();
    setRunning(false);
    // What was confirmed was about what the user saw then.
    choose();
    if (outcome.problem().isCanceled())
        m_ending->say(Note::Kind::Info, tr("Stopped. Nothing was sent."));
    else
        showProblem(outcome.problem());
}

void HandoverDialog::finishSent(const HandoverResult &result)
{
    Q_EMIT changeEnded(result.there);
    if (result.here)
        Q_EMIT changeEnded(*result.here);
    if (result.isDone(m_kind)) {
        QDialog::accept();
        return;
    }
    m_steps->fail();
    const bool created = result.isDone(HandoverKind::Copy);
    QString ending = created ? tr("%1 has its new credential, but the one of %2 was not deleted.")
                                   .arg(result.there.instanceTitle, m_source.instance.title())
                             : changetext::ending(result.there);
    if (created && result.here)
        ending = changetext::ending(*result.here);
    else if (!created && m_kind == HandoverKind::Move)
        ending += u' ' + tr("%1 keeps its credential.").arg(m_source.instance.title());
    m_ending->say(Note::Kind::Error, ending);
    if (created && result.problemHere && !result.problemHere->isCanceled())
        showProblem(*result.problemHere);
    else if (!created && result.there.problem)
        showProblem(*result.there.problem);
    m_over = true;
    m_chooser->hide();
    m_consequences->hide();
    m_names->hide();
    actButton()->hide();
    cancelButton()->setText(tr("Close"));
    cancelButton()->setDefault(true);
    setHint({});
}

} // namespace latchkey
