// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/foreignreader.h"
#include "models/transfer/yamltree.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;
using Kind = ForeignConfiguration::Kind;

namespace {

/// A key that no message may repeat.
const QByteArray Canary = "canary-8f21-of-the-mine";
const QString InstanceId = u"3f51fa25-310a-421d-bd1a-007f859021a3"_s;

Outcome<ForeignConfiguration> read(QByteArray text)
{
    text.replace("CANARY", Canary);
    text.replace("INSTANCE", InstanceId.toUtf8());
    return foreignreader::read(std::move(text));
}

/// All that people may come to see.
QString told(const ForeignConfiguration &configuration)
{
    QStringList texts;
    for (const DocumentFinding &finding : configuration.findings)
        texts << finding.toText();
    for (const ForeignCredential &credential : configuration.credentials)
        texts << credential.place << credential.note << credential.headers << credential.instanceId
              << credential.instanceName << credential.instanceTitle << credential.integration
              << credential.credentialId << credential.roleArn;
    return texts.join(u'\n');
}

QByteArray keyOf(const ForeignCredential &credential, const QString &header)
{
    for (const HeaderKey &key : credential.keys) {
        if (key.name == header)
            return key.key.reveal().toByteArray();
    }
    return {};
}

/// A stack with these resources.
QByteArray stackOf(const QByteArray &resources)
{
    return R"({"version":3,"deployment":{"manifest":{},"resources":[)" + resources + "]}}";
}

QByteArray stackResource(const QByteArray &name, const QByteArray &inputs, const QByteArray &outputs = "{}")
{
    return R"({"urn":"urn:pulumi:dev::infra::konnect:index/integrationInstanceAuthCredential:)"
           R"(IntegrationInstanceAuthCredential::)" +
           name +
           R"(","custom":true,"id":"cred-1",)"
           R"("type":"konnect:index/integrationInstanceAuthCredential:IntegrationInstanceAuthCredential",)"
           R"("inputs":)" +
           inputs + R"(,"outputs":)" + outputs + "}";
}

QByteArray wrapped(const QByteArray &member, const QByteArray &text)
{
    return R"({"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270",")" + member + R"(":")" +
           text + "\"}";
}

QByteArray programOf(const QByteArray &resources)
{
    return "name: infra\nruntime: yaml\nresources:\n" + resources;
}

QByteArray programResource(const QByteArray &name, const QByteArray &key)
{
    return "  " + name +
           ":\n"
           "    type: konnect:IntegrationInstanceAuthCredential\n"
           "    properties:\n"
           "      integrationInstanceId: INSTANCE\n"
           "      multiKeyAuth:\n"
           "        config:\n"
           "          headers:\n"
           "            - name: DD-API-KEY\n"
           "              key: " +
           key + "\n";
}

} // namespace

class TstForeignReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void payloadsAreReadInEachForm_data();
    void payloadsAreReadInEachForm();
    void whatKonnectAnswersHasNoKeys();
    void rolesAreReadAndConsentsAreNot();
    void aProgramIsReadInBothSpellings();
    void aProgramMayBeJson();
    void anInstanceOfTheSameProgramIsKnown();
    void aliasesAreNotBlownUp();
    void configurationIsNotBlownUp();
    void whatIsPutTogetherIsBounded();
    void whatIsWrappedIsBounded();
    void badYamlIsNamed_data();
    void badYamlIsNamed();
    void onlyTheFirstDocumentIsRead();
    void tagsAreNotGuessed();
    void whatStandsTwiceIsLeftOut_data();
    void whatStandsTwiceIsLeftOut();
    void whatStandsTwiceAroundIsNotDecided_data();
    void whatStandsTwiceAroundIsNotDecided();
    void aHeaderThatStandsTwiceHasNoKey();
    void twoCredentialsOfOneInstanceAreOne();
    void manyResourcesAreRead();
    void findingsAreCounted();
    void aStackIsRead();
    void aKeyIsTakenFromWhereItIsInClear();
    void aStateFileIsRead();
    void aShownStateIsReadWithItsModules();
    void aPlanIsRead();
    void otherJsonIsNamed_data();
    void otherJsonIsNamed();
    void whatIsNoKeyIsNotTaken_data();
    void whatIsNoKeyIsNotTaken();
    void oneWithoutSomeOfItsHeadersSaysSo();
    void hostileNamesAreShownAsNames();
};

void TstForeignReader::payloadsAreReadInEachForm_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("instanceId");
    const QByteArray body =
        R"("type":"multi_key_auth","config":{"headers":[{"name":"DD-API-KEY","key":"CANARY"}]})";
    QTest::newRow("a request") << "{" + body + "}" << QString();
    QTest::newRow("without a type") << QByteArray(
                                           R"({"config":{"headers":[{"name":"DD-API-KEY","key":"CANARY"}]}})")
                                    << QString();
    QTest::newRow("several") << "[{" + body + "}]" << QString();
    QTest::newRow("a page") << R"({"meta":{},"data":[{)" + body + "}]}" << QString();
    QTest::newRow("the only one of an answer") << R"({"data":{)" + body + "}}" << QString();
    QTest::newRow("with an id") << R"({"integration_instance_id":"INSTANCE",)" + body + "}" << InstanceId;
    QTest::newRow("wrapped") << R"({"integration_instance_id":"INSTANCE","auth_config":{)" + body + "}}"
                             << InstanceId;
    QTest::newRow("wrapped otherwise")
        << R"([{"integration_instance":{"id":"INSTANCE"},"auth_credential":{)" + body + "}}]" << InstanceId;
    QTest::newRow("with a mark and space") << "\xEF\xBB\xBF \n{" + body + "}\n" << QString();
    QTest::newRow("in camels") << QByteArray(R"({"integrationInstanceId":"INSTANCE",)" + body + "}")
                               << InstanceId;
}

