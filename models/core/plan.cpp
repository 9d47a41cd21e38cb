// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/plan.h"

#include <algorithm>
#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

template <typename Value>
struct Word
{
    Value value;
    QLatin1String word;
};

constexpr std::array Actions{
    Word<PlanAction>{PlanAction::Blocked, "blocked"_L1}, Word<PlanAction>{PlanAction::Delete, "delete"_L1},
    Word<PlanAction>{PlanAction::Replace, "replace"_L1}, Word<PlanAction>{PlanAction::Create, "create"_L1},
    Word<PlanAction>{PlanAction::Adopt, "adopt"_L1},     Word<PlanAction>{PlanAction::Keep, "keep"_L1},
};

constexpr std::array Comparisons{
    Word<KeyComparison>{KeyComparison::Same, "same"_L1},
    Word<KeyComparison>{KeyComparison::Changed, "changed"_L1},
    Word<KeyComparison>{KeyComparison::NotKnown, "not_known"_L1},
};

template <typename Table, typename Value>
QString wordIn(const Table &table, Value value)
{
    const auto found =
        std::find_if(table.cbegin(), table.cend(), [value](const auto &each) { return each.value == value; });
    return found == table.cend() ? QString() : QString(found->word);
}

template <typename Table>
auto valueIn(const Table &table, const QString &word)
{
    const auto found =
        std::find_if(table.cbegin(), table.cend(), [&word](const auto &each) { return each.word == word; });
    return found == table.cend() ? std::nullopt : std::optional(found->value);
}

} // namespace

bool PlanRow::isWork() const
{
    return (action != PlanAction::Blocked && action != PlanAction::Keep) || recordsExpiry || protects;
}

QStringList PlanRow::place() const
{
    return {profileName, wanted.integration, wanted.name, wanted.endpoint};
}

QString PlanRow::profileText() const
{
    if (profile.isEmpty() || profile.compare(profileName, Qt::CaseInsensitive) == 0)
        return profileName;
    return u"%1 → %2"_s.arg(profileName, profile);
}

QStringList PlanRow::missingKeys() const
{
    QStringList names;
    if (action != PlanAction::Create && action != PlanAction::Replace && action != PlanAction::Adopt)
        return names;
    for (const PlannedHeader &header : headers) {
        if (!header.isGiven)
            names << header.name;
    }
    return names;
}

int Plan::count(PlanAction action) const
{
    return static_cast<int>(std::count_if(rows.cbegin(), rows.cend(),
                                          [action](const PlanRow &row) { return row.action == action; }));
}

bool Plan::isEmpty() const
{
    return std::none_of(rows.cbegin(), rows.cend(),
                        [](const PlanRow &row) { return row.action == PlanAction::Blocked || row.isWork(); });
}

QString planActionWord(PlanAction action)
{
    return wordIn(Actions, action);
}

std::optional<PlanAction> planActionFromWord(const QString &word)
{
    return valueIn(Actions, word);
}

QString keyComparisonWord(KeyComparison comparison)
{
    return wordIn(Comparisons, comparison);
}

std::optional<KeyComparison> keyComparisonFromWord(const QString &word)
{
    return valueIn(Comparisons, word);
}

} // namespace latchkey
