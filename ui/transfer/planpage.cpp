// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/planpage.h"

#include "ui/common/icons.h"
#include "ui/common/keepbanner.h"
#include "ui/transfer/confirmations.h"
#include "ui/transfer/longnotes.h"
#include "ui/transfer/planrowpanel.h"
#include "ui/transfer/plantable.h"
#include "ui/transfer/plantext.h"
#include "ui/transfer/profilemap.h"
#include "ui/transfer/variablelist.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSet>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int MostAtATime = 4;

/// Headers of the row whose keys were entered, or came with the file.
QStringList suppliedHeaders(const PlanRow &row, const PlanKeys &keys)
{
    QStringList names;
    for (const ConfiguredHeader &header : row.wanted.credential.headers) {
        if (keys.find(row.address, header.name, {KeySource::Kind::Prompt, {}}) != nullptr)
            names << header.name;
    }
    return names;
}

bool keepsKeys(const Plan &plan)
{
    return std::any_of(plan.rows.cbegin(), plan.rows.cend(), [](const PlanRow &row) {
        return !row.headers.isEmpty() &&
               (row.action == PlanAction::Create || row.action == PlanAction::Replace);
    });
}

QPushButton *button(const QString &text, const QString &name, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setObjectName(name);
    made->setAutoDefault(false);
    return made;
}

} // namespace

PlanPage::PlanPage(PlanDraft &draft, const PlanKeys &keys, bool isReadOnly, PlanDraft::Find find,
                   QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_keys(keys)
    , m_isReadOnly(isReadOnly)
    , m_find(std::move(find))
{
    setObjectName(u"planPage"_s);
    build();
    connect(&m_model, &PlanModel::tickedChanged, this, &PlanPage::refreshSoon);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &PlanPage::showCurrent);
    connect(m_profiles, &ProfileMap::chosen, this, &PlanPage::profileChosen);
    connect(m_variables, &VariableList::allowed, this, &PlanPage::variableAllowed);
    connect(m_panel, &PlanRowPanel::linkOpened, this, &PlanPage::linkOpened);
    connect(m_panel, &PlanRowPanel::keysSubmitted, this, &PlanPage::keysEntered);
    connect(m_panel, &PlanRowPanel::keysForgotten, this, &PlanPage::keysForgotten);
    connect(m_panel, &PlanRowPanel::keysEdited, this, [this] {
        m_isTouched = true;
        Q_EMIT edited();
    });
    connect(m_confirmations, &Confirmations::edited, this, [this] {
        m_isTouched = true;
        Q_EMIT edited();
    });
    connect(m_keep, &KeepBanner::changed, this, &PlanPage::edited);
    connect(m_keep, &KeepBanner::retryRequested, this, &PlanPage::keychainRetryRequested);
}

void PlanPage::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    // In the order of Tab.
    m_notes = new LongNotes(u"planNotes"_s, this);
    column->addWidget(m_notes);
    m_profiles = new ProfileMap(this);
    m_profiles->setProfiles(m_draft.unknownProfiles(), m_draft.profiles());
    column->addWidget(m_profiles);
    addChoices(column);
    m_table = new PlanTable(m_model, this);
    column->addWidget(m_table, 1);
    m_panel = new PlanRowPanel(this);
    column->addWidget(m_panel);
    m_variables = new VariableList(this);
    column->addWidget(m_variables);
    m_keep = new KeepBanner(tr("&Hold the new keys in memory until Latchkey closes"), this);
    column->addWidget(m_keep);
    addRunOptions(column);
    m_confirmations = new Confirmations(this);
    column->addWidget(m_confirmations);
    if (m_isReadOnly) {
        m_choices->hide();
        m_table->setReadOnly();
        m_panel->setReadOnly();
        m_runOptions->hide();
    } else {
        m_variables->setVariables(m_draft.variables());
    }
}

