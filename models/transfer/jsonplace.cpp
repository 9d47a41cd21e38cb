// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/jsonplace.h"

#include "models/core/secret.h"
#include "models/transfer/pastedsecret.h"

#include <algorithm>
#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool isIdentifier(QByteArrayView name)
{
    const auto isFine = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '$' || c == '-';
    };
    return !name.isEmpty() && std::ranges::all_of(name, isFine);
}

} // namespace

JsonPlace::JsonPlace(const JsonPlace &object, QByteArrayView member)
    : m_outer(&object)
    , m_member(member)
{
}

JsonPlace::JsonPlace(const JsonPlace &array, qsizetype item)
    : m_outer(&array)
    , m_item(item)
{
}

QString JsonPlace::toPath() const
{
    std::vector<const JsonPlace *> way;
    for (const JsonPlace *place = this; place->m_outer; place = place->m_outer)
        way.push_back(place);
    QString path = u"$"_s;
    std::for_each(way.crbegin(), way.crend(), [&path](const JsonPlace *place) {
        path += place->m_item < 0 ? memberStep(place->m_member) : itemStep(place->m_item);
    });
    return path;
}

QString JsonPlace::memberStep(QByteArrayView name)
{
    const QString text = shown(name);
    if (isIdentifier(name) && text.size() == name.size())
        return u'.' + text;
    return u"[\"%1\"]"_s.arg(text);
}

QString JsonPlace::itemStep(qsizetype item)
{
    return u"[%1]"_s.arg(item);
}

QString JsonPlace::shown(QByteArrayView name)
{
    QString text = QString::fromUtf8(name);
    if (pastedsecret::isNameInDoubt(text)) {
        wipe(text);
        return u"…"_s;
    }
    for (QChar &character : text) {
        if (!character.isPrint() && !character.isSurrogate())
            character = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace latchkey
