// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/viewpresentation.h"

namespace latchkey {

StatePresentation presentationOf(InstanceView view)
{
    switch (view) {
    case InstanceView::All:
        return {Icon::All, Ink::Text};
    case InstanceView::NeedsAttention:
        return {Icon::Attention, Ink::Urgent};
    case InstanceView::Expired:
        return presentationOf(HealthState::Expired);
    case InstanceView::Expiring:
        return presentationOf(HealthState::ExpiringSoon);
    case InstanceView::Tainted:
        return presentationOf(HealthState::MustBeReplaced);
    case InstanceView::MissingPermissions:
        return presentationOf(HealthState::MissingPermissions);
    case InstanceView::NoCredential:
        return presentationOf(HealthState::NoCredential);
    case InstanceView::NoKnownExpiry:
        return presentationOf(HealthState::NoKnownExpiry);
    case InstanceView::NotChecked:
        return presentationOf(HealthState::NotChecked);
    }
    return {Icon::All, Ink::Text};
}

} // namespace latchkey
