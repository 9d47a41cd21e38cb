// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/redactor.h"
#include "models/konnect/problemcodec.h"
#include "tests/fuzz/fuzz.h"

#include <QList>

using namespace latchkey;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // The first lines are what the head of an answer says.
    QByteArray body = fuzz::bytesOf(data, size);
    TransferResult answer;
    answer.end = TransferResult::End::Answered;
    answer.status = fuzz::takeLine(body).toInt();
    answer.contentType = fuzz::takeLine(body);
    answer.location = fuzz::takeLine(body);
    answer.retryAfter = fuzz::takeLine(body);
    answer.body = body;
    Redactor redactor;
    redactor.learn(Secret("planted-key"));
    QList<Problem> problems{problemFromAnswer(answer, QStringLiteral("the.host"), redactor)};
    if (const auto unreadable = jsonOf(answer, QStringLiteral("the.host")).problem)
        problems.append(*unreadable);
    for (const Problem &problem : problems) {
        fuzz::require(problem.detail.size() < 3000 && problem.caption.size() < 3000, "a problem is bounded");
        fuzz::require(problem.invalidParameters.size() <= 100, "reasons are bounded");
        for (const QChar c : QString(problem.detail + problem.caption + problem.traceId))
            fuzz::require(c.category() != QChar::Other_Control, "no control character comes through");
    }
    fuzz::require(!problems.first().toText().contains(u"planted-key"), "a key that was sent is not repeated");
    return 0;
}
