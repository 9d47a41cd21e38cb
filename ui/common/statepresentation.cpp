// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/statepresentation.h"

namespace latchkey {

StatePresentation presentationOf(HealthState state)
{
    switch (state) {
    case HealthState::MustBeReplaced:
        return {Icon::StateMustBeReplaced, Ink::Danger};
    case HealthState::Expired:
        return {Icon::StateExpired, Ink::Danger};
    case HealthState::ExpiringSoon:
        return {Icon::StateExpiringSoon, Ink::Urgent};
    case HealthState::ExpiringLater:
        return {Icon::StateExpiringLater, Ink::Warning};
    case HealthState::MissingPermissions:
        return {Icon::StateMissingPermissions, Ink::Attention};
    case HealthState::NoCredential:
        return {Icon::StateNoCredential, Ink::Urgent};
    case HealthState::NotChecked:
        return {Icon::StateNotChecked, Ink::Muted};
    case HealthState::NoKnownExpiry:
        return {Icon::StateNoKnownExpiry, Ink::Accent};
    case HealthState::Healthy:
        return {Icon::StateHealthy, Ink::Good};
    case HealthState::NotNeeded:
        return {Icon::StateNotNeeded, Ink::Muted};
    }
    return {Icon::StateNotChecked, Ink::Muted};
}

QIcon stateIcon(HealthState state)
{
    const StatePresentation look = presentationOf(state);
    return icon(look.icon, look.ink);
}

} // namespace latchkey
