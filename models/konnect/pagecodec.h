// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace latchkey {

/// One page of a list, as Konnect sent it.
struct ListPage
{
    QJsonArray data;
    std::optional<int> number;
    std::optional<int> size;  ///< What Konnect made of the size that was asked for.
    std::optional<int> total; ///< Of all pages.
};

/// nullopt: there is no `data` array.
[[nodiscard]] std::optional<ListPage> pageFromJson(const QJsonObject &json);

} // namespace latchkey
