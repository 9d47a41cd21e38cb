// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/unprotectdialog.h"

#include "ui/common/notelist.h"
#include "ui/editor/changetext.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

UnprotectDialog::UnprotectDialog(const InstanceRecord &record, Unprotect unprotect, QWidget *parent)
    : EditorDialog(parent)
    , m_address(record.address)
    , m_unprotect(std::move(unprotect))
{
    setObjectName(u"unprotectDialog"_s);
    setHeading(tr("Unprotect %1").arg(record.instance.title()), changetext::subheading(record));
    QList<NoteList::Entry> entries;
    if (record.production) {
        entries.append({Note::Kind::Info, tr("“%1” is a production profile: replacing and deleting its "
                                             "credential need its name all the same.")
                                              .arg(record.profileName)});
    } else {
        entries.append(
            {Note::Kind::Warning, tr("Its credential can then be replaced and deleted without its name.")});
    }
    auto *notes = new NoteList(this);
    notes->setObjectName(u"consequences"_s);
    notes->setEntries(entries);
    body()->addWidget(notes);
    body()->addStretch(1);
    setAct(tr("&Unprotect"), true);
    cancelButton()->setFocus();
}

void UnprotectDialog::act()
{
    if (m_running)
        return;
    m_running = true;
    clearProblem();
    setActEnabled(false);
    cancelButton()->setEnabled(false);
    QCoro::Task<Done> task = m_unprotect(m_address);
    QCoro::connect(std::move(task), this, [this](const Done &done) { finish(done); });
}

void UnprotectDialog::finish(const Done &done)
{
    m_running = false;
    setActEnabled(true);
    cancelButton()->setEnabled(true);
    if (done)
        QDialog::accept();
    else
        showProblem(done.problem());
}

} // namespace latchkey
