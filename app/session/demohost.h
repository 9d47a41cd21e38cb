// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demoorganization.h"
#include "models/core/clock.h"
#include "models/core/outcome.h"

#include <QCoroTask>
#include <QList>
#include <QObject>
#include <QThread>
#include <QUrl>

namespace latchkey {

/// Runs the embedded Konnect service on a thread of its own, so that the window and the service never wait
/// for each other.
class DemoHost : public QObject
{
    Q_OBJECT
public:
    struct Running
    {
        QUrl baseUrl;
        QList<DemoOrganization::KnownKeys> knownKeys;
    };

    /// `clock` must outlive this.
    DemoHost(int instances, const Clock &clock, QObject *parent = nullptr);
    ~DemoHost() override; ///< Ends the service; connections to it break.

    /// Once. Answers when the service listens.
    QCoro::Task<Outcome<Running>> start();

private:
    int m_instances;
    const Clock &m_clock;
    QThread m_thread;
};

} // namespace latchkey
