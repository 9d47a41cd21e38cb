// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/demo/democlient.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QLocalServer>
#include <QObject>
#include <QStandardPaths>
#include <QTemporaryFile>

#include <csignal>
#include <fcntl.h>

using namespace Qt::StringLiterals;
using namespace latchkey::test;

namespace {

const QByteArray firstKey = "k1-4f9c2a7be81d";
const QByteArray secondKey = "k2-0d63ab55c9e2";

} // namespace

class TstCredentials : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_service.reset(); }

    void createSendsTheKeysAndShowsThemNowhere_data();
    void createSendsTheKeysAndShowsThemNowhere();
    void showsEveryFieldThatKonnectReturns_data();
    void showsEveryFieldThatKonnectReturns();
    void noControlCharacterReachesTheTerminal();
    void keysComeFromAFileDescriptor();
    void aSecondCredentialIsAConflict();
    void replaceAndDeleteNeedAYes();
    void deleteLeavesTheInstanceWithoutACredential();
    void anAwsRoleIsCreated();
    void keysThatDoNotFitAreRefusedBeforeAnythingIsSent();
    void tooFewOrTooManyKeysAreRefused();
    void aKeyThatIsTooLongIsNotCut();
    void theOldKeyIsTheLastWord();
    void aLostAnswerIsSettled();
    void aSecondChangeMustWaitAndAStopDoesNotCutTheFirst();
    void aWishToWaitIsSaidOnce();
    void withoutAKeychainNothingIsSent();
    void failuresHaveTheirExitCodes();
    void noBusIsAskedWhereNoKeychainIsUsed();

private:
    [[nodiscard]] QStringList call(const QString &verb, const QString &instance) const
    {
        return {u"credential"_s, verb, u"--instance"_s, instance};
    }
    std::unique_ptr<DemoServiceProcess> m_service;
};

void TstCredentials::init()
{
    m_service = std::make_unique<DemoServiceProcess>();
    QVERIFY(m_service->url().startsWith("http://127.0.0.1:"_L1));
}

void TstCredentials::createSendsTheKeysAndShowsThemNowhere_data()
{
    QTest::addColumn<bool>("fromEnvironment");
    QTest::newRow("stdin") << false;
    QTest::newRow("environment") << true;
}

void TstCredentials::createSendsTheKeysAndShowsThemNowhere()
{
    QFETCH(const bool, fromEnvironment);
    const QString instance = m_service->instance(u"no_credential"_s, u"multi_key_auth"_s);
    QVERIFY(!instance.isEmpty());
    const CtlResult before = m_service->ctl(call(u"show"_s, instance) + QStringList{u"--json"_s});
    QVERIFY(before.json().object().value("credential"_L1).isNull());

    QStringList create = call(u"create"_s, instance) + QStringList{u"--keep"_s, u"none"_s, u"--json"_s};
    const CtlResult catalog = m_service->ctl({u"integrations"_s, u"list"_s, u"--json"_s});
    const QString integration = before.json().object().value("integration"_L1).toString();
    QStringList headers;
    for (const QJsonValue &one : catalog.json().object().value("integrations"_L1).toArray()) {
        if (one.toObject().value("name"_L1).toString() != integration)
            continue;
        for (const QJsonValue &header : one.toObject().value("headers"_L1).toArray())
            headers += header.toObject().value("name"_L1).toString();
    }
    QVERIFY(!headers.isEmpty() && headers.size() <= 2);
    const QList<QByteArray> keys = QList<QByteArray>{firstKey, secondKey}.mid(0, headers.size());

    CtlResult created;
    if (fromEnvironment) {
        Variables variables;
        for (qsizetype i = 0; i < headers.size(); ++i) {
            const QString variable = u"KEY_%1"_s.arg(i);
            create += {u"--key-env"_s, headers.at(i) + u'=' + variable};
            variables[variable] = QString::fromUtf8(keys.at(i));
        }
        created = m_service->ctl(create, variables);
    } else {
        created = m_service->ctl(create + QStringList{u"--key-stdin"_s}, {}, keys.join('\n') + '\n');
    }
    QVERIFY2(created.code == 0, created.err.constData());
    QCOMPARE(created.json().object().value("phase"_L1).toString(), u"verified"_s);
    QCOMPARE(m_service->received(u"POST"_s), 1);
    for (const QByteArray &key : keys) {
        QVERIFY(m_service->record().contains(key));
        QVERIFY(!created.mentions(key));
        QVERIFY(!created.mentions(key.toBase64()));
    }
    QVERIFY(created.err.contains("will not be kept"));

    const CtlResult after = m_service->ctl(call(u"show"_s, instance) + QStringList{u"--json"_s});
    QCOMPARE(after.json().object().value("credential"_L1).toObject().value("id"_L1).toString(),
             created.json().object().value("new_credential_id"_L1).toString());
}

