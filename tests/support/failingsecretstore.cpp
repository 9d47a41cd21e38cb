// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/failingsecretstore.h"

#include <QCoroTimer>

#include <chrono>

namespace latchkey::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void FailingSecretStore::fail(Operation operation, Problem::Category category, int nth)
{
    m_failures.insert(int(operation), {category, nth, nth > 0});
}

void FailingSecretStore::failAll(Problem::Category category)
{
    for (const Operation operation : {Operation::Read, Operation::Write, Operation::Remove, Operation::Probe})
        fail(operation, category);
}

void FailingSecretStore::recover()
{
    m_failures.clear();
    m_corrupting = false;
}

std::optional<Problem> FailingSecretStore::next(Operation operation)
{
    ++m_calls[int(operation)];
    const auto failure = m_failures.find(int(operation));
    if (failure == m_failures.end())
        return std::nullopt;
    if (failure->once && --failure->left > 0)
        return std::nullopt;
    Problem problem;
    problem.category = failure->category;
    problem.caption = u"The test's keychain says no (%1)."_s.arg(categoryWord(failure->category));
    if (failure->once)
        m_failures.erase(failure);
    return problem;
}

QCoro::Task<Outcome<Secret>> FailingSecretStore::read(QString name)
{
    // As a real keychain, it never answers at once.
    co_await QCoro::sleepFor(0ms);
    if (std::optional<Problem> problem = next(Operation::Read))
        co_return *std::move(problem);
    Outcome<Secret> value = co_await m_entries.read(name);
    if (value && m_corrupting)
        co_return Secret("something else");
    co_return value;
}

QCoro::Task<Done> FailingSecretStore::write(QString name, Secret value)
{
    co_await QCoro::sleepFor(0ms);
    if (std::optional<Problem> problem = next(Operation::Write))
        co_return *std::move(problem);
    Done done = co_await m_entries.write(name, std::move(value));
    co_return done;
}

QCoro::Task<Done> FailingSecretStore::remove(QString name)
{
    co_await QCoro::sleepFor(0ms);
    if (std::optional<Problem> problem = next(Operation::Remove))
        co_return *std::move(problem);
    Done done = co_await m_entries.remove(name);
    co_return done;
}

QCoro::Task<Done> FailingSecretStore::probe()
{
    co_await QCoro::sleepFor(0ms);
    if (std::optional<Problem> problem = next(Operation::Probe))
        co_return *std::move(problem);
    co_return Done();
}

} // namespace latchkey::test
