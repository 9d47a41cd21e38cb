// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"

#include <QDateTime>
#include <QObject>

namespace latchkey {

class Retention;

/// Forgets what is due once a day, however long Latchkey stays open and the machine sleeps. Silent: what
/// could not be done is tried again an hour later.
class DailyRetention : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive this.
    DailyRetention(Retention &retention, const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] bool isRunning() const { return m_running; }

public Q_SLOTS:
    /// Time has passed; the first call begins at once.
    void tick();

Q_SIGNALS:
    void ended();

private:
    Retention &m_retention;
    const Clock &m_clock;
    QDateTime m_next; ///< UTC; invalid before the first.
    bool m_running = false;
};

} // namespace latchkey
