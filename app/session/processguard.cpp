// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/processguard.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <sys/stat.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace latchkey {

void guardProcess()
{
#ifdef Q_OS_UNIX
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    umask(077);
#endif
#ifdef Q_OS_LINUX
    // The limit does not hold where core dumps go to a pipe; this does. Debuggers stay out with it.
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace latchkey
