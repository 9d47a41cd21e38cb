// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/absentsecretstore.h"

namespace latchkey {

namespace {

Problem notUsed()
{
    Problem problem;
    problem.category = Problem::Category::KeychainUnavailable;
    problem.caption = AbsentSecretStore::tr("The keychain is not used in this run.");
    return problem;
}

} // namespace

QCoro::Task<Outcome<Secret>> AbsentSecretStore::read(QString name)
{
    Q_UNUSED(name)
    co_return notUsed();
}

QCoro::Task<Done> AbsentSecretStore::write(QString name, Secret value)
{
    Q_UNUSED(name)
    Q_UNUSED(value)
    co_return notUsed();
}

QCoro::Task<Done> AbsentSecretStore::remove(QString name)
{
    Q_UNUSED(name)
    co_return notUsed();
}

QCoro::Task<Done> AbsentSecretStore::probe()
{
    co_return notUsed();
}

QCoro::Task<Outcome<QStringList>> AbsentSecretStore::list()
{
    co_return notUsed();
}

} // namespace latchkey
