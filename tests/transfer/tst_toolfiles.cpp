// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/foreignreader.h"
#include "models/transfer/pulumiwriter.h"
#include "models/transfer/terraformwriter.h"
#include "models/transfer/toolexport.h"
#include "models/transfer/toolnames.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <yaml-cpp/yaml.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

ConfiguredInstance wanted(const QString &name, const QStringList &headers = {u"authorization"_s})
{
    ConfiguredInstance instance;
    instance.integration = u"swaggerhub"_s;
    instance.name = name;
    instance.wish = ConfiguredInstance::Wish::Present;
    for (const QString &header : headers)
        instance.credential.headers.append(ConfiguredHeader{header, {}});
    return instance;
}

InstanceRecord record(const QString &name, const QString &id, const QString &profile = u"Acme"_s)
{
    InstanceRecord record;
    record.profileName = profile;
    record.endpointLabel = u"eu"_s;
    record.address = {u"p1"_s, u"https://eu.api.konghq.com:443"_s, id};
    record.instance.id = id;
    record.instance.name = name;
    record.instance.displayName = u"The "_s + name;
    record.instance.integrationName = u"swaggerhub"_s;
    record.knowledge = InstanceRecord::Knowledge::Present;
    return record;
}

ConfigurationDocument document(const QList<ConfiguredInstance> &instances)
{
    return {{{u"Acme"_s, instances}}};
}

/// The only file.
ToolExport exported(const QList<ConfiguredInstance> &instances, const QList<InstanceRecord> &records)
{
    const QList<ToolExport> files = ToolExport::of(document(instances), records);
    return files.size() == 1 ? files.first() : ToolExport();
}

/// Texts that break out of one place or another.
const QStringList Nasty{u"${file(\"/etc/passwd\")}"_s,
                        u"$${x}$$$${y}"_s,
                        u"%{ if true }%%{x"_s,
                        u"a\"b\\c\\\""_s,
                        u"two\nlines: x\r\n# three\u2028four\u0085five"_s,
                        u"}\nresource \"evil\" \"x\" {}\n"_s,
                        u"*/ # // <<EOT\nEOT"_s,
                        u"- [a, {b: c}] &x *x !!y | > @`"_s,
                        u"\u001b[31m\u0007nul\0bell"_s,
                        u"\u202Etxet\u202C 日本語 🔑"_s,
                        u"null"_s,
                        u"true"_s,
                        u"~"_s,
                        u"'"_s,
                        u"; rm -rf ~ #"_s,
                        u"$(id) `id`"_s,
                        QString()};

/// Whether a text is HCL of the few forms that are written: comments, quoted texts without anything to work
/// out, names and balanced brackets. Gives the blocks at the top, e.g. `variable "x"`.
bool isPlainHcl(const QByteArray &hcl, QStringList &blocks)
{
    const QString text = QString::fromUtf8(hcl);
    int depth = 0;
    QString line;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'#') {
            i = text.indexOf(u'\n', i);
            line.clear();
        } else if (c == u'"') {
            line += c;
            for (++i; i < text.size() && text.at(i) != u'"'; ++i) {
                if (text.at(i) == u'\n')
                    return false;
                if (text.at(i) == u'\\')
                    ++i;
                else if (text.mid(i, 3) == "$${"_L1 || text.mid(i, 3) == "%%{"_L1)
                    i += 2;
                else if (text.mid(i, 2) == "${"_L1 || text.mid(i, 2) == "%{"_L1)
                    return false;
                line += text.at(i);
            }
            line += u'"';
        } else if (u"{["_s.contains(c)) {
            if (depth++ == 0)
                blocks << line.trimmed();
        } else if (u"}]"_s.contains(c)) {
            if (--depth < 0)
                return false;
        } else if (c == u'\n') {
            line.clear();
        } else if (c.isLetterOrNumber() || u"_. =,"_s.contains(c)) {
            line += c;
        } else {
            return false;
        }
    }
    return depth == 0;
}

