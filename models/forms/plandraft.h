// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/planresult.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace latchkey {

/// What the user is deciding about a configuration, or a plan, that was read from a file. Knows no widgets
/// and no secrets.
class PlanDraft
{
public:
    using Find = std::function<std::optional<InstanceRecord>(const InstanceAddress &)>;

    /// A name that the document has and no profile here.
    struct UnknownProfile
    {
        QString name;
        QString meant; ///< The profile that the user means by it; empty for none yet.
        bool operator==(const UnknownProfile &) const = default;
    };
    /// A variable of the environment that the document wants keys from.
    struct Variable
    {
        QString name;
        int instances = 0; ///< How many would have keys from it.
        bool operator==(const Variable &) const = default;
    };
    struct Confirmation
    {
        QString subject; ///< Of which it is the name: a profile's id, or an instance. Names may be the same.
        QString name;    ///< To be typed.
        QString reason;  ///< See wording::whyTypedName().
        bool operator==(const Confirmation &) const = default;
    };

    /// `opened`: the plan of a file, or that of a configuration, of which only the document counts.
    /// `profiles`: the names of those that are here.
    PlanDraft(const Plan &opened, bool isPlanFile, const QStringList &profiles);

    [[nodiscard]] bool isPlanFile() const { return m_isPlanFile; }
    [[nodiscard]] const ConfigurationDocument &document() const { return m_opened.document; }
    [[nodiscard]] const Plan &opened() const { return m_opened; }

    [[nodiscard]] const QStringList &profiles() const { return m_profiles; }
    /// Those of the document that are not here, in its order. A plan says by itself what is meant.
    [[nodiscard]] QList<UnknownProfile> unknownProfiles() const;
    /// Those that are here and that the document means.
    [[nodiscard]] QStringList meantProfiles() const;
    /// `profile` is empty for none.
    void setMeant(const QString &name, const QString &profile);
    void setDeletes(bool deletes);
    [[nodiscard]] PlanOptions options() const;
    /// By name.
    [[nodiscard]] QList<Variable> variables() const;

    /// What would be done by now.
    void setFresh(const Plan &fresh);
    /// For a plan of a file what is left of it: a row that means something else by now is blocked and says
    /// so.
    [[nodiscard]] const Plan &shown() const { return m_shown; }
    /// Titles of the rows of a file's plan that are refused.
    [[nodiscard]] const QStringList &moved() const { return m_moved; }
    /// Of what is shown, only what is not as the document says.
    [[nodiscard]] Plan differences() const;

    /// What has to be typed before these positions are applied: the name of each protected instance, and
    /// once that of each production profile with others.
    [[nodiscard]] QList<Confirmation> confirmations(const QList<int> &ticked, const Find &find) const;
    /// For these positions, with all names typed.
    [[nodiscard]] ApplyRequest request(const QList<int> &ticked) const;

private:
    Plan m_opened;
    const bool m_isPlanFile;
    const QStringList m_profiles;
    Plan m_shown;
    QStringList m_moved;
};

/// Of a row: those whose keys can be entered, because they are not at hand, are to be asked for, or were
/// entered before and may be wrong: these are `supplied`.
[[nodiscard]] QStringList enterableHeaders(const PlanRow &row, const QStringList &supplied = {});

} // namespace latchkey
