// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/diskfault.h"

#include <QByteArray>

#include <array>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/types.h>
#include <unistd.h>

namespace latchkey::test {

namespace {

std::atomic<int> systemError{0};

bool isRefused()
{
    const int error = systemError.load();
    if (error == 0)
        return false;
    errno = error;
    return true;
}

using Open = int (*)(const char *, int, int);
using Write = ssize_t (*)(int, const void *, size_t);
using WriteAt = ssize_t (*)(int, const void *, size_t, off_t);
using WriteAt64 = ssize_t (*)(int, const void *, size_t, off64_t);
using Truncate = int (*)(int, off_t);

// What SQLite called before.
Open realOpen = nullptr;
Write realWrite = nullptr;
WriteAt realWriteAt = nullptr;
WriteAt64 realWriteAt64 = nullptr;
Truncate realTruncate = nullptr;

int openOrNot(const char *path, int flags, int mode)
{
    const bool toWrite = (flags & O_ACCMODE) != O_RDONLY;
    // A full disk lets a file be opened.
    if (toWrite && systemError.load() == EROFS && isRefused())
        return -1;
    return realOpen(path, flags, mode);
}

ssize_t writeOrNot(int file, const void *bytes, size_t size)
{
    return isRefused() ? -1 : realWrite(file, bytes, size);
}

ssize_t writeAtOrNot(int file, const void *bytes, size_t size, off_t place)
{
    return isRefused() ? -1 : realWriteAt(file, bytes, size, place);
}

ssize_t writeAt64OrNot(int file, const void *bytes, size_t size, off64_t place)
{
    return isRefused() ? -1 : realWriteAt64(file, bytes, size, place);
}

int truncateOrNot(int file, off_t size)
{
    // It frees space, or makes a hole.
    if (systemError.load() != ENOSPC && isRefused())
        return -1;
    return realTruncate(file, size);
}

/// What the small disk is filled with; empty where there is none.
QByteArray ballast()
{
    const QByteArray disk = qgetenv("LATCHKEY_SMALL_DISK");
    return disk.isEmpty() ? disk : disk + "/ballast";
}

void fill(const QByteArray &path)
{
    const int file = ::open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    constexpr std::array<char, 4096> page{}; // One of tmpfs: what is left is less than any file can grow by.
    while (::write(file, page.data(), page.size()) > 0) {
    }
    ::close(file);
}

/// Some of the calls are not compiled into each SQLite: those stay out.
template <typename Function>
bool lead(sqlite3_vfs *vfs, const char *name, Function &real, Function instead)
{
    const sqlite3_syscall_ptr now = vfs->xGetSystemCall(vfs, name);
    if (now == nullptr)
        return false;
    real = reinterpret_cast<Function>(now);
    return vfs->xSetSystemCall(vfs, name, reinterpret_cast<sqlite3_syscall_ptr>(instead)) == SQLITE_OK;
}

} // namespace

bool DiskFault::install()
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(nullptr);
    if (vfs == nullptr || vfs->iVersion < 3 || realOpen != nullptr)
        return realOpen != nullptr;
    const bool opens = lead<Open>(vfs, "open", realOpen, &openOrNot);
    bool writes = lead<Write>(vfs, "write", realWrite, &writeOrNot);
    writes = lead<WriteAt>(vfs, "pwrite", realWriteAt, &writeAtOrNot) || writes;
    writes = lead<WriteAt64>(vfs, "pwrite64", realWriteAt64, &writeAt64OrNot) || writes;
    const bool truncates = lead<Truncate>(vfs, "ftruncate", realTruncate, &truncateOrNot);
    return opens && writes && truncates;
}

void DiskFault::begin(int error)
{
    const QByteArray path = ballast();
    if (error == ENOSPC && !path.isEmpty())
        fill(path);
    else
        systemError = error;
}

void DiskFault::end()
{
    systemError = 0;
    const QByteArray path = ballast();
    if (!path.isEmpty())
        ::unlink(path.constData());
}

} // namespace latchkey::test
