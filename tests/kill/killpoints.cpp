// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kill/killpoints.h"

#include <csignal>
#include <unistd.h>

namespace latchkey::test {

using namespace Qt::StringLiterals;

namespace {

/// The entries of versions have their ids as names.
QString wordFor(const QString &entry)
{
    constexpr qsizetype idSize = 36;
    return entry.size() == idSize ? u"an entry"_s : entry;
}

} // namespace

void KillPoints::pass(const QString &name)
{
    if (m_ended)
        return;
    m_passed.append(name);
    if (m_passed.size() == m_killAt)
        ::kill(::getpid(), SIGKILL);
}

QCoro::Task<Outcome<Secret>> KillingSecretStore::read(QString name)
{
    m_points.pass(u"before reading "_s + wordFor(name));
    Outcome<Secret> answer = co_await m_store.read(name);
    m_points.pass(u"after reading "_s + wordFor(name));
    co_return answer;
}

QCoro::Task<Done> KillingSecretStore::write(QString name, Secret value)
{
    m_points.pass(u"before writing "_s + wordFor(name));
    Done answer = co_await m_store.write(name, std::move(value));
    m_points.pass(u"after writing "_s + wordFor(name));
    co_return answer;
}

QCoro::Task<Done> KillingSecretStore::remove(QString name)
{
    m_points.pass(u"before removing "_s + wordFor(name));
    Done answer = co_await m_store.remove(name);
    m_points.pass(u"after removing "_s + wordFor(name));
    co_return answer;
}

QCoro::Task<Done> KillingSecretStore::probe()
{
    Done answer = co_await m_store.probe();
    co_return answer;
}

QCoro::Task<Outcome<QStringList>> KillingSecretStore::list()
{
    Outcome<QStringList> names = co_await m_store.list();
    co_return names;
}

} // namespace latchkey::test
