// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/pagecodec.h"

#include "models/konnect/jsonreading.h"

namespace latchkey {

using namespace Qt::StringLiterals;

std::optional<ListPage> pageFromJson(const QJsonObject &json)
{
    const QJsonValue data = json.value(u"data");
    if (!data.isArray())
        return std::nullopt;
    const QJsonObject meta = json.value(u"meta").toObject().value(u"page").toObject();
    ListPage page;
    page.data = data.toArray();
    page.number = json::count(meta, u"number");
    page.size = json::count(meta, u"size");
    page.total = json::count(meta, u"total");
    return page;
}

} // namespace latchkey
