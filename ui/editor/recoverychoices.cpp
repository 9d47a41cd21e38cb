// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/recoverychoices.h"

#include "models/core/wording.h"
#include "models/forms/credentialdraft.h"
#include "ui/common/note.h"
#include "ui/common/typedname.h"
#include "ui/editor/credentialform.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString whatItWas(const Change &change)
{
    const QString title = change.instanceTitle.isEmpty() ? change.instanceName : change.instanceTitle;
    switch (change.kind) {
    case ChangeKind::Create:
        return RecoveryChoices::tr("Create a credential for “%1”").arg(title);
    case ChangeKind::Replace:
        return RecoveryChoices::tr("Replace the credential of “%1”").arg(title);
    case ChangeKind::Delete:
        return RecoveryChoices::tr("Delete the credential of “%1”").arg(title);
    case ChangeKind::Adopt:
        return RecoveryChoices::tr("Enter the keys of “%1”").arg(title);
    }
    return {};
}

QString factsOf(const Change &change)
{
    const QString begun = QLocale().toString(change.startedAt.toLocalTime(), QLocale::ShortFormat);
    QStringList facts{change.integrationName, change.instanceName, change.profileName};
    facts.removeAll(QString());
    facts.append(RecoveryChoices::tr("begun %1").arg(begun));
    facts.append(RecoveryChoices::tr("reached: %1").arg(wording::phaseLabel(change.phase)));
    return facts.join(u" · "_s);
}

/// What the form needs where the inventory does not know the instance.
InstanceRecord recordOf(const Change &change)
{
    InstanceRecord record;
    record.address = change.address;
    record.profileName = change.profileName;
    record.instance.id = change.address.instanceId;
    record.instance.name = change.instanceName;
    record.instance.displayName = change.instanceTitle;
    record.instance.integrationName = change.integrationName;
    return record;
}

} // namespace

