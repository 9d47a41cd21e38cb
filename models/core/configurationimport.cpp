// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/configurationimport.h"

#include "models/core/wording.h"

#include <QCoreApplication>
#include <QHash>
#include <QMap>
#include <QSet>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ConfigurationImport)
};

using Knowledge = InstanceRecord::Knowledge;
using Wish = ConfiguredInstance::Wish;
using Records = QList<const InstanceRecord *>;
using Instance = std::pair<QString, QString>; // Origin and instance id.

Instance instanceOf(const InstanceRecord &record)
{
    return {record.address.origin, record.address.instanceId};
}

/// One of each instance, whichever profiles see it.
Records distinct(const Records &records)
{
    Records all;
    QSet<Instance> seen;
    for (const InstanceRecord *record : records) {
        if (seen.contains(instanceOf(*record)))
            continue;
        seen.insert(instanceOf(*record));
        all << record;
    }
    return all;
}

/// The last day until whose end the moment is not passed in UTC.
QDate lastDayOf(const QDateTime &moment)
{
    return moment.toUTC().addMSecs(-1).date();
}

class Importer
{
public:
    Importer(const QList<Profile> &profiles, const QList<InstanceRecord> &records,
             const ImportOptions &options)
        : m_options(options)
    {
        for (const Profile &profile : profiles) {
            if (isMeant(profile.id))
                m_profiles.insert(profile.id, &profile);
        }
        for (const InstanceRecord &record : records) {
            if (!m_profiles.contains(record.address.profileId))
                continue;
            m_byId[record.address.instanceId] << &record;
            m_byName[record.instance.name] << &record;
        }
    }

    void add(ForeignCredential credential)
    {
        // With some of its headers only, it would take the place of one that has all.
        if (credential.lacksHeaders && !credential.headers.isEmpty()) {
            leaveOut(credential, Text::tr("Not all of its headers can be read. %1").arg(credential.note));
            return;
        }
        const Records found = find(credential);
        if (found.size() == 1) {
            addKnown(*found.constFirst(), std::move(credential));
        } else if (found.size() > 1) {
            leaveOut(credential, Text::tr("Several instances may be meant; nothing says which one."));
        } else {
            addUnknown(credential);
        }
    }

    ConfigurationImport take()
    {
        for (auto each = m_instances.cbegin(); each != m_instances.cend(); ++each)
            m_import.document.profiles << ConfiguredProfile{each.key(), each.value()};
        m_import.document = inOrder(m_import.document);
        return std::move(m_import);
    }

private:
    [[nodiscard]] bool isMeant(const QString &profileId) const
    {
        return m_options.profileId.isEmpty() || profileId == m_options.profileId;
    }

    [[nodiscard]] Records find(const ForeignCredential &credential) const
    {
        if (!saysInstance(credential)) {
            const QString &meant = m_options.instance;
            return meant.isEmpty() ? Records() : distinct(m_byId.value(meant) + m_byName.value(meant));
        }
        if (!credential.instanceId.isEmpty()) {
            Records found = distinct(m_byId.value(credential.instanceId));
            if (!found.isEmpty() || credential.instanceName.isEmpty())
                return found;
        }
        // Also of one that has another id here, as in another organization.
        Records found = m_byName.value(credential.instanceName);
        found.removeIf([&credential](const InstanceRecord *record) {
            return !credential.integration.isEmpty() &&
                   record->instance.integrationName != credential.integration;
        });
        return distinct(found);
    }

    void addKnown(const InstanceRecord &record, ForeignCredential credential)
    {
        if (m_seen.contains(instanceOf(record))) {
            leaveOut(credential, Text::tr("Its instance has another credential further up in the file."));
            return;
        }
        const IntegrationInstance &instance = record.instance;
        if (instance.name.isEmpty() || instance.integrationName.isEmpty()) {
            leaveOut(credential,
                     Text::tr("Konnect gives no machine name for its instance, or for its integration."));
            return;
        }
        m_seen.insert(instanceOf(record));
        if (!credential.instanceId.isEmpty() && credential.instanceId != record.address.instanceId)
            note(credential, Text::tr("Its instance has another id here, and was found by its name."));
        tell(credential);

        const Profile &profile = *m_profiles.value(record.address.profileId);
        ConfiguredInstance entry;
        entry.integration = instance.integrationName;
        entry.name = instance.name;
        if (profile.endpoints.size() > 1)
            entry.endpoint = record.endpointLabel;
        setWish(credential, &record, &entry);

        const bool isThere = record.knowledge == Knowledge::Present && !record.credential.id.isEmpty();
        // One of another organization is none of this instance, now or before.
        const bool isOfInstance = credential.instanceId == record.address.instanceId;
        QString credentialId = isOfInstance || credential.credentialId == record.credential.id
                                   ? credential.credentialId
                                   : QString();
        if (credentialId.isEmpty() && m_options.areOfPresent && isThere)
            credentialId = record.credential.id;
        if (isNews(credential, record, isThere && credentialId == record.credential.id))
            entry.expiry.date = lastDayOf(credential.expiresAt);
        if (!credential.keys.empty()) {
            SuppliedKeys keys;
            keys.keys = std::move(credential.keys);
            keys.credentialId = credentialId;
            m_import.keys.supply(record.address, std::move(keys));
        }
        m_instances[profile.name] << entry;
    }

