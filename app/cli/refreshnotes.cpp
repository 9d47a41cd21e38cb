// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/refreshnotes.h"

#include "app/session/session.h"
#include "models/services/inventory.h"
#include "models/services/profiles.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::RefreshNotes)
};

/// None of the known instances is visible with the token.
Problem doubtAbout(const Profile &profile, bool passingToken)
{
    const QString apart = Text::tr("What the token sees is not shown, and nothing can be changed with it. ");
    if (passingToken) {
        return Problem::of(
            Problem::Category::NeedsDecision,
            Text::tr("None of the instances known for %1 is visible with this token.").arg(profile.name),
            apart + Text::tr("If it belongs to another organization, give that one a profile or use --url."));
    }
    return Problem::of(
        Problem::Category::NeedsDecision,
        Text::tr("None of the instances known for %1 is visible with its token any more.").arg(profile.name),
        apart +
            Text::tr("Say with `latchkeyctl profile confirm` and --same or --another whether it is still the "
                     "same organization, or enter the right token."));
}

} // namespace

QList<RefreshNote> refreshNotes(Session &session, const QString &profileId)
{
    QList<RefreshNote> notes;
    const QList<EndpointState> endpoints = session.inventory().endpoints();
    for (const EndpointState &state : endpoints) {
        if (!profileId.isEmpty() && state.profileId != profileId)
            continue;
        for (const std::optional<Problem> &problem : {state.problem, state.shortfall}) {
            if (problem)
                notes += RefreshNote{u"%1: %2"_s.arg(state.endpointLabel, problem->toText()), *problem};
        }
    }
    const Profiles &profiles = session.profiles();
    for (const Profile &profile : profiles.all()) {
        if (!profile.organizationInDoubt || (!profileId.isEmpty() && profile.id != profileId))
            continue;
        const Problem doubt = doubtAbout(profile, profiles.hasPassingToken(profile.id));
        notes += RefreshNote{doubt.toText(), doubt};
    }
    return notes;
}

} // namespace latchkey
