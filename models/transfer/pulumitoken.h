// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

/// How Pulumi names the types of resources that Konnect's provider has.
namespace latchkey::pulumitoken {

/// As state and `pulumi import` have it.
inline constexpr char16_t AuthCredential[] =
    u"konnect:index/integrationInstanceAuthCredential:IntegrationInstanceAuthCredential";

/// In this or a short spelling: `konnect:IntegrationInstanceAuthCredential`, with `index` or without.
[[nodiscard]] bool isAuthCredential(QByteArrayView token);
[[nodiscard]] bool isInstance(QByteArrayView token);

} // namespace latchkey::pulumitoken
