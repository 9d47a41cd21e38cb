// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Public = u"swaggerhub-public"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s; // no credential
const QByteArray Planted = "a-planted-secret-0001";

/// All that a file could hope for is in the environment, and nothing of it is allowed.
Variables variables()
{
    return {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}, {u"PLANTED"_s, QString::fromUtf8(Planted)}};
}

QByteArray configuration(const QByteArray &profile, const QByteArray &instance, const QByteArray &source)
{
    return R"({"version": 1, "profiles": [{"name": "acme", )" + profile +
           R"("instances": [{"integration": "swaggerhub", )" + instance +
           R"("credential": {"type": "multi_key_auth", "headers": [{"name": "authorization", "source": ")" +
           source + R"("}]}}]}]})";
}

} // namespace

/// Files that somebody else wrote: whatever stands in them, they reach nothing but the profile's own service,
/// and get nothing that the user did not name. On a machine without a keychain.
class TstHostileFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aConfigurationSendsNothing_data();
    void aConfigurationSendsNothing();
    void onlyTheVariableThatIsAllowedIsRead();
    void aPlanThatWasEditedSendsNothing_data();
    void aPlanThatWasEditedSendsNothing();
    void aFileOfAnotherToolReachesNothing_data();
    void aFileOfAnotherToolReachesNothing();

private:
    [[nodiscard]] CtlResult run(QStringList arguments, const QByteArray &input = {}) const;
    [[nodiscard]] int writes() const;
    /// What was planted is nowhere, and nobody else was asked for anything.
    void checkNothingLeft(const CtlResult &result) const;
    /// The address of the other service in the place of ELSEWHERE.
    [[nodiscard]] QByteArray filled(QByteArray text) const
    {
        return text.replace("ELSEWHERE", m_elsewhere->url().toUtf8());
    }

    std::unique_ptr<DemoServiceProcess> m_service;
    std::unique_ptr<DemoServiceProcess> m_elsewhere; ///< Whoever wrote the file listens here.
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TstHostileFiles::init()
{
    m_service = std::make_unique<DemoServiceProcess>();
    m_elsewhere = std::make_unique<DemoServiceProcess>();
    m_folder = std::make_unique<QTemporaryDir>();
    const CtlResult added =
        run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, m_service->url(), u"--keep"_s, u"none"_s});
    QVERIFY2(added.code == 0, added.err.constData());
}

CtlResult TstHostileFiles::run(QStringList arguments, const QByteArray &input) const
{
    arguments += {u"--data-dir"_s, m_folder->filePath(u"data"_s), u"--token-env"_s, u"CTL_TOKEN"_s};
    return ctl(arguments, variables(), input);
}

int TstHostileFiles::writes() const
{
    return m_service->received(u"POST"_s) + m_service->received(u"DELETE"_s) +
           m_service->received(u"PATCH"_s) + m_service->received(u"PUT"_s);
}

void TstHostileFiles::checkNothingLeft(const CtlResult &result) const
{
    QVERIFY(!result.mentions(Planted));
    QVERIFY(!m_service->record().contains(Planted));
    QVERIFY2(m_elsewhere->record().isEmpty(), m_elsewhere->record().constData());
    // The token goes where it always went: into the header that is for it.
    const QByteArray token = DemoServiceProcess::token().toUtf8();
    const QList<QByteArray> lines = m_service->record().split('\n');
    for (const QByteArray &line : lines) {
        const QJsonObject request = QJsonDocument::fromJson(line).object();
        QVERIFY(!request["target"_L1].toString().toUtf8().contains(token));
        QVERIFY(!request["body"_L1].toString().toUtf8().contains(token));
    }
}

void TstHostileFiles::aConfigurationSendsNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    const QByteArray sandbox = R"("name": "swaggerhub-sandbox", )";
    QTest::newRow("a planted variable") << configuration({}, sandbox, "env:PLANTED") << 65;
    QTest::newRow("the token's variable") << configuration({}, sandbox, "env:CTL_TOKEN") << 65;
    QTest::newRow("a key of another instance") << configuration({}, sandbox, "keychain") << 65;
    QTest::newRow("a variable in another spelling") << configuration({}, sandbox, "$PLANTED") << 65;
    QTest::newRow("a file") << configuration({}, sandbox, "file:/etc/passwd") << 65;
    QTest::newRow("a URL of the profile")
        << configuration(R"("url": "ELSEWHERE", )", sandbox, "env:PLANTED") << 65;
    QTest::newRow("a URL as an endpoint")
        << configuration({}, R"("endpoint": "ELSEWHERE", )" + sandbox, "env:PLANTED") << 65;
    QTest::newRow("another endpoint")
        << configuration({}, R"("endpoint": "localhost:1", )" + sandbox, "env:PLANTED") << 9;
    QTest::newRow("an id of another instance")
        << configuration({}, R"("id": "c4ca37b7-f8ad-4aff-80ae-c5607512fa54", )" + sandbox, "env:PLANTED")
        << 65;
    QTest::newRow("a path as a name")
        << configuration({}, R"("name": "../../../v2/users", )", "env:PLANTED") << 65;
    QTest::newRow("an instance that there is not")
        << configuration({}, R"("name": "swaggerhub-nowhere", )", "env:PLANTED") << 9;
    QTest::newRow("a schema elsewhere")
        << configuration({}, sandbox, "env:PLANTED").replace(0, 1, R"({"$schema": "ELSEWHERE/schema", )")
        << 65;
}

