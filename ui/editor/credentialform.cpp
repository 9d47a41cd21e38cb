// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/credentialform.h"

#include "models/forms/credentialdraft.h"
#include "ui/common/icons.h"
#include "ui/common/notelist.h"
#include "ui/editor/headerrow.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

NoteList::Entry entryOf(const HeaderFinding &finding)
{
    return {finding.severity == HeaderFinding::Severity::Error ? Note::Kind::Error : Note::Kind::Warning,
            finding.message};
}

/// A form that was not touched does not complain about being empty.
bool isWorthSaying(HeaderFinding::Kind kind, bool nameTouched, bool keyTouched)
{
    if (kind == HeaderFinding::Kind::KeyEmpty)
        return keyTouched;
    return kind != HeaderFinding::Kind::NameEmpty || nameTouched || keyTouched;
}

} // namespace

CredentialForm::CredentialForm(CredentialDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_column(new QVBoxLayout(this))
    , m_notes(new NoteList(this))
{
    setObjectName(u"credentialForm"_s);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(12);
    m_notes->setObjectName(u"formNotes"_s);
    if (draft.type() == CredentialType::AwsRole)
        buildRole();
    else
        buildRows();
    m_column->addWidget(m_notes);
    connect(&draft, &CredentialDraft::findingsChanged, this, &CredentialForm::refresh);
    refresh();
}

void CredentialForm::buildRole()
{
    auto *label = new QLabel(tr("&Role ARN"), this);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    auto *description = new QLabel(
        tr("Konnect takes on this IAM role in your AWS account. It is not a secret and no key is kept."),
        this);
    description->setWordWrap(true);
    m_roleArn = new QLineEdit(m_draft.roleArn(), this);
    m_roleArn->setObjectName(u"roleArn"_s);
    m_roleArn->setAccessibleName(tr("Role ARN"));
    m_roleArn->setPlaceholderText(u"arn:aws:iam::123456789012:role/konnect"_s);
    label->setBuddy(m_roleArn);
    auto *group = new QVBoxLayout;
    group->setSpacing(3);
    group->addWidget(label);
    group->addWidget(description);
    group->addWidget(m_roleArn);
    m_column->addLayout(group);
    connect(m_roleArn, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_draft.setRoleArn(text);
        refresh();
        Q_EMIT edited();
    });
}

void CredentialForm::buildRows()
{
    if (!m_draft.rowsAreFixed()) {
        const bool notRead = m_draft.record().authorization.strategy == Authorization::Strategy::NotRead;
        auto *why = new Note(
            Note::Kind::Info,
            notRead ? tr("Konnect's catalog could not be read, so the header names are not known. Type "
                         "them as the integration's documentation gives them.")
                    : tr("This integration defines no headers. Type their names as its documentation "
                         "gives them."),
            this);
        why->setObjectName(u"freeRowsNote"_s);
        m_column->addWidget(why);
        if (m_draft.rowCount() == 0)
            m_draft.addRow();
    }
    for (int row = 0; row < m_draft.rowCount(); ++row) {
        m_rows.append(makeRow(row));
        m_column->addWidget(m_rows.last());
    }
    if (!m_draft.rowsAreFixed()) {
        m_add = new QPushButton(icon(Icon::Add), tr("&Add header"), this);
        m_add->setObjectName(u"addHeader"_s);
        m_add->setAutoDefault(false);
        m_column->addWidget(m_add, 0, Qt::AlignLeft);
        connect(m_add, &QPushButton::clicked, this, &CredentialForm::addRow);
    }
    renumber();
}

HeaderRow *CredentialForm::makeRow(int row)
{
    auto *made = new HeaderRow(m_draft.rowsAreFixed(), m_draft.definition(row), this);
    // The row moves: its index is looked up when it speaks.
    connect(made, &HeaderRow::nameEdited, this, [this, made] {
        m_draft.setName(static_cast<int>(m_rows.indexOf(made)), made->name());
        refresh();
        Q_EMIT edited();
    });
    connect(made, &HeaderRow::keyEdited, this, [this, made] {
        m_draft.setKey(static_cast<int>(m_rows.indexOf(made)), made->key());
        refresh();
        Q_EMIT edited();
    });
    connect(made, &HeaderRow::removeRequested, this, [this, made] { removeRow(made); });
    connect(made, &HeaderRow::moveRequested, this, [this, made](int by) { moveRow(made, by); });
    return made;
}