void TstForeignReader::payloadsAreReadInEachForm()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, instanceId);
    const auto result = read(text);
    QVERIFY2(result, qPrintable(result ? QString() : result.problem().toText()));
    const ForeignConfiguration &read = result.value();
    QCOMPARE(read.kind, Kind::ApiPayload);
    QVERIFY(read.holdsKeys());
    QCOMPARE(read.credentials.size(), 1U);
    const ForeignCredential &credential = read.credentials.front();
    QCOMPARE(credential.type, CredentialType::MultiKey);
    QCOMPARE(credential.instanceId, instanceId);
    QCOMPARE(credential.headers, QStringList{u"DD-API-KEY"_s});
    QCOMPARE(keyOf(credential, u"DD-API-KEY"_s), Canary);
    QVERIFY(credential.note.isEmpty());
    QVERIFY(read.findings.isEmpty());
    QVERIFY(!told(read).contains(QString::fromUtf8(Canary)));
}

void TstForeignReader::whatKonnectAnswersHasNoKeys()
{
    const auto result = read(R"({"id":"cred-1","type":"multi_key_auth",
            "integration_instance":{"id":"INSTANCE","name":"datadog-eu","display_name":"Datadog EU"},
            "missing_permissions":[],"tainted":false,"expires_at":"2027-04-01T07:20:50Z",
            "created_at":"2026-04-01T07:20:50+02:00"})");
    QVERIFY(result);
    QVERIFY(!result.value().holdsKeys());
    const ForeignCredential &credential = result.value().credentials.at(0);
    QCOMPARE(credential.credentialId, u"cred-1"_s);
    QCOMPARE(credential.instanceId, InstanceId);
    QCOMPARE(credential.instanceName, u"datadog-eu"_s);
    QCOMPARE(credential.instanceTitle, u"Datadog EU"_s);
    QCOMPARE(credential.place, u"Datadog EU"_s);
    QCOMPARE(credential.createdAt, QDateTime({2026, 4, 1}, {5, 20, 50}, Qt::UTC));
    QCOMPARE(credential.expiresAt, QDateTime({2027, 4, 1}, {7, 20, 50}, Qt::UTC));
    QVERIFY2(credential.note.contains(u"never returns"_s), qPrintable(credential.note));
}

void TstForeignReader::rolesAreReadAndConsentsAreNot()
{
    const auto result = read(R"([
            {"type":"aws_role_delegation","config":{"role_arn":"arn:aws:iam::084735895545:role/Konnect"}},
            {"type":"aws_role_delegation","config":{"role_arn":"CANARY"},"integration_instance":{"name":"aws"}},
            {"type":"oauth","config":{"code":"CANARY"},"integration_instance":{"name":"slack"}},
            {"type":"CANARY","integration_instance":{"name":"odd"}}, 7])");
    QVERIFY(result);
    QCOMPARE(result.value().credentials.size(), 1U);
    QCOMPARE(result.value().credentials.at(0).type, CredentialType::AwsRole);
    QCOMPARE(result.value().credentials.at(0).roleArn, u"arn:aws:iam::084735895545:role/Konnect"_s);
    const QList<DocumentFinding> &findings = result.value().findings;
    QCOMPARE(findings.size(), 4);
    QCOMPARE(findings.at(0).path, u"$[1]"_s);
    QCOMPARE(findings.at(0).line, 3);
    QVERIFY(findings.at(0).message.startsWith(u"aws: "_s));
    QVERIFY(findings.at(1).message.startsWith(u"slack: "_s));
    QVERIFY(findings.at(2).message.startsWith(u"odd: "_s));
    QVERIFY(findings.at(3).message.startsWith(u"$[4]: "_s));
    QVERIFY(!told(result.value()).contains(QString::fromUtf8(Canary)));
}

void TstForeignReader::aProgramIsReadInBothSpellings()
{
    const auto result = read(R"(
name: infra
runtime: yaml
config:
  apiKey:
    type: string
    default: CANARY
  plain: CANARY-plain
  later:
    type: string
    secret: true
configuration:
  old: {default: CANARY-old}
resources:
  bucket:
    type: aws:s3:Bucket
    properties: {key: CANARY}
  short:
    type: konnect:IntegrationInstanceAuthCredential
    properties:
      integrationInstanceId: INSTANCE
      multiKeyAuth:
        config:
          headers:
            - name: DD-API-KEY
              key: ${apiKey}
            - {name: DD-APPLICATION-KEY, key: {"fn::secret": "Bearer ${plain} $$5"}}
  long:
    type: konnect:index/integrationInstanceAuthCredential:IntegrationInstanceAuthCredential
    properties:
      integration_instance_id: id-2
      multi_key_auth:
        fn::secret:
          config: {headers: [{name: authorization, key: "${old}"}, {name: x-late, key: "${later}"},
                             {name: x-run, key: {fn::invoke: {function: x}}}]}
  got:
    type: konnect:index:IntegrationInstanceAuthCredential
    get:
      id: id-3
  protected:
    type: konnect:IntegrationInstanceAuthCredential
    options: {protect: true, import: id-4}
)");
    QVERIFY2(result, qPrintable(result ? QString() : result.problem().toText()));
    const ForeignConfiguration &read = result.value();
    QCOMPARE(read.kind, Kind::PulumiProgram);
    QVERIFY(read.findings.isEmpty());
    QCOMPARE(read.credentials.size(), 4U);

    const ForeignCredential &first = read.credentials.at(0);
    QCOMPARE(first.place, u"short"_s);
    QCOMPARE(first.instanceId, InstanceId);
    QCOMPARE(keyOf(first, u"DD-API-KEY"_s), Canary);
    QCOMPARE(keyOf(first, u"DD-APPLICATION-KEY"_s), "Bearer " + Canary + "-plain $5");
    QVERIFY(first.note.isEmpty());

    const ForeignCredential &second = read.credentials.at(1);
    QCOMPARE(second.instanceId, u"id-2"_s);
    QCOMPARE(second.headers, (QStringList{u"authorization"_s, u"x-late"_s, u"x-run"_s}));
    QCOMPARE(keyOf(second, u"authorization"_s), Canary + "-old");
    QCOMPARE(second.keys.size(), 1U);
    QVERIFY2(second.note.contains(u"x-late: it refers"_s), qPrintable(second.note));
    QVERIFY2(second.note.contains(u"x-run: Pulumi works it out"_s), qPrintable(second.note));

    QCOMPARE(read.credentials.at(2).instanceId, u"id-3"_s);
    QVERIFY(!read.credentials.at(2).note.isEmpty());
    QCOMPARE(read.credentials.at(3).instanceId, u"id-4"_s);
    QVERIFY(!told(read).contains(QString::fromUtf8(Canary)));
}

