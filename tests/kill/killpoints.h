// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/filesecretstore.h"

#include <QStringList>

namespace latchkey::test {

/// Counts the places where this process could die, and dies at one of them.
class KillPoints
{
public:
    /// `killAt`: SIGKILL at this place (from 1); 0: never.
    explicit KillPoints(int killAt)
        : m_killAt(killAt)
    {
    }
    void pass(const QString &name);
    /// What comes from now on is no place.
    void end() { m_ended = true; }
    [[nodiscard]] const QStringList &passed() const { return m_passed; }

private:
    int m_killAt;
    bool m_ended = false;
    QStringList m_passed;
};

/// A keychain with such a place before and after each call.
class KillingSecretStore final : public SecretStore
{
    Q_OBJECT
public:
    KillingSecretStore(const QString &folder, KillPoints &points)
        : m_store(folder)
        , m_points(points)
    {
    }
    QCoro::Task<Outcome<Secret>> read(QString name) override;
    QCoro::Task<Done> write(QString name, Secret value) override;
    QCoro::Task<Done> remove(QString name) override;
    QCoro::Task<Done> probe() override;
    QCoro::Task<Outcome<QStringList>> list() override;

private:
    FileSecretStore m_store;
    KillPoints &m_points;
};

} // namespace latchkey::test
