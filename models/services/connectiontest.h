// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/profile.h"
#include "models/core/secret.h"

#include <QCoroTask>

#include <stop_token>

namespace latchkey {

class KeyVault;
class KonnectClients;

/// *Test connection* for one endpoint. The steps before the one that failed passed, those after it were not
/// reached. The real client is what tries them, so that proxies and CAs count as they do later. `token`
/// empty: the profile's kept one. Both collaborators must outlive the task.
QCoro::Task<EndpointTest> testEndpoint(KonnectClients *clients, KeyVault *vault, Profile profile,
                                       Endpoint endpoint, Secret token, std::stop_token stop);

} // namespace latchkey