void TstForeignReader::aProgramMayBeJson()
{
    const auto result = read(R"({"name":"infra","runtime":"yaml","resources":{"a":{
            "type":"konnect:IntegrationInstanceAuthCredential","properties":{"integrationInstanceId":"INSTANCE",
            "multiKeyAuth":{"config":{"headers":[{"name":"x","key":"CANARY"}]}}}}}})");
    QVERIFY(result);
    QCOMPARE(result.value().kind, Kind::PulumiProgram);
    QCOMPARE(keyOf(result.value().credentials.at(0), u"x"_s), Canary);
}

void TstForeignReader::anInstanceOfTheSameProgramIsKnown()
{
    const auto result = read(R"(
runtime: yaml
resources:
  mine:
    type: konnect:IntegrationInstance
    properties: {name: datadog-eu, displayName: Datadog EU, integrationName: datadog}
  its-credential:
    type: konnect:IntegrationInstanceAuthCredential
    properties: {integrationInstanceId: "${mine.id}"}
  other:
    type: konnect:IntegrationInstanceAuthCredential
    properties: {integrationInstanceId: "${nowhere.id}"}
)");
    QVERIFY(result);
    const ForeignCredential &credential = result.value().credentials.at(0);
    QCOMPARE(credential.instanceId, QString());
    QCOMPARE(credential.instanceName, u"datadog-eu"_s);
    QCOMPARE(credential.instanceTitle, u"Datadog EU"_s);
    QCOMPARE(credential.integration, u"datadog"_s);
    QCOMPARE(result.value().credentials.at(1).instanceId, QString());
}

void TstForeignReader::aliasesAreNotBlownUp()
{
    // Ten levels of ten: ten billion values, were they followed.
    QByteArray bomb = "a0: &a0 [CANARY]\n";
    for (int level = 1; level <= 10; ++level) {
        const QByteArray before = "*a" + QByteArray::number(level - 1);
        QByteArrayList ten;
        for (int i = 0; i < 10; ++i)
            ten << before;
        bomb += "a" + QByteArray::number(level) + ": &a" + QByteArray::number(level) + " [" + ten.join(", ") +
                "]\n";
    }
    bomb += "the-key: &key CANARY\n";
    bomb += programOf("  whole:\n"
                      "    type: konnect:IntegrationInstanceAuthCredential\n"
                      "    properties: {integrationInstanceId: id-1, multiKeyAuth: *a10}\n"
                      "  merged:\n"
                      "    type: konnect:IntegrationInstanceAuthCredential\n"
                      "    properties: {integrationInstanceId: id-2, <<: *a10}\n" +
                      programResource("single", "*key"));
    const auto result = read(bomb);
    QVERIFY2(result, qPrintable(result ? QString() : result.problem().toText()));
    const auto &credentials = result.value().credentials;
    QCOMPARE(credentials.size(), 3U);
    QVERIFY2(credentials.at(0).note.contains(u"alias"_s), qPrintable(credentials.at(0).note));
    QVERIFY2(credentials.at(1).note.contains(u"alias"_s), qPrintable(credentials.at(1).note));
    QCOMPARE(keyOf(credentials.at(2), u"DD-API-KEY"_s), Canary);
    QVERIFY(!told(result.value()).contains(QString::fromUtf8(Canary)));
}

void TstForeignReader::configurationIsNotBlownUp()
{
    // References of references, and one large value many times.
    const auto chained = read("config: {a: CANARY, b: '${a}${a}', c: '${b}${b}'}\n" +
                              programOf(programResource("one", "${c}")));
    QVERIFY(chained);
    QVERIFY(!chained.value().holdsKeys());
    const auto large = read("config: {a: " + QByteArray(60'000, 'x') + "}\n" +
                            programOf(programResource("one", QByteArray("${a}").repeated(1000))));
    QVERIFY(large);
    QVERIFY(!large.value().holdsKeys());
    QVERIFY(large.value().credentials.at(0).note.contains(u"too long"_s));
}

/// Four resources with a hundred headers of this key each, where `k` is long.
QByteArray manyHeaders(const QByteArray &key)
{
    const QByteArray header = R"({"name":"h%","key":")" + key + "\"}";
    QByteArray headers;
    for (int i = 0; i < 100; ++i)
        headers += (i > 0 ? "," : "") + QByteArray(header).replace("%", QByteArray::number(i));
    QByteArray resources;
    for (int i = 0; i < 4; ++i) {
        resources += (i > 0 ? ",\"r" : "\"r") + QByteArray::number(i) +
                     R"(":{"type":"konnect:IntegrationInstanceAuthCredential","properties":{)" +
                     R"("integrationInstanceId":"id-)" + QByteArray::number(i) +
                     R"(","multiKeyAuth":{"config":{"headers":[)" + headers + "]}}}}";
    }
    return R"({"runtime":"yaml","config":{"k":")" + QByteArray(60'000, 'k') + R"("},"resources":{)" +
           resources + "}}";
}

