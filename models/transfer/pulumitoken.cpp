// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/pulumitoken.h"

namespace latchkey::pulumitoken {

bool isAuthCredential(QByteArrayView token)
{
    return token == "konnect:IntegrationInstanceAuthCredential" ||
           token == "konnect:index:IntegrationInstanceAuthCredential" ||
           token == "konnect:index/integrationInstanceAuthCredential:IntegrationInstanceAuthCredential";
}

bool isInstance(QByteArrayView token)
{
    return token == "konnect:IntegrationInstance" || token == "konnect:index:IntegrationInstance" ||
           token == "konnect:index/integrationInstance:IntegrationInstance";
}

} // namespace latchkey::pulumitoken
