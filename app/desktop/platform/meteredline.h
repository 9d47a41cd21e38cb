// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QObject>

#include <chrono>

namespace latchkey {

/// Whether what is read over the network now may cost somebody money, as NetworkManager says. Nothing waits
/// for its answer here; Qt's QNetworkInformation would, when it is loaded and whenever the line changes.
class MeteredLine : public QObject
{
    Q_OBJECT
public:
    /// `bus` is the system bus; one that is not connected is no problem. `patience`: with an answer.
    explicit MeteredLine(const QDBusConnection &bus,
                         std::chrono::milliseconds patience = std::chrono::seconds(5),
                         QObject *parent = nullptr);

    /// Asks anew: `answered()` tells, later. While it does, further calls are part of the same question.
    void ask();
    /// By the last answer; false where nobody knows.
    [[nodiscard]] bool isMetered() const { return m_metered; }

Q_SIGNALS:
    void answered();

private:
    QDBusConnection m_bus;
    std::chrono::milliseconds m_patience;
    bool m_asking = false;
    bool m_metered = false;
};

} // namespace latchkey
