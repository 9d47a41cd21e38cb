// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace latchkey {

/// The state behind the demo service: integrations, instances, credentials with their (write-only) keys. Objects are the
/// JSON that Konnect would answer with. Deterministic: the same count and clock give the same ids and data.
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
    [[nodiscard]] std::optional<QJsonObject> instance(const QString &id) const;
    [[nodiscard]] std::optional<QJsonObject> instanceByName(const QString &name) const;
    [[nodiscard]] std::optional<QJsonObject> credential(const QString &instanceId) const;
    /// What was POSTed as `config.headers`, name to key; empty where there is no multi-key credential.
    [[nodiscard]] QHash<QString, QByteArray> keys(const QString &instanceId) const;
    [[nodiscard]] QList<KnownKeys> knownKeys() const;

    /// For tests: what somebody else does meanwhile.
    void putCredential(const QString &instanceId, const QJsonObject &credential);
    void removeCredential(const QString &instanceId);
    void removeInstance(const QString &instanceId);
    void putInstance(const QJsonObject &instance);
    void putIntegration(const QJsonObject &integration);
    /// A fresh uuid of the organization's own sequence.
    [[nodiscard]] QString newId();

private:
    const Clock &m_clock;
    QList<QJsonObject> m_integrations;
    QList<QJsonObject> m_instances;
    QHash<QString, QJsonObject> m_credentials;
    QHash<QString, QHash<QString, QByteArray>> m_keys;
    quint64 m_idSequence = 0;
};

} // namespace latchkey
