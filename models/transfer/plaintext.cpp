// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/plaintext.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QString plainText(QString text)
{
    for (QChar &character : text) {
        if (character.category() == QChar::Other_Control && !u"\t\r\n"_s.contains(character))
            character = QChar::ReplacementCharacter;
    }
    return text;
}

QString plainLines(const QString &text)
{
    return plainText(text).replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
}

} // namespace latchkey
