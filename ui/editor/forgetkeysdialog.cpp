// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/forgetkeysdialog.h"

#include "ui/editor/changetext.h"

#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString shown(const QDateTime &utc)
{
    return QLocale().toString(utc.toLocalTime(), QLocale::ShortFormat);
}

} // namespace

ForgetKeysDialog::ForgetKeysDialog(const InstanceRecord &record, Services services, QWidget *parent)
    : EditorDialog(parent)
    , m_address(record.address)
    , m_services(std::move(services))
    , m_notes(new NoteList(this))
{
    setObjectName(u"forgetKeysDialog"_s);
    setHeading(tr("Forget the earlier keys of %1").arg(record.instance.title()),
               changetext::subheading(record));
    m_notes->setObjectName(u"consequences"_s);
    body()->addWidget(m_notes);
    body()->addStretch(1);
    setAct(tr("&Forget keys"), true);
    setActEnabled(false);
    cancelButton()->setFocus();
    read();
}

void ForgetKeysDialog::read()
{
    QCoro::connect(m_services.kept(), this, [this](const Outcome<QList<KeptVersion>> &kept) {
        if (kept)
            fill(kept.value());
        else
            showProblem(kept.problem());
    });
}

void ForgetKeysDialog::fill(const QList<KeptVersion> &all)
{
    m_ids.clear();
    QList<NoteList::Entry> entries;
    for (const KeptVersion &kept : all) {
        const KeyVersion &version = kept.version;
        const bool isHere = version.origin == m_address.origin && version.instanceId == m_address.instanceId;
        if (!isHere || version.state != KeyVersion::State::Previous)
            continue;
        const QString name =
            tr("Kept since %1: %2").arg(shown(version.createdAt), version.headers().join(u", "_s));
        if (kept.needed) {
            entries.append(
                {Note::Kind::Info, name + u'\n' + tr("They stay: an unfinished change needs them.")});
            continue;
        }
        m_ids.append(version.id);
        entries.append({Note::Kind::Warning, name});
    }
    if (m_ids.isEmpty()) {
        entries.append({Note::Kind::Info, tr("There are none that can be forgotten.")});
    } else {
        entries.append(
            {Note::Kind::Warning, tr("They are removed from this machine for good. Konnect never returns "
                                     "keys, so there is no way back to them.")});
        entries.append({Note::Kind::Info, tr("Nothing changes at Konnect, and the present keys stay.")});
    }
    m_notes->setEntries(entries);
    setActEnabled(!m_ids.isEmpty());
}

void ForgetKeysDialog::act()
{
    if (m_running || m_ids.isEmpty())
        return;
    clearProblem();
    setRunning(true);
    forgetNext();
}

void ForgetKeysDialog::forgetNext()
{
    if (m_ids.isEmpty()) {
        setRunning(false);
        QDialog::accept();
        return;
    }
    QCoro::Task<Done> task = m_services.forget(m_ids.takeFirst());
    QCoro::connect(std::move(task), this, [this](const Done &done) {
        if (done) {
            forgetNext();
            return;
        }
        setRunning(false);
        showProblem(done.problem());
        read();
    });
}

void ForgetKeysDialog::setRunning(bool running)
{
    m_running = running;
    setActEnabled(!running);
    cancelButton()->setEnabled(!running);
}

} // namespace latchkey
