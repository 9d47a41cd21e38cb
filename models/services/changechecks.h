// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/outcome.h"
#include "models/core/profile.h"

#include <QString>

/// What can be said about a change without asking anybody: pure functions over what is known. Each answers
/// with the reason why the change cannot be made, or with nothing.
namespace latchkey::changechecks {

using Refusal = std::optional<Problem>;

/// NeedsDecision while it is open whether the profile's token belongs to another organization.
[[nodiscard]] Refusal organization(const Profile &profile);
/// NeedsDecision where the instance is protected or the profile a production one, and the typed name is not
/// the instance's.
[[nodiscard]] Refusal typedName(const Profile &profile, const ChangeRequest &request,
                                const IntegrationInstance &instance, bool isProtected);
/// `guarded`: protected, or in a production profile.
[[nodiscard]] bool needsTypedName(ChangeKind kind, bool guarded);
/// RateLimited where Konnect holds us back: the POST after a DELETE would wait too.
[[nodiscard]] Refusal budget(int heldBackSeconds);
/// Whether such a credential can be made for the integration, and its fields against the definitions.
/// InvalidInput carries `invalidParameters` under the names that Konnect uses: `config.headers[0].name`,
/// `config.role_arn`.
[[nodiscard]] Refusal newCredential(ChangeKind kind, const NewCredential &credential,
                                    const Authorization &authorization, bool builtIn,
                                    const QString &integrationTitle);
/// The credential that Konnect has now against the one that the user saw.
[[nodiscard]] Refusal expectedCredential(const ChangeRequest &request,
                                         const std::optional<AuthCredential> &found,
                                         const QString &instanceTitle);

} // namespace latchkey::changechecks
