// SPDX-License-Identifier: GPL-3.0-or-later
// Runs with a real GNOME Keyring on a bus of its own: tests/support/with-keyring.sh.
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Public = u"swaggerhub-public"_s;   // With a credential whose keys are not known here.
const QString Sandbox = u"swaggerhub-sandbox"_s; // no credential
const QByteArray Key = "a-key-of-the-state-";

QByteArray bytesOf(const QString &file)
{
    QFile source(file);
    return source.open(QFile::ReadOnly) ? source.readAll() : QByteArray();
}

/// A resource of a Terraform state.
QJsonObject resourceFor(const QString &name, const QString &instanceId, const QString &credentialId)
{
    const QJsonObject header{{u"name"_s, u"authorization"_s}, {u"key"_s, QString::fromUtf8(Key) + name}};
    const QJsonObject keys{{u"config"_s, QJsonObject{{u"headers"_s, QJsonArray{header}}}}};
    const QJsonObject attributes{
        {u"id"_s, credentialId}, {u"integration_instance_id"_s, instanceId}, {u"multi_key_auth"_s, keys}};
    return {{u"mode"_s, u"managed"_s},
            {u"type"_s, u"konnect_integration_instance_auth_credential"_s},
            {u"name"_s, name},
            {u"instances"_s, QJsonArray{QJsonObject{{u"attributes"_s, attributes}}}}};
}

QByteArray payload()
{
    return R"({"type": "multi_key_auth", "config": {"headers": [{"name": "authorization", "key": ")" + Key +
           R"(payload"}]}})";
}

} // namespace

/// What other tools' files say, and files for them.
class TstImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aStateIsTaken();
    void nothingIsDoneBeforeAYes();
    void aPayloadIsOfTheInstanceThatIsNamed();
    void theKeysMayBeOfWhatIsThere();
    void keysOfAnEarlierCredentialReplaceNothing();
    void nothingIsKeptWhereThatIsAskedFor();
    void whatIsLeftOutIsSaid();
    void eachFileHasItsCommand();
    void aFileForPulumiComesBack();
    void aFileForTerraformHasNoKeys();
    void refusesWrongUsage_data();
    void refusesWrongUsage();

private:
    [[nodiscard]] CtlResult run(QStringList arguments, const QByteArray &input = {}) const;
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] QString write(const QString &name, const QByteArray &text) const;
    /// Keys of the credential that `swaggerhub-public` has, and of one that `swaggerhub-sandbox` had.
    [[nodiscard]] QString state(const QJsonArray &more = {}) const;
    [[nodiscard]] QJsonObject instance(const QString &name) const;
    [[nodiscard]] bool keepsKeysOf(const QString &name) const;
    [[nodiscard]] int writes() const;
    [[nodiscard]] static QStringList statesOf(const CtlResult &result);

    std::unique_ptr<DemoServiceProcess> m_service;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TstImport::init()
{
    m_service = std::make_unique<DemoServiceProcess>();
    m_folder = std::make_unique<QTemporaryDir>();
    const CtlResult added = run(
        {u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, m_service->url(), u"--token-env"_s, u"CTL_TOKEN"_s});
    QVERIFY2(added.code == 0, added.err.constData());
}

CtlResult TstImport::run(QStringList arguments, const QByteArray &input) const
{
    arguments += {u"--data-dir"_s, path(u"data"_s)};
    return ctl(arguments, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}}, input);
}

QString TstImport::write(const QString &name, const QByteArray &text) const
{
    QFile file(path(name));
    if (file.open(QFile::WriteOnly))
        file.write(text);
    return file.fileName();
}

QJsonObject TstImport::instance(const QString &name) const
{
    const QJsonArray all = run({u"instances"_s, u"list"_s, u"--json"_s}).json()["instances"_L1].toArray();
    for (const QJsonValue &one : all) {
        if (one["name"_L1].toString() == name)
            return one.toObject();
    }
    return {};
}

QString TstImport::state(const QJsonArray &more) const
{
    const QJsonObject there = instance(Public);
    QJsonArray resources{
        resourceFor(u"public"_s, there["id"_L1].toString(), there["credential"_L1]["id"_L1].toString()),
        resourceFor(u"sandbox"_s, instance(Sandbox)["id"_L1].toString(), u"gone"_s)};
    for (const QJsonValue &each : more)
        resources.append(each);
    const QJsonObject root{{u"version"_s, 4}, {u"lineage"_s, u"of-the-test"_s}, {u"resources"_s, resources}};
    return write(u"terraform.tfstate"_s, QJsonDocument(root).toJson());
}

bool TstImport::keepsKeysOf(const QString &name) const
{
    const CtlResult shown = run({u"credential"_s, u"show"_s, u"--json"_s, u"--instance"_s, name});
    return shown.json()["keys_known_here"_L1]["current"_L1].toBool();
}

int TstImport::writes() const
{
    return m_service->received(u"POST"_s) + m_service->received(u"DELETE"_s);
}

