// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/platform/meteredline.h"

#include <QNetworkInformation>

namespace latchkey {

bool isLineMetered()
{
    using Feature = QNetworkInformation::Feature;
    if (QNetworkInformation::instance() == nullptr)
        QNetworkInformation::loadBackendByFeatures(Feature::Metered);
    const QNetworkInformation *line = QNetworkInformation::instance();
    return line != nullptr && line->supports(Feature::Metered) && line->isMetered();
}

} // namespace latchkey
