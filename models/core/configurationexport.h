// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationdocument.h"
#include "models/core/instancerecord.h"
#include "models/core/profile.h"

#include <QList>
#include <QStringList>

namespace latchkey {

/// What is there, as a document.
struct ConfigurationExport
{
    ConfigurationDocument document;
    QStringList notes; ///< What was left out, and why. Translated.
};

/// These instances as they are known. Planned again, the document has nothing to do. The source of a key is
/// `keychain` where it is kept here as that of the credential that is there, else `prompt`.
[[nodiscard]] ConfigurationExport configurationOf(const QList<Profile> &profiles,
                                                  const QList<InstanceRecord> &records);

} // namespace latchkey
