// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"
#include "models/core/change.h"
#include "models/core/health.h"
#include "models/core/instancerecord.h"
#include "models/core/planresult.h"
#include "models/core/profile.h"
#include "models/core/refresh.h"

#include <QJsonObject>

/// What `latchkeyctl --json` prints. Names and words here are an interface: add, never rename. No secrets.
namespace latchkey {

[[nodiscard]] QJsonObject toJson(const Problem &problem);
[[nodiscard]] QJsonObject toJson(const AuthCredential &credential);
[[nodiscard]] QJsonObject toJson(const InstanceRecord &record, const Health &health);
[[nodiscard]] QJsonObject toJson(const Integration &integration);
[[nodiscard]] QJsonObject toJson(const Profile &profile);
[[nodiscard]] QJsonObject toJson(const EndpointTest &test);
[[nodiscard]] QJsonObject toJson(const EndpointState &state);
[[nodiscard]] QJsonObject toJson(const Change &change);
[[nodiscard]] QJsonObject toJson(const BulkRow &row, const IntegrationInstance &instance);
[[nodiscard]] QJsonObject toJson(const PlanRowResult &row);
[[nodiscard]] QString connectionStepWord(ConnectionStep::Kind kind);

} // namespace latchkey