void TstForeignReader::whatIsPutTogetherIsBounded()
{
    const auto result = read(manyHeaders("x${k}"));
    QVERIFY(result);
    const auto &credentials = result.value().credentials;
    QCOMPARE(credentials.size(), size_t(4));
    QCOMPARE(credentials.front().keys.size(), size_t(100));
    QCOMPARE(credentials.back().keys.size(), size_t(0));
    QCOMPARE(credentials.back().headers.size(), 100);
    QVERIFY2(credentials.back().note.contains(u"more than is read"_s), qPrintable(credentials.back().note));

    // What nothing is added to takes no memory.
    const auto direct = read(manyHeaders("${k}"));
    QVERIFY(direct);
    for (const ForeignCredential &credential : direct.value().credentials)
        QCOMPARE(credential.keys.size(), size_t(100));
}

void TstForeignReader::whatIsWrappedIsBounded()
{
    QByteArray resources;
    for (int i = 0; i < 80; ++i) {
        const QByteArray key = wrapped("plaintext", "\\\"" + QByteArray(60'000, 'k') + "\\\"");
        resources +=
            (i > 0 ? "," : "") +
            stackResource("r" + QByteArray::number(i),
                          R"({"integrationInstanceId":"id-)" + QByteArray::number(i) +
                              R"(","multiKeyAuth":{"config":{"headers":[{"name":"x","key":)" + key + "}]}}}");
    }
    const auto result = read(stackOf(resources));
    QVERIFY(result);
    const auto &credentials = result.value().credentials;
    QCOMPARE(credentials.size(), size_t(80));
    QCOMPARE(credentials.front().keys.size(), size_t(1));
    QCOMPARE(credentials.back().keys.size(), size_t(0));
    QVERIFY2(credentials.back().note.contains(u"more than is read"_s), qPrintable(credentials.back().note));
}

