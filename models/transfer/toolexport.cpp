// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/toolexport.h"

#include "models/core/profile.h"
#include "models/transfer/toolnames.h"

#include <QCoreApplication>
#include <QMap>
#include <QMultiHash>

#include <algorithm>
#include <map>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(toolexport)
};

using InstanceKey = std::pair<QString, std::pair<QString, QString>>; // Profile, integration, name.
using RecordIndex = QMultiHash<InstanceKey, const InstanceRecord *>;

constexpr qsizetype LongestId = 128;

bool isPlainId(const QString &id)
{
    return !id.isEmpty() && id.size() <= LongestId && !id.startsWith(u'-') &&
           std::all_of(id.cbegin(), id.cend(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
                      u"._-"_s.contains(c);
           });
}

/// Without the `/v1` that a provider's own paths begin with, and without a port.
QString serverUrlOf(const InstanceRecord &record)
{
    if (!konnectGeos().contains(record.endpointLabel))
        return {};
    const Endpoint endpoint = endpointOfGeo(record.endpointLabel);
    return endpoint.origin() == record.address.origin
               ? endpoint.baseUrl.toString(QUrl::RemovePath | QUrl::RemovePort)
               : QString();
}

/// What a variable of Terraform's must not be called, or anything in a program of Pulumi's.
const QStringList &reservedNames()
{
    static const QStringList names{u"source"_s,    u"version"_s,    u"providers"_s, u"count"_s, u"for_each"_s,
                                   u"lifecycle"_s, u"depends_on"_s, u"locals"_s,    u"pulumi"_s};
    return names;
}

/// Makes the exports of one profile.
class ProfileExport
{
public:
    ProfileExport(const QString &name, const RecordIndex &records)
        : m_name(name)
        , m_records(records)
    {
    }

    void add(const ConfiguredInstance &instance)
    {
        QList<const InstanceRecord *> found;
        const auto matches = m_records.values({m_name, {instance.integration, instance.name}});
        for (const InstanceRecord *record : matches) {
            if (instance.endpoint.isEmpty() || instance.endpoint == record->endpointLabel)
                found << record;
        }
        if (found.size() != 1) {
            fileOf(instance.endpoint)
                .leftOut.append(ToolExport::LeftOut{
                    instance.name, found.isEmpty() ? Words::tr("it was not found in Konnect.")
                                                   : Words::tr("it was found more than once.")});
            return;
        }
        add(instance, *found.first());
    }

    /// What belongs to no endpoint is said in the first file there is.
    QList<ToolExport> take()
    {
        if (m_files.size() > 1 && m_files.firstKey().isEmpty() && m_files.first().credentials.isEmpty()) {
            const QList<ToolExport::LeftOut> leftOut = m_files.take(QString()).leftOut;
            m_files.first().leftOut = leftOut + m_files.first().leftOut;
        }
        return m_files.values();
    }

private:
    ToolExport &fileOf(const QString &endpoint)
    {
        ToolExport &file = m_files[endpoint];
        file.profileName = m_name;
        file.endpoint = endpoint;
        return file;
    }

    static QString whyNot(const ConfiguredInstance &instance, const InstanceRecord &record)
    {
        if (instance.wish == ConfiguredInstance::Wish::NotSaid)
            return Words::tr("the configuration does not say which credential it is to have.");
        if (instance.wish == ConfiguredInstance::Wish::None)
            return Words::tr("it is to have no credential.");
        if (instance.credential.type != CredentialType::MultiKey)
            return Words::tr("Kong's provider manages credentials with header keys only.");
        if (!isPlainId(record.address.instanceId))
            return Words::tr("its id is none that a command line should get.");
        return {};
    }

    void add(const ConfiguredInstance &instance, const InstanceRecord &record)
    {
        ToolExport &file = fileOf(record.endpointLabel);
        file.serverUrl = serverUrlOf(record);
        if (const QString why = whyNot(instance, record); !why.isEmpty()) {
            file.leftOut.append(ToolExport::LeftOut{record.instance.title(), why});
            return;
        }
        ToolNames &names = m_names.try_emplace(record.endpointLabel, reservedNames()).first->second;
        ToolExport::Credential credential;
        credential.resource = names.take(instance.name);
        credential.title = record.instance.title();
        credential.integration = instance.integration;
        credential.instanceId = record.address.instanceId;
        for (const ConfiguredHeader &header : instance.credential.headers)
            credential.headers.append(
                ToolExport::Header{header.name, names.take(credential.resource + u'_' + header.name)});
        file.credentials.append(credential);
    }

    const QString &m_name;
    const RecordIndex &m_records;
    QMap<QString, ToolExport> m_files;
    std::map<QString, ToolNames> m_names; ///< In Pulumi, variables and resources have one namespace.
};

} // namespace

QList<ToolExport> ToolExport::of(const ConfigurationDocument &document, const QList<InstanceRecord> &records)
{
    RecordIndex index;
    for (const InstanceRecord &record : records)
        index.insert({record.profileName, {record.instance.integrationName, record.instance.name}}, &record);
    QList<ToolExport> files;
    const ConfigurationDocument ordered = inOrder(document);
    for (const ConfiguredProfile &profile : ordered.profiles) {
        ProfileExport made(profile.name, index);
        for (const ConfiguredInstance &instance : profile.instances)
            made.add(instance);
        files += made.take();
    }
    return files;
}

} // namespace latchkey
