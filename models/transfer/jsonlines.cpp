// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/jsonlines.h"

#include <utility>

namespace latchkey {

namespace {

QByteArray quoted(QByteArrayView text)
{
    constexpr QByteArrayView Special = "\"\\\b\f\n\r\t";
    constexpr QByteArrayView Letters = "\"\\bfnrt";
    QByteArray written;
    written.reserve(text.size() + 2);
    written += '"';
    for (const char byte : text) {
        if (const qsizetype special = Special.indexOf(byte); special >= 0) {
            written += '\\';
            written += Letters.at(special);
        } else if (static_cast<unsigned char>(byte) < 0x20) {
            written += "\\u00" + QByteArray::number(byte, 16).rightJustified(2, '0');
        } else {
            written += byte;
        }
    }
    written += '"';
    return written;
}

} // namespace

void JsonLines::name(QByteArrayView name)
{
    nextLine();
    m_text += quoted(name) + ": ";
    m_isNamed = true;
}

void JsonLines::text(const QString &text)
{
    value(quoted(text.toUtf8()));
}

void JsonLines::member(QByteArrayView name, const QString &text)
{
    if (text.isEmpty())
        return;
    this->name(name);
    this->text(text);
}

void JsonLines::flag(QByteArrayView name, bool isSo)
{
    if (!isSo)
        return;
    this->name(name);
    boolean(true);
}

QByteArray JsonLines::take()
{
    m_text += '\n';
    return std::exchange(m_text, {});
}

void JsonLines::begin(char bracket)
{
    value({&bracket, 1});
    ++m_depth;
    m_isFirst = true;
}

void JsonLines::end(char bracket)
{
    --m_depth;
    if (!m_isFirst) {
        m_isFirst = true; // So that no comma is written.
        nextLine();
    }
    m_text += bracket;
    m_isFirst = false;
}

void JsonLines::value(QByteArrayView written)
{
    if (!std::exchange(m_isNamed, false) && m_depth > 0)
        nextLine();
    m_text += written;
}

void JsonLines::nextLine()
{
    if (!std::exchange(m_isFirst, false))
        m_text += ',';
    m_text += '\n' + QByteArray(qsizetype(m_depth) * 2, ' ');
}

} // namespace latchkey
