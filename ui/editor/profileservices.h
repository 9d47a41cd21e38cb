// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/profile.h"
#include "models/core/secret.h"

#include <QCoroTask>
#include <QList>

#include <functional>
#include <stop_token>

namespace latchkey {

/// What a dialog needs of Profiles.
struct ProfileServices
{
    std::function<QCoro::Task<Outcome<Profile>>(Profile, Secret, bool tokenInMemory)> save;
    std::function<QCoro::Task<QList<EndpointTest>>(Profile, Secret, std::stop_token)> test;
};

} // namespace latchkey
