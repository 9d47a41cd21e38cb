// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace latchkey {

/// Rows of text in aligned columns, for a terminal. Nothing is cut off.
class Table
{
public:
    explicit Table(QStringList titles);
    void add(QStringList cells); ///< As many as there are titles.
    [[nodiscard]] QString toText() const;

private:
    QList<QStringList> m_rows; ///< The first is the titles.
};

} // namespace latchkey
