// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoroTask>
#include <QTest>

#include <memory>
#include <optional>

namespace latchkey::test {

/// Runs the event loop until `task` has answered; fails the test after `timeoutMs` and answers with nullopt.
template <typename T>
std::optional<T> await(QCoro::Task<T> task, int timeoutMs = 20'000)
{
    auto answer = std::make_shared<std::optional<T>>();
    auto keep = task.then([answer](T value) { answer->emplace(std::move(value)); });
    if (!QTest::qWaitFor([answer] { return answer->has_value(); }, timeoutMs)) {
        QTest::qFail("the operation never answered", __FILE__, __LINE__);
        return std::nullopt;
    }
    return std::move(*answer);
}

} // namespace latchkey::test
