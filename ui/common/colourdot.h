// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace latchkey {

/// A filled dot in a profile's colour, with an outline that shows on any ground; hollow for no colour.
[[nodiscard]] QIcon colourDot(const QString &colour);

} // namespace latchkey
