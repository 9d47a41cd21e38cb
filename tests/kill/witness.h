// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoroTask>
#include <QJsonObject>

namespace latchkey {
class Session;
}

namespace latchkey::test {

/// What this Latchkey has and knows, as Testimony reads it: the keys that its rows lead to, its changes, what
/// the history says of each, and whether that is sound. `session` must outlive the coroutine.
QCoro::Task<QJsonObject> testify(Session *session);

} // namespace latchkey::test