void TstCredentials::showsEveryFieldThatKonnectReturns_data()
{
    QTest::addColumn<QString>("authorization");
    for (const char *type : {"multi_key_auth", "oauth", "github_app_installation", "aws_role_delegation"})
        QTest::newRow(type) << QString::fromLatin1(type);
}

void TstCredentials::showsEveryFieldThatKonnectReturns()
{
    QFETCH(const QString, authorization);
    DemoClient konnect(QUrl(m_service->url()), DemoServiceProcess::token().toLatin1());
    const QJsonArray all =
        konnect.get("/integration-instances?page%5Bsize%5D=100").json.value("data"_L1).toArray();
    QCOMPARE(all.size(), 40);
    int seen = 0;
    for (const QJsonValue &each : all) {
        const QJsonObject instance = each.toObject();
        const QByteArray id = instance.value("id"_L1).toString().toLatin1();
        const QJsonObject credential = konnect.get("/integration-instances/" + id + "/auth-credential").json;
        // A few of each type do; the first of them have labels, a description and settings.
        if (credential.value("type"_L1).toString() != authorization || ++seen > 3)
            continue;
        const QStringList show = call(u"show"_s, QString::fromLatin1(id));
        const QJsonObject shown = m_service->ctl(show + QStringList{u"--json"_s}).json().object();
        for (const QString &name : instance.keys()) {
            if (name != "integration"_L1)
                QVERIFY2(shown.value(name) == instance.value(name), qPrintable(name));
        }
        const QJsonObject integration = instance.value("integration"_L1).toObject();
        QCOMPARE(shown.value("integration"_L1), integration.value("name"_L1));
        QCOMPARE(shown.value("integration_display_name"_L1), integration.value("display_name"_L1));

        const QJsonObject shownCredential = shown.value("credential"_L1).toObject();
        for (const QString &name : credential.keys()) {
            if (name != "integration_instance"_L1 && name != "config"_L1 && name != "missing_permissions"_L1)
                QVERIFY2(shownCredential.value(name) == credential.value(name), qPrintable(name));
        }
        QCOMPARE(shownCredential.value("missing_permissions"_L1).toArray().size(),
                 credential.value("missing_permissions"_L1).toArray().size());
        const QJsonObject config = credential.value("config"_L1).toObject();
        for (const QString &name : config.keys())
            QVERIFY2(shownCredential.value(name) == config.value(name), qPrintable(name));

        const QByteArray text = m_service->ctl(show).out;
        QJsonObject members = config;
        for (const char *group : {"labels", "config"}) {
            const QJsonObject inner = instance.value(QLatin1String(group)).toObject();
            for (const QString &name : inner.keys())
                members.insert(name, inner.value(name));
        }
        for (const char *name : {"id", "name", "display_name", "description"})
            members.insert(QString::fromLatin1(name), instance.value(QLatin1String(name)));
        for (const QJsonValue &member : members) {
            QVERIFY2(text.contains(member.toString().toUtf8()), qPrintable(member.toString()));
        }
        const QString changed = instance.value("updated_at"_L1).toString();
        const QDateTime moment = QDateTime::fromString(changed, Qt::ISODateWithMs).toUTC();
        QVERIFY2(text.contains(moment.toString(u"yyyy HH:mm:ss"_s).toLatin1()), text.constData());
    }
    QVERIFY(seen > 0);
}

