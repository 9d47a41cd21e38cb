// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/configurationtext.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace latchkey;
using namespace Qt::StringLiterals;
using configurationtext::Reading;
using Wish = ConfiguredInstance::Wish;

namespace {

Reading read(const QByteArray &text)
{
    return configurationtext::read(QByteArray(text.constData(), text.size()));
}

/// `line:column path`, each.
QStringList places(const QByteArray &text)
{
    QStringList places;
    const Reading reading = read(text);
    for (const DocumentFinding &finding : reading.findings)
        places << u"%1:%2 %3"_s.arg(QString::number(finding.line), QString::number(finding.column),
                                    finding.path);
    return places;
}

QString words(const QByteArray &text)
{
    QStringList words;
    const Reading reading = read(text);
    for (const DocumentFinding &finding : reading.findings)
        words << finding.toText();
    return words.join(u'\n');
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

QString source()
{
    return qEnvironmentVariable("LATCHKEY_SOURCE");
}

QByteArray document(const QByteArray &instances)
{
    return R"({"version": 1, "profiles": [{"name": "Acme", "instances": [)" + instances + "]}]}";
}

/// What python3-jsonschema says of each file below the folder: null where it takes it.
QJsonObject judged(const QString &folder)
{
    QProcess python;
    python.start(u"/usr/bin/python3"_s,
                 {source() + u"/tests/readers/judge.py"_s,
                  source() + u"/resources/schemas/configuration-1.schema.json"_s, folder});
    if (!python.waitForFinished(120'000) || python.exitCode() != 0)
        QTest::qFail(python.readAllStandardError().constData(), __FILE__, __LINE__);
    return QJsonDocument::fromJson(python.readAllStandardOutput()).object();
}

/// Any document that is one.
class Generator
{
public:
    explicit Generator(quint32 seed)
        : m_random(seed)
    {
    }

    ConfigurationDocument document()
    {
        ConfigurationDocument document;
        for (int profiles = below(4); profiles > 0; --profiles) {
            ConfiguredProfile profile;
            profile.name = text(20) + QString::number(profiles);
            for (int instances = below(8); instances > 0; --instances)
                profile.instances.append(instance(instances));
            document.profiles.append(profile);
        }
        return document;
    }

private:
    int below(int end) { return static_cast<int>(m_random.bounded(end)); }
    bool perhaps() { return below(2) == 1; }

    template <typename List>
    auto oneOf(const List &list)
    {
        return list.at(below(static_cast<int>(list.size())));
    }

    QString from(const QString &characters, int longest)
    {
        QString text;
        for (int length = 1 + below(longest); length > 0; --length)
            text += oneOf(characters);
        return text;
    }

    QString text(int longest)
    {
        static const QStringList pieces{u"a"_s,      u"Z"_s,      u" "_s,     u"\""_s, u"\\"_s, u"/"_s,
                                        u"\n"_s,     u"\r"_s,     u"\t"_s,    u"ü"_s,  u"日"_s, u"🔑"_s,
                                        u"{"_s,      u"\u0001"_s, u"]"_s,     u","_s,  u":"_s,  u"\u2028"_s,
                                        u"\u007f"_s, u"%"_s,      u"\ufeff"_s};
        QString text;
        for (int length = 1 + below(longest); length > 0; --length)
            text += oneOf(pieces);
        return text;
    }

    ConfiguredInstance instance(int number)
    {
        ConfiguredInstance instance;
        instance.integration = from(u"abz019.-"_s, 5);
        instance.name = from(u"abz019.-"_s, 20) + QString::number(number);
        if (perhaps())
            instance.endpoint =
                oneOf(QStringList{u"eu"_s, u"us"_s, u"127.0.0.1:8080"_s, u"[::1]"_s, u"müller.example"_s});
        instance.wish = oneOf(QList<Wish>{Wish::NotSaid, Wish::None, Wish::Present});
        if (instance.wish == Wish::Present)
            instance.credential = credential();
        if (perhaps())
            instance.expiry.date = QDate(2000, 1, 1).addDays(below(100'000));
        if (perhaps())
            instance.expiry.livesDays = 1 + below(3650);
        if (perhaps())
            instance.expiry.owner = text(10);
        if (perhaps())
            instance.expiry.note = text(100);
        instance.isProtected = perhaps();
        return instance;
    }

    ConfiguredCredential credential()
    {
        ConfiguredCredential credential;
        credential.type = oneOf(QList<CredentialType>{CredentialType::MultiKey, CredentialType::OAuth,
                                                      CredentialType::GitHubApp, CredentialType::AwsRole});
        if (credential.type == CredentialType::AwsRole)
            credential.roleArn = u"arn:aws:iam::123456789012:role/"_s + from(u"aZ0_+=,.@/-"_s, 20);
        if (credential.type != CredentialType::MultiKey)
            return credential;
        for (int headers = 1 + below(4); headers > 0; --headers) {
            const QString name = from(u"aZ0!#$%&'*+-.^_`|~"_s, 10) + QString::number(headers);
            KeySource source;
            source.kind = oneOf(QList<KeySource::Kind>{
                KeySource::Kind::Keychain, KeySource::Kind::Environment, KeySource::Kind::Prompt});
            if (source.kind == KeySource::Kind::Environment)
                source.variable = u'_' + from(u"aZ0_"_s, 10);
            credential.headers.append({name, source});
        }
        return credential;
    }

    QRandomGenerator m_random;
};

} // namespace

class TstConfigurationText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDocumentIsWrittenInFull();
    void aDocumentIsReadInFull();
    void nothingIsADocumentToo();
    void whatIsWrittenIsReadBack();
    void ourReaderAndTheSchemaAgree();
    void theSchemaTakesAllThatIsWritten();
    void theExamplesAreAsTheyWouldBeWritten();
    void everyFindingHasItsPlace();
    void findingsSayWhatToDo_data();
    void findingsSayWhatToDo();
    void anotherVersionIsAllThatIsSaidOfIt();
    void findingsWithoutEndAreCounted();
    void noSecretIsRepeated_data();
    void noSecretIsRepeated();
    void theTextIsWiped();
    void tenThousandInstancesAreRead();
    void manyMembersOfOneNameTakeNoLonger();
    void whatIsTooLargeOrTooDeepIsRefused();
    void whatCannotBeReadBackSaysWhy();
};

void TstConfigurationText::aDocumentIsWrittenInFull()
{
    ConfiguredInstance datadog;
    datadog.integration = u"datadog"_s;
    datadog.name = u"datadog-eu-production"_s;
    datadog.endpoint = u"eu"_s;
    datadog.wish = Wish::Present;
    datadog.credential.headers = {{u"DD-APPLICATION-KEY"_s, {KeySource::Kind::Environment, u"DD_APP_KEY"_s}},
                                  {u"DD-API-KEY"_s, {}}};
    datadog.expiry = {QDate(2027, 3, 1), 90, u"Kim"_s, u"“Zürich” \"a\\b\"\nc"_s};
    datadog.isProtected = true;
    ConfiguredInstance role;
    role.integration = u"aws-api-gateway"_s;
    role.name = u"aws"_s;
    role.wish = Wish::Present;
    role.credential = {CredentialType::AwsRole, {}, u"arn:aws:iam::123456789012:role/x"_s};
    ConfiguredInstance none;
    none.integration = u"datadog"_s;
    none.name = u"datadog-ap"_s;
    none.wish = Wish::None;
    ConfiguredInstance bare;
    bare.integration = u"datadog"_s;
    bare.name = u"datadog-zz"_s;
    const ConfigurationDocument document{{{u"Umbrella"_s, {}}, {u"Acme"_s, {bare, datadog, none, role}}}};

    QCOMPARE(configurationtext::write(document), QByteArray(R"({
  "$schema": "https://latchkey.example/schema/configuration-1.schema.json",
  "version": 1,
  "profiles": [
    {
      "name": "Acme",
      "instances": [
        {
          "integration": "aws-api-gateway",
          "name": "aws",
          "credential": {
            "type": "aws_role_delegation",
            "role_arn": "arn:aws:iam::123456789012:role/x"
          }
        },
        {
          "integration": "datadog",
          "name": "datadog-ap",
          "credential": null
        },
        {
          "integration": "datadog",
          "name": "datadog-eu-production",
          "endpoint": "eu",
          "credential": {
            "type": "multi_key_auth",
            "headers": [
              {
                "name": "DD-API-KEY",
                "source": "keychain"
              },
              {
                "name": "DD-APPLICATION-KEY",
                "source": "env:DD_APP_KEY"
              }
            ]
          },
          "expiry": {
            "date": "2027-03-01",
            "lives_days": 90,
            "owner": "Kim",
            "note": "“Zürich” \"a\\b\"\nc"
          },
          "protected": true
        },
        {
          "integration": "datadog",
          "name": "datadog-zz"
        }
      ]
    },
    {
      "name": "Umbrella",
      "instances": []
    }
  ]
}
)"));
}

void TstConfigurationText::aDocumentIsReadInFull()
{
    const QByteArray text = R"({"profiles": [{"instances": [
        {"name": "b", "integration": "datadog", "protected": false, "x-cost-center": {"code": 4711},
         "credential": {"headers": [{"source": "prompt", "name": "B"}, {"name": "A", "source": "env:_a1"}],
                        "type": "multi_key_auth"},
         "expiry": {"note": "\u2028", "date": "2028-02-29", "lives_days": 9.0e1}},
        {"name": "a", "integration": "slack", "credential": {"type": "oauth"}, "endpoint": "eu", "protected": true},
        {"name": "a", "integration": "slack", "credential": null, "endpoint": "us"}
      ], "name": " Acme "}], "version": 1.0, "x-more": []})";
    const Reading reading = read(text);
    QVERIFY2(reading.document, qPrintable(words(text)));
    QCOMPARE(reading.document->profiles.size(), 1);
    const ConfiguredProfile profile = reading.document->profiles.constFirst();
    QCOMPARE(profile.name, u" Acme "_s);
    ConfiguredInstance b;
    b.integration = u"datadog"_s;
    b.name = u"b"_s;
    b.wish = Wish::Present;
    b.credential.headers = {{u"B"_s, {KeySource::Kind::Prompt, {}}},
                            {u"A"_s, {KeySource::Kind::Environment, u"_a1"_s}}};
    b.expiry = {QDate(2028, 2, 29), 90, {}, u"\u2028"_s};
    ConfiguredInstance eu;
    eu.integration = u"slack"_s;
    eu.name = u"a"_s;
    eu.endpoint = u"eu"_s;
    eu.wish = Wish::Present;
    eu.credential.type = CredentialType::OAuth;
    eu.isProtected = true;
    ConfiguredInstance us;
    us.integration = u"slack"_s;
    us.name = u"a"_s;
    us.endpoint = u"us"_s;
    us.wish = Wish::None;
    QVERIFY(profile.instances == (QList<ConfiguredInstance>{b, eu, us}));
}

