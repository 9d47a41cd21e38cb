// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/removeprofiledialog.h"

#include "ui/common/notelist.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

RemoveProfileDialog::RemoveProfileDialog(const Profile &profile, Remove remove, IsThere isThere,
                                         QWidget *parent)
    : EditorDialog(parent)
    , m_profileId(profile.id)
    , m_remove(std::move(remove))
    , m_isThere(std::move(isThere))
{
    setObjectName(u"removeProfileDialog"_s);
    setHeading(tr("Remove profile %1").arg(profile.name), {});
    auto *notes = new NoteList(this);
    notes->setObjectName(u"consequences"_s);
    notes->setEntries({
        {Note::Kind::Warning,
         tr("What goes: the profile, its token in the keychain, and what Latchkey remembers of its "
            "instances.")},
        {Note::Kind::Info,
         tr("What stays: everything in Konnect, and the keys that are kept here. They belong to the "
            "instances and are there again when you add the organization again.")},
    });
    body()->addWidget(notes);
    body()->addStretch(1);
    setAct(tr("&Remove profile"), true);
    cancelButton()->setFocus();
}

void RemoveProfileDialog::act()
{
    if (m_running)
        return;
    m_running = true;
    clearProblem();
    setActEnabled(false);
    cancelButton()->setEnabled(false);
    QCoro::Task<Done> removal = m_remove(m_profileId);
    QCoro::connect(std::move(removal), this, [this](const Done &done) { finish(done); });
}

void RemoveProfileDialog::finish(const Done &done)
{
    m_running = false;
    setActEnabled(true);
    cancelButton()->setEnabled(true);
    const bool removed = done || !m_isThere(m_profileId);
    if (removed)
        Q_EMIT profileRemoved(m_profileId);
    if (done) {
        QDialog::accept();
        return;
    }
    showProblem(done.problem());
    if (removed) {
        // Nothing is left to try again: only to be read.
        actButton()->hide();
        cancelButton()->setText(tr("Close"));
    }
}

} // namespace latchkey
