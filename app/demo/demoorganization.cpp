// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoorganization.h"

#include "app/demo/democatalog.h"
#include "app/demo/demoseed.h"

#include <QUuid>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// SplitMix64: well spread ids from a plain sequence.
quint64 scatter(quint64 n)
{
    n += 0x9e3779b97f4a7c15ULL;
    n = (n ^ (n >> 30)) * 0xbf58476d1ce4e5b9ULL;
    n = (n ^ (n >> 27)) * 0x94d049bb133111ebULL;
    return n ^ (n >> 31);
}

} // namespace

DemoOrganization::DemoOrganization(int instances, const Clock &clock)
    : m_clock(clock)
    , m_integrations(demoCatalog())
{
    DemoSeed seed = makeDemoSeed(instances, clock.now(), m_integrations, [this] { return newId(); });
    m_instances = std::move(seed.instances);
    m_credentials = std::move(seed.credentials);
    m_keys = std::move(seed.keys);
    m_authConfigs = std::move(seed.authConfigs);
    m_knownKeys = std::move(seed.knownKeys);
    rebuildIndex();
}

std::optional<QJsonObject> DemoOrganization::integration(const QString &name) const
{
    for (const QJsonObject &candidate : m_integrations)
        if (candidate.value("name"_L1).toString() == name)
            return candidate;
    return std::nullopt;
}

std::optional<QJsonObject> DemoOrganization::instance(const QString &id) const
{
    const auto row = m_rowOfId.constFind(id);
    if (id.isEmpty() || row == m_rowOfId.cend())
        return std::nullopt;
    return m_instances.at(*row);
}

std::optional<QJsonObject> DemoOrganization::instanceByName(const QString &name) const
{
    return instance(m_idOfName.value(name));
}

std::optional<QJsonObject> DemoOrganization::credential(const QString &instanceId) const
{
    const auto found = m_credentials.constFind(instanceId);
    if (found == m_credentials.cend())
        return std::nullopt;
    return *found;
}

std::optional<QJsonObject> DemoOrganization::authConfig(const QString &instanceId) const
{
    const auto found = m_authConfigs.constFind(instanceId);
    if (found == m_authConfigs.cend())
        return std::nullopt;
    return *found;
}

QHash<QString, QByteArray> DemoOrganization::keys(const QString &instanceId) const
{
    return m_keys.value(instanceId);
}

void DemoOrganization::putCredential(const QString &instanceId, const QJsonObject &credential,
                                     const QHash<QString, QByteArray> &keys)
{
    m_credentials.insert(instanceId, credential);
    m_keys.remove(instanceId);
    if (!keys.isEmpty())
        m_keys.insert(instanceId, keys);
    setAuthorized(instanceId, true);
}

void DemoOrganization::removeCredential(const QString &instanceId)
{
    m_keys.remove(instanceId);
    if (m_credentials.remove(instanceId))
        setAuthorized(instanceId, false);
}

void DemoOrganization::putAuthConfig(const QString &instanceId, const QJsonObject &config)
{
    m_authConfigs.insert(instanceId, config);
}

void DemoOrganization::removeAuthConfig(const QString &instanceId)
{
    m_authConfigs.remove(instanceId);
}

void DemoOrganization::removeInstance(const QString &instanceId)
{
    const auto row = m_rowOfId.constFind(instanceId);
    if (row == m_rowOfId.cend())
        return;
    m_instances.removeAt(*row);
    m_credentials.remove(instanceId);
    m_keys.remove(instanceId);
    m_authConfigs.remove(instanceId);
    rebuildIndex();
}

void DemoOrganization::putInstance(const QJsonObject &instance)
{
    const auto row = m_rowOfId.constFind(instance.value("id"_L1).toString());
    if (row != m_rowOfId.cend())
        m_instances[*row] = instance;
    else
        m_instances.append(instance);
    rebuildIndex();
}

void DemoOrganization::putIntegration(const QJsonObject &integration)
{
    ++m_revision;
    const QJsonValue name = integration.value("name"_L1);
    for (QJsonObject &existing : m_integrations) {
        if (name.isString() && existing.value("name"_L1) == name) {
            existing = integration;
            return;
        }
    }
    m_integrations.append(integration);
}

QString DemoOrganization::newId()
{
    const quint64 high = scatter(++m_idSequence);
    const quint64 low = scatter(high);
    // The bits that make it a version 4 uuid.
    const QUuid id(uint(high >> 32), ushort(high >> 16), ushort((high & 0x0fff) | 0x4000),
                   uchar(((low >> 56) & 0x3f) | 0x80), uchar(low >> 48), uchar(low >> 40), uchar(low >> 32),
                   uchar(low >> 24), uchar(low >> 16), uchar(low >> 8), uchar(low));
    return id.toString(QUuid::WithoutBraces);
}

QString DemoOrganization::nowText() const
{
    return m_clock.now().toUTC().toString(Qt::ISODateWithMs);
}

void DemoOrganization::setAuthorized(const QString &instanceId, bool authorized)
{
    const auto row = m_rowOfId.constFind(instanceId);
    if (row == m_rowOfId.cend())
        return;
    ++m_revision;
    m_instances[*row].insert("authorized"_L1, authorized);
}

void DemoOrganization::rebuildIndex()
{
    ++m_revision;
    m_rowOfId.clear();
    m_idOfName.clear();
    m_rowOfId.reserve(m_instances.size());
    m_idOfName.reserve(m_instances.size());
    for (qsizetype row = 0; row < m_instances.size(); ++row) {
        const QString id = m_instances.at(row).value("id"_L1).toString();
        if (id.isEmpty())
            continue;
        m_rowOfId.insert(id, row);
        m_idOfName.insert(m_instances.at(row).value("name"_L1).toString(), id);
    }
}

} // namespace latchkey
