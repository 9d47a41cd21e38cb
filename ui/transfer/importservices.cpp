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
    // It may be of another tool: if not, what is wrong in it as Latchkey's own is worth more.
    Outcome<ForeignConfiguration> foreign = configurationfiles::readForeign(file);
    if (foreign) {
        opened.reading = {};
        opened.foreign = std::make_shared<ForeignConfiguration>(std::move(foreign).value());
    }
    return opened;
}

} // namespace latchkey
