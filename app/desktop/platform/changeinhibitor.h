// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QObject>

namespace latchkey {

class CredentialChanges;

/// Asks logind to let shutdown and sleep wait while a credential is being changed, and tells when they come.
/// Where there is no logind, nothing happens and nothing is said.
class ChangeInhibitor : public QObject
{
    Q_OBJECT
public:
    /// `changes` must outlive this. `bus` is the system bus.
    ChangeInhibitor(const CredentialChanges &changes, const QDBusConnection &bus, QObject *parent = nullptr);

    [[nodiscard]] bool isHolding() const { return m_hold.isValid(); }

Q_SIGNALS:
    /// The machine goes to sleep, or down, when the hold ends or logind's patience does: seconds.
    void machineStops();

private Q_SLOTS:
    void onPrepare(bool begins);

private:
    void follow();
    void ask();

    const CredentialChanges &m_changes;
    QDBusConnection m_bus;
    QDBusUnixFileDescriptor m_hold; ///< Logind waits until it is closed, by the kernel at the latest.
    bool m_asking = false;
};

} // namespace latchkey
