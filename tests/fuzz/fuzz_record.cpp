// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/recordjson.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray json = fuzz::bytesOf(data, size);
    if (const auto record = recordjson::readRecord(json, {})) {
        const auto again = recordjson::readRecord(recordjson::write(*record), {});
        fuzz::require(again && *again == *record, "a record is read back as it was written");
    }
    const QList<Integration> integrations = recordjson::readIntegrations(json);
    fuzz::require(recordjson::readIntegrations(recordjson::write(integrations)) == integrations,
                  "integrations are read back as they were written");
    const auto problem = recordjson::readProblem(QString::fromUtf8(json));
    fuzz::require(recordjson::readProblem(recordjson::write(problem)) == problem,
                  "a problem is read back as it was written");
    return 0;
}