RecoveryChoices::RecoveryChoices(QWidget *parent)
    : QWidget(parent)
    , m_what(new QLabel(this))
    , m_facts(new QLabel(this))
    , m_cause(new Note(this))
    , m_there(new Note(this))
    , m_formPlace(new QVBoxLayout)
    , m_choices{{{RecoveryStep::Finish, new QPushButton(tr("&Finish"), this), new QLabel(this)},
                 {RecoveryStep::RollBack, new QPushButton(tr("&Roll Back"), this), new QLabel(this)},
                 {RecoveryStep::Leave, new QPushButton(tr("&Leave"), this), new QLabel(this)}}}
{
    setObjectName(u"recoveryChoices"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    QFont bold = m_what->font();
    bold.setBold(true);
    m_what->setFont(bold);
    m_what->setObjectName(u"recoveryWhat"_s);
    m_facts->setObjectName(u"recoveryFacts"_s);
    for (QLabel *label : {m_what, m_facts}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
    m_cause->setObjectName(u"recoveryCause"_s);
    m_there->setObjectName(u"recoveryThere"_s);
    column->addWidget(m_cause);
    column->addWidget(m_there);
    column->addLayout(m_formPlace);
    auto *grid = new QGridLayout;
    grid->setColumnStretch(1, 1);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    const std::array names{u"finish"_s, u"rollBack"_s, u"leave"_s};
    for (int row = 0; row < int(m_choices.size()); ++row) {
        const Choice &choice = m_choices.at(size_t(row));
        choice.button->setObjectName(names.at(size_t(row)) + u"Button"_s);
        choice.button->setAutoDefault(false);
        choice.text->setObjectName(names.at(size_t(row)) + u"Text"_s);
        choice.text->setTextFormat(Qt::PlainText);
        choice.text->setWordWrap(true);
        grid->addWidget(choice.button, row, 0, Qt::AlignTop);
        grid->addWidget(choice.text, row, 1, Qt::AlignVCenter);
        const RecoveryStep step = choice.step;
        connect(choice.button, &QPushButton::clicked, this, [this, step] { Q_EMIT chosen(step); });
    }
    column->addLayout(grid);
}

RecoveryChoices::~RecoveryChoices()
{
    // It works on the draft.
    delete m_form;
}

void RecoveryChoices::setChange(const UnfinishedChange &unfinished,
                                const std::optional<InstanceRecord> &record)
{
    const bool other = unfinished.change.id != m_unfinished.change.id;
    m_unfinished = unfinished;
    if (other || !unfinished.offer(RecoveryStep::Finish).needsKeys) {
        delete std::exchange(m_form, nullptr);
        m_draft.reset();
    }
    if (other)
        delete std::exchange(m_typedName, nullptr);
    updateForm(record);
    updateTypedName(record);
    describe();
    updateButtons();
}

void RecoveryChoices::setBusy(bool busy)
{
    m_busy = busy;
    if (m_form)
        m_form->setEnabled(!busy);
    if (m_typedName)
        m_typedName->setEnabled(!busy);
    updateButtons();
}

HeaderKeys RecoveryChoices::typedKeys() const
{
    return m_draft ? m_draft->copy().headers : HeaderKeys();
}

QString RecoveryChoices::typedName() const
{
    return m_typedName ? m_typedName->text() : QString();
}

bool RecoveryChoices::hasTyped() const
{
    return m_form && m_form->isDirty();
}

bool RecoveryChoices::isStepButton(const QWidget *widget) const
{
    return std::any_of(m_choices.begin(), m_choices.end(),
                       [widget](const Choice &choice) { return choice.button == widget; });
}

void RecoveryChoices::describe()
{
    const Change &change = m_unfinished.change;
    m_what->setText(whatItWas(change));
    m_facts->setText(factsOf(change));
    m_cause->say(Note::Kind::Info,
                 change.problem ? tr("It stopped there: %1").arg(change.problem->caption) : QString());
    const std::optional<Problem> &obstacle = m_unfinished.obstacle;
    const QString why = obstacle && !obstacle->detail.isEmpty() ? u'\n' + obstacle->detail : QString();
    const bool isKnown = m_unfinished.standing != Standing::NotKnown;
    m_there->say(isKnown ? Note::Kind::Info : Note::Kind::Warning, m_unfinished.whatIsThere() + why);
}

void RecoveryChoices::updateForm(const std::optional<InstanceRecord> &record)
{
    if (m_form || !m_unfinished.offer(RecoveryStep::Finish).needsKeys)
        return;
    m_draft = std::make_unique<CredentialDraft>(record.value_or(recordOf(m_unfinished.change)));
    m_form = new CredentialForm(*m_draft, this);
    m_form->setEnabled(!m_busy);
    m_formPlace->addWidget(m_form);
    connect(m_form, &CredentialForm::edited, this, &RecoveryChoices::updateButtons);
}

void RecoveryChoices::updateTypedName(const std::optional<InstanceRecord> &record)
{
    const bool isGuarded = record && (record->production || record->isProtected);
    if (m_typedName || !isGuarded || !m_unfinished.rollBackDeletesUnconfirmed())
        return;
    m_typedName = new TypedName(record->instance.name, this);
    m_typedName->setReason(wording::whyTypedName(record->instance.title(), record->profileName,
                                                 record->isProtected, record->production) +
                           u' ' + tr("Rolling back deletes its credential."));
    m_typedName->setEnabled(!m_busy);
    m_formPlace->addWidget(m_typedName);
    connect(m_typedName, &TypedName::edited, this, &RecoveryChoices::updateButtons);
}

void RecoveryChoices::updateButtons()
{
    for (const Choice &choice : m_choices) {
        const RecoveryOffer offer = m_unfinished.offer(choice.step);
        const bool lacksKeys = offer.needsKeys && !(m_draft && m_draft->isComplete());
        const bool lacksName =
            choice.step == RecoveryStep::RollBack && m_typedName != nullptr && !m_typedName->matches();
        choice.button->setEnabled(offer.possible && !lacksKeys && !lacksName && !m_busy);
        choice.button->setAccessibleDescription(offer.text);
        choice.text->setText(offer.possible ? offer.text : tr("Not possible: %1").arg(offer.text));
    }
}

} // namespace latchkey