void PlanPage::addChoices(QVBoxLayout *column)
{
    m_choices = new QWidget(this);
    auto *line = new QHBoxLayout(m_choices);
    line->setContentsMargins(0, 0, 0, 0);
    m_deletes = new QCheckBox(tr("&Delete too what is to have no credential"), m_choices);
    m_deletes->setObjectName(u"deletionsToo"_s);
    m_deletes->setChecked(m_draft.opened().deletes);
    // A plan says by itself whether anything is deleted.
    m_deletes->setVisible(!m_draft.isPlanFile());
    auto *all = button(tr("Tick &all"), u"tickAll"_s, m_choices);
    auto *none = button(tr("Tick &none"), u"tickNone"_s, m_choices);
    auto *save = button(tr("&Save plan…"), u"savePlanButton"_s, m_choices);
    save->setToolTip(tr("Write the plan to a file that can be reviewed, and applied later"));
    save->setVisible(!m_draft.isPlanFile());
    line->addWidget(m_deletes, 1);
    line->addWidget(all);
    line->addWidget(none);
    line->addWidget(save);
    column->addWidget(m_choices);
    connect(m_deletes, &QCheckBox::toggled, this, &PlanPage::deletesChosen);
    connect(all, &QPushButton::clicked, this, [this] { m_model.setAllTicked(true); });
    connect(none, &QPushButton::clicked, this, [this] { m_model.setAllTicked(false); });
    connect(save, &QPushButton::clicked, this, &PlanPage::savePlanRequested);
}

void PlanPage::addRunOptions(QVBoxLayout *column)
{
    m_runOptions = new QWidget(this);
    m_atOnce = new QSpinBox(m_runOptions);
    m_atOnce->setObjectName(u"atOnce"_s);
    m_atOnce->setRange(1, MostAtATime);
    m_failure = new QComboBox(m_runOptions);
    m_failure->setObjectName(u"onFailure"_s);
    m_failure->addItem(tr("stop there"));
    m_failure->addItem(tr("go on with the others"));
    const auto label = [this](const QString &text, QWidget *field) {
        auto *made = new QLabel(text, m_runOptions);
        made->setBuddy(field);
        return made;
    };
    auto *line = new QHBoxLayout(m_runOptions);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(label(tr("At the sa&me time:"), m_atOnce));
    line->addWidget(m_atOnce);
    line->addSpacing(spacing::wide);
    line->addWidget(label(tr("When one &fails:"), m_failure));
    line->addWidget(m_failure);
    line->addStretch();
    column->addWidget(m_runOptions);
}

void PlanPage::showPlan(const QStringList &notes)
{
    m_unread = notes;
    const std::optional<PlanRow> before = current();
    const Plan plan = m_isReadOnly ? m_draft.differences() : m_draft.shown();
    if (std::exchange(m_hasPlan, true))
        m_model.renew(plan);
    else
        m_model.setPlan(plan);
    m_table->setVisible(m_model.rowCount() > 0);
    m_runOptions->setVisible(!m_isReadOnly && m_model.rowCount() > 0);
    chooseRow(before);
    dropTyped();
    setKeychainProblem(m_keychainProblem);
    refresh();
}

void PlanPage::setKeychainProblem(const std::optional<Problem> &problem)
{
    m_keychainProblem = problem;
    // A role ARN is no secret: nothing is kept.
    const bool isNeeded = !m_isReadOnly && keepsKeys(m_model.plan());
    m_keep->setProblem(isNeeded ? problem : std::nullopt);
}

void PlanPage::refuseVariable(const QString &name, const QString &why)
{
    m_variables->refuse(name, why);
}

QString PlanPage::missing() const
{
    if (const QString typed = m_panel->typedFor(); !typed.isEmpty())
        return tr("Use the keys that you typed for “%1”, or clear them.").arg(typed);
    const QList<int> rows = m_model.ticked();
    if (rows.isEmpty())
        return whyNothing();
    const auto lacking = std::ranges::find_if(
        rows, [this](int position) { return !m_model.plan().rows.at(position).missingKeys().isEmpty(); });
    if (lacking != rows.cend()) {
        const PlanRow &row = m_model.plan().rows.at(*lacking);
        return tr("“%1” needs keys: %2. Choose its row to enter them.")
            .arg(row.title, row.missingKeys().join(u", "_s));
    }
    if (!m_keep->isSettled())
        return tr("Choose where the new keys are kept.");
    return m_confirmations->missing();
}

