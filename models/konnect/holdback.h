// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace latchkey {

/// Konnect's wish to be left alone for a while, which holds for the whole client. Counts down once a second.
class HoldBack : public QObject
{
    Q_OBJECT
public:
    explicit HoldBack(QObject *parent = nullptr);

    /// Never shortens a wait that is running.
    void holdFor(std::chrono::milliseconds wait);
    [[nodiscard]] bool isHolding() const { return m_holding; }
    /// Left, rounded up; 0 where nothing is held.
    [[nodiscard]] int seconds() const;

Q_SIGNALS:
    void waiting(int seconds); ///< 0 at the end.
    void released();

private:
    void tick();

    QTimer m_timer;
    QDeadlineTimer m_until;
    int m_told = 0;
    bool m_holding = false;
};

} // namespace latchkey