void TstConfigurationText::nothingIsADocumentToo()
{
    const QByteArray written = configurationtext::write({});
    QCOMPARE(written,
             QByteArray("{\n  \"$schema\": \"https://latchkey.example/schema/configuration-1.schema.json\",\n"
                        "  \"version\": 1,\n  \"profiles\": []\n}\n"));
    QVERIFY(read(written).document == ConfigurationDocument());
}

void TstConfigurationText::whatIsWrittenIsReadBack()
{
    for (quint32 seed = 0; seed < 500; ++seed) {
        const ConfigurationDocument document = Generator(seed).document();
        const QByteArray written = configurationtext::write(document);
        const Reading reading = read(written);
        QVERIFY2(reading.document, qPrintable(u"seed %1\n"_s.arg(seed) + words(written)));
        QVERIFY2(*reading.document == inOrder(document), qPrintable(u"seed %1"_s.arg(seed)));
        QCOMPARE(configurationtext::write(*reading.document), written);
        // In whatever order, and however it is indented.
        ConfigurationDocument mixed = document;
        std::reverse(mixed.profiles.begin(), mixed.profiles.end());
        for (ConfiguredProfile &profile : mixed.profiles)
            std::reverse(profile.instances.begin(), profile.instances.end());
        QCOMPARE(configurationtext::write(mixed), written);
        QString lines = QString::fromUtf8(written);
        static const QRegularExpression indentation(u"\\n *"_s);
        const Reading compact = read(lines.remove(indentation).toUtf8());
        QVERIFY2(compact.document == reading.document, qPrintable(u"seed %1"_s.arg(seed)));
    }
}