void TstForeignReader::badYamlIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty") << QByteArray() << u"none of these"_s;
    QTest::newRow("a word") << QByteArray("CANARY") << u"none of these"_s;
    QTest::newRow("a list") << QByteArray("- CANARY\n- b") << u"no auth credential"_s;
    QTest::newRow("another mapping") << QByteArray("CANARY: b") << u"none of these"_s;
    QTest::newRow("resources are a list")
        << QByteArray("runtime: yaml\nresources: [CANARY]") << u"no resources by name"_s;
    QTest::newRow("a tab") << QByteArray("resources:\n\tCANARY: b") << u"A tab stands"_s;
    QTest::newRow("not closed") << QByteArray("runtime: \"CANARY") << u"no YAML"_s;
    QTest::newRow("an unknown escape") << QByteArray("runtime: \"\\CANARY\"") << u"no YAML"_s;
    QTest::newRow("an unknown alias") << QByteArray("runtime: *CANARY") << u"no YAML"_s;
    QTest::newRow("deep brackets") << "runtime: " + QByteArray("[").repeated(100'000) +
                                          QByteArray("]").repeated(100'000)
                                   << u"deep"_s;
    QTest::newRow("open brackets") << "runtime: " + QByteArray("[").repeated(100'000) << u"cannot be read"_s;
    QTest::newRow("deep dashes") << QByteArray("- ").repeated(100'000) << u"deep"_s;
    QTest::newRow("deep braces") << "a: " + QByteArray("{a: ").repeated(100'000) << u"deep"_s;
    QTest::newRow("a list as name") << QByteArray("? [CANARY]\n: b") << u"no text"_s;
    QTest::newRow("no name") << QByteArray("~: CANARY") << u"no text"_s;
    QTest::newRow("the character that ends it all")
        << QByteArray("runtime: yaml\n\x04resources: CANARY") << u"control character"_s;
    QTest::newRow("NUL") << QByteArray("runtime: yaml\n\0", 15) << u"control character"_s;
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFEr\0u\0", 6) << u"UTF-16"_s;
    QTest::newRow("Latin-1") << QByteArray("runtime: \xFC") << u"UTF-8"_s;
    QTest::newRow("too large") << QByteArray("# ").append(YamlTree::MostBytes, 'x') << u"16 MiB"_s;
    QTest::newRow("all in one line") << "a: [" + QByteArray("a,").repeated(3'000'000) << u"more values"_s;
    QTest::newRow("too many") << QByteArray("-\n").repeated(YamlTree::MostValues + 1)
                              << u"values, the most"_s;
}

void TstForeignReader::badYamlIsNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const auto result = read(text);
    const QString said = result ? told(result.value()) : result.problem().toText();
    QVERIFY2(said.contains(words), qPrintable(said));
    QVERIFY2(!said.contains(QString::fromUtf8(Canary)), qPrintable(said));
    if (!result)
        QCOMPARE(result.problem().category, Problem::Category::InvalidInput);
}

void TstForeignReader::onlyTheFirstDocumentIsRead()
{
    const auto result = read("---\n" + programOf(programResource("one", "CANARY")) + "---\n" +
                             programOf(programResource("two", "CANARY")));
    QVERIFY(result);
    QCOMPARE(result.value().credentials.size(), 1U);
    QCOMPARE(result.value().findings.size(), 1);
    QVERIFY(result.value().findings.at(0).message.contains(u"first document"_s));
}

void TstForeignReader::tagsAreNotGuessed()
{
    const auto result = read(programOf(programResource("tagged", "!!binary Q0FOQVJZ") +
                                       programResource("two", "!!str CANARY").replace("INSTANCE", "id-2")));
    QVERIFY(result);
    QVERIFY(result.value().credentials.at(0).keys.empty());
    QVERIFY(result.value().credentials.at(0).note.contains(u"tag"_s));
    QCOMPARE(keyOf(result.value().credentials.at(1), u"DD-API-KEY"_s), Canary);
}

void TstForeignReader::whatStandsTwiceIsLeftOut_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray headers = R"({"config":{"headers":[{"name":"x","key":"CANARY","key":"CANARY-2"}]}})";
    QTest::newRow("payload") << QByteArray(
        R"({"type":"multi_key_auth","integration_instance":{"name":"twice"},)"
        R"("config":{"headers":[{"name":"x","key":"CANARY","key":"b"}]}})");
    QTest::newRow("stack") << stackOf(
        stackResource("twice", R"({"integrationInstanceId":"INSTANCE","multiKeyAuth":)" + headers + "}"));
    QTest::newRow("program") << programOf(programResource("twice", "CANARY\n              key: CANARY-2"));
    QTest::newRow("state")
        << QByteArray(
               R"({"version":4,"lineage":"l","resources":[{"mode":"managed","name":"twice","instances":[
                {"attributes":{"integration_instance_id":"INSTANCE","multi_key_auth":)") +
               headers + R"(}}],"type":"konnect_integration_instance_auth_credential"}]})";
}

void TstForeignReader::whatStandsTwiceIsLeftOut()
{
    QFETCH(QByteArray, text);
    const auto result = read(text);
    QVERIFY2(result, qPrintable(result ? QString() : result.problem().toText()));
    QVERIFY(result.value().credentials.empty());
    QCOMPARE(result.value().findings.size(), 1);
    const DocumentFinding &finding = result.value().findings.at(0);
    QVERIFY2(finding.message.contains(u"twice"_s), qPrintable(finding.message));
    QVERIFY(finding.line > 0);
    QVERIFY(!told(result.value()).contains(QString::fromUtf8(Canary)));
}

void TstForeignReader::whatStandsTwiceAroundIsNotDecided_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray resource = programResource("r", "${k}");
    QTest::newRow("configuration") << "config: {k: CANARY, k: CANARY-2}\n" + programOf(resource);
    QTest::newRow("both configurations")
        << "configuration: {k: CANARY}\nconfig: {k: CANARY-2}\n" + programOf(resource);
    QTest::newRow("thrice") << "config: {k: CANARY, k: CANARY, k: CANARY}\n" + programOf(resource);
    QTest::newRow("value of the configuration")
        << "config: {k: {value: CANARY, value: CANARY-2}}\n" + programOf(resource);
    QTest::newRow("configurations") << "config: {k: CANARY}\nconfig: {k: CANARY-2}\n" + programOf(resource);
    QTest::newRow("resources") << programOf(programResource("r", "CANARY")) + "resources: {}\n";
    const QByteArray one =
        stackResource("r", R"({"integrationInstanceId":"INSTANCE","multiKeyAuth":{"config":{"headers":[
                {"name":"x","key":"CANARY"}]}}})");
    QTest::newRow("deployments") << R"({"deployment":{"resources":[)" + one + R"(]},"deployment":{}})";
    QTest::newRow("resources of a deployment")
        << R"({"deployment":{"resources":[)" + one + R"(],"resources":[]}})";
}

void TstForeignReader::whatStandsTwiceAroundIsNotDecided()
{
    QFETCH(QByteArray, text);
    const auto result = read(text);
    const QString said = result ? told(result.value()) : result.problem().toText();
    QVERIFY2(said.contains(u"twice"_s), qPrintable(said));
    QVERIFY(!said.contains(QString::fromUtf8(Canary)));
    QVERIFY(!result || !result.value().holdsKeys());
}

void TstForeignReader::aHeaderThatStandsTwiceHasNoKey()
{
    const auto result = read(R"({"type":"multi_key_auth","config":{"headers":[
            {"name":"x","key":"CANARY"},{"name":"X","key":"CANARY-2"},{"name":"y","key":"CANARY-3"}]}})");
    QVERIFY(result);
    const ForeignCredential &credential = result.value().credentials.at(0);
    QCOMPARE(credential.headers, (QStringList{u"x"_s, u"y"_s}));
    QCOMPARE(credential.keys.size(), 1U);
    QCOMPARE(keyOf(credential, u"y"_s), Canary + "-3");
    QVERIFY2(credential.note.startsWith(u"x: it stands twice"_s), qPrintable(credential.note));
}

void TstForeignReader::twoCredentialsOfOneInstanceAreOne()
{
    const auto result =
        read(programOf(programResource("one", "CANARY") + programResource("two", "CANARY-2")));
    QVERIFY(result);
    QCOMPARE(result.value().credentials.size(), 1U);
    QCOMPARE(result.value().credentials.at(0).place, u"one"_s);
    QCOMPARE(result.value().findings.size(), 1);
    QVERIFY(result.value().findings.at(0).message.startsWith(u"two: "_s));
    QCOMPARE(result.value().findings.at(0).path, u"$.resources.two"_s);
    QCOMPARE(result.value().findings.at(0).line, 13);
}

