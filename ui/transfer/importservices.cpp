// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/importservices.h"

#include <utility>

namespace latchkey {

Outcome<OpenedFile> OpenedFile::read(const QString &file)
{
    Outcome<configurationfiles::Reading> own = configurationfiles::read(file);
    if (!own)
        return std::move(own).problem();
    OpenedFile opened;
    opened.reading = std::move(own).value();
    if (opened.reading.plan)
        return opened;
    if (opened.reading.isPlan)
        return opened;
    Outcome<ForeignConfiguration> foreign = configurationfiles::readForeign(file);
    if (foreign) {
        opened.reading = {};
        opened.foreign = std::make_shared<ForeignConfiguration>(std::move(foreign).value());
    } else {
        opened.whyNotForeign = foreign.problem().detail;
    }
    return opened;
}

} // namespace latchkey
