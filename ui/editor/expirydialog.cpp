// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/expirydialog.h"

#include "models/core/wording.h"
#include "ui/editor/expiryfield.h"
#include "ui/editor/expirytext.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int LongestOwner = 200;
constexpr int NoteLines = 3;

QLabel *bold(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

/// Indented, below the choice that it belongs to.
QHBoxLayout *below(QWidget *content)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(24, 0, 0, 0);
    row->addWidget(content, 1);
    return row;
}

} // namespace

ExpiryDialog::ExpiryDialog(const QList<InstanceRecord> &records, const QDateTime &now, Services services,
                           QWidget *parent)
    : EditorDialog(parent)
    , m_draft(records, now)
    , m_services(std::move(services))
    , m_question(new NoteList(this))
    , m_outcome(new NoteList(this))
{
    setObjectName(u"expiryDialog"_s);
    setHeading(expirytext::heading(records), expirytext::subheading(records));
    m_question->setObjectName(u"shareQuestion"_s);
    m_outcome->setObjectName(u"shareOutcome"_s);
    m_form = buildForm();
    m_comparison = buildComparison(now);
    body()->addWidget(m_comparison);
    body()->addWidget(m_form);
    body()->addWidget(m_question);
    body()->addWidget(m_outcome);
    body()->addStretch(1);
    setAct(tr("&Record"));
    refresh();
    if (m_draft.ends() == ExpiryDraft::Ends::AfterDays)
        m_days->setFocus();
    else
        m_date->lineEdit()->setFocus();
}

QWidget *ExpiryDialog::buildComparison(const QDateTime &now)
{
    auto *box = new QWidget(this);
    box->setObjectName(u"comparison"_s);
    if (m_draft.records().size() > 1) {
        auto *column = new QVBoxLayout(box);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(new Note(Note::Kind::Info, expirytext::whatKonnectKnows(m_draft.records()), box));
        return box;
    }
    const InstanceRecord &record = m_draft.records().constFirst();
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(2);
    const auto add = [&](const QString &name, const QString &who, const QString &says) {
        const int place = grid->columnCount();
        auto *text = new QLabel(says, box);
        text->setObjectName(name);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setAccessibleName(u"%1: %2"_s.arg(who, says));
        grid->addWidget(bold(who, box), 0, place);
        grid->addWidget(text, 1, place, Qt::AlignTop);
        grid->setColumnStretch(place, 1);
    };
    add(u"konnectSays"_s, tr("Konnect"), wording::konnectExpiry(record, now, QTimeZone::systemTimeZone()));
    add(u"recordSays"_s, tr("Recorded here"), wording::recordedExpiry(record, now));
    if (record.instance.labels.contains(QString::fromUtf16(ExpiryLabel)))
        add(u"labelSays"_s, tr("Its label"), wording::labelledExpiry(record, now));
    return box;
}

QWidget *ExpiryDialog::buildForm()
{
    auto *form = new QWidget(this);
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(6);
    m_form = form;
    buildEnds(*column);
    buildPerson(*column);
    m_share = new QCheckBox(
        tr("&Share the day in Konnect, as the label %1").arg(QString::fromUtf16(ExpiryLabel)), form);
    m_share->setObjectName(u"shareExpiry"_s);
    m_share->setToolTip(tr("Everybody with access to the instance in Konnect sees it. You are asked first."));
    m_share->setChecked(m_draft.isShared());
    column->addSpacing(6);
    column->addWidget(m_share);
    connect(m_share, &QCheckBox::toggled, this, [this](bool on) {
        m_draft.setShared(on);
        refresh();
    });
    return form;
}