void pulumiReadsBack(const ToolExport &file)
{
    const YAML::Node yaml = YAML::Load(pulumiwriter::toYaml(file).toStdString());
    const auto text = [](const YAML::Node &node) { return QString::fromStdString(node.as<std::string>()); };
    QCOMPARE(yaml["resources"].size(), size_t(file.credentials.size()));
    for (const ToolExport::Credential &credential : file.credentials) {
        const YAML::Node resource = yaml["resources"][credential.resource.toStdString()];
        QCOMPARE(text(resource["properties"]["integrationInstanceId"]), credential.instanceId);
        const YAML::Node headers = resource["properties"]["multiKeyAuth"]["config"]["headers"];
        QCOMPARE(headers.size(), size_t(credential.headers.size()));
        for (size_t i = 0; i < headers.size(); ++i) {
            const ToolExport::Header &header = credential.headers.at(qsizetype(i));
            QCOMPARE(text(headers[i]["name"]), QString(header.name).replace(u'$', u"$$"_s));
            QCOMPARE(text(headers[i]["key"]), u"${%1}"_s.arg(header.variable));
            QVERIFY(yaml["config"][header.variable.toStdString()]["secret"].as<bool>());
        }
    }
}

} // namespace

class TstToolFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void terraformIsWrittenInFull();
    void pulumiIsWrittenInFull();
    void nothingOfANameIsEverExecuted();
    void ownReaderReadsPulumiBack();
    void namesAreValidAndUnique();
    void noNameIsGivenTwiceInAFile();
    void onlyAGeoHasAServer();
    void eachProfileAndEndpointIsAFile();
    void whatCannotGoThereIsNamed();
    void nothingIsAFileToo();
};

void TstToolFiles::terraformIsWrittenInFull()
{
    ConfiguredInstance gone = wanted(u"gone"_s);
    const ToolExport file = exported(
        {wanted(u"datadog-eu"_s, {u"DD-API-KEY"_s, u"DD-APPLICATION-KEY"_s}), wanted(u"new"_s), gone},
        {record(u"datadog-eu"_s, u"id-1"_s), record(u"new"_s, u"id-2"_s)});
    QByteArray hcl = terraformwriter::toHcl(file);
    const qsizetype code = hcl.indexOf("\nterraform {");
    const QByteArray comments = hcl.first(code);
    QVERIFY(comments.contains("has none in the state"));
    QVERIFY(comments.contains("first plan may replace"));
    QVERIFY(comments.contains("# - gone: "));
    for (const QByteArray &line : comments.trimmed().split('\n'))
        QVERIFY2(line.startsWith('#'), line.constData());
    // Not within the macro: moc takes no raw string there.
    const QByteArray expected(R"(
terraform {
  required_version = ">= 1.5.0"
  required_providers {
    konnect = {
      source = "kong/konnect"
    }
  }
}

provider "konnect" {
  server_url = "https://eu.api.konghq.com"
}

# The datadog-eu (swaggerhub)

variable "datadog_eu_dd_api_key" {
  description = "DD-API-KEY, The datadog-eu"
  type        = string
  sensitive   = true
}

variable "datadog_eu_dd_application_key" {
  description = "DD-APPLICATION-KEY, The datadog-eu"
  type        = string
  sensitive   = true
}

import {
  to = konnect_integration_instance_auth_credential.datadog_eu
  id = "id-1"
}

resource "konnect_integration_instance_auth_credential" "datadog_eu" {
  integration_instance_id = "id-1"
  multi_key_auth = {
    config = {
      headers = [
        {
          name = "DD-API-KEY"
          key  = var.datadog_eu_dd_api_key
        },
        {
          name = "DD-APPLICATION-KEY"
          key  = var.datadog_eu_dd_application_key
        },
      ]
    }
  }
}

# The new (swaggerhub)

variable "new_authorization" {
  description = "authorization, The new"
  type        = string
  sensitive   = true
}

import {
  to = konnect_integration_instance_auth_credential.new
  id = "id-2"
}

resource "konnect_integration_instance_auth_credential" "new" {
  integration_instance_id = "id-2"
  multi_key_auth = {
    config = {
      headers = [
        {
          name = "authorization"
          key  = var.new_authorization
        },
      ]
    }
  }
}
)");
    QCOMPARE(hcl.sliced(code), expected);
}