void TstConfigurationText::ourReaderAndTheSchemaAgree()
{
    const QString corpus = source() + u"/tests/transfer/corpus/configuration"_s;
    const QJsonObject verdicts = judged(corpus);
    QStringList wrong;
    int files = 0;
    QDirIterator all(corpus, QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString name = QDir(corpus).relativeFilePath(all.next());
        const QByteArray text = contentOf(all.filePath());
        const bool isTaken = read(text).document.has_value();
        const bool schemaTakes = verdicts.contains(name) && verdicts[name].isNull();
        // `beyond` has what a schema cannot say.
        if (isTaken != name.startsWith(u"good/"_s))
            wrong << u"%1: %2"_s.arg(name, isTaken ? u"was read"_s : words(text));
        if (schemaTakes == name.startsWith(u"bad/"_s))
            wrong << u"%1: the schema says %2"_s.arg(name, verdicts[name].toString());
        ++files;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    QCOMPARE(verdicts.size(), files);
    QVERIFY(files > 150);
}

void TstConfigurationText::theSchemaTakesAllThatIsWritten()
{
    QTemporaryDir folder;
    for (quint32 seed = 1000; seed < 1200; ++seed) {
        QFile file(folder.filePath(u"%1.json"_s.arg(seed)));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(configurationtext::write(Generator(seed).document()));
    }
    const QJsonObject verdicts = judged(folder.path());
    QCOMPARE(verdicts.size(), 200);
    for (auto verdict = verdicts.begin(); verdict != verdicts.end(); ++verdict)
        QVERIFY2(verdict->isNull(), qPrintable(verdict.key() + u": "_s + verdict->toString()));
}

void TstConfigurationText::theExamplesAreAsTheyWouldBeWritten()
{
    const QString examples = source() + u"/resources/examples"_s;
    const QStringList names = QDir(examples).entryList({u"*.json"_s}, QDir::Files);
    QVERIFY(names.size() >= 4);
    for (const QString &name : names) {
        const QByteArray text = contentOf(examples + u'/' + name);
        const Reading reading = read(text);
        QVERIFY2(reading.document, qPrintable(name + u": "_s + words(text)));
        QCOMPARE(configurationtext::write(*reading.document), text);
    }
    const QJsonObject verdicts = judged(examples);
    for (const QString &name : names)
        QVERIFY2(verdicts.value(name).isNull(), qPrintable(name + u": "_s + verdicts.value(name).toString()));
}

void TstConfigurationText::everyFindingHasItsPlace()
{
    QCOMPARE(
        places(R"({
  "version": 1,
  "profiles": [
    {
      "name": "",
      "instances": [
        {"integration": "Datadog", "name": "ü", "labels": {}},
        {"integration": "datadog", "name": "a", "endpoint": "https://x", "protected": 1},
        {"integration": "datadog", "name": "b", "credential": {"type": "multi_key_auth", "headers": [
          {"name": "A B", "source": "vault:x"}, {"name": "🔑"}
        ]}, "expiry": {"date": "2027-02-30", "lives_days": -1, "owner": ""}}
      ]
    },
    null
  ],
  "settings": {}
})"),
        (QStringList{u"5:15 $.profiles[0].name"_s, u"7:25 $.profiles[0].instances[0].integration"_s,
                     u"7:44 $.profiles[0].instances[0].name"_s, u"7:49 $.profiles[0].instances[0].labels"_s,
                     u"8:61 $.profiles[0].instances[1].endpoint"_s,
                     u"8:87 $.profiles[0].instances[1].protected"_s,
                     u"10:20 $.profiles[0].instances[2].credential.headers[0].name"_s,
                     u"10:37 $.profiles[0].instances[2].credential.headers[0].source"_s,
                     u"10:49 $.profiles[0].instances[2].credential.headers[1]"_s,
                     u"10:58 $.profiles[0].instances[2].credential.headers[1].name"_s,
                     u"11:32 $.profiles[0].instances[2].expiry.date"_s,
                     u"11:60 $.profiles[0].instances[2].expiry.lives_days"_s,
                     u"11:73 $.profiles[0].instances[2].expiry.owner"_s, u"14:5 $.profiles[1]"_s,
                     u"16:3 $.settings"_s}));
    QCOMPARE(places(document(R"({"integration": "a", "name": "b"}, {"name": "b", "integration": "a"})")),
             QStringList{u"1:95 $.profiles[0].instances[1]"_s});
    QCOMPARE(places(R"({"version": 1, "profiles": [], "profiles": [], "profile": 1})"),
             (QStringList{u"1:32 $.profiles"_s, u"1:48 $.profile"_s}));
}

