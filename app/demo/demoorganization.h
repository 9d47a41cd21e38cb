// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace latchkey {

/// The state behind the demo service: integrations, instances, credentials with their (write-only) keys.
/// Objects are the JSON that Konnect would answer with. Deterministic: the same count and clock give the same
/// ids and data.
class DemoOrganization
{
public:
    /// Keys that the demo pretends were entered on this machine: two versions of some instances.
    struct KnownKeys
    {
        QString instanceId;
        QString instanceName;
        QString credentialId;
        QList<std::pair<QString, QByteArray>> current; ///< Header name, key.
        QList<std::pair<QString, QByteArray>> previous;
    };

    DemoOrganization(int instances, const Clock &clock); ///< `clock` must outlive this.

    [[nodiscard]] const QList<QJsonObject> &integrations() const { return m_integrations; }
    [[nodiscard]] const QList<QJsonObject> &instances() const { return m_instances; }
    [[nodiscard]] std::optional<QJsonObject> integration(const QString &name) const;
    [[nodiscard]] std::optional<QJsonObject> instance(const QString &id) const;
    [[nodiscard]] std::optional<QJsonObject> instanceByName(const QString &name) const;
    [[nodiscard]] std::optional<QJsonObject> credential(const QString &instanceId) const;
    /// The OAuth settings of a self-hosted service, without the secret.
    [[nodiscard]] std::optional<QJsonObject> authConfig(const QString &instanceId) const;
    /// What was POSTed as `config.headers`, name to key; empty where there is no multi-key credential.
    [[nodiscard]] QHash<QString, QByteArray> keys(const QString &instanceId) const;
    /// As seeded: what is changed later does not show here.
    [[nodiscard]] QList<KnownKeys> knownKeys() const { return m_knownKeys; }

    /// For tests: what somebody else does meanwhile. `authorized` of the instance follows; the keys of a
    /// credential that is put without keys are unknown, so they are empty.
    void putCredential(const QString &instanceId, const QJsonObject &credential,
                       const QHash<QString, QByteArray> &keys = {});
    void removeCredential(const QString &instanceId);
    void putAuthConfig(const QString &instanceId, const QJsonObject &config);
    void removeAuthConfig(const QString &instanceId);
    void removeInstance(const QString &instanceId); ///< With its credential and auth config.
    /// Replaces the instance with the same `id`, else appends; an object without an id is always appended.
    void putInstance(const QJsonObject &instance);
    void putIntegration(const QJsonObject &integration); ///< The same by `name`.
    /// A fresh uuid of the organization's own sequence.
    [[nodiscard]] QString newId();
    /// The clock's time as Konnect writes it, with milliseconds.
    [[nodiscard]] QString nowText() const;
    /// Grows with each change of integrations or instances.
    [[nodiscard]] quint64 revision() const { return m_revision; }

private:
    void setAuthorized(const QString &instanceId, bool authorized);
    void rebuildIndex();

    const Clock &m_clock;
    QList<QJsonObject> m_integrations;
    QList<QJsonObject> m_instances;
    QHash<QString, qsizetype> m_rowOfId;
    QHash<QString, QString> m_idOfName;
    QHash<QString, QJsonObject> m_credentials;
    QHash<QString, QHash<QString, QByteArray>> m_keys;
    QHash<QString, QJsonObject> m_authConfigs;
    QList<KnownKeys> m_knownKeys;
    quint64 m_idSequence = 0;
    quint64 m_revision = 0;
};

} // namespace latchkey