void TstToolFiles::pulumiIsWrittenInFull()
{
    const ToolExport file = exported({wanted(u"datadog-eu"_s, {u"DD-API-KEY"_s})},
                                     {record(u"datadog-eu"_s, u"3f51fa25-310a-421d-bd1a-007f859021a3"_s)});
    const QString command =
        u"pulumi import "
        u"konnect:index/integrationInstanceAuthCredential:IntegrationInstanceAuthCredential "
        "datadog_eu \"3f51fa25-310a-421d-bd1a-007f859021a3\""_s;
    QCOMPARE(pulumiwriter::importCommands(file), QStringList{command});
    const QByteArray yaml = pulumiwriter::toYaml(file);
    const qsizetype code = yaml.indexOf("\nname:");
    const QByteArray comments = yaml.first(code);
    QVERIFY(comments.contains("# " + command.toUtf8() + '\n'));
    QVERIFY(comments.contains("# pulumi config set --secret datadog_eu_dd_api_key\n"));
    QVERIFY(comments.contains("has none in the state"));
    QVERIFY(comments.contains("first plan may replace"));
    for (const QByteArray &line : comments.trimmed().split('\n'))
        QVERIFY2(line.startsWith('#'), line.constData());
    // Not within the macro: moc takes no raw string there.
    const QByteArray expected(R"(
name: "latchkey-acme"
runtime: yaml
config:
  "konnect:serverUrl":
    value: "https://eu.api.konghq.com"
  "datadog_eu_dd_api_key":
    type: string
    secret: true
resources:
  # The datadog-eu (swaggerhub)
  "datadog_eu":
    type: konnect:index/integrationInstanceAuthCredential:IntegrationInstanceAuthCredential
    properties:
      integrationInstanceId: "3f51fa25-310a-421d-bd1a-007f859021a3"
      multiKeyAuth:
        config:
          headers:
            - name: "DD-API-KEY"
              key: "${datadog_eu_dd_api_key}"
)");
    QCOMPARE(yaml.sliced(code), expected);
}

void TstToolFiles::nothingOfANameIsEverExecuted()
{
    QList<ConfiguredInstance> instances;
    QList<InstanceRecord> records;
    for (const QString &text : Nasty) {
        ConfiguredInstance instance = wanted(text, {text, u"x"_s});
        instance.integration = text;
        instances << instance;
        InstanceRecord known = record(text, u"id-%1"_s.arg(records.size()), text);
        known.instance.displayName = text;
        known.instance.integrationName = text;
        known.endpointLabel = text;
        known.address.origin = text;
        records << known;
    }
    for (const QString &profile : Nasty) {
        for (InstanceRecord &known : records)
            known.profileName = profile;
        const QList<ToolExport> files = ToolExport::of({{{profile, instances}}}, records);
        int credentials = 0;
        for (const ToolExport &file : files) {
            credentials += int(file.credentials.size());
            QStringList blocks;
            QVERIFY(isPlainHcl(terraformwriter::toHcl(file), blocks));
            QStringList expected{u"terraform"_s};
            if (!file.serverUrl.isEmpty())
                expected << u"provider \"konnect\""_s;
            for (const ToolExport::Credential &credential : file.credentials) {
                for (const ToolExport::Header &header : credential.headers)
                    expected << u"variable \"%1\""_s.arg(header.variable);
                expected << u"import"_s
                         << u"resource \"konnect_integration_instance_auth_credential\" \"%1\""_s.arg(
                                credential.resource);
            }
            QCOMPARE(blocks, expected);
            pulumiReadsBack(file);
        }
        QCOMPARE(credentials, int(Nasty.size()));
    }
}