void TstConfigurationText::findingsSayWhatToDo_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *title, const QByteArray &text, const QString &expected) {
        QTest::newRow(title) << text << expected;
    };
    row("no JSON", "profiles:", u"line 1, column 1: $: A value is expected"_s);
    row("another version", R"({"version": 2, "profiles": []})",
        u"line 1, column 13: $.version: This document is of version 2, and this Latchkey reads version 1."_s);
    row("half a version", R"({"version": 1.5, "profiles": []})", u"This Latchkey reads version 1."_s);
    row("no version", R"({"profiles": []})", u"“version” is missing here. This Latchkey reads version 1."_s);
    row("unknown", R"({"version": 1, "profiles": [], "profile": 1})",
        u"There is no member “profile” here."_s);
    row("missing", R"({"version": 1})", u"The member “profiles” is missing here."_s);
    row("of another type", R"({"version": 1, "profiles": [], "role_arn": 1})", u"no member “role_arn”"_s);
    row("twice", R"({"version": 1, "profiles": [], "profiles": []})",
        u"This object has “profiles” already."_s);
    row("the same instance",
        document(R"({"integration": "a", "name": "b"}, {"integration": "a", "name": "b"})"),
        u"This instance has an entry already: $.profiles[0].instances[0]."_s);
    row("perhaps the same",
        document(R"({"integration": "a", "name": "b"}, {"integration": "a", "name": "b", "endpoint": "eu"})"),
        u"only one says at which endpoint it is"_s);
    row("an instance's name", document(R"({"integration": "a", "name": "B"})"),
        u"Konnect has no such name"_s);
    row("a type", document(R"({"integration": "a", "name": "b", "credential": {"type": "apikey"}})"),
        u"The types are multi_key_auth, aws_role_delegation, oauth, github_app_installation."_s);
    row("a day", document(R"({"integration": "a", "name": "b", "expiry": {"date": "1.3.2027"}})"),
        u"YYYY-MM-DD"_s);
    row("too long",
        document(R"({"integration": "a", "name": "b", "expiry": {"owner": ")" + QByteArray(1001, 'a') +
                 "\"}}"),
        u"longer than 1,000 characters"_s);
}

