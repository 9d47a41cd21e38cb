// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

/// What the dashboard's sentences are made of.
struct DashboardFacts
{
    int expiring = 0; ///< Within `days`.
    int days = 90;
    int notChecked = 0;
    int noKnownExpiry = 0;
    int unread = 0;          ///< Of which nothing newer is known than of yesterday, or the last read failed.
    int unreadEndpoints = 0; ///< Of which instances may be missing.
    bool checking = false;   ///< A refresh runs, and some were never read.
};

} // namespace latchkey

namespace latchkey::dashboardtext {

/// "Nothing expires within 90 days; 12 are not checked, 14 have no known expiry." Never more certain than
/// what is known.
[[nodiscard]] QString outlook(const DashboardFacts &facts);
/// The same in the place of a list that has nothing in it.
[[nodiscard]] QString nothingToDo(const DashboardFacts &facts);
/// Everything is known, and nothing of it is bad: only then it is green.
[[nodiscard]] bool isAllClear(const DashboardFacts &facts);

} // namespace latchkey::dashboardtext