void TstToolFiles::ownReaderReadsPulumiBack()
{
    const ToolExport file = exported({wanted(u"a"_s, {u"x-$-$$"_s, u"y"_s}), wanted(u"b"_s)},
                                     {record(u"a"_s, u"id-1"_s), record(u"b"_s, u"id-2"_s)});
    const auto result = foreignreader::read(pulumiwriter::toYaml(file));
    QVERIFY2(result, qPrintable(result ? QString() : result.problem().toText()));
    QVERIFY(result.value().findings.isEmpty());
    QVERIFY(!result.value().holdsKeys());
    QCOMPARE(result.value().credentials.size(), 2U);
    QCOMPARE(result.value().credentials.at(0).instanceId, u"id-1"_s);
    QCOMPARE(result.value().credentials.at(0).headers, (QStringList{u"x-$-$$"_s, u"y"_s}));
    QCOMPARE(result.value().credentials.at(1).place, u"b"_s);
}

void TstToolFiles::namesAreValidAndUnique()
{
    ToolNames names({u"count"_s});
    QCOMPARE(names.take(u"Datadog-EU.1"_s), u"datadog_eu_1"_s);
    QCOMPARE(names.take(u"datadog eu 1"_s), u"datadog_eu_1_2"_s);
    QCOMPARE(names.take(u"datadog_eu_1_2"_s), u"datadog_eu_1_2_2"_s);
    QCOMPARE(names.take(u"count"_s), u"count_2"_s);
    QCOMPARE(names.take(u"9lives"_s), u"c_9lives"_s);
    QCOMPARE(names.take(QString()), u"credential"_s);
    QCOMPARE(names.take(u"日本"_s), u"credential_2"_s);
    static const QRegularExpression valid(u"\\A[a-z][a-z0-9_]{0,110}\\z"_s);
    for (const QString &text : Nasty + QStringList{QString(500, u'x'), QString(500, u'x')})
        QVERIFY(valid.match(names.take(text)).hasMatch());
}

void TstToolFiles::noNameIsGivenTwiceInAFile()
{
    const ToolExport file =
        exported({wanted(u"a"_s, {u"b"_s}), wanted(u"a-b"_s), wanted(u"pulumi"_s)},
                 {record(u"a"_s, u"id-1"_s), record(u"a-b"_s, u"id-2"_s), record(u"pulumi"_s, u"id-3"_s)});
    QStringList names{u"pulumi"_s}; // Which Pulumi keeps for itself.
    for (const ToolExport::Credential &credential : file.credentials) {
        names << credential.resource;
        for (const ToolExport::Header &header : credential.headers)
            names << header.variable;
    }
    QCOMPARE(names.size(), 7);
    QCOMPARE(names.removeDuplicates(), 0);
}

void TstToolFiles::onlyAGeoHasAServer()
{
    // With a path that the record does not say: without it, the token would go somewhere else.
    InstanceRecord own = record(u"a"_s, u"id-1"_s);
    own.endpointLabel = u"gw.example"_s;
    own.address.origin = u"https://gw.example:443"_s;
    const ToolExport file = exported({wanted(u"a"_s)}, {own});
    QCOMPARE(file.credentials.size(), 1);
    QCOMPARE(file.serverUrl, QString());
    const QByteArray hcl = terraformwriter::toHcl(file);
    QVERIFY(!hcl.contains("provider \"konnect\""));
    QVERIFY(hcl.contains("# gw.example"));
    QVERIFY(hcl.contains("Set server_url to"));
    const QByteArray yaml = pulumiwriter::toYaml(file);
    QVERIFY(!yaml.contains("\"konnect:serverUrl\""));
    QVERIFY(yaml.contains("Set konnect:serverUrl to"));

    // A proxy that calls itself by the name of a geo.
    InstanceRecord named = own;
    named.endpointLabel = u"eu"_s;
    QCOMPARE(exported({wanted(u"a"_s)}, {named}).serverUrl, QString());
}

