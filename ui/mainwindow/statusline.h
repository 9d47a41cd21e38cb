// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/refresh.h"

#include <QDateTime>
#include <QLabel>

namespace latchkey {

/// "40 instances · 3 shown · refreshed 2 minutes ago".
class StatusLine : public QLabel
{
    Q_OBJECT
public:
    struct Facts
    {
        int rows = 0;
        int shown = 0;
        int selected = 0;
        RefreshProgress progress;
        int unread = 0;        ///< Credentials whose last read failed.
        QDateTime refreshedAt; ///< UTC, the oldest of the last good lists; invalid if one was never read.
        QDateTime now;
    };

    explicit StatusLine(QWidget *parent = nullptr);

    void show(const Facts &facts);
    [[nodiscard]] static QString sentence(const Facts &facts);
};

/// The oldest `listedAt`; invalid where one endpoint was never listed, or there is none.
[[nodiscard]] QDateTime oldestList(const QList<EndpointState> &endpoints);

} // namespace latchkey
