// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

namespace latchkey {

/// What the user may set. Kept by storage as text under the names given here; what cannot be read is as it is
/// by default.
struct Settings
{
    int watchSeconds = 30;  ///< `verify.watch-seconds`: how long a new credential is watched. 0: one look.
    int retentionDays = 30; ///< `retention.days`: how long keys are kept after newer ones took their place.
    bool operator==(const Settings &) const = default;

    [[nodiscard]] static Settings fromRows(const QHash<QString, QString> &rows);
    [[nodiscard]] QHash<QString, QString> toRows() const;
};

} // namespace latchkey