QStringList TstImport::statesOf(const CtlResult &result)
{
    QStringList states;
    const QJsonArray rows = result.json().array();
    for (const QJsonValue &row : rows)
        states += row["state"_L1].toString();
    return states;
}

void TstImport::aStateIsTaken()
{
    const QString file = state();
    const CtlResult dry = run({u"import"_s, file, u"--dry-run"_s});
    QVERIFY2(dry.code == 0, dry.err.constData());
    QVERIFY2(dry.err.contains("a Terraform state") && dry.err.contains("holds keys in clear"),
             dry.err.constData());
    QVERIFY2(dry.out.contains("Will be kept here") && dry.out.contains("Create"), dry.out.constData());
    QVERIFY(!dry.mentions(Key));
    const CtlResult asJson = run({u"import"_s, file, u"--dry-run"_s, u"--json"_s});
    QCOMPARE(asJson.json()["rows"_L1].toArray().size(), 2);
    QVERIFY(!asJson.mentions(Key));
    QVERIFY(!keepsKeysOf(Public));
    QCOMPARE(writes(), 0);

    const CtlResult taken = run({u"import"_s, file, u"--yes"_s, u"--json"_s});
    QVERIFY2(taken.code == 0, taken.err.constData());
    QCOMPARE(statesOf(taken), (QStringList{u"done"_s, u"done"_s}));
    QVERIFY(!taken.mentions(Key));
    QVERIFY(keepsKeysOf(Public) && keepsKeysOf(Sandbox));
    QCOMPARE(writes(), 1);
    // Those of the credential that is there are sent to nobody.
    QVERIFY(m_service->record().contains(Key + "sandbox"));
    QVERIFY(!m_service->record().contains(Key + "public"));

    const CtlResult again = run({u"import"_s, file, u"--yes"_s, u"--json"_s});
    QVERIFY2(again.code == 0, again.err.constData());
    QCOMPARE(statesOf(again), (QStringList{u"done_already"_s, u"done_already"_s}));
    QCOMPARE(writes(), 1);
}

void TstImport::nothingIsDoneBeforeAYes()
{
    const CtlResult refused = run({u"import"_s, state()});
    QCOMPARE(refused.code, 9);
    QVERIFY2(refused.err.contains("--yes") && refused.err.contains("Will be kept here"),
             refused.err.constData());
    QVERIFY(!keepsKeysOf(Public));
    QCOMPARE(writes(), 0);
}

void TstImport::aPayloadIsOfTheInstanceThatIsNamed()
{
    const CtlResult unsaid = run({u"import"_s, u"-"_s, u"--yes"_s}, payload());
    QCOMPARE(unsaid.code, 65);
    QVERIFY2(unsaid.err.contains("to which instance it belongs"), unsaid.err.constData());
    const CtlResult taken = run({u"import"_s, u"-"_s, u"--yes"_s, u"--instance"_s, Sandbox}, payload());
    QVERIFY2(taken.code == 0, taken.err.constData());
    QVERIFY(keepsKeysOf(Sandbox));
    QCOMPARE(m_service->received(u"POST"_s), 1);
    QVERIFY(!taken.mentions(Key));
    // The other file says so itself.
    QCOMPARE(run({u"import"_s, state(), u"--yes"_s, u"--instance"_s, Sandbox}).code, 65);
    QCOMPARE(writes(), 1);
}

void TstImport::theKeysMayBeOfWhatIsThere()
{
    const QStringList taking{u"import"_s, u"-"_s, u"--instance"_s, Public};
    const CtlResult replacing = run(taking + QStringList{u"--dry-run"_s}, payload());
    QVERIFY2(replacing.out.contains("Replace") && replacing.out.contains("no way back"),
             replacing.out.constData());
    const CtlResult kept = run(taking + QStringList{u"--present"_s, u"--yes"_s}, payload());
    QVERIFY2(kept.code == 0, kept.err.constData());
    QVERIFY(keepsKeysOf(Public));
    QCOMPARE(writes(), 0);
}

void TstImport::keysOfAnEarlierCredentialReplaceNothing()
{
    const QString file = state();
    QCOMPARE(run({u"credential"_s, u"replace"_s, u"--instance"_s, Public, u"--yes"_s, u"--keep"_s, u"none"_s,
                  u"--key-stdin"_s},
                 "a-key-that-is-newer\n")
                 .code,
             0);
    const int before = writes();
    const CtlResult taken = run({u"import"_s, file, u"--yes"_s, u"--json"_s});
    QCOMPARE(taken.code, 9);
    QVERIFY(statesOf(taken).contains(u"blocked"_s));
    QVERIFY2(taken.mentions("Konnect has "), taken.out.constData());
    QCOMPARE(m_service->received(u"DELETE"_s), 1); // That of the replacement.
    QCOMPARE(writes(), before + 1);                // The other instance has none.
}

void TstImport::nothingIsKeptWhereThatIsAskedFor()
{
    const CtlResult taken = run({u"import"_s, state(), u"--yes"_s, u"--keep"_s, u"none"_s, u"--json"_s});
    QVERIFY2(taken.code == 0, taken.err.constData());
    QVERIFY(statesOf(taken).contains(u"left_out"_s));
    QVERIFY(!keepsKeysOf(Public) && !keepsKeysOf(Sandbox));
}