void TstHostileFiles::aConfigurationSendsNothing()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, code);
    const QByteArray file = filled(text);
    checkNothingLeft(run({u"plan"_s, u"-"_s}, file));
    checkNothingLeft(run({u"diff"_s, u"-"_s}, file));
    const CtlResult applied =
        run({u"apply"_s, u"-"_s, u"--yes"_s, u"--keep"_s, u"none"_s, u"--delete"_s}, file);
    QVERIFY2(applied.code == code, applied.err.constData());
    checkNothingLeft(applied);
    QCOMPARE(writes(), 0);
}

void TstHostileFiles::onlyTheVariableThatIsAllowedIsRead()
{
    // What is allowed is not what the file names.
    const CtlResult other =
        run({u"apply"_s, u"-"_s, u"--yes"_s, u"--keep"_s, u"none"_s, u"--allow-env"_s, u"PLANTED"_s},
            configuration({}, R"("name": "swaggerhub-sandbox", )", "env:OTHER"));
    QCOMPARE(other.code, 65);
    checkNothingLeft(other);
    QCOMPARE(writes(), 0);
    // And what is allowed goes to the instance that the plan showed, and nowhere else.
    const CtlResult applied =
        run({u"apply"_s, u"-"_s, u"--yes"_s, u"--keep"_s, u"none"_s, u"--allow-env"_s, u"PLANTED"_s},
            configuration({}, R"("name": "swaggerhub-sandbox", )", "env:PLANTED"));
    QVERIFY2(applied.code == 0, applied.err.constData());
    QVERIFY(!applied.mentions(Planted));
    QCOMPARE(m_service->record().count(Planted), 1);
    QVERIFY(m_elsewhere->record().isEmpty());
    QCOMPARE(writes(), 1);
}

void TstHostileFiles::aPlanThatWasEditedSendsNothing_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    // A plan of one row, `create` for the instance without a credential.
    QTest::newRow("another instance in the document")
        << QByteArray("swaggerhub-sandbox") << QByteArray("swaggerhub-public");
    QTest::newRow("another action") << QByteArray("\"action\": \"create\"")
                                    << QByteArray("\"action\": \"replace\"");
    QTest::newRow("another source") << QByteArray("prompt") << QByteArray("env:PLANTED");
}

void TstHostileFiles::aPlanThatWasEditedSendsNothing()
{
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    const CtlResult planned = run({u"plan"_s, u"-"_s, u"--out"_s, u"-"_s},
                                  configuration({}, R"("name": "swaggerhub-sandbox", )", "prompt"));
    QVERIFY2(planned.out.contains(from), planned.out.constData());
    const QByteArray edited = QByteArray(planned.out).replace(from, to);
    const CtlResult applied = run({u"apply"_s, u"-"_s, u"--yes"_s, u"--keep"_s, u"none"_s}, edited);
    QVERIFY2(applied.code != 0, applied.out.constData());
    checkNothingLeft(applied);
    QCOMPARE(writes(), 0);
}

void TstHostileFiles::aFileOfAnotherToolReachesNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isKey");
    const QByteArray program = R"(
name: catalog
runtime: yaml
config:
  "konnect:serverUrl": ELSEWHERE
resources:
  provider:
    type: pulumi:providers:konnect
    properties: {serverUrl: ELSEWHERE}
  credential:
    type: konnect:IntegrationInstanceAuthCredential
    options: {provider: "${provider}"}
    properties:
      integrationInstanceId: INSTANCE
      multiKeyAuth: {config: {headers: [{name: authorization, key: KEY}]}}
)";
    const auto row = [&program](const char *name, const QByteArray &key, bool isKey) {
        QTest::newRow(name) << QByteArray(program).replace("KEY", key) << isKey;
    };
    row("a server", "a-key-of-theirs-0001", true);
    row("a variable", "\"${PLANTED}\"", false);
    // Nothing that Pulumi would look up either.
    row("a variable of the shell", "\"$PLANTED\"", true);
    row("a file that is read", "{fn::readFile: /proc/self/environ}", false);
    row("what is asked of somebody", "{fn::invoke: {function: std:http:get, arguments: {url: ELSEWHERE}}}",
        false);
}

void TstHostileFiles::aFileOfAnotherToolReachesNothing()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, isKey);
    const QJsonArray all = run({u"instances"_s, u"list"_s, u"--json"_s}).json()["instances"_L1].toArray();
    QByteArray id;
    for (const QJsonValue &one : all) {
        if (one["name"_L1].toString() == Public)
            id = one["id"_L1].toString().toUtf8();
    }
    QVERIFY(!id.isEmpty());
    const QByteArray file = filled(text).replace("INSTANCE", id);
    const CtlResult dry = run({u"import"_s, u"-"_s, u"--dry-run"_s}, file);
    QVERIFY2(dry.code == 0, dry.err.constData());
    checkNothingLeft(dry);
    const CtlResult unconfirmed = run({u"import"_s, u"-"_s, u"--keep"_s, u"none"_s}, file);
    QCOMPARE(unconfirmed.code, isKey ? 9 : 0);
    checkNothingLeft(unconfirmed);
    QVERIFY(!unconfirmed.mentions("a-key-of-theirs"));
    QCOMPARE(writes(), 0);
    // A yes is about what the plan showed: without a key nothing is done.
    const CtlResult taken = run({u"import"_s, u"-"_s, u"--yes"_s, u"--keep"_s, u"none"_s}, file);
    QVERIFY2(taken.code == 0, taken.err.constData());
    checkNothingLeft(taken);
    QCOMPARE(writes(), isKey ? 2 : 0);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstHostileFiles)
#include "tst_hostilefiles.moc"