void TstConfigurationText::findingsSayWhatToDo()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, expected);
    QVERIFY2(words(text).contains(expected), qPrintable(words(text)));
}

void TstConfigurationText::anotherVersionIsAllThatIsSaidOfIt()
{
    QCOMPARE(places(R"({"version": 2, "profiles": {}, "settings": []})"), QStringList{u"1:13 $.version"_s});
}

void TstConfigurationText::findingsWithoutEndAreCounted()
{
    QByteArray text = R"({"version": 1, "profiles": [0)";
    for (int i = 0; i < 100'000; ++i)
        text += ",0";
    const Reading reading = read(text + "]}");
    QVERIFY(!reading.document);
    QCOMPARE(reading.findings.size(), configurationtext::MostFindings + 1);
    const DocumentFinding last = reading.findings.constLast();
    QVERIFY2(last.line == 0 && last.message.contains(u"99,001 more"_s), qPrintable(last.toText()));
}

void TstConfigurationText::noSecretIsRepeated_data()
{
    QTest::addColumn<QByteArray>("text");

    // Every bad document of the corpus that has a key in it, and secrets at places of all kinds.
    const QString corpus = source() + u"/tests/transfer/corpus/configuration"_s;
    QDirIterator all(corpus, QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QByteArray text = contentOf(all.next());
        if (text.contains("canary") || text.contains("5e1f"))
            QTest::newRow(qPrintable(all.fileName())) << text;
    }
    const auto row = [](const char *title, const QByteArray &text) { QTest::newRow(title) << text; };
    const QByteArray token = "kpat_canary5e1f";
    row("as the whole", '"' + token + '"');
    row("as the version", R"({"profiles": [], "version": ")" + token + "\"}");
    row("as the profiles", R"({"version": 1, "profiles": ")" + token + "\"}");
    row("as an instance", document('"' + token + '"'));
    row("as a name", document(R"({"integration": "a", "name": ")" + token + "\"}"));
    row("as a name that could be one",
        document(R"({"integration": "a", "name": "CANARY5E1F0123456789ABCD"})"));
    row("as a type", document(R"({"integration": "a", "name": "b", "credential": {"type": "canary-5e1f"}})"));
    row("as an endpoint",
        document(R"({"integration": "a", "name": "b", "endpoint": "https://canary@5e1f"})"));
    row("as a day", document(R"({"integration": "a", "name": "b", "expiry": {"date": "canary-5e1f"}})"));
    row("as an ARN",
        document(
            R"({"integration": "a", "name": "b", "credential": {"type": "aws_role_delegation", "role_arn": "canary-5e1f"}})"));
    row("as an unknown name", R"({"version": 1, "profiles": [], "canary5e1f0123456789abcdef": 1})");
    row("as a UUID", R"({"version": 1, "profiles": [], "5e1f5e1f-1f01-4567-89ab-cdef01234567": 1})");
    row("as an unknown token", R"({"version": 1, "profiles": [], ")" + token + "\": 1}");
    row("as a long unknown name",
        R"({"version": 1, "profiles": [], ")" + QByteArray("canary ").repeated(20) + "\": 1}");
    row("below an unknown name",
        R"({"version": 1, "profiles": [], "a": {"canary5e1f0123456789abcdef": ")" + token + "\"}}");
    row("in a text that is no JSON", R"({"version": 1, "profiles": [], "a": ")" + token);
    row("twice", R"({"version": 1, "profiles": [], "x": 1, ")" + token + "\": 1, \"" + token + "\": 2}");
}

