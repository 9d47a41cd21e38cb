// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/secretsearch.h"

#include "models/core/secret.h"
#include "models/transfer/pastedsecret.h"

namespace latchkey::secretsearch {

bool isOne(QByteArrayView name)
{
    QString text = QString::fromUtf8(name);
    const bool isOne = pastedsecret::looksLikeOne(text);
    wipe(text);
    return isOne;
}

bool find(const JsonNode &node, const JsonPlace &place, bool isForOne, const Found &found)
{
    bool any = false;
    if (node.isString()) {
        QString text = node.toString();
        any = (isForOne && !text.isEmpty()) || pastedsecret::looksLikeOne(text);
        wipe(text);
        if (any)
            found(node.offset, place);
    }
    for (size_t i = 0; i < node.items.size(); ++i)
        any |= find(node.items[i], JsonPlace(place, static_cast<qsizetype>(i)), isForOne, found);
    for (const JsonMember &member : node.members) {
        const JsonPlace inner(place, member.name);
        if (isOne(member.name)) {
            any = true;
            found(member.offset, inner);
        }
        any |= find(member.value, inner, isForOne || pastedsecret::isMemberForOne(member.name), found);
    }
    return any;
}

} // namespace latchkey::secretsearch