void ExpiryDialog::buildEnds(QVBoxLayout &column)
{
    const bool several = m_draft.records().size() > 1;
    const auto radio = [this](const QString &name, const QString &text, ExpiryDraft::Ends ends) {
        auto *button = new QRadioButton(text, m_form);
        button->setObjectName(name);
        button->setChecked(m_draft.ends() == ends);
        connect(button, &QRadioButton::toggled, this, [this, ends](bool on) {
            if (on)
                choose(ends);
        });
        return button;
    };
    m_onDay = radio(u"endsOnDay"_s, several ? tr("They end with the &day") : tr("It ends with the &day"),
                    ExpiryDraft::Ends::OnDay);
    m_date = new ExpiryField(m_draft.date(), m_form);
    connect(m_date, &ExpiryField::edited, this, [this] {
        m_draft.setDate(m_date->value());
        m_onDay->setChecked(true);
        refresh();
    });
    m_afterDays =
        radio(u"endsAfterDays"_s,
              several ? tr("Each key of these instances &lives") : tr("Each key of this instance &lives"),
              ExpiryDraft::Ends::AfterDays);
    m_days = new QSpinBox(m_form);
    m_days->setObjectName(u"expiryDays"_s);
    m_days->setRange(1, ExpiryDraft::MostDays);
    m_days->setValue(m_draft.days());
    m_days->setAccessibleName(tr("Days from the creation of a key to its end"));
    connect(m_days, &QSpinBox::valueChanged, this, [this](int days) {
        m_draft.setDays(days);
        m_afterDays->setChecked(true);
        refresh();
    });
    auto *lives = new QHBoxLayout;
    lives->addWidget(m_afterDays);
    lives->addWidget(m_days);
    lives->addWidget(new QLabel(tr("days from its creation"), m_form));
    lives->addStretch(1);
    m_notKnown =
        radio(u"endsNotKnown"_s, tr("&Nothing is recorded about its end"), ExpiryDraft::Ends::NotKnown);
    m_result = new NoteList(m_form);
    m_result->setObjectName(u"expiryResult"_s);
    column.addWidget(m_onDay);
    column.addLayout(below(m_date));
    column.addLayout(lives);
    column.addLayout(below(m_result));
    column.addWidget(m_notKnown);
}

void ExpiryDialog::buildPerson(QVBoxLayout &column)
{
    m_owner = new QLineEdit(m_draft.owner(), m_form);
    m_owner->setObjectName(u"expiryOwner"_s);
    m_owner->setMaxLength(LongestOwner);
    m_owner->setPlaceholderText(tr("A person or team"));
    auto *owner = bold(tr("&Who is to be asked (optional)"), m_form);
    owner->setBuddy(m_owner);
    m_owner->setAccessibleName(tr("Who is to be asked"));
    connect(m_owner, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_draft.setOwner(text);
        refresh();
    });
    m_note = new QPlainTextEdit(m_draft.note(), m_form);
    m_note->setObjectName(u"expiryNote"_s);
    m_note->setTabChangesFocus(true);
    m_note->setAccessibleName(tr("Note"));
    m_note->setPlaceholderText(tr("Where the key was made, for example. No keys: this is not kept secret."));
    m_note->setFixedHeight(m_note->fontMetrics().lineSpacing() * NoteLines + 14);
    auto *note = bold(tr("N&ote (optional)"), m_form);
    note->setBuddy(m_note);
    connect(m_note, &QPlainTextEdit::textChanged, this, [this] {
        m_draft.setNote(m_note->toPlainText());
        refresh();
    });
    column.addSpacing(6);
    column.addWidget(owner);
    column.addWidget(m_owner);
    column.addSpacing(6);
    column.addWidget(note);
    column.addWidget(m_note);
}

void ExpiryDialog::choose(ExpiryDraft::Ends ends)
{
    m_draft.setEnds(ends);
    refresh();
}

bool ExpiryDialog::hasUnsaved() const
{
    return !m_isRecorded && m_draft.isChanged();
}