void TstConfigurationText::noSecretIsRepeated()
{
    QFETCH(const QByteArray, text);
    const Reading reading = read(text);
    QVERIFY(!reading.document);
    QVERIFY(!reading.findings.isEmpty());
    const QString said = words(text);
    QVERIFY2(!said.contains(u"canary"_s, Qt::CaseInsensitive) &&
                 !said.contains(u"5e1f"_s, Qt::CaseInsensitive),
             qPrintable(said));
}

void TstConfigurationText::theTextIsWiped()
{
    for (const QByteArray &text : {configurationtext::write({}), QByteArray("{\"key\": \"canary"),
                                   QByteArray(R"({"version": 1, "profiles": [], "key": "canary"})")}) {
        const QByteArray shared(text.constData(), text.size());
        QByteArray taken = shared;
        static_cast<void>(configurationtext::read(std::move(taken)));
        QCOMPARE(shared, QByteArray(shared.size(), '\0'));
    }
}

void TstConfigurationText::tenThousandInstancesAreRead()
{
    ConfigurationDocument document{{{u"Acme"_s, {}}}};
    for (int i = 0; i < 10'000; ++i) {
        ConfiguredInstance instance;
        instance.integration = u"datadog"_s;
        instance.name = u"datadog-%1"_s.arg(i, 5, 10, QLatin1Char('0'));
        instance.wish = Wish::Present;
        instance.credential.headers = {{u"DD-API-KEY"_s, {}},
                                       {u"DD-APPLICATION-KEY"_s, {KeySource::Kind::Environment, u"APP"_s}}};
        instance.expiry = {QDate(2027, 3, 1), 90, u"Kim"_s, u"Note"_s};
        document.profiles.first().instances.append(instance);
    }
    const QByteArray written = configurationtext::write(document);
    const Reading reading = read(written);
    QVERIFY(reading.document == document);
    QCOMPARE(reading.document->instances(), 10'000);

    ConfigurationDocument twice = document;
    twice.profiles.first().instances += twice.profiles.constFirst().instances.first(500);
    QCOMPARE(read(configurationtext::write(twice)).findings.size(), 500);
}

void TstConfigurationText::manyMembersOfOneNameTakeNoLonger()
{
    QByteArray text = R"({"version": 1)";
    for (int i = 0; i < 200'000; ++i)
        text += ",\"x-" + QByteArray::number(i) + "\":0";
    for (int i = 0; i < 200'000; ++i)
        text += ",\"profiles\":[]";
    const Reading reading = read(text + '}');
    QVERIFY(!reading.document);
    QVERIFY(reading.findings.size() >= configurationtext::MostFindings);
}

void TstConfigurationText::whatIsTooLargeOrTooDeepIsRefused()
{
    QVERIFY2(words(QByteArray(65 * 1024 * 1024, ' ')).contains(u"64 MiB"_s), "the limit is not named");
    QByteArray deep = R"({"version": 1, "profiles": [], "x-deep": )" + QByteArray(100'000, '[');
    QVERIFY2(words(deep).contains(u"100 levels"_s), "the limit is not named");
    deep += QByteArray(100'000, ']') + '}';
    QVERIFY2(words(deep).startsWith(u"line 1, column 140: $[\"x-deep\"]"_s) ||
                 words(deep).startsWith(u"line 1, column 141: $.x-deep"_s),
             qPrintable(words(deep).left(100)));
}

void TstConfigurationText::whatCannotBeReadBackSaysWhy()
{
    ConfiguredInstance instance;
    instance.integration = u"datadog"_s;
    instance.name = u"What Konnect never had"_s;
    const QByteArray written = configurationtext::write({{{u"Acme"_s, {instance}}}});
    QCOMPARE(read(written).findings.size(), 1);
    QCOMPARE(read(written).findings.constFirst().path, u"$.profiles[0].instances[0].name"_s);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstConfigurationText)
#include "tst_configurationtext.moc"
