// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/recordjson.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

// What is read is written as the same text again; the first text may have had what JSON cannot hold.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray json = fuzz::bytesOf(data, size);
    if (const auto first = recordjson::readRecord(json, {})) {
        const QByteArray written = recordjson::write(*first);
        const auto second = recordjson::readRecord(written, {});
        fuzz::require(second.has_value(), "a record that was written can be read");
        fuzz::require(recordjson::write(*second) == written, "a record is read as it was written");
    }
    const QByteArray integrations = recordjson::write(recordjson::readIntegrations(json));
    fuzz::require(recordjson::write(recordjson::readIntegrations(integrations)) == integrations,
                  "integrations are read as they were written");
    const QString problem = recordjson::write(recordjson::readProblem(QString::fromUtf8(json)));
    fuzz::require(recordjson::write(recordjson::readProblem(problem)) == problem,
                  "a problem is read as it was written");
    return 0;
}
