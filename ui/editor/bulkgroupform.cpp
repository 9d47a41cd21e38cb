// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/bulkgroupform.h"

#include "models/core/wording.h"
#include "models/forms/bulkgroup.h"
#include "ui/common/notelist.h"
#include "ui/editor/bulktext.h"
#include "ui/editor/credentialform.h"
#include "ui/editor/expiryfield.h"
#include "ui/editor/headerrow.h"

#include <QCoreApplication>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int MostNotes = 5; ///< What is said about single instances below the columns.

QString titleOf(const BulkGroup &group)
{
    const QString count = wording::counted(
        "bulktext", "%n instance", QT_TRANSLATE_N_NOOP("bulktext", "%n instances"), group.records().size());
    return BulkGroupForm::tr("%1: %2").arg(group.integration(), count);
}

} // namespace

BulkGroupForm::BulkGroupForm(BulkGroup &group, QWidget *parent)
    : QGroupBox(parent)
    , m_group(group)
{
    // An integration's name may hold an ampersand, which is no shortcut.
    setTitle(titleOf(group).replace(u'&', u"&&"_s));
    setAccessibleName(titleOf(group));
    auto *column = new QVBoxLayout(this);
    column->setSpacing(10);
    // In the order of Tab.
    if (group.canBeEach())
        column->addWidget(buildChoice());
    m_form = new CredentialForm(group.forAll(), this);
    column->addWidget(m_form);
    connect(m_form, &CredentialForm::edited, this, &BulkGroupForm::edited);
    if (group.canBeEach())
        column->addWidget(buildColumns());
    if (group.forAll().hasExpiry())
        column->addWidget(buildExpiry());
    refresh();
}

QWidget *BulkGroupForm::buildChoice()
{
    auto *choice = new QWidget(this);
    auto *column = new QVBoxLayout(choice);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    const bool role = m_group.type() == CredentialType::AwsRole;
    auto *all = new QRadioButton(role ? tr("The same role for all") : tr("The same keys for all"), choice);
    all->setObjectName(u"oneForAll"_s);
    m_each = new QRadioButton(role ? tr("Another role for each: paste a column")
                                   : tr("Other keys for each: paste a column"),
                              choice);
    m_each->setObjectName(u"oneForEach"_s);
    all->setChecked(true);
    column->addWidget(all);
    column->addWidget(m_each);
    connect(m_each, &QRadioButton::toggled, this, [this](bool each) {
        m_group.setKeys(each ? BulkGroup::Keys::OneForEach : BulkGroup::Keys::OneForAll);
        refresh();
        Q_EMIT edited();
    });
    return choice;
}

QWidget *BulkGroupForm::buildColumns()
{
    m_columns = new QWidget(this);
    m_columns->setObjectName(u"columns"_s);
    auto *column = new QVBoxLayout(m_columns);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(
        new Note(Note::Kind::Info,
                 tr("Paste one line for each of the %n instances, in the order of the list above.", nullptr,
                    static_cast<int>(m_group.records().size())),
                 m_columns));
    for (int each = 0; each < m_group.columnCount(); ++each) {
        auto *row = new HeaderRow(true, m_group.column(each), m_columns);
        row->setPosition(each, m_group.columnCount());
        connect(row, &HeaderRow::keyEdited, this, [this, row, each] {
            m_group.setColumn(each, row->key());
            refresh();
            Q_EMIT edited();
        });
        m_rows.append(row);
        column->addWidget(row);
    }
    m_notes = new NoteList(m_columns);
    m_notes->setObjectName(u"columnNotes"_s);
    column->addWidget(m_notes);
    return m_columns;
}

QWidget *BulkGroupForm::buildExpiry()
{
    auto *field = new ExpiryField(m_group.expiry(), this);
    field->setTitle(tr("All expire on (optional)"));
    connect(field, &ExpiryField::edited, this, [this, field] {
        m_group.setExpiry(field->value());
        Q_EMIT edited();
    });
    return field;
}

void BulkGroupForm::focusFirst()
{
    if (m_columns && m_group.keys() == BulkGroup::Keys::OneForEach)
        m_rows.first()->focusFirst();
    else
        m_form->focusFirst();
}

void BulkGroupForm::refresh()
{
    const bool each = m_group.keys() == BulkGroup::Keys::OneForEach;
    m_form->setVisible(!each);
    if (!m_columns)
        return;
    m_columns->setVisible(each);
    const int instances = static_cast<int>(m_group.records().size());
    bool full = true;
    for (int i = 0; i < m_rows.size(); ++i) {
        full = full && m_group.isColumnFull(i);
        const int given = m_group.lineCount(i);
        m_rows.at(i)->setNotes(given > 0 ? QList<NoteList::Entry>{bulktext::lines(given, instances)}
                                         : QList<NoteList::Entry>());
    }
    QList<NoteList::Entry> notes;
    // Before that, each would lack its keys.
    for (int record = 0; full && record < instances; ++record) {
        const QList<HeaderFinding> findings = m_group.findings(record);
        for (const HeaderFinding &finding : findings) {
            if (notes.size() == MostNotes)
                break;
            const bool error = finding.severity == HeaderFinding::Severity::Error;
            notes.append({error ? Note::Kind::Error : Note::Kind::Warning,
                          tr("%1: %2").arg(m_group.records().at(record).instance.title(), finding.message)});
        }
    }
    m_notes->setEntries(notes);
}

} // namespace latchkey
