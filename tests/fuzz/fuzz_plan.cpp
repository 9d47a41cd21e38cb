// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/planfile.h"
#include "tests/fuzz/fuzz.h"

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // A copy, as the text is wiped.
    const QByteArray bytes = fuzz::bytesOf(data, size);
    const auto reading = planfile::read(QByteArray(bytes.constData(), bytes.size()));
    fuzz::require(reading.plan.has_value() == reading.findings.isEmpty(),
                  "a plan is read, or it is said what is wrong with it");
    for (const DocumentFinding &finding : reading.findings)
        fuzz::require(finding.path.startsWith(QLatin1Char('$')) && !finding.message.isEmpty(),
                      "a finding says where and what");
    if (!reading.plan)
        return 0;
    fuzz::require(reading.plan->rows.size() == reading.plan->document.instances(),
                  "each instance of the document has its row");
    const QByteArray written = planfile::write(*reading.plan);
    fuzz::require(planfile::isOne(written), "a plan says that it is one");
    const auto again = planfile::read(QByteArray(written));
    fuzz::require(again.plan && again.plan->rows == reading.plan->rows, "what is written is read back");
    fuzz::require(planfile::write(*again.plan) == written, "a plan is always written alike");
    return 0;
}
