// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace latchkey::test {

/// A disk that takes no more. Where this process has a small disk of its own (with-small-disk.sh), it is
/// filled for ENOSPC. All else goes by SQLite's own table of system calls, which leads here, so that each
/// write of a database in this process can fail with the system's error; whatever the rights of the user who
/// runs the test.
class DiskFault
{
public:
    /// Before the first database is opened. False where this SQLite does not allow it.
    [[nodiscard]] static bool install();
    /// From now on nothing can be written: ENOSPC, EROFS or EIO.
    static void begin(int systemError);
    static void end();
};

} // namespace latchkey::test
