// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/configurationtext.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto reading = configurationtext::read(fuzz::bytesOf(data, size));
    fuzz::require(reading.document.has_value() == reading.findings.isEmpty(),
                  "a document is read, or it is said what is wrong with it");
    for (const DocumentFinding &finding : reading.findings)
        fuzz::require(finding.path.startsWith(QLatin1Char('$')) && !finding.message.isEmpty(),
                      "a finding says where and what");
    if (!reading.document)
        return 0;
    const QByteArray written = configurationtext::write(*reading.document);
    // A copy of its own: what is read is wiped.
    const auto again = configurationtext::read(QByteArray(written.constData(), written.size()));
    fuzz::require(again.document == inOrder(*reading.document), "what is written is read back");
    fuzz::require(configurationtext::write(*again.document) == written, "a document is always written alike");
    return 0;
}
