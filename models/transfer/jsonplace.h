// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace latchkey {

/// Where a value stands in a JSON text: a link to the place around it, so that it costs nothing until a
/// finding needs it in words. What it is made from must outlive it.
class JsonPlace
{
public:
    JsonPlace() = default; ///< The root.
    JsonPlace(const JsonPlace &object, QByteArrayView member);
    JsonPlace(const JsonPlace &array, qsizetype item);

    /// `$.profiles[0].name`; names that are no identifiers are quoted: `$["odd name"]`.
    [[nodiscard]] QString toPath() const;

    [[nodiscard]] static QString memberStep(QByteArrayView name);
    [[nodiscard]] static QString itemStep(qsizetype item);
    /// A name that somebody made up, for people: `…` for one that may be a secret or is longer than a name.
    [[nodiscard]] static QString shown(QByteArrayView name);

private:
    const JsonPlace *m_outer = nullptr;
    QByteArrayView m_member;
    qsizetype m_item = -1; ///< -1: a member.
};

} // namespace latchkey
