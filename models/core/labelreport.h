// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QStringList>

namespace latchkey {

/// What became of the other labels of an instance while one of them was set or removed, each as `name=value`.
struct LabelReport
{
    QStringList restored; ///< Gone meanwhile, and put back.
    QStringList lost;     ///< Gone, and not put back.
    QStringList changed;  ///< Somebody else gave it this value meanwhile: it stays.
    [[nodiscard]] bool isQuiet() const { return restored.isEmpty() && lost.isEmpty() && changed.isEmpty(); }
    bool operator==(const LabelReport &) const = default;
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::LabelReport)
