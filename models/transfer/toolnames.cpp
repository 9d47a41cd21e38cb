// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/toolnames.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestName = 100;

bool isLetter(QChar c)
{
    return c >= u'a' && c <= u'z';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

QString identifier(const QString &wish)
{
    QString name;
    const QString lower = wish.toLower();
    for (const QChar character : lower) {
        if (isLetter(character) || isDigit(character))
            name += character;
        else if (!name.isEmpty() && !name.endsWith(u'_'))
            name += u'_';
    }
    name.truncate(LongestName);
    while (name.endsWith(u'_'))
        name.chop(1);
    if (name.isEmpty())
        return u"credential"_s;
    return isLetter(name.front()) ? name : u"c_"_s + name;
}

} // namespace

ToolNames::ToolNames(const QStringList &reserved)
    : m_taken(reserved.cbegin(), reserved.cend())
{
}

QString ToolNames::take(const QString &wish)
{
    const QString base = identifier(wish);
    QString name = base;
    for (int number = 2; m_taken.contains(name); ++number)
        name = u"%1_%2"_s.arg(base).arg(number);
    m_taken.insert(name);
    return name;
}

QString oneLine(const QString &text)
{
    QString line = text.simplified();
    for (QChar &character : line) {
        const QChar::Category category = character.category();
        if (category == QChar::Other_Control || category == QChar::Other_Format)
            character = QChar::ReplacementCharacter;
    }
    return line;
}

} // namespace latchkey
