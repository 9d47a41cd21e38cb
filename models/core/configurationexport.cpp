// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/configurationexport.h"

#include "models/core/headerrules.h"

#include <QCoreApplication>
#include <QHash>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ConfigurationExport)
};

using Knowledge = InstanceRecord::Knowledge;
using Wish = ConfiguredInstance::Wish;

class Exporter
{
public:
    explicit Exporter(const QList<Profile> &profiles)
    {
        for (const Profile &profile : profiles)
            m_profiles.insert(profile.id, &profile);
    }

    void see(const InstanceRecord &record) { ++m_seen[placeOf(record)]; }
    void add(const InstanceRecord &record)
    {
        const Profile *profile = m_profiles.value(record.address.profileId);
        if (profile == nullptr)
            return;
        const IntegrationInstance &instance = record.instance;
        if (instance.name.isEmpty() || instance.integrationName.isEmpty()) {
            note(record, Text::tr("Konnect gives no machine name for it, or for its integration"));
            return;
        }
        ConfiguredInstance entry;
        entry.integration = instance.integrationName;
        entry.name = instance.name;
        if (profile->endpoints.size() > 1)
            entry.endpoint = record.endpointLabel;
        if (m_seen.value(placeOf(record)) > 1) {
            note(record, Text::tr("there is another instance of this name"));
            return;
        }
        addCredential(record, &entry);
        addExpiry(record, &entry);
        entry.isProtected = record.isProtected;
        m_instances[profile->name] << entry;
    }

    ConfigurationExport take()
    {
        ConfigurationExport exported;
        for (auto each = m_instances.cbegin(); each != m_instances.cend(); ++each)
            exported.document.profiles << ConfiguredProfile{each.key(), each.value()};
        exported.document = inOrder(exported.document);
        m_notes.sort();
        exported.notes = m_notes;
        return exported;
    }

private:
    static QStringList placeOf(const InstanceRecord &record)
    {
        return {record.address.profileId, record.endpointLabel, record.instance.integrationName,
                record.instance.name};
    }
    void note(const InstanceRecord &record, const QString &why)
    {
        m_notes << Text::tr("“%1” is left out: %2.").arg(record.instance.title(), why);
    }
    void noteCredential(const InstanceRecord &record, const QString &why)
    {
        m_notes << Text::tr("The credential of “%1” is left out: %2.").arg(record.instance.title(), why);
    }

    void addCredential(const InstanceRecord &record, ConfiguredInstance *entry)
    {
        if (record.builtIn)
            return;
        if (record.knowledge == Knowledge::NotChecked) {
            noteCredential(record, Text::tr("it was not read yet"));
            return;
        }
        if (record.knowledge == Knowledge::Absent) {
            entry->wish = Wish::None;
            return;
        }
        ConfiguredCredential wanted;
        wanted.type = record.credential.type;
        QString why;
        switch (wanted.type) {
        case CredentialType::MultiKey:
            wanted.headers = headersOf(record);
            if (wanted.headers.isEmpty())
                why = Text::tr("the names of its headers are not known here");
            break;
        case CredentialType::AwsRole:
            wanted.roleArn = record.credential.roleArn;
            if (!isRoleArn(wanted.roleArn))
                why = Text::tr("Konnect does not show the ARN of its role");
            break;
        case CredentialType::OAuth:
        case CredentialType::GitHubApp:
            break;
        case CredentialType::Unknown:
            why = Text::tr("Latchkey does not know its kind, %1").arg(record.credential.rawType);
            break;
        }
        if (!why.isEmpty()) {
            noteCredential(record, why);
            return;
        }
        entry->wish = Wish::Present;
        entry->credential = wanted;
    }

    static QList<ConfiguredHeader> headersOf(const InstanceRecord &record)
    {
        QList<ConfiguredHeader> headers;
        if (record.keptKeys.current) {
            for (const QString &name : record.keptKeys.headers)
                headers << ConfiguredHeader{name, {KeySource::Kind::Keychain, {}}};
            return headers;
        }
        for (const HeaderDefinition &definition : record.authorization.headers)
            headers << ConfiguredHeader{definition.name, {KeySource::Kind::Prompt, {}}};
        return headers;
    }

    static void addExpiry(const InstanceRecord &record, ConfiguredInstance *entry)
    {
        const ExpiryRecord &recorded = record.expiry;
        const bool isOfIt =
            record.knowledge == Knowledge::Present && recorded.credentialId == record.credential.id;
        if (isOfIt)
            entry->expiry.date = recorded.date;
        entry->expiry.livesDays = recorded.livesDays;
        entry->expiry.owner = recorded.owner;
        entry->expiry.note = recorded.note;
    }

    QHash<QString, const Profile *> m_profiles; ///< By id.
    QHash<QStringList, int> m_seen;
    QHash<QString, QList<ConfiguredInstance>> m_instances; ///< By the profile's name.
    QStringList m_notes;
};

} // namespace

ConfigurationExport configurationOf(const QList<Profile> &profiles, const QList<InstanceRecord> &records)
{
    Exporter exporter(profiles);
    for (const InstanceRecord &record : records)
        exporter.see(record);
    for (const InstanceRecord &record : records)
        exporter.add(record);
    return exporter.take();
}

} // namespace latchkey
