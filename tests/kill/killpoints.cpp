// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kill/killpoints.h"

#include <csignal>
#include <unistd.h>

namespace latchkey::test {

void KillPoints::pass()
{
    if (++m_passed == m_killAt)
        ::kill(::getpid(), SIGKILL);
}

QCoro::Task<Outcome<Secret>> KillingSecretStore::read(QString name)
{
    m_points.pass();
    Outcome<Secret> answer = co_await m_store.read(name);
    m_points.pass();
    co_return answer;
}

QCoro::Task<Done> KillingSecretStore::write(QString name, Secret value)
{
    m_points.pass();
    Done answer = co_await m_store.write(name, std::move(value));
    m_points.pass();
    co_return answer;
}

QCoro::Task<Done> KillingSecretStore::remove(QString name)
{
    m_points.pass();
    Done answer = co_await m_store.remove(name);
    m_points.pass();
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
