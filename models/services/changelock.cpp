// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/changelock.h"

#include <QCoreApplication>
#include <QDir>
#include <QLockFile>
#include <QSysInfo>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ChangeLock)
};

} // namespace

ChangeLock::Holder::~Holder()
{
    if (!m_lock || --m_lock->m_holders > 0)
        return;
    m_lock->m_alone = false;
    m_lock->m_file->unlock();
}

ChangeLock::ChangeLock(QString file)
    : m_path(std::move(file))
    , m_file(std::make_unique<QLockFile>(m_path))
{
    // With an age limit a long change of a living process would lose its lock.
    m_file->setStaleLockTime(0);
}

ChangeLock::~ChangeLock() = default;

Outcome<ChangeLock::Holder> ChangeLock::acquire()
{
    if (m_alone)
        return anotherPart();
    if (m_holders > 0 || m_file->tryLock(0)) {
        ++m_holders;
        return Holder(this);
    }
    const QString shown = QDir::toNativeSeparators(m_path);
    switch (m_file->error()) {
    case QLockFile::PermissionError:
        return Problem::of(Problem::Category::StorageReadOnly,
                           Text::tr("Latchkey may not write its lock file, so it changes nothing."),
                           Text::tr("Check the permissions of %1 and of its folder.").arg(shown));
    case QLockFile::UnknownError:
    case QLockFile::NoError:
        return Problem::of(
            Problem::Category::StorageFailed,
            Text::tr("Latchkey cannot make its lock file, so it changes nothing."),
            Text::tr("The file would be %1. Is the disk full, or the folder gone?").arg(shown));
    case QLockFile::LockFailedError:
        break;
    }
    return whoHoldsIt();
}

Outcome<ChangeLock::Holder> ChangeLock::acquireAlone()
{
    if (m_holders > 0)
        return anotherPart();
    Outcome<Holder> holder = acquire();
    m_alone = holder.ok();
    return holder;
}

Problem ChangeLock::anotherPart()
{
    return Problem::of(Problem::Category::InUse,
                       Text::tr("Another part of this program is changing credentials or their keys."),
                       Text::tr("Try again when that has ended."));
}

Problem ChangeLock::whoHoldsIt() const
{
    qint64 pid = 0;
    QString host;
    QString program;
    const QString shown = QDir::toNativeSeparators(m_path);
    // A process that died between making the file and writing into it leaves one that names nobody, and
    // QLockFile never takes that for stale.
    if (!m_file->getLockInfo(&pid, &host, &program) || pid <= 0) {
        return Problem::of(
            Problem::Category::InUse, Text::tr("A lock file that names no process stops all changes."),
            Text::tr("It is %1. If no other Latchkey is running, delete this file and try again.")
                .arg(shown));
    }
    if (program.isEmpty())
        program = Text::tr("A program");
    // Nobody here can tell whether a process of another machine still lives.
    if (!host.isEmpty() && host != QSysInfo::machineHostName()) {
        return Problem::of(
            Problem::Category::InUse,
            Text::tr("%1 on the computer “%2” is changing credentials with the same data.")
                .arg(program, host),
            Text::tr("It is process %1 there. If it is not running any more, delete %2 and try again.")
                .arg(QString::number(pid), shown));
    }
    if (pid == QCoreApplication::applicationPid())
        return anotherPart();
    return Problem::of(
        Problem::Category::InUse,
        Text::tr("%1 (process %2) is changing credentials just now.").arg(program, QString::number(pid)),
        Text::tr("Nothing was sent. Try again when that change has ended."));
}

} // namespace latchkey