void ExpiryDialog::refresh()
{
    if (!m_share) // Still being built.
        return;
    QList<NoteList::Entry> result;
    // What a day comes to is said beside its field.
    if (m_draft.ends() == ExpiryDraft::Ends::AfterDays) {
        if (const QString text = m_draft.result(); !text.isEmpty())
            result.append({Note::Kind::Info, text});
        if (const QString text = m_draft.warning(); !text.isEmpty())
            result.append({Note::Kind::Warning, text});
    }
    m_result->setEntries(result);
    m_days->setAccessibleDescription(m_result->text());
    m_share->setEnabled(m_draft.canBeShared());
    if (m_running || m_isRecorded)
        return;
    const QString error = m_draft.error();
    setHint(m_draft.isChanged() ? error : QString());
    setActEnabled(error.isEmpty() && m_draft.isChanged());
}

void ExpiryDialog::setRunning(bool running)
{
    m_running = running;
    m_form->setEnabled(!running && !m_isRecorded);
    cancelButton()->setEnabled(!running);
    if (running)
        setActEnabled(false);
}

void ExpiryDialog::act()
{
    if (m_running)
        return;
    clearProblem();
    setRunning(true);
    if (m_isRecorded) {
        m_said.clear();
        m_failed.clear();
        shareNext();
        return;
    }
    m_toRecord = m_draft.records();
    m_toShare = m_draft.sharings();
    recordNext();
}

void ExpiryDialog::recordNext()
{
    if (m_toRecord.isEmpty()) {
        m_isRecorded = true;
        setRunning(false);
        if (m_toShare.isEmpty())
            QDialog::accept();
        else
            ask();
        return;
    }
    const InstanceRecord record = m_toRecord.takeFirst();
    QCoro::Task<Done> task = m_services.record(record.address, m_draft.recordFor(record));
    QCoro::connect(std::move(task), this, [this](const Done &done) {
        if (done) {
            recordNext();
            return;
        }
        setRunning(false);
        showProblem(done.problem());
        refresh();
    });
}

/// What is recorded stays, whatever the answer is.
void ExpiryDialog::ask()
{
    const bool any = m_toShare.constFirst().date.isValid();
    m_comparison->hide();
    m_form->hide();
    setHeading(any ? tr("Share the day in Konnect?") : tr("Take the label away in Konnect?"),
               expirytext::subheading(m_draft.records()));
    m_question->setEntries(expirytext::question(m_toShare));
    setAct(any ? tr("&Share in Konnect") : tr("&Remove the label"));
    setActEnabled(true, false);
    setHint({});
    cancelButton()->setText(any ? tr("Do &not share") : tr("&Keep the label"));
    cancelButton()->setDefault(true);
    cancelButton()->setFocus();
}

void ExpiryDialog::shareNext()
{
    if (m_toShare.isEmpty()) {
        m_toShare = m_failed;
        setRunning(false);
        m_outcome->setEntries(m_said);
        setHint({});
        if (m_toShare.isEmpty() && m_said.isEmpty()) {
            QDialog::accept();
            return;
        }
        m_question->setVisible(!m_toShare.isEmpty());
        actButton()->setVisible(!m_toShare.isEmpty());
        setActEnabled(!m_toShare.isEmpty(), false);
        cancelButton()->setText(tr("Close"));
        cancelButton()->setFocus();
        return;
    }
    setHint(tr("Sending to Konnect: %1 left …").arg(m_toShare.size()));
    const ExpiryDraft::Sharing &next = m_toShare.constFirst();
    QCoro::Task<Outcome<LabelReport>> task = m_services.share(next.record.address, next.date);
    QCoro::connect(std::move(task), this, [this](const Outcome<LabelReport> &report) { shared(report); });
}

void ExpiryDialog::shared(const Outcome<LabelReport> &report)
{
    const ExpiryDraft::Sharing sent = m_toShare.takeFirst();
    if (report) {
        m_said += expirytext::report(sent.record, report.value());
    } else {
        m_failed.append(sent);
        m_said.append({Note::Kind::Error, report.problem().toText()});
    }
    shareNext();
}

} // namespace latchkey