void TstImport::whatIsLeftOutIsSaid()
{
    const QString file = state({resourceFor(u"nowhere"_s, u"00000000-0000-4000-8000-000000000000"_s, {})});
    const CtlResult taken = run({u"import"_s, file, u"--yes"_s});
    QCOMPARE(taken.code, 9);
    QVERIFY2(taken.err.contains("konnect_integration_instance_auth_credential.nowhere: It is left out"),
             taken.err.constData());
    QVERIFY(keepsKeysOf(Public));
    QVERIFY(!taken.mentions(Key));
}

void TstImport::eachFileHasItsCommand()
{
    const QString file = state();
    for (const QString &command : {u"plan"_s, u"diff"_s, u"apply"_s}) {
        const CtlResult refused = run({command, file});
        QCOMPARE(refused.code, 65);
        QVERIFY2(refused.err.contains("latchkeyctl import"), refused.err.constData());
        QVERIFY(!refused.mentions(Key));
    }
    const QString own = path(u"acme.json"_s);
    QCOMPARE(run({u"export"_s, u"--out"_s, own}).code, 0);
    const CtlResult refused = run({u"import"_s, own});
    QCOMPARE(refused.code, 65);
    QVERIFY2(refused.err.contains("latchkeyctl plan"), refused.err.constData());
    QCOMPARE(run({u"import"_s, path(u"no-such-file"_s)}).code, 4);
    QCOMPARE(writes(), 0);
}

void TstImport::aFileForPulumiComesBack()
{
    QCOMPARE(run({u"import"_s, state(), u"--yes"_s}).code, 0);
    const QString file = path(u"Pulumi.yaml"_s);
    const CtlResult exported = run({u"export"_s, u"--format"_s, u"pulumi"_s, u"--out"_s, file});
    QVERIFY2(exported.code == 0, exported.err.constData());
    QVERIFY2(exported.err.contains("has no keys there"), exported.err.constData());
    const QByteArray text = bytesOf(file);
    const QByteArray command = "pulumi import konnect:index/integrationInstanceAuthCredential:"
                               "IntegrationInstanceAuthCredential swaggerhub_sandbox \"" +
                               instance(Sandbox)["id"_L1].toString().toUtf8() + '"';
    QVERIFY2(text.contains(command), text.constData());
    QVERIFY(!text.contains(Key));

    const int before = writes();
    const CtlResult back = run({u"import"_s, file, u"--yes"_s});
    QVERIFY2(back.code == 0, back.err.constData());
    QVERIFY(!back.err.contains("holds keys in clear"));
    QCOMPARE(writes(), before);
}

void TstImport::aFileForTerraformHasNoKeys()
{
    QCOMPARE(run({u"import"_s, state(), u"--yes"_s}).code, 0);
    const CtlResult one =
        run({u"export"_s, u"--format"_s, u"terraform"_s, u"--instance"_s, Sandbox, u"--out"_s, u"-"_s});
    QVERIFY2(one.code == 0, one.err.constData());
    QVERIFY2(one.out.contains("resource \"konnect_integration_instance_auth_credential\"") &&
                 one.out.contains("import {") && one.out.contains("sensitive"),
             one.out.constData());
    QVERIFY(!one.out.contains("swaggerhub_public") && !one.mentions(Key));
    // Another profile, another file.
    const QString url = m_service->url().replace(u"127.0.0.1"_s, u"localhost"_s);
    QCOMPARE(
        run({u"profile"_s, u"add"_s, u"other"_s, u"--url"_s, url, u"--token-env"_s, u"CTL_TOKEN"_s}).code, 0);
    const CtlResult several = run({u"export"_s, u"--format"_s, u"terraform"_s});
    QCOMPARE(several.code, 64);
    QVERIFY2(several.err.contains("acme") && several.err.contains("other"), several.err.constData());
    QCOMPARE(run({u"export"_s, u"--format"_s, u"terraform"_s, u"--profile"_s, u"acme"_s}).code, 0);
}

void TstImport::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no file") << QStringList{u"import"_s};
    QTest::newRow("two files") << QStringList{u"import"_s, u"a"_s, u"b"_s};
    QTest::newRow("two instances") << QStringList{u"import"_s, u"a"_s,          u"--instance"_s,
                                                  u"b"_s,      u"--instance"_s, u"c"_s};
    QTest::newRow("deletions") << QStringList{u"import"_s, u"a"_s, u"--delete"_s};
    QTest::newRow("a form that nobody reads") << QStringList{u"export"_s, u"--format"_s, u"csv"_s};
    QTest::newRow("file and token from stdin") << QStringList{u"import"_s, u"-"_s, u"--token-stdin"_s};
}

void TstImport::refusesWrongUsage()
{
    QFETCH(const QStringList, arguments);
    QCOMPARE(run(arguments).code, 64);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstImport)
#include "tst_import.moc"
