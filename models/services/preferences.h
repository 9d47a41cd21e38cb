// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/settings.h"
#include "models/services/runningcount.h"

#include <QCoroTask>
#include <QObject>

namespace latchkey {

class SettingsStore;

/// The settings, and who is told when they change.
class Preferences : public QObject
{
    Q_OBJECT
public:
    /// `store` must outlive this.
    explicit Preferences(SettingsStore &store, QObject *parent = nullptr);

    /// As they are in the database now: another Latchkey may have changed them.
    QCoro::Task<Outcome<Settings>> read();
    QCoro::Task<Done> save(Settings settings);
    /// As last read or saved.
    [[nodiscard]] const Settings &settings() const { return m_settings; }
    /// Answers when no coroutine of this is under way.
    QCoro::Task<void> idle() { return m_running.idle(); }

Q_SIGNALS:
    void changed();

private:
    void take(const Settings &settings);

    SettingsStore &m_store;
    Settings m_settings;
    RunningCount m_running;
};

} // namespace latchkey
