// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/failingsecretstore.h"

#include <QCoroSignal>
#include <QCoroTimer>

#include <chrono>

namespace latchkey::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString operationWord(FailingSecretStore::Operation operation)
{
    using Operation = FailingSecretStore::Operation;
    switch (operation) {
    case Operation::Read:
        return u"read"_s;
    case Operation::Write:
        return u"write"_s;
    case Operation::Remove:
        return u"remove"_s;
    case Operation::Probe:
        return u"probe"_s;
    case Operation::List:
        return u"list"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

FailingSecretStore::FailingSecretStore(QObject *parent)
    : SecretStore(parent)
    , m_entries(m_own)
{
}

FailingSecretStore::FailingSecretStore(MemorySecretStore &entries, QObject *parent)
    : SecretStore(parent)
    , m_entries(entries)
{
}

void FailingSecretStore::fail(Operation operation, Problem::Category category, int nth, bool afterDoing)
{
    Failure failure;
    failure.problem.category = category;
    failure.problem.caption = u"The test's keychain says no (%1)."_s.arg(categoryWord(category));
    failure.afterDoing = afterDoing;
    if (nth > 0)
        m_once[operation].insert(m_calls.value(operation) + nth, failure);
    else
        m_always.insert(operation, failure);
}

void FailingSecretStore::failAll(Problem::Category category)
{
    for (const Operation operation :
         {Operation::Read, Operation::Write, Operation::Remove, Operation::Probe, Operation::List})
        fail(operation, category);
}

void FailingSecretStore::recover()
{
    m_always.clear();
    m_once.clear();
    m_corrupting = false;
}

void FailingSecretStore::lose(const QString &name)
{
    m_entries.remove(name); // Done when it returns: this store never waits.
}

void FailingSecretStore::release()
{
    m_hangFrom = 0;
    Q_EMIT released();
}

QCoro::Task<std::optional<FailingSecretStore::Failure>> FailingSecretStore::enter(Operation operation,
                                                                                  QString name)
{
    // As a real keychain, it never answers at once.
    co_await QCoro::sleepFor(0ms);
    Q_EMIT called(operationWord(operation), name);
    const int nth = ++m_calls[operation];
    ++m_allCalls;
    if (m_hangFrom != 0 && m_allCalls >= m_hangFrom) {
        ++m_hanging;
        co_await qCoro(this, &FailingSecretStore::released);
        --m_hanging;
    }
    std::optional<Failure> failure;
    if (m_always.contains(operation))
        failure = m_always.value(operation);
    else if (m_once.value(operation).contains(nth))
        failure = m_once.value(operation).value(nth);
    co_return failure;
}

QCoro::Task<Outcome<Secret>> FailingSecretStore::read(QString name)
{
    const std::optional<Failure> failure = co_await enter(Operation::Read, name);
    if (failure)
        co_return Problem(failure->problem);
    Outcome<Secret> value = co_await m_entries.read(name);
    if (value && m_corrupting)
        co_return Secret("something else");
    co_return value;
}

QCoro::Task<Done> FailingSecretStore::write(QString name, Secret value)
{
    const std::optional<Failure> failure = co_await enter(Operation::Write, name);
    if (m_largest > 0 && value.size() > m_largest) {
        Problem problem;
        problem.category = Problem::Category::KeychainFailed;
        problem.caption = u"The test's keychain takes %1 bytes."_s.arg(m_largest);
        co_return problem;
    }
    if (!failure || failure->afterDoing) {
        const Done done = co_await m_entries.write(name, std::move(value));
        static_cast<void>(done);
    }
    co_return failure ? Done(failure->problem) : Done();
}

QCoro::Task<Done> FailingSecretStore::remove(QString name)
{
    const std::optional<Failure> failure = co_await enter(Operation::Remove, name);
    if (!failure || failure->afterDoing) {
        const Done done = co_await m_entries.remove(name);
        static_cast<void>(done);
    }
    co_return failure ? Done(failure->problem) : Done();
}

QCoro::Task<Done> FailingSecretStore::probe()
{
    const std::optional<Failure> failure = co_await enter(Operation::Probe);
    co_return failure ? Done(failure->problem) : Done();
}

QCoro::Task<Outcome<QStringList>> FailingSecretStore::list()
{
    const std::optional<Failure> failure = co_await enter(Operation::List);
    if (failure)
        co_return Problem(failure->problem);
    co_return m_entries.names();
}

} // namespace latchkey::test
