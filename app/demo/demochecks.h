// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demoproblems.h"

#include <QJsonObject>

/// What Konnect checks in the body of a write. Each answers with what is wrong, by field; empty where all is
/// well.
namespace latchkey::demochecks {

/// The body of POST auth-credential, against the authorization of its integration.
[[nodiscard]] DemoProblems newCredential(const QJsonObject &body, const QJsonObject &integration);
/// The body of PUT auth-config.
[[nodiscard]] DemoProblems authConfig(const QJsonObject &body, const QJsonObject &integration);
/// The body of POST integration-instances without what needs the catalog.
[[nodiscard]] DemoProblems newInstance(const QJsonObject &body);
/// The body of PATCH.
[[nodiscard]] DemoProblems instanceUpdate(const QJsonObject &body);
/// `config` of an instance against the integration's `config_schema`; unknown fields are allowed.
void instanceConfig(const QJsonObject &config, const QJsonObject &integration, DemoProblems &problems);

} // namespace latchkey::demochecks