void TstForeignReader::manyResourcesAreRead()
{
    QByteArray text = programOf({});
    for (int i = 0; i < 10'000; ++i)
        text += programResource("r" + QByteArray::number(i), "CANARY")
                    .replace("INSTANCE", "id-" + QByteArray::number(i));
    const auto result = read(text);
    QVERIFY(result);
    QCOMPARE(result.value().credentials.size(), 10'000U);
    QVERIFY(result.value().findings.isEmpty());
    // No more keys are taken than a process can keep.
    QCOMPARE(keyOf(result.value().credentials.at(4'999), u"DD-API-KEY"_s), Canary);
    QVERIFY(result.value().credentials.at(5'000).keys.empty());
    QVERIFY(result.value().credentials.back().note.contains(u"Split it"_s));
}

void TstForeignReader::findingsAreCounted()
{
    QByteArray text = "[0";
    for (int i = 1; i < 5000; ++i)
        text += ",0";
    const auto result = read(text + "]");
    QVERIFY(result);
    QCOMPARE(result.value().findings.size(), 101);
    QVERIFY(result.value().findings.last().message.startsWith(u"4900 more"_s));
}

void TstForeignReader::aStackIsRead()
{
    const QByteArray inputs =
        R"({"integrationInstanceId":"INSTANCE","multiKeyAuth":{"config":{"headers":[
                {"name":"clear","key":"CANARY"},
                {"name":"wrapped","key":)" +
        wrapped("plaintext", R"(\"CANARY-wrapped\")") + R"(},{"name":"encrypted","key":)" +
        wrapped("ciphertext", "AAABCANARY") + "}]}}}";
    const QByteArray outputs = R"({"id":"cred-9","createdAt":"2026-04-01T07:20:50Z","expiresAt":null,
            "tainted":false,"missingPermissions":[],"integrationInstanceId":"INSTANCE",
            "integrationInstance":{"id":"INSTANCE","name":"datadog-eu","displayName":"Datadog EU"},
            "multiKeyAuthCredential":{"id":"cred-9"}})";
    const QByteArray whole = R"({"integrationInstanceId":"id-2","multiKeyAuth":)" +
                             wrapped("plaintext", R"({\"config\":{\"headers\":[{\"name\":\"x\",)"
                                                  R"(\"key\":\"CANARY \\u00fc\"}]}})") +
                             "}";
    const QByteArray closed =
        R"({"integrationInstanceId":"id-3","multiKeyAuth":)" + wrapped("ciphertext", "AAAB") + "}";
    const QByteArray broken =
        R"({"integrationInstanceId":"id-4","multiKeyAuth":)" + wrapped("plaintext", "{CANARY") + "}";
    const QByteArray instance =
        R"({"urn":"urn:pulumi:dev::infra::t::mine","id":"id-2",)"
        R"("type":"konnect:index/integrationInstance:IntegrationInstance","inputs":{},)"
        R"("outputs":{"name":"swagger","displayName":"Swagger","integrationName":"swaggerhub"}})";
    const auto result = read(
        stackOf(stackResource("full", inputs, outputs) + "," + stackResource("whole", whole) + "," +
                stackResource("closed", closed) + "," + stackResource("broken", broken) + "," + instance +
                R"(,{"urn":"u::other","type":"aws:s3/bucket:Bucket","inputs":{"key":"CANARY"}},)" +
                stackResource("gone", closed).replace("\"custom\"", "\"delete\":true,\"custom\"")));
    QVERIFY2(result, qPrintable(result ? QString() : result.problem().toText()));
    const ForeignConfiguration &read = result.value();
    QCOMPARE(read.kind, Kind::PulumiStack);
    QCOMPARE(read.credentials.size(), 4U);

    const ForeignCredential &full = read.credentials.at(0);
    QCOMPARE(full.place, u"full"_s);
    QCOMPARE(full.credentialId, u"cred-9"_s);
    QCOMPARE(full.instanceName, u"datadog-eu"_s);
    QCOMPARE(full.createdAt, QDateTime({2026, 4, 1}, {7, 20, 50}, Qt::UTC));
    QVERIFY(!full.expiresAt.isValid());
    QCOMPARE(keyOf(full, u"clear"_s), Canary);
    QCOMPARE(keyOf(full, u"wrapped"_s), Canary + "-wrapped");
    QVERIFY2(full.note.contains(u"encrypted: it is encrypted. Export with --show-secrets"_s),
             qPrintable(full.note));

    const ForeignCredential &second = read.credentials.at(1);
    QCOMPARE(keyOf(second, u"x"_s), Canary + " \xC3\xBC");
    QCOMPARE(second.integration, u"swaggerhub"_s);
    QCOMPARE(second.instanceTitle, u"Swagger"_s);
    QVERIFY(read.credentials.at(2).note.contains(u"--show-secrets"_s));
    QVERIFY(read.credentials.at(3).note.contains(u"cannot be read"_s));
    QCOMPARE(read.findings.size(), 1);
    QVERIFY(read.findings.at(0).message.startsWith(u"gone: "_s));
    QVERIFY(!told(read).contains(QString::fromUtf8(Canary)));
}

void TstForeignReader::aKeyIsTakenFromWhereItIsInClear()
{
    const auto headers = [](const QByteArray &key) {
        return R"({"integrationInstanceId":"INSTANCE","multiKeyAuth":{"config":{"headers":[{"name":"x","key":)" +
               key + "}]}}}";
    };
    const QByteArray closed = headers(wrapped("ciphertext", "AAAB"));
    for (const auto &[inputs, outputs] :
         {std::pair{headers("\"CANARY\""), closed}, std::pair{closed, headers("\"CANARY\"")}}) {
        const auto result = read(stackOf(stackResource("one", inputs, outputs)));
        QVERIFY(result);
        QCOMPARE(keyOf(result.value().credentials.at(0), u"x"_s), Canary);
        QCOMPARE(result.value().credentials.at(0).headers.size(), 1);
    }
}

void TstForeignReader::aStateFileIsRead()
{
    const auto result =
        read(R"({"version":4,"terraform_version":"1.9.0","serial":7,"lineage":"l","outputs":{},
          "resources":[
            {"mode":"managed","type":"konnect_integration_instance","name":"mine","provider":"p","instances":[
              {"schema_version":0,"attributes":{"id":"INSTANCE","name":"datadog-eu","display_name":"Datadog EU",
               "integration_name":"datadog"}}]},
            {"module":"module.geo[\"eu\"]","mode":"managed","type":"konnect_integration_instance_auth_credential",
             "name":"datadog","provider":"p","instances":[
              {"index_key":0,"schema_version":0,"attributes":{"id":"cred-1","integration_instance_id":"INSTANCE",
               "created_at":"2026-04-01T07:20:50Z","expires_at":null,"tainted":false,
               "multi_key_auth":{"config":{"headers":[{"key":"CANARY","name":"DD-API-KEY"}]}}},
               "sensitive_attributes":[]},
              {"index_key":"k","attributes":{"id":"cred-2","integration_instance_id":"id-2","multi_key_auth":null}},
              {"index_key":1,"deposed":"0badc0de","attributes":{"integration_instance_id":"id-3"}}]},
            {"mode":"data","type":"konnect_integration_instance_auth_credential","name":"d","instances":[
              {"attributes":{"id":"cred-4","integration_instance_id":"id-4"}}]},
            {"mode":"managed","type":"aws_x","name":"y","instances":[{"attributes":{"key":"CANARY"}}]}]})");
    QVERIFY2(result, qPrintable(result ? QString() : result.problem().toText()));
    const ForeignConfiguration &read = result.value();
    QCOMPARE(read.kind, Kind::TerraformState);
    QCOMPARE(read.credentials.size(), 2U);
    const ForeignCredential &first = read.credentials.at(0);
    QCOMPARE(first.place, u"module.geo[\"eu\"].konnect_integration_instance_auth_credential.datadog[0]"_s);
    QCOMPARE(first.credentialId, u"cred-1"_s);
    QCOMPARE(first.instanceId, InstanceId);
    QCOMPARE(first.instanceName, u"datadog-eu"_s);
    QCOMPARE(first.integration, u"datadog"_s);
    QCOMPARE(keyOf(first, u"DD-API-KEY"_s), Canary);
    QVERIFY(first.note.isEmpty());
    QVERIFY(read.credentials.at(1).place.endsWith(u"datadog[\"k\"]"_s));
    QVERIFY(read.credentials.at(1).note.contains(u"import"_s));
    QVERIFY(!told(read).contains(QString::fromUtf8(Canary)));
}

void TstForeignReader::aShownStateIsReadWithItsModules()
{
    const QByteArray resource = R"({"address":"ADDRESS","mode":"managed",
            "type":"konnect_integration_instance_auth_credential","name":"x","provider_name":"p","values":{
            "id":"cred-1","integration_instance_id":"ADDRESS-id",
            "multi_key_auth":{"config":{"headers":[{"key":"CANARY","name":"x"}]}}},
            "sensitive_values":{"multi_key_auth":{"config":{"headers":[{"key":true}]}}}})";
    const auto at = [&resource](const QByteArray &address) {
        return QByteArray(resource).replace("ADDRESS", address);
    };
    const auto result =
        read(R"({"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{"resources":[)" +
             at("a") + R"(],"child_modules":[{"address":"module.m","resources":[)" + at("b") +
             R"(],"child_modules":[{"resources":[)" + at("c") + "]}]}]}}}");
    QVERIFY(result);
    QCOMPARE(result.value().kind, Kind::TerraformState);
    QStringList places;
    for (const ForeignCredential &credential : result.value().credentials) {
        places << credential.place;
        QCOMPARE(keyOf(credential, u"x"_s), Canary);
    }
    QCOMPARE(places, (QStringList{u"a"_s, u"b"_s, u"c"_s}));
}

void TstForeignReader::aPlanIsRead()
{
    const auto change = [](const QByteArray &name, const QByteArray &after, const QByteArray &unknown) {
        return R"({"address":"x.)" + name +
               R"(","mode":"managed","type":"konnect_integration_instance_auth_credential","name":")" + name +
               R"(","change":{"actions":["x"],"before":null,"after":)" + after + R"(,"after_unknown":)" +
               unknown + "}}";
    };
    const auto result = read(
        R"({"format_version":"1.2","planned_values":{},"variables":{"k":{"value":"CANARY"}},"resource_changes":[)" +
        change("new",
               R"({"integration_instance_id":"INSTANCE","multi_key_auth":{"config":{"headers":[
                        {"name":"x","key":"CANARY"}]}}})",
               R"({"id":true,"created_at":true})") +
        "," +
        change("late", R"({"multi_key_auth":{"config":{"headers":[{"name":"x"}]}}})",
               R"({"id":true,"integration_instance_id":true,
                       "multi_key_auth":{"config":{"headers":[{"key":true}]}}})") +
        "," + change("gone", "null", "false") + "]}");
    QVERIFY2(result, qPrintable(result ? QString() : result.problem().toText()));
    const ForeignConfiguration &read = result.value();
    QCOMPARE(read.kind, Kind::TerraformPlan);
    QCOMPARE(read.credentials.size(), 2U);
    QCOMPARE(read.credentials.at(0).credentialId, QString());
    QCOMPARE(keyOf(read.credentials.at(0), u"x"_s), Canary);
    QCOMPARE(read.credentials.at(1).instanceId, QString());
    QVERIFY(read.credentials.at(1).note.contains(u"applies the plan"_s));
    QCOMPARE(read.findings.size(), 1);
    QVERIFY(read.findings.at(0).message.startsWith(u"x.gone: "_s));
    QVERIFY(!told(read).contains(QString::fromUtf8(Canary)));
}

