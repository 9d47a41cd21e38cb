// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/sqlproblem.h"

#include "models/storage/storagetext.h"

#include <QDir>
#include <QSqlError>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

// SQLite's primary result codes; the extended ones carry them in their lowest byte.
enum SqliteCode {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    IoError = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26
};

} // namespace

Problem storageFailed(const QString &file, const QString &detail)
{
    return Problem::of(
        Problem::Category::StorageFailed,
        StorageText::tr("Latchkey's database %1 cannot be used.").arg(QDir::toNativeSeparators(file)),
        detail);
}

Problem sqlProblem(const QSqlError &error, const QString &file)
{
    const QString name = QDir::toNativeSeparators(file);
    bool isNumber = false;
    const int code = error.nativeErrorCode().toInt(&isNumber) & 0xff;
    switch (isNumber ? code : 0) {
    case Busy:
    case Locked:
        return Problem::of(
            Problem::Category::StorageBusy, StorageText::tr("Latchkey's database %1 is in use.").arg(name),
            StorageText::tr(
                "Another program holds it. Close other Latchkey windows and latchkeyctl runs, then "
                "try again."));
    case Full:
        return Problem::of(
            Problem::Category::StorageFull,
            StorageText::tr("There is no space left for Latchkey's database %1.").arg(name),
            StorageText::tr("Nothing was saved. Free some space on this disk, then try again."));
    case ReadOnly:
        return Problem::of(
            Problem::Category::StorageReadOnly,
            StorageText::tr("Latchkey's database %1 cannot be written.").arg(name),
            StorageText::tr(
                "The file, its folder or the disk is read-only. Make it writable, then try again."));
    case NotADatabase:
    case Corrupt:
        return storageFailed(
            file, StorageText::tr("It is damaged or not a database. Move it away to start with an empty one; "
                                  "the keys in the keychain stay. (%1)")
                      .arg(error.databaseText()));
    case CannotOpen:
        return storageFailed(
            file,
            StorageText::tr("It cannot be opened. Check that the folder exists and belongs to you. (%1)")
                .arg(error.databaseText()));
    case IoError:
        return storageFailed(
            file, StorageText::tr("The disk answered with an error. Check the disk, then try again. (%1)")
                      .arg(error.databaseText()));
    default:
        break;
    }
    return storageFailed(file, error.text());
}

} // namespace latchkey
