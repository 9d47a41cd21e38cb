// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace latchkey {

/// Something that goes wrong on purpose. Read from a faults file (JSON, described in app/demo/README.md) or
/// set by a test.
struct DemoFault
{
    enum class Action {
        Status,      ///< Answer with `status` (and `retryAfter`), nothing is done.
        CloseBefore, ///< Read the request, do nothing, close without an answer.
        CloseAfter,  ///< Do the work, close without an answer.
        ResetBefore, ///< Like CloseBefore, with a TCP reset.
        ResetAfter,
        HalfBody,  ///< Do the work, send half of the answer's body, close.
        WrongType, ///< Answer 200 with an HTML page.
        Never,     ///< Read the request and never answer.
        Delay,     ///< Do the work, answer after `delayMs`.
        Body,      ///< Answer with `status` and `body` as application/json.
        Redirect,  ///< Answer 307 with `location`.
    };
    QByteArray method; ///< Empty: any.
    /// Below the base path, percent-decoded; `*` matches any run of characters. With a `?` the query is
    /// compared too. Empty: any.
    QString path;
    int nth = 0; ///< Only the nth matching request (from 1); 0: all.
    Action action = Action::Status;
    int status = 500;      ///< Status and Body.
    QByteArray retryAfter; ///< As sent; empty for none.
    int delayMs = 0;       ///< Also waited before the other actions.
    QByteArray body;
    QByteArray location;
};

/// Problem InvalidInput names the entry and member that cannot be read.
[[nodiscard]] Outcome<QList<DemoFault>> parseFaults(const QByteArray &json);

} // namespace latchkey
