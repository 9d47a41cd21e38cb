// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/expiryreport.h"
#include "models/core/outcome.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace latchkey {

class Inventory;
class Preferences;
class Profiles;

/// The expiry report of what is known now, and the forms in which others read it.
class ExpiryFeeds
{
public:
    enum class Format { Json, Csv, Calendar, Metrics };

    /// All collaborators must outlive this.
    ExpiryFeeds(const Inventory &inventory, const Profiles &profiles, const Preferences &preferences,
                const Clock &clock);

    /// Asks nobody: refresh first.
    [[nodiscard]] ExpiryReport report(const ExpiryReport::Question &question) const;
    /// UTF-8.
    [[nodiscard]] static QByteArray write(const ExpiryReport &report, Format format);
    /// By the ending: `.json`, `.csv`, `.ics` or `.prom`; nullopt for any other.
    [[nodiscard]] static std::optional<Format> formatOf(const QString &file);
    /// In the place of the file as a whole, or not at all.
    [[nodiscard]] static Done save(const ExpiryReport &report, const QString &file);

private:
    const Inventory &m_inventory;
    const Profiles &m_profiles;
    const Preferences &m_preferences;
    const Clock &m_clock;
};

} // namespace latchkey