    /// The plan says that it is not there, and where it can be made.
    void addUnknown(const ForeignCredential &credential)
    {
        if (!saysInstance(credential)) {
            leaveOut(credential, Text::tr("The file does not say to which instance it belongs."));
            return;
        }
        const QStringList place{credential.integration, credential.instanceName};
        if (place.contains(QString()) || m_profiles.size() != 1) {
            leaveOut(credential,
                     credential.instanceName.isEmpty()
                         ? Text::tr("Its instance is not known here.")
                         : Text::tr("Its instance %1 is not known here.").arg(credential.instanceName));
            return;
        }
        if (m_missing.contains(place)) {
            leaveOut(credential, Text::tr("Its instance has another credential further up in the file."));
            return;
        }
        m_missing.insert(place);
        note(credential, Text::tr("Its instance %1 is not known here.").arg(credential.instanceName));
        ConfiguredInstance entry;
        entry.integration = credential.integration;
        entry.name = credential.instanceName;
        setWish(credential, nullptr, &entry);
        m_instances[m_profiles.cbegin().value()->name] << entry;
    }

    static void setWish(const ForeignCredential &credential, const InstanceRecord *record,
                        ConfiguredInstance *entry)
    {
        ConfiguredCredential wanted;
        wanted.type = credential.type;
        if (wanted.type == CredentialType::AwsRole)
            wanted.roleArn = credential.roleArn;
        if (wanted.type == CredentialType::MultiKey) {
            QStringList names = credential.headers;
            if (names.isEmpty() && record != nullptr) {
                for (const HeaderDefinition &definition : record->authorization.headers)
                    names << definition.name;
            }
            for (const QString &name : std::as_const(names))
                wanted.headers << ConfiguredHeader{name, sourceOf(name, credential, record)};
            if (wanted.headers.isEmpty())
                return;
        }
        if (wanted.type == CredentialType::Unknown)
            return;
        entry->wish = Wish::Present;
        entry->credential = wanted;
    }

    /// A kept key is not asked for; one in the file is compared with it.
    static KeySource sourceOf(const QString &header, const ForeignCredential &credential,
                              const InstanceRecord *record)
    {
        const bool isInFile = headerNames(credential.keys).contains(header, Qt::CaseInsensitive);
        const bool isKept = record != nullptr && record->keptKeys.current &&
                            record->keptKeys.headers.contains(header, Qt::CaseInsensitive);
        return {isKept && !isInFile ? KeySource::Kind::Keychain : KeySource::Kind::Prompt, {}};
    }

    /// Whether nobody here knows the end of these keys. Konnect itself says that of the credential which is
    /// there, and what was recorded about it stays.
    static bool isNews(const ForeignCredential &credential, const InstanceRecord &record, bool isPresent)
    {
        if (!credential.expiresAt.isValid())
            return false;
        if (!isPresent)
            return !credential.keys.empty();
        const ExpiryRecord &recorded = record.expiry;
        const bool isRecorded = recorded.date.isValid() && recorded.credentialId == record.credential.id;
        return !record.credential.expiresAt.isKnown() && !isRecorded;
    }

    void tell(const ForeignCredential &credential)
    {
        if (!credential.note.isEmpty())
            note(credential, credential.note);
        if (!credential.keys.empty() && credential.expiresAt.isValid() &&
            credential.expiresAt <= m_options.at)
            note(credential, Text::tr("By what the file says, its keys ended on %1.")
                                 .arg(wording::day(credential.expiresAt.toUTC().date())));
    }

    void note(const ForeignCredential &credential, const QString &message)
    {
        m_import.findings << DocumentFinding{credential.place, 0, 0, message};
    }

    void leaveOut(const ForeignCredential &credential, const QString &why)
    {
        note(credential, Text::tr("It is left out. %1").arg(why));
        ++m_import.leftOut;
    }

    const ImportOptions &m_options;
    QHash<QString, const Profile *> m_profiles; ///< Those that are meant, by id.
    QHash<QString, Records> m_byId;
    QHash<QString, Records> m_byName;
    QSet<Instance> m_seen;
    QSet<QStringList> m_missing;
    QMap<QString, QList<ConfiguredInstance>> m_instances; ///< By the profile's name.
    ConfigurationImport m_import;
};

} // namespace

ConfigurationImport importOf(ForeignConfiguration foreign, const QList<Profile> &profiles,
                             const QList<InstanceRecord> &records, const ImportOptions &options)
{
    Importer importer(profiles, records, options);
    for (ForeignCredential &credential : foreign.credentials)
        importer.add(std::move(credential));
    ConfigurationImport made = importer.take();
    made.findings = foreign.findings + made.findings;
    made.leftOut += foreign.findings.size();
    return made;
}

bool saysInstance(const ForeignCredential &credential)
{
    return !credential.instanceId.isEmpty() || !credential.instanceName.isEmpty();
}

} // namespace latchkey
