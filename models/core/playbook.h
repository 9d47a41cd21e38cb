// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace latchkey {

struct IntegrationInstance;

/// How a new key is made at the service of an integration.
struct Playbook
{
    QString integration;  ///< Machine name.
    QString key;          ///< What the service calls it, e.g. "application key".
    QString page;         ///< Where it is made; `{field}` stands for a field of the instance's configuration.
    QString otherwise;    ///< The same where such a field is missing.
    QStringList scopes;   ///< That it needs; empty where none can be chosen.
    bool consent = false; ///< There is no key: a user consents in the browser.
    int livesDays = 0;    ///< At most; 0 where the service sets no limit.
    bool operator==(const Playbook &) const = default;

    /// Always https, at a host that the playbook names: a configuration fills in parts of the path only.
    /// Invalid where there is no such page.
    [[nodiscard]] QUrl pageFor(const IntegrationInstance &instance) const;
    /// What to do, one sentence a step, ending with the old key: it stays valid until the new one is
    /// verified, and is then revoked.
    [[nodiscard]] QStringList steps() const;
    /// What to do about an old key that Konnect does not use any more; empty where there is no key.
    [[nodiscard]] QStringList stepsToRevoke() const;
};

/// The playbooks by integration.
class Playbooks
{
public:
    Playbooks() = default;
    /// Those that come with Latchkey; none where the program has no resources.
    [[nodiscard]] static Playbooks builtIn();
    /// Entries that cannot be read are left out.
    [[nodiscard]] static Playbooks fromJson(const QByteArray &json);

    [[nodiscard]] const Playbook *find(const QString &integration) const; ///< nullptr where there is none.
    [[nodiscard]] QStringList integrations() const;

private:
    QHash<QString, Playbook> m_all;
};

} // namespace latchkey
