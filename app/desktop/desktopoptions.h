// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "ui/common/theme.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace latchkey {

/// How `latchkey` was called.
struct DesktopOptions
{
    bool help = false;
    bool version = false;
    bool demo = false;
    bool background = false;    ///< No window before somebody asks for it.
    QString dataDir;            ///< Absolute.
    std::optional<Theme> theme; ///< The user's setting where it was not given.
    bool measureStartup = false;
    bool announce = false;

    /// `arguments` without the program's name.
    [[nodiscard]] static Outcome<DesktopOptions> parse(const QStringList &arguments);
    [[nodiscard]] static QString helpText();
};

} // namespace latchkey
