// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace latchkey {

/// Writes JSON that people read and Git compares: members in the order in which they are given, each on a
/// line of its own, two spaces a level, and no escapes but those that JSON asks for.
class JsonLines
{
public:
    void beginObject() { begin('{'); }
    void endObject() { end('}'); }
    void beginArray() { begin('['); }
    void endArray() { end(']'); }

    /// Of the member whose value comes next.
    void name(QByteArrayView name);
    void text(const QString &text);
    void number(qint64 number) { value(QByteArray::number(number)); }
    void boolean(bool boolean) { value(boolean ? "true" : "false"); }
    void null() { value("null"); }

    /// A member; none for an empty text.
    void member(QByteArrayView name, const QString &text);
    /// A member; none for what is not so.
    void flag(QByteArrayView name, bool isSo);

    /// The whole text, with a line break at its end.
    [[nodiscard]] QByteArray take();

private:
    void begin(char bracket);
    void end(char bracket);
    void value(QByteArrayView written);
    void nextLine();

    QByteArray m_text;
    int m_depth = 0;
    bool m_isFirst = true;  ///< Nothing is in the object or array yet.
    bool m_isNamed = false; ///< The name of a member was written.
};

} // namespace latchkey