void TstForeignReader::otherJsonIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("something else") << QByteArray(R"({"CANARY":1})") << u"none of these"_s;
    QTest::newRow("cut") << QByteArray(R"({"type":"CANARY)") << u"$"_s;
    QTest::newRow("old state") << QByteArray(R"({"version":3,"lineage":"l","modules":[]})") << u"version 4"_s;
    QTest::newRow("state of no version") << QByteArray(R"({"lineage":"CANARY"})") << u"version 4"_s;
    QTest::newRow("encrypted state") << QByteArray(R"({"lineage":"l","encrypted_data":"CANARY"})")
                                     << u"encrypted"_s;
    QTest::newRow("new format") << QByteArray(R"({"format_version":"2.0","values":{}})")
                                << u"formats 0 and 1"_s;
    QTest::newRow("no stack") << QByteArray(R"({"deployment":"CANARY"})") << u"no list of resources"_s;
    QTest::newRow("empty state") << QByteArray(R"({"version":4,"lineage":"l","resources":[]})")
                                 << u"no auth credential"_s;
    QTest::newRow("deep") << QByteArray("[").repeated(100'000) << u"deep"_s;
    QTest::newRow("too large") << QByteArray("[").append(foreignreader::MostBytes, ' ') << u"64 MiB"_s;
}