void CredentialForm::addRow()
{
    m_draft.addRow();
    HeaderRow *row = makeRow(m_draft.rowCount() - 1);
    m_column->insertWidget(m_column->indexOf(m_add), row);
    m_rows.append(row);
    renumber();
    refresh();
    row->show();
    row->focusFirst();
    Q_EMIT edited();
}

void CredentialForm::removeRow(HeaderRow *row)
{
    const auto index = static_cast<int>(m_rows.indexOf(row));
    if (index < 0 || m_rows.size() < 2)
        return;
    m_rows.removeAt(index);
    m_draft.removeRow(index);
    // Its own button is still on the stack.
    row->hide();
    row->deleteLater();
    renumber();
    refresh();
    m_rows.at(qMin(index, static_cast<int>(m_rows.size()) - 1))->focusFirst();
    Q_EMIT edited();
}

void CredentialForm::moveRow(HeaderRow *row, int by)
{
    const auto from = static_cast<int>(m_rows.indexOf(row));
    const int to = from + by;
    if (from < 0 || to < 0 || to >= m_rows.size())
        return;
    const int place = m_column->indexOf(m_rows.at(to));
    m_draft.moveRow(from, to);
    m_rows.move(from, to);
    m_column->removeWidget(row);
    m_column->insertWidget(place, row);
    renumber();
    refresh();
    Q_EMIT edited();
}

void CredentialForm::renumber()
{
    QWidget *last = nullptr;
    for (int i = 0; i < m_rows.size(); ++i) {
        m_rows.at(i)->setPosition(i, static_cast<int>(m_rows.size()));
        const QList<QWidget *> order = m_rows.at(i)->tabOrder();
        for (QWidget *widget : order) {
            if (last)
                setTabOrder(last, widget);
            last = widget;
        }
    }
    if (last && m_add)
        setTabOrder(last, m_add);
}

void CredentialForm::refresh()
{
    const QList<HeaderFinding> findings = m_draft.findings();
    const auto notesFor = [this, &findings](int row, bool nameTouched, bool keyTouched) {
        QList<NoteList::Entry> notes;
        for (const HeaderFinding &finding : findings) {
            if (finding.row == row && isWorthSaying(finding.kind, nameTouched, keyTouched))
                notes.append(entryOf(finding));
        }
        const QList<QString> reasons = m_draft.serverReasons(row);
        for (const QString &reason : reasons)
            notes.append({Note::Kind::Error, tr("Konnect: %1").arg(reason)});
        return notes;
    };
    for (int row = 0; row < m_rows.size(); ++row) {
        HeaderRow *shown = m_rows.at(row);
        shown->setNotes(notesFor(row, shown->isNameTouched(), shown->isKeyTouched()));
    }
    const bool roleTouched = m_roleArn && m_roleArn->isModified();
    m_notes->setEntries(notesFor(-1, roleTouched, roleTouched));
    if (m_roleArn)
        m_roleArn->setAccessibleDescription(m_notes->text());
}

void CredentialForm::focusFirst()
{
    if (m_roleArn) {
        m_roleArn->setFocus();
        return;
    }
    for (int row = 0; row < m_rows.size(); ++row) {
        if (!m_draft.hasKey(row) || !m_draft.serverReasons(row).isEmpty()) {
            m_rows.at(row)->focusFirst();
            return;
        }
    }
    if (!m_rows.isEmpty())
        m_rows.first()->focusFirst();
}

bool CredentialForm::isDirty() const
{
    if (m_roleArn)
        return m_roleArn->isModified();
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_draft.hasKey(row) || m_rows.at(row)->isNameTouched())
            return true;
    }
    return false;
}

} // namespace latchkey
