// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <array>

class QSocketNotifier;

namespace latchkey {

/// Turns SIGINT, SIGTERM and SIGHUP into a Qt signal, so that a program can close in order. One at a time in
/// a process.
class StopSignals : public QObject
{
    Q_OBJECT
public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override; ///< The signals end the process again.

    /// Readable as soon as a signal came, for code that waits in poll().
    [[nodiscard]] int descriptor() const { return m_ends[0]; }

Q_SIGNALS:
    void stopRequested(int signalNumber);

private:
    void received();

    std::array<int, 2> m_ends{-1, -1};
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace latchkey