void TstForeignReader::otherJsonIsNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const auto result = read(text);
    const QString said = result ? told(result.value()) : result.problem().toText();
    QVERIFY2(said.contains(words), qPrintable(said));
    QVERIFY2(!said.contains(QString::fromUtf8(Canary)), qPrintable(said));
}

void TstForeignReader::whatIsNoKeyIsNotTaken_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << QByteArray(R"({"name":"x"})") << u"x: they are not in the file"_s;
    QTest::newRow("null") << QByteArray(R"({"name":"x","key":null})") << u"x: "_s;
    QTest::newRow("empty") << QByteArray(R"({"name":"x","key":" "})") << u"x: "_s;
    QTest::newRow("a number") << QByteArray(R"({"name":"x","key":17})") << u"no text"_s;
    QTest::newRow("an object") << QByteArray(R"({"name":"x","key":{"CANARY":"CANARY"}})") << u"no text"_s;
    QTest::newRow("two lines") << QByteArray(R"({"name":"x","key":"CANARY\nCANARY"})") << u"line breaks"_s;
    QTest::newRow("a mask") << QByteArray(R"({"name":"x","key":"[secret]"})") << u"mask"_s;
    QTest::newRow("Terraform's mask")
        << QByteArray(R"x({"name":"x","key":"(sensitive value)"})x") << u"mask"_s;
    QTest::newRow("too long") << R"({"name":"x","key":")" + QByteArray(70'000, 'k') + "\"}" << u"too long"_s;
    QTest::newRow("key in the place of the name")
        << QByteArray(R"({"name":"CANARY CANARY","key":"x"})") << u"name is missing"_s;
    QTest::newRow("name and key swapped")
        << QByteArray(R"({"name":"canary5e1f0123456789abcdef","key":"DD-API-KEY"})") << u"may be a key"_s;
    QTest::newRow("token in the place of the name")
        << QByteArray(R"({"name":"kpat_canary5e1f0123","key":"x"})") << u"may be a key"_s;
    QTest::newRow("UUID in the place of the name")
        << QByteArray(R"({"name":"5e1f5e1f-1f01-4567-89ab-cdef01234567","key":"x"})") << u"may be a key"_s;
    QTest::newRow("no name") << QByteArray(R"({"key":"CANARY"})") << u"name is missing"_s;
    QTest::newRow("no header") << QByteArray(R"("CANARY")") << u"A header is left out"_s;
}

void TstForeignReader::whatIsNoKeyIsNotTaken()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, words);
    const auto result = read(R"({"type":"multi_key_auth","config":{"headers":[)" + header + "]}}");
    QVERIFY2(result, qPrintable(result ? QString() : result.problem().toText()));
    QVERIFY(!result.value().holdsKeys());
    const ForeignCredential &credential = result.value().credentials.at(0);
    QVERIFY2(credential.note.contains(words), qPrintable(credential.note));
    QCOMPARE(credential.lacksHeaders, credential.headers.isEmpty());
    const QString said = told(result.value());
    QVERIFY(!said.contains(QString::fromUtf8(Canary)));
    QVERIFY2(!said.contains(u"5e1f"_s), qPrintable(said));
}

void TstForeignReader::oneWithoutSomeOfItsHeadersSaysSo()
{
    const auto of = [](const QByteArray &header) {
        return read(R"({"type":"multi_key_auth","config":{"headers":[{"name":"x","key":"CANARY"},)" + header +
                    "]}}");
    };
    const auto whole = of(R"({"name":"y"})");
    QVERIFY(whole);
    QVERIFY(!whole.value().credentials.at(0).lacksHeaders);
    const auto part = of(R"({"key":"y"})");
    QVERIFY(part);
    QVERIFY(part.value().credentials.at(0).lacksHeaders);
}

void TstForeignReader::hostileNamesAreShownAsNames()
{
    const auto result =
        read(programOf("  \"\\e[31mred\\a\\nline\": {type: konnect:IntegrationInstanceAuthCredential}\n"));
    QVERIFY(result);
    const QString place = result.value().credentials.at(0).place;
    QVERIFY(std::none_of(place.cbegin(), place.cend(),
                         [](QChar c) { return c.category() == QChar::Other_Control; }));
    QVERIFY(place.contains(u"red"_s));
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstForeignReader)
#include "tst_foreignreader.moc"
