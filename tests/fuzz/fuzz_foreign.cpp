// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/headerrules.h"
#include "models/transfer/foreignreader.h"
#include "models/transfer/pulumiwriter.h"
#include "models/transfer/terraformwriter.h"
#include "tests/fuzz/fuzz.h"

#include <QSet>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

void check(const ForeignCredential &credential)
{
    for (const HeaderKey &key : credential.keys) {
        fuzz::require(credential.headers.contains(key.name), "each key belongs to a header that is named");
        fuzz::require(!key.key.isEmpty() && isFieldValue(key.key.reveal()),
                      "a key is one that a header carries");
    }
    for (const QString &name : credential.headers)
        fuzz::require(isFieldName(name), "a header has a name that HTTP has");
    const bool isWhole = credential.headers.size() == qsizetype(credential.keys.size());
    fuzz::require(credential.type != CredentialType::MultiKey || !credential.note.isEmpty() ||
                      (isWhole && !credential.headers.isEmpty()),
                  "a note says why keys are missing");
}

/// What was read, as something to write.
ToolExport exportOf(const ForeignConfiguration &configuration)
{
    ConfiguredProfile profile{u"p"_s, {}};
    QList<InstanceRecord> records;
    for (const ForeignCredential &credential : configuration.credentials) {
        if (credential.type != CredentialType::MultiKey || credential.headers.isEmpty())
            continue;
        ConfiguredInstance instance;
        instance.integration = credential.integration;
        instance.name = QString::number(records.size()) + credential.place;
        instance.wish = ConfiguredInstance::Wish::Present;
        for (const QString &name : credential.headers)
            instance.credential.headers.append(ConfiguredHeader{name, {}});
        profile.instances.append(instance);
        InstanceRecord record;
        record.profileName = profile.name;
        record.address = {u"p"_s, u"https://eu.api.konghq.com:443"_s, u"id-%1"_s.arg(records.size())};
        record.instance.name = instance.name;
        record.instance.displayName = credential.instanceTitle;
        record.instance.integrationName = instance.integration;
        records.append(record);
    }
    const QList<ToolExport> files = ToolExport::of({{profile}}, records);
    return files.isEmpty() ? ToolExport() : files.first();
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto result = foreignreader::read(fuzz::bytesOf(data, size));
    if (!result)
        return 0;
    QSet<QString> instances;
    for (const ForeignCredential &credential : result.value().credentials) {
        check(credential);
        fuzz::require(credential.instanceId.isEmpty() || !instances.contains(credential.instanceId),
                      "no instance has two credentials");
        instances.insert(credential.instanceId);
    }
    const ToolExport file = exportOf(result.value());
    fuzz::require(!terraformwriter::toHcl(file).isEmpty(), "Terraform's file is written");
    const auto again = foreignreader::read(pulumiwriter::toYaml(file));
    fuzz::require(again.ok(), "a program that is written can be read");
    fuzz::require(!again.value().holdsKeys(), "it has no keys");
    fuzz::require(qsizetype(again.value().credentials.size()) == file.credentials.size(),
                  "each credential of it is read");
    for (qsizetype i = 0; i < file.credentials.size(); ++i) {
        QStringList names;
        for (const ToolExport::Header &header : file.credentials.at(i).headers)
            names << header.name;
        const ForeignCredential &back = again.value().credentials.at(size_t(i));
        fuzz::require(back.headers == names, "each header of it is read");
        fuzz::require(back.instanceId == file.credentials.at(i).instanceId, "each instance of it is read");
    }
    return 0;
}