QString PlanPage::whyNothing() const
{
    if (m_draft.shown().isEmpty())
        return {};
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.isCheckable(row))
            return tr("Tick what is to be done.");
    }
    return tr("Nothing of it can be done.");
}

BulkOptions PlanPage::options() const
{
    BulkOptions options;
    options.atOnce = m_atOnce->value();
    options.keepGoing = m_failure->currentIndex() == 1;
    return options;
}

KeepKeys PlanPage::keep() const
{
    return m_keep->holdsInMemory() ? KeepKeys::InMemory : KeepKeys::InKeychain;
}

QString PlanPage::text() const
{
    QStringList lines{m_notes->text()};
    for (int row = 0; row < m_model.rowCount(); ++row)
        lines.append(m_model.sentence(row));
    return lines.join(u'\n') + u'\n';
}

void PlanPage::focusFirst()
{
    if (m_table->isVisibleTo(this))
        m_table->setFocus();
}

HeaderKeys PlanPage::takeKeys()
{
    return m_panel->takeKeys();
}

std::optional<PlanRow> PlanPage::current() const
{
    const QVariant position = m_table->currentIndex().data(PlanModel::PositionRole);
    if (!position.isValid())
        return std::nullopt;
    return m_model.plan().rows.at(position.toInt());
}

void PlanPage::chooseRow(const std::optional<PlanRow> &like)
{
    int chosen = 0;
    for (int row = 0; like && row < m_model.rowCount(); ++row) {
        const int position = m_model.index(row, 0).data(PlanModel::PositionRole).toInt();
        if (m_model.plan().rows.at(position).place() == like->place())
            chosen = row;
    }
    m_table->setCurrentIndex(m_model.index(chosen, PlanModel::InstanceColumn));
    showCurrent();
}

void PlanPage::showCurrent()
{
    const std::optional<PlanRow> row = current();
    if (row)
        m_panel->showRow(*row, m_model.sentence(m_table->currentIndex().row()),
                         suppliedHeaders(*row, m_keys));
    else
        m_panel->clear();
}

void PlanPage::dropTyped()
{
    QSet<InstanceAddress> enterable;
    for (const PlanRow &row : m_model.plan().rows) {
        if (!enterableHeaders(row, suppliedHeaders(row, m_keys)).isEmpty())
            enterable.insert(row.address);
    }
    m_panel->dropTyped(enterable);
}

void PlanPage::refreshSoon()
{
    // Many rows may be ticked at once.
    if (std::exchange(m_isStale, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_isStale)
                refresh();
        },
        Qt::QueuedConnection);
}

void PlanPage::refresh()
{
    m_isStale = false;
    showNotes();
    if (!m_isReadOnly)
        m_confirmations->setWanted(m_draft.confirmations(m_model.ticked(), m_find));
    Q_EMIT edited();
}

void PlanPage::showNotes()
{
    // There may be thousands of the last ones, of which only the first are in sight.
    QList<NoteList::Entry> entries;
    if (m_isReadOnly) {
        entries.append(plantext::differences(m_draft.shown()));
    } else {
        if (m_draft.isPlanFile()) {
            entries.append(
                {Note::Kind::Info,
                 tr("This plan was made on %1. Only what is still as it was then is done.")
                     .arg(QLocale().toString(m_draft.opened().madeAt.toLocalTime(), QLocale::ShortFormat))});
        }
        entries.append(plantext::counts(m_draft.shown()));
        entries.append(plantext::consequences(m_model));
    }
    if (const NoteList::Entry moved = plantext::moved(m_draft.moved()); !moved.text.isEmpty())
        entries.append(moved);
    if (m_draft.isPlanFile()) {
        const QMap<QString, QString> &names = m_draft.opened().profileNames;
        for (auto each = names.cbegin(); each != names.cend(); ++each) {
            if (each.key() != each.value())
                entries.append({Note::Kind::Warning, plantext::meant(each.key(), each.value())});
        }
    }
    for (const QString &note : std::as_const(m_unread))
        entries.append({Note::Kind::Warning, note});
    m_notes->setEntries(entries);
}

} // namespace latchkey