void TstToolFiles::eachProfileAndEndpointIsAFile()
{
    InstanceRecord us = record(u"b"_s, u"id-2"_s);
    us.endpointLabel = u"us"_s;
    us.address.origin = u"https://us.api.konghq.com:443"_s;
    const ConfigurationDocument all{
        {{u"Zeta"_s, {wanted(u"a"_s)}}, {u"Acme"_s, {wanted(u"b"_s), wanted(u"a"_s), wanted(u"none"_s)}}}};
    const QList<InstanceRecord> records{record(u"a"_s, u"id-1"_s), us, record(u"a"_s, u"id-3"_s, u"Zeta"_s)};
    const QList<ToolExport> files = ToolExport::of(all, records);
    QStringList what;
    for (const ToolExport &file : files)
        what << u"%1 %2 %3 %4 %5"_s.arg(file.profileName, file.endpoint, file.serverUrl)
                    .arg(file.credentials.size())
                    .arg(file.leftOut.size());
    QCOMPARE(what, (QStringList{u"Acme eu https://eu.api.konghq.com 1 1"_s,
                                u"Acme us https://us.api.konghq.com 1 0"_s,
                                u"Zeta eu https://eu.api.konghq.com 1 0"_s}));

    // In another order, the same bytes.
    ConfigurationDocument turned = all;
    std::reverse(turned.profiles.begin(), turned.profiles.end());
    for (ConfiguredProfile &profile : turned.profiles)
        std::reverse(profile.instances.begin(), profile.instances.end());
    QList<InstanceRecord> turnedRecords = records;
    std::reverse(turnedRecords.begin(), turnedRecords.end());
    QCOMPARE(ToolExport::of(turned, turnedRecords), files);
}

void TstToolFiles::whatCannotGoThereIsNamed()
{
    ConfiguredInstance none = wanted(u"none"_s);
    none.wish = ConfiguredInstance::Wish::None;
    ConfiguredInstance role = wanted(u"role"_s);
    role.credential.type = CredentialType::AwsRole;
    ConfiguredInstance elsewhere = wanted(u"twice"_s);
    elsewhere.endpoint = u"us"_s;
    InstanceRecord us = record(u"twice"_s, u"id-4"_s);
    us.endpointLabel = u"us"_s;
    const QList<InstanceRecord> records{record(u"none"_s, u"id-1"_s),
                                        record(u"role"_s, u"id-2"_s),
                                        record(u"twice"_s, u"id-3"_s),
                                        us,
                                        record(u"hostile"_s, u"\"; rm -rf ~; \""_s),
                                        record(u"option"_s, u"--yes"_s)};
    const QList<ToolExport> files =
        ToolExport::of(document({none, role, wanted(u"twice"_s), elsewhere, wanted(u"hostile"_s),
                                 wanted(u"option"_s), wanted(u"unknown"_s)}),
                       records);
    ConfiguredInstance silent = wanted(u"none"_s);
    silent.wish = ConfiguredInstance::Wish::NotSaid;
    const QString why = exported({silent}, records).leftOut.at(0).why;
    QVERIFY(why != exported({none}, records).leftOut.at(0).why);

    QStringList left;
    int credentials = 0;
    for (const ToolExport &file : files) {
        credentials += int(file.credentials.size());
        for (const ToolExport::LeftOut &each : file.leftOut) {
            left << each.title;
            QVERIFY(!each.why.isEmpty());
        }
        QVERIFY(!pulumiwriter::toYaml(file).contains("rm -rf"));
        QVERIFY(!terraformwriter::toHcl(file).contains("rm -rf"));
    }
    QCOMPARE(credentials, 1);
    left.sort();
    QCOMPARE(left, (QStringList{u"The hostile"_s, u"The none"_s, u"The option"_s, u"The role"_s, u"twice"_s,
                                u"unknown"_s}));
}

void TstToolFiles::nothingIsAFileToo()
{
    QVERIFY(ToolExport::of({}, {}).isEmpty());
    QStringList blocks;
    QVERIFY(isPlainHcl(terraformwriter::toHcl({}), blocks));
    QCOMPARE(blocks, QStringList{u"terraform"_s});
    const YAML::Node yaml = YAML::Load(pulumiwriter::toYaml({}).toStdString());
    QVERIFY(yaml["resources"].IsMap());
    QCOMPARE(yaml["resources"].size(), 0U);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstToolFiles)
#include "tst_toolfiles.moc"
