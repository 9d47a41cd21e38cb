// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/privatefile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryFile>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::PrivateFile)
};

/// What was written is on the disk before the file has its name.
bool isDurable(const QTemporaryFile &file)
{
#ifdef Q_OS_UNIX
    return ::fsync(file.handle()) == 0;
#else
    Q_UNUSED(file)
    return true;
#endif
}

} // namespace

Done checkNewFile(const QString &file)
{
    const QFileInfo info(file);
    if (!info.exists() && !info.isSymLink())
        return {};
    return Problem::of(Problem::Category::Refused, Text::tr("There is a file %1 already.").arg(file),
                       Text::tr("It is left as it is. Name another file, or remove that one."));
}

Done writeNewPrivateFile(const QString &file, const QByteArray &bytes)
{
    Done isNew = checkNewFile(file);
    if (!isNew)
        return isNew;
    // Made for its owner alone, and gone with this object until it has its name.
    QTemporaryFile target(QFileInfo(file).absoluteFilePath() + u".XXXXXX"_s);
    const bool written = target.open() && target.write(bytes) == bytes.size() && target.flush() &&
                         isDurable(target) && target.rename(QFileInfo(file).absoluteFilePath());
    if (!written) {
        return Problem::of(Problem::Category::StorageFailed,
                           Text::tr("The file %1 could not be written.").arg(file), target.errorString());
    }
    target.setAutoRemove(false);
    return {};
}

} // namespace latchkey