void TstCredentials::noControlCharacterReachesTheTerminal()
{
    // U+009B moves the cursor as ESC [ does.
    m_service = std::make_unique<DemoServiceProcess>(
        R"([{"method": "GET", "path": "/integration-instances/*", "action": "status", "status": 500},
            {"method": "GET", "action": "body", "status": 200, "body": {"meta": {"page": {"total": 1}}, "data":
            [{"id": "a", "name": "x\u009b2J\u001b[2J\u007f", "display_name": "y"}]}}])");
    const QStringList list{u"instances"_s, u"list"_s};
    const CtlResult json = m_service->ctl(list + QStringList{u"--json"_s});
    QVERIFY2(json.out.contains("x\\u009b2J\\u001b[2J\\u007f"), json.out.constData());
    QCOMPARE(json.json().object().value("instances"_L1).toArray().first().toObject().value("name"_L1),
             QJsonValue(u"x\u009b2J\u001b[2J\u007f"_s));
    const CtlResult text = m_service->ctl(list);
    for (const CtlResult &result : {json, text}) {
        QVERIFY(result.out.contains("2J"));
        for (const QByteArray &control : {QByteArray("\xc2\x9b"), QByteArray("\x1b"), QByteArray("\x7f")})
            QVERIFY(!result.mentions(control));
    }
}

void TstCredentials::keysComeFromAFileDescriptor()
{
    const QString instance = m_service->instance(u"expired"_s, u"multi_key_auth"_s);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(firstKey);
    file.flush();
    const QByteArray path = QFile::encodeName(file.fileName());
    QProcess process;
    prepare(process,
            call(u"replace"_s, instance) + QStringList{u"--keep"_s, u"none"_s, u"--yes"_s, u"--key-fd"_s,
                                                       u"9"_s, u"--url"_s, m_service->url(), u"--token-env"_s,
                                                       u"CTL_TOKEN"_s},
            {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
    process.setChildProcessModifier([&path] { dup2(open(path.constData(), O_RDONLY), 9); });
    process.start();
    QVERIFY(process.waitForFinished(60'000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    QVERIFY(m_service->record().contains(firstKey));
    QCOMPARE(m_service->received(u"DELETE"_s), 1);
}

void TstCredentials::aSecondCredentialIsAConflict()
{
    const QString instance = m_service->instance(u"healthy"_s, u"multi_key_auth"_s);
    const CtlResult result =
        m_service->ctl(call(u"create"_s, instance) + QStringList{u"--keep"_s, u"none"_s, u"--key-stdin"_s},
                       {}, firstKey + '\n');
    QCOMPARE(result.code, 5);
    QCOMPARE(m_service->received(u"POST"_s), 0);
}

void TstCredentials::replaceAndDeleteNeedAYes()
{
    const QString instance = m_service->instance(u"expired"_s, u"multi_key_auth"_s);
    const CtlResult replaced =
        m_service->ctl(call(u"replace"_s, instance) + QStringList{u"--keep"_s, u"none"_s, u"--key-stdin"_s},
                       {}, firstKey + '\n');
    QCOMPARE(replaced.code, 9);
    QVERIFY2(replaced.err.contains("--yes"), replaced.err.constData());
    QVERIFY2(replaced.err.contains("no way back"), replaced.err.constData());
    const CtlResult deleted = m_service->ctl(call(u"delete"_s, instance));
    QCOMPARE(deleted.code, 9);
    QCOMPARE(m_service->received(u"DELETE"_s), 0);
    QCOMPARE(m_service->received(u"POST"_s), 0);
}

void TstCredentials::deleteLeavesTheInstanceWithoutACredential()
{
    const QString instance = m_service->instance(u"expired"_s, u"multi_key_auth"_s);
    QCOMPARE(m_service->ctl(call(u"delete"_s, instance) + QStringList{u"--yes"_s}).code, 0);
    QCOMPARE(m_service->received(u"DELETE"_s), 1);
    const CtlResult shown = m_service->ctl(call(u"show"_s, instance) + QStringList{u"--json"_s});
    QCOMPARE(shown.code, 0);
    QCOMPARE(shown.json().object().value("state"_L1).toString(), u"no_credential"_s);
}

void TstCredentials::anAwsRoleIsCreated()
{
    const QString instance = m_service->instance(u"missing_permissions"_s, u"aws_role_delegation"_s);
    QVERIFY(!instance.isEmpty());
    const QString role = u"arn:aws:iam::123456789012:role/latchkey"_s;
    const CtlResult result =
        m_service->ctl(call(u"replace"_s, instance) +
                       QStringList{u"--yes"_s, u"--keep"_s, u"none"_s, u"--role-arn"_s, role});
    QVERIFY2(result.code == 0, result.err.constData());
    QVERIFY(m_service->record().contains(role.toUtf8()));
    const CtlResult wrong =
        m_service->ctl(call(u"replace"_s, instance) +
                       QStringList{u"--yes"_s, u"--keep"_s, u"none"_s, u"--role-arn"_s, u"admin"_s});
    QCOMPARE(wrong.code, 64);
}

void TstCredentials::keysThatDoNotFitAreRefusedBeforeAnythingIsSent()
{
    const QString instance = m_service->instance(u"expired"_s, u"multi_key_auth"_s);
    const QStringList replace =
        call(u"replace"_s, instance) + QStringList{u"--yes"_s, u"--keep"_s, u"none"_s, u"--key-stdin"_s};
    const CtlResult wrongName =
        m_service->ctl(replace + QStringList{u"--header"_s, u"X-Wrong"_s}, {}, firstKey + '\n');
    QCOMPARE(wrongName.code, 65);
    QVERIFY2(wrongName.err.contains("X-Wrong"), wrongName.err.constData());
    const CtlResult control = m_service->ctl(replace, {}, "abc\x01" + firstKey + '\n');
    QCOMPARE(control.code, 65);
    QVERIFY(!control.mentions(firstKey));
    QCOMPARE(m_service->received(u"DELETE"_s), 0);
    QCOMPARE(m_service->received(u"POST"_s), 0);
}

void TstCredentials::tooFewOrTooManyKeysAreRefused()
{
    const QString instance = m_service->instance(u"expired"_s, u"multi_key_auth"_s);
    const QStringList replace =
        call(u"replace"_s, instance) + QStringList{u"--yes"_s, u"--keep"_s, u"none"_s, u"--key-stdin"_s};
    QCOMPARE(m_service->ctl(replace, {}, {}).code, 64);
    const CtlResult tooMany = m_service->ctl(replace, {}, firstKey + "\na\nb\nc\n");
    QCOMPARE(tooMany.code, 64);
    QVERIFY(!tooMany.mentions(firstKey));
    QCOMPARE(m_service->received(u"DELETE"_s), 0);
}

void TstCredentials::aKeyThatIsTooLongIsNotCut()
{
    const QString instance = m_service->instance(u"expired"_s, u"multi_key_auth"_s);
    const CtlResult result = m_service->ctl(
        call(u"replace"_s, instance) + QStringList{u"--yes"_s, u"--keep"_s, u"none"_s, u"--key-stdin"_s}, {},
        QByteArray(1'200'000, 'k') + '\n');
    QCOMPARE(result.code, 64);
    QVERIFY2(result.err.contains("too long"), result.err.constData());
    QCOMPARE(m_service->received(u"DELETE"_s), 0);
    QCOMPARE(m_service->received(u"POST"_s), 0);
}

void TstCredentials::theOldKeyIsTheLastWord()
{
    const QStringList options{u"--keep"_s, u"none"_s, u"--key-stdin"_s};
    const QString instance = u"swaggerhub-internal"_s;
    const CtlResult shown = m_service->ctl(call(u"show"_s, instance) + QStringList{u"--json"_s});
    const QString title = shown.json().object().value("display_name"_L1).toString();
    QVERIFY2(!title.isEmpty(), shown.err.constData());
    const QStringList replace = call(u"replace"_s, instance) + options + QStringList{u"--yes"_s};
    const CtlResult replaced = m_service->ctl(replace, {}, firstKey + '\n');
    QVERIFY2(replaced.code == 0, replaced.err.constData());
    const QString last = QString::fromUtf8(replaced.err).trimmed().section(u'\n', -1);
    QCOMPARE(last, u"Revoke the old key of “%1” at SwaggerHub: it is still valid there."_s.arg(title));
    QVERIFY(!replaced.out.contains("Revoke"));
    // Nothing was taken out of use, or nothing was verified.
    const QString none = u"swaggerhub-sandbox"_s;
    const CtlResult created = m_service->ctl(call(u"create"_s, none) + options, {}, firstKey + '\n');
    QVERIFY2(created.code == 0, created.err.constData());
    QVERIFY2(!created.mentions("Revoke"), created.err.constData());
    m_service = std::make_unique<DemoServiceProcess>(R"([{"method": "POST", "nth": 1, "action": "status",
                                                          "status": 400}])");
    const CtlResult refused = m_service->ctl(replace, {}, firstKey + '\n');
    QVERIFY(refused.code != 0);
    QVERIFY2(!refused.mentions("Revoke"), refused.err.constData());
}

void TstCredentials::aLostAnswerIsSettled()
{
    m_service =
        std::make_unique<DemoServiceProcess>(R"([{"method": "POST", "nth": 1, "action": "close_after"}])");
    const QString instance = m_service->instance(u"expired"_s, u"multi_key_auth"_s);
    QVERIFY(!instance.isEmpty());
    const CtlResult result =
        m_service->ctl(call(u"replace"_s, instance) +
                           QStringList{u"--yes"_s, u"--keep"_s, u"none"_s, u"--key-stdin"_s, u"--json"_s},
                       {}, firstKey + '\n');
    QVERIFY2(result.code == 0, result.err.constData());
    QVERIFY(result.json().object().value("probably_ours"_L1).toBool());
    QCOMPARE(m_service->received(u"POST"_s), 1);
}

void TstCredentials::aSecondChangeMustWaitAndAStopDoesNotCutTheFirst()
{
    m_service = std::make_unique<DemoServiceProcess>(
        R"([{"method": "DELETE", "nth": 1, "action": "delay", "delay_ms": 600000}])");
    const QString instance = m_service->instance(u"expired"_s, u"multi_key_auth"_s);
    const QString other = m_service->instance(u"must_be_replaced"_s, u"multi_key_auth"_s);
    QVERIFY(!other.isEmpty() && other != instance);
    const QStringList options{u"--yes"_s, u"--keep"_s, u"none"_s, u"--key-stdin"_s};
    QProcess first;
    prepare(first,
            call(u"replace"_s, instance) + options +
                QStringList{u"--url"_s, m_service->url(), u"--token-env"_s, u"CTL_TOKEN"_s},
            {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
    first.start();
    first.write(firstKey + '\n');
    first.closeWriteChannel();
    QTRY_COMPARE_WITH_TIMEOUT(m_service->received(u"DELETE"_s), 1, 30'000);

    const CtlResult second =
        m_service->ctl(call(u"replace"_s, other) + options, {}, firstKey + '\n' + secondKey + '\n');
    QVERIFY2(second.code == 8, second.err.constData());
    QCOMPARE(m_service->received(u"DELETE"_s), 1);

    QCOMPARE(kill(static_cast<pid_t>(first.processId()), SIGINT), 0);
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += first.readAllStandardError()).contains("Finishing what was begun"),
                             20'000);
    QVERIFY2(said.contains("create the credential again"), said.constData());
    QCOMPARE(m_service->stop(), 0);
    QVERIFY(first.waitForFinished(60'000));
    QCOMPARE(first.exitCode(), 2);
    // The lock lies where all of this user's changes look for it, in a folder that nobody else can enter.
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                      QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(QFile::exists(data + u"/latchkey"_s));
    QVERIFY(!(QFile::permissions(data + u"/latchkey"_s) & others));
}

void TstCredentials::aWishToWaitIsSaidOnce()
{
    m_service = std::make_unique<DemoServiceProcess>(
        R"([{"method": "GET", "nth": 1, "action": "status", "status": 429, "retry_after": 2}])");
    const CtlResult result = m_service->ctl({u"instances"_s, u"list"_s});
    QVERIFY2(result.code == 0, result.err.constData());
    QVERIFY2(result.err.contains("Konnect (127.0.0.1) asks to wait: 2 s"), result.err.constData());
    QCOMPARE(result.err.count("asks to wait"), 1);
}

void TstCredentials::withoutAKeychainNothingIsSent()
{
    const QTemporaryDir dir;
    const Variables token{{u"CTL_TOKEN"_s, DemoServiceProcess::token()}};
    const QStringList data{u"--data-dir"_s, dir.path()};
    const CtlResult added = ctl(QStringList{u"profile"_s, u"add"_s, u"here"_s, u"--url"_s, m_service->url(),
                                            u"--token-env"_s, u"CTL_TOKEN"_s, u"--keep"_s, u"none"_s} +
                                    data,
                                token);
    QVERIFY2(added.code == 0, added.err.constData());
    const QString instance = m_service->instance(u"expired"_s, u"multi_key_auth"_s);
    const CtlResult result =
        ctl(call(u"replace"_s, instance) +
                QStringList{u"--yes"_s, u"--key-stdin"_s, u"--token-env"_s, u"CTL_TOKEN"_s} + data,
            token, firstKey + '\n');
    QVERIFY2(result.code == 7, result.err.constData());
    QVERIFY2(result.err.contains("--keep none"), result.err.constData());
    QCOMPARE(m_service->received(u"DELETE"_s), 0);
    QCOMPARE(m_service->received(u"POST"_s), 0);
}

void TstCredentials::failuresHaveTheirExitCodes()
{
    const QStringList list{u"instances"_s,   u"list"_s,        u"--url"_s,
                           m_service->url(), u"--token-env"_s, u"CTL_TOKEN"_s};
    const CtlResult wrongToken = ctl(list, {{u"CTL_TOKEN"_s, u"kpat_wrong"_s}});
    QVERIFY2(wrongToken.code == 3, wrongToken.err.constData());
    QVERIFY2(wrongToken.err.contains("kong:trace:"), wrongToken.err.constData());
    QCOMPARE(ctl(list).code, 64); // The variable is not set.
    QCOMPARE(m_service->ctl(call(u"show"_s, u"no-such-instance"_s)).code, 4);
    QCOMPARE(m_service->ctl(call(u"show"_s, u"00000000-0000-4000-8000-000000000000"_s)).code, 4);
    QCOMPARE(ctl({u"instances"_s, u"list"_s, u"--profile"_s, u"nobody"_s}).code, 4);

    const QString url = m_service->url();
    QCOMPARE(m_service->stop(), 0);
    const CtlResult gone =
        ctl({u"profile"_s, u"test"_s, u"--json"_s, u"--url"_s, url, u"--token-env"_s, u"CTL_TOKEN"_s},
            {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
    QCOMPARE(gone.code, 6);
    QVERIFY(gone.out.contains("\"connect\""));
}

void TstCredentials::noBusIsAskedWhereNoKeychainIsUsed()
{
    const QTemporaryDir dir;
    QLocalServer bus;
    QVERIFY(bus.listen(dir.filePath(u"bus"_s)));
    int connections = 0;
    connect(&bus, &QLocalServer::newConnection, this, [&connections] { ++connections; });
    const QString instance = m_service->instance(u"expired"_s, u"multi_key_auth"_s);
    const CtlResult result = m_service->ctl(
        call(u"replace"_s, instance) + QStringList{u"--yes"_s, u"--keep"_s, u"none"_s, u"--key-stdin"_s},
        {{u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path="_s + bus.fullServerName()}}, firstKey + '\n');
    QVERIFY2(result.code == 0, result.err.constData());
    QVERIFY(!bus.waitForNewConnection(0));
    QCOMPARE(connections, 0);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstCredentials)
#include "tst_credentials.moc"
