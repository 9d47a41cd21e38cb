// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"

#include <QList>
#include <QString>

namespace latchkey {

/// What several selected instances have in common, in numbers.
struct SelectionSummary
{
    struct Part
    {
        QString integration; ///< For people.
        int count = 0;
        bool operator==(const Part &) const = default;
    };
    int instances = 0;
    QList<Part> integrations; ///< The most frequent first.
    int withCredential = 0;
    int withoutCredential = 0; ///< And one is needed.
    int notChecked = 0;
    int keysKept = 0;   ///< The keys of the present credential are kept here.
    int production = 0; ///< In production profiles.
    bool operator==(const SelectionSummary &) const = default;
};

[[nodiscard]] SelectionSummary summaryOf(const QList<InstanceRecord> &selected);

} // namespace latchkey
