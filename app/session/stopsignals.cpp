// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/stopsignals.h"

#include <QSocketNotifier>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace latchkey {

namespace {

constexpr std::array stopNumbers{SIGINT, SIGTERM, SIGHUP};
std::atomic<int> writeEnd = -1;

// Only write() is safe in here.
void passOn(int number)
{
    const int kept = errno;
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const ssize_t written = write(writeEnd.load(), &byte, 1);
    errno = kept;
}

} // namespace

StopSignals::StopSignals(QObject *parent)
    : QObject(parent)
{
    if (pipe2(m_ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        qWarning("No pipe for signals: the program will end without closing in order");
        return;
    }
    m_notifier = new QSocketNotifier(m_ends[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &StopSignals::received);
    writeEnd = m_ends[1];
    // A handler, not a blocked mask with signalfd: the mask would be inherited by the browser that we start.
    struct sigaction action = {};
    action.sa_handler = passOn;
    sigemptyset(&action.sa_mask);
    for (const int number : stopNumbers)
        sigaction(number, &action, nullptr);
}

StopSignals::~StopSignals()
{
    for (const int number : stopNumbers)
        std::signal(number, SIG_DFL);
    writeEnd = -1;
    for (const int end : m_ends) {
        if (end >= 0)
            close(end);
    }
}

void StopSignals::received()
{
    unsigned char byte = 0;
    while (read(m_ends[0], &byte, 1) == 1)
        Q_EMIT stopRequested(byte);
}

} // namespace latchkey
