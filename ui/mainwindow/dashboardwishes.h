// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/health.h"
#include "models/core/outcome.h"

#include <QCoroTask>
#include <QObject>
#include <QUrl>

namespace latchkey {

class AttentionMarks;
class DashboardPage;
class Inventory;
class MainWindow;
class OldKeys;

/// Does what is wished on the dashboard and needs no dialog: snoozes, acknowledges, ticks off, reads again,
/// opens web pages. What goes wrong is said by the window. Tells the dashboard of the old keys.
class DashboardWishes : public QObject
{
    Q_OBJECT
public:
    /// All must outlive the window, which owns this.
    DashboardWishes(DashboardPage &page, AttentionMarks &marks, OldKeys &oldKeys, Inventory &inventory,
                    MainWindow &window);

private:
    void snooze(const InstanceAddress &address, const QString &credentialId, const QDateTime &until);
    void acknowledge(const InstanceAddress &address, const QString &credentialId,
                     const QList<HealthState> &states);
    void remind(const InstanceAddress &address);
    void setRevoked(const QString &changeId, bool isRevoked);
    void checkAgain(const QList<InstanceAddress> &addresses);
    void open(const QUrl &url);
    void sayIfFailed(QCoro::Task<Done> task);

    AttentionMarks &m_marks;
    OldKeys &m_oldKeys;
    Inventory &m_inventory;
    MainWindow &m_window;
};

} // namespace latchkey
