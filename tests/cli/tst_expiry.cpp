// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/reader.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QObject>

using namespace Qt::StringLiterals;
using namespace latchkey::test;

namespace {

/// What the credential of one instance is like: an object, null for none, or the status of a refusal.
struct Instance
{
    QString title;
    QJsonValue credential;
    QString name = {};
};

QString inDays(int days)
{
    // Some minutes beside whole days, so that a test may take its time.
    return QDateTime::currentDateTimeUtc().addDays(days).addSecs(600).toString(Qt::ISODate);
}

QJsonObject credential(const QJsonValue &expiresAt, const QJsonObject &more = {})
{
    QJsonObject made{{u"id"_s, u"c0000000-0000-4000-8000-000000000001"_s},
                     {u"type"_s, u"multi_key_auth"_s},
                     {u"missing_permissions"_s, QJsonArray()},
                     {u"tainted"_s, false},
                     {u"expires_at"_s, expiresAt},
                     {u"created_at"_s, inDays(-30)}};
    for (auto member = more.begin(); member != more.end(); ++member)
        made.insert(member.key(), member.value());
    return made;
}

/// Faults that make the demo service answer with these instances and no others.
QByteArray organization(const QList<Instance> &instances)
{
    const QJsonObject integration{{u"name"_s, u"datadog"_s}, {u"display_name"_s, u"Datadog"_s}};
    QJsonArray faults;
    QJsonArray data;
    for (const Instance &instance : instances) {
        const QString id =
            u"10000000-0000-4000-8000-%1"_s.arg(static_cast<int>(data.size()), 12, 10, QChar(u'0'));
        data.append(QJsonObject{{u"id"_s, id},
                                {u"name"_s, instance.name.isEmpty() ? id : instance.name},
                                {u"display_name"_s, instance.title},
                                {u"integration"_s, integration}});
        QJsonObject fault{{u"path"_s, u"/integration-instances/%1/auth-credential"_s.arg(id)},
                          {u"action"_s, instance.credential.isObject() ? u"body"_s : u"status"_s}};
        if (instance.credential.isObject())
            fault.insert(u"body"_s, instance.credential);
        else
            fault.insert(u"status"_s, instance.credential.isNull() ? QJsonValue(404) : instance.credential);
        faults.append(fault);
    }
    const QJsonObject page{{u"number"_s, 1}, {u"size"_s, 100}, {u"total"_s, data.size()}};
    const QJsonObject list{{u"data"_s, data}, {u"meta"_s, QJsonObject{{u"page"_s, page}}}};
    faults.append(
        QJsonObject{{u"path"_s, u"/integration-instances"_s}, {u"action"_s, u"body"_s}, {u"body"_s, list}});
    return QJsonDocument(faults).toJson();
}

QJsonObject lackingPermissions()
{
    const QJsonObject missing{{u"scopes"_s, QJsonArray{u"monitors_read"_s}},
                              {u"message"_s, u"Cannot read"_s}};
    return credential(inDays(300), {{u"missing_permissions"_s, QJsonArray{missing}}});
}

} // namespace

class TstExpiry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theExitCodeTellsWhatWasFound_data();
    void theExitCodeTellsWhatWasFound();
    void whatKeepsItFromLookingEndsWith1_data();
    void whatKeepsItFromLookingEndsWith1();
    void aWrongCallEndsWith64_data();
    void aWrongCallEndsWith64();
    void theTableIsForPeople();
    void eachFormIsReadByOthers_data();
    void eachFormIsReadByOthers();
    void withinListsWhatIsDue();
    void whatCannotBeReadKeepsItsDateAndAges();
    void aRecordCountsUntilItIsForgotten();
    void whatIsRecordedHereCountsForAUrlToo();
    void aDateNeedsACredential();
    void theTokenOfAProfileCounts();
    void cronHasNothingButAToken_data();
    void cronHasNothingButAToken();
    void aTokenInANameIsNotHandedOn();
    void itsHelpHasItsOwnCodes();
};

void TstExpiry::theExitCodeTellsWhatWasFound_data()
{
    QTest::addColumn<QByteArray>("faults");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const QList<Instance> &instances, int code, int strictly) {
        const QByteArray faults = organization(instances);
        QTest::newRow(name) << faults << QStringList() << code;
        QTest::addRow("%s, strictly", name) << faults << QStringList{u"--strict"_s} << strictly;
    };
    const Instance good{u"good"_s, credential(inDays(300))};
    const Instance soon{u"soon"_s, credential(inDays(20))};
    const Instance unreadable{u"unreadable"_s, 403};
    row("none", {}, 0, 0);
    row("good", {good}, 0, 0);
    row("no known expiry", {good, {u"x"_s, credential(QJsonValue::Null)}}, 0, 2);
    row("no credential", {good, {u"x"_s, QJsonValue::Null}}, 0, 2);
    row("missing permissions", {good, {u"x"_s, lackingPermissions()}}, 0, 2);
    row("expiring", {good, soon}, 2, 2);
    row("expired", {good, soon, {u"x"_s, credential(inDays(-1))}}, 3, 3);
    row("tainted", {good, soon, {u"x"_s, credential(QJsonValue::Null, {{u"tainted"_s, true}})}}, 3, 3);
    row("one unreadable", {good, unreadable}, 4, 4);
    row("expiring and unreadable", {soon, unreadable}, 2, 2);
    row("all unreadable", {unreadable}, 1, 1);
    const QByteArray all = organization({good, soon});
    QTest::newRow("within less") << all << QStringList{u"--within"_s, u"19d"_s} << 0;
    QTest::newRow("within more") << all << QStringList{u"--within"_s, u"301"_s} << 2;
}

void TstExpiry::theExitCodeTellsWhatWasFound()
{
    QFETCH(const QByteArray, faults);
    QFETCH(const QStringList, options);
    QFETCH(const int, code);
    const DemoServiceProcess service(faults);
    const CtlResult result = service.ctl(QStringList{u"expiry"_s, u"--output"_s, u"json"_s} + options);
    QVERIFY2(result.code == code, (result.err + result.out).constData());
    const QJsonDocument report = readBack(u"json"_s, result.out);
    QCOMPARE(report["exit_code"_L1].toInt(), code);
}

void TstExpiry::whatKeepsItFromLookingEndsWith1_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("the token is wrong") << QStringList{} << u"kpat_another-token"_s << QByteArray("token");
    QTest::newRow("the token may not") << QStringList{} << u"kpat_noadmin"_s << QByteArray("127.0.0.1");
    QTest::newRow("nobody answers") << QStringList{u"--url"_s, u"http://127.0.0.1:1/v1"_s}
                                    << DemoServiceProcess::token() << QByteArray("127.0.0.1:1");
    QTest::newRow("there is no API") << QStringList{u"--url"_s, u"NO-API"_s} << DemoServiceProcess::token()
                                     << QByteArray("/v1");
    QTest::newRow("there is no profile")
        << QStringList{u"--data-dir"_s, u"EMPTY"_s} << DemoServiceProcess::token() << QByteArray("profile");
    QTest::newRow("there is no such profile")
        << QStringList{u"--data-dir"_s, u"EMPTY"_s, u"--profile"_s, u"acme"_s} << DemoServiceProcess::token()
        << QByteArray("acme");
}

void TstExpiry::whatKeepsItFromLookingEndsWith1()
{
    QFETCH(QStringList, options);
    QFETCH(const QString, token);
    QFETCH(const QByteArray, says);
    const DemoServiceProcess service;
    const QTemporaryDir dir;
    options.replaceInStrings(u"NO-API"_s, service.url().chopped(3));
    options.replaceInStrings(u"EMPTY"_s, dir.filePath(u"data"_s));
    if (options.isEmpty())
        options = {u"--url"_s, service.url()};
    const bool isStored = options.contains(u"--data-dir"_s);
    // Without a profile there is nobody whose token it could be.
    if (!isStored || options.contains(u"--profile"_s))
        options += {u"--token-env"_s, u"CTL_TOKEN"_s};
    const CtlResult result =
        ctl(QStringList{u"expiry"_s, u"--output"_s, u"csv"_s} + options, {{u"CTL_TOKEN"_s, token}});
    QVERIFY2(result.code == 1, (result.err + result.out).constData());
    QVERIFY2(result.err.contains(says), result.err.constData());
    QCOMPARE(result.out.isEmpty(), isStored); // Else the titles are there, and no rows.
}

void TstExpiry::aWrongCallEndsWith64_data()
{
    QTest::addColumn<QStringList>("words");
    const QStringList record{u"record"_s, u"--instance"_s, u"x"_s};
    QTest::newRow("form") << QStringList{u"--output"_s, u"yaml"_s};
    QTest::newRow("within percent") << QStringList{u"--within"_s, u"10%"_s};
    QTest::newRow("within words") << QStringList{u"--within"_s, u"soon"_s};
    QTest::newRow("within the past") << QStringList{u"--within"_s, u"-1"_s};
    QTest::newRow("another word") << QStringList{u"list"_s};
    QTest::newRow("no instance") << QStringList{u"record"_s, u"--date"_s, u"2027-03-15"_s};
    QTest::newRow("no date") << record;
    QTest::newRow("date and life") << record +
                                          QStringList{u"--date"_s, u"2027-03-15"_s, u"--lives"_s, u"3"_s};
    for (const char *date : {"2027-02-29", "15.03.2027", "2027-3-15", "0000-01-01", "10000-01-01", "tomorrow",
                             "2027-03-15T00:00:00Z"})
        QTest::addRow("date %s", date) << record + QStringList{u"--date"_s, QString::fromLatin1(date)};
    for (const char *days : {"0", "-5", "3651", "10%", "long"})
        QTest::addRow("lives %s", days) << record + QStringList{u"--lives"_s, QString::fromLatin1(days)};
    QTest::newRow("forget nothing") << QStringList{u"forget"_s};
    QTest::newRow("not stored") << record +
                                       QStringList{u"--lives"_s, u"9"_s, u"--url"_s, u"https://x.example"_s};
}

void TstExpiry::aWrongCallEndsWith64()
{
    QFETCH(const QStringList, words);
    const CtlResult result = ctl(QStringList(u"expiry"_s) + words);
    QCOMPARE(result.code, 64);
    QVERIFY(!result.err.isEmpty());
    QCOMPARE(result.out.isEmpty(), !words.contains(u"--json"_s)); // Which asks for problems as JSON too.
}

void TstExpiry::theTableIsForPeople()
{
    const CtlResult result = ctl({u"expiry"_s, u"--demo"_s});
    QCOMPARE(result.code, 3);
    const QList<QByteArray> lines = result.out.split('\n');
    QVERIFY(lines.first().startsWith("EXPIRES"));
    // The longest expired one comes first, and built-in instances do not come at all.
    QVERIFY2(lines.at(1).startsWith("65 days ago") && lines.at(1).contains("Azure DevOps legacy"),
             lines.at(1).constData());
    QVERIFY(!result.out.contains("Gateway Manager"));
    QVERIFY(result.out.contains("no known expiry"));
    QVERIFY2(result.out.contains("Checked: 37. Not checked: 0."), result.out.constData());
}

void TstExpiry::eachFormIsReadByOthers_data()
{
    QTest::addColumn<QString>("output");
    QTest::addColumn<QString>("form");
    QTest::newRow("json") << u"json"_s << u"json"_s;
    QTest::newRow("csv") << u"csv"_s << u"csv"_s;
    QTest::newRow("ics") << u"ics"_s << u"ics"_s;
    QTest::newRow("prometheus") << u"prometheus"_s << u"prom"_s;
}

void TstExpiry::eachFormIsReadByOthers()
{
    QFETCH(const QString, output);
    QFETCH(const QString, form);
    const DemoServiceProcess service;
    const CtlResult result = service.ctl({u"expiry"_s, u"--output"_s, output});
    QCOMPARE(result.code, 3);
    QVERIFY2(result.err.isEmpty(), result.err.constData());
    const QJsonDocument read = readBack(form, result.out);
    if (form == "json"_L1) {
        QCOMPARE(read["items"_L1].toArray().size(), 37);
        QCOMPARE(read["counts"_L1]["states"_L1]["not_needed"_L1].toInt(), 3);
        QCOMPARE(service.ctl({u"expiry"_s, u"--json"_s}).json()["items"_L1].toArray().size(), 37);
    } else if (form == "csv"_L1) {
        QCOMPARE(read.array().size(), 37);
        QCOMPARE(read[0]["state"_L1].toString(), u"expired"_s);
    } else if (form == "ics"_L1) {
        QCOMPARE(read.array().size(), 20);
    } else {
        QCOMPARE(result.out.count("\nlatchkey_credential_expiry_timestamp_seconds{"), 20);
        QCOMPARE(result.out.count("\nlatchkey_credential_state{"), 370);
        QVERIFY(result.out.contains("\nlatchkey_report_verdict 3\n"));
    }
}

void TstExpiry::withinListsWhatIsDue()
{
    const DemoServiceProcess service(organization({{u"in 20"_s, credential(inDays(20))},
                                                   {u"in 300"_s, credential(inDays(300))},
                                                   {u"unknown"_s, credential(QJsonValue::Null)}}));
    const auto titles = [&service](const QStringList &options) {
        QStringList all;
        const CtlResult result = service.ctl(QStringList{u"expiry"_s, u"--json"_s} + options);
        for (const QJsonValue &item : result.json()["items"_L1].toArray())
            all += item["title"_L1].toString();
        return all;
    };
    QCOMPARE(titles({}), (QStringList{u"in 20"_s, u"in 300"_s, u"unknown"_s}));
    QCOMPARE(titles({u"--within"_s, u"30d"_s}), QStringList{u"in 20"_s});
    QCOMPARE(titles({u"--within"_s, u"30d"_s, u"--strict"_s}), (QStringList{u"in 20"_s, u"unknown"_s}));
    QCOMPARE(titles({u"--within"_s, u"5"_s}), QStringList());
}

void TstExpiry::whatCannotBeReadKeepsItsDateAndAges()
{
    DemoServiceProcess service(organization({{u"in 300"_s, credential(inDays(300))}}));
    const QTemporaryDir dir;
    const auto run = [&](QStringList arguments) {
        arguments += {u"--data-dir"_s, dir.filePath(u"data"_s), u"--token-env"_s, u"CTL_TOKEN"_s};
        return ctl(arguments, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
    };
    QCOMPARE(run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, service.url(), u"--keep"_s, u"none"_s}).code,
             0);
    const CtlResult first = run({u"expiry"_s, u"--json"_s});
    QVERIFY2(first.code == 0, first.err.constData());
    service.stop();

    const CtlResult later = run({u"expiry"_s, u"--json"_s});
    QVERIFY2(later.code == 1, later.err.constData());
    const QJsonValue before = first.json()["items"_L1][0];
    const QJsonValue after = readBack(u"json"_s, later.out)["items"_L1][0];
    QCOMPARE(after["expires_at"_L1], before["expires_at"_L1]);
    QCOMPARE(after["checked_at"_L1], before["checked_at"_L1]);
    QCOMPARE(before["unchecked"_L1], QJsonValue(false));
    QCOMPARE(after["unchecked"_L1], QJsonValue(true));
    QVERIFY(after["problem"_L1].isObject());
    QCOMPARE(run({u"expiry"_s, u"--output"_s, u"prometheus"_s})
                 .out.count("\nlatchkey_credential_checked_timestamp_seconds{"),
             1);
}

void TstExpiry::aRecordCountsUntilItIsForgotten()
{
    const DemoServiceProcess service;
    const QTemporaryDir dir;
    const auto run = [&](QStringList arguments) {
        arguments += {u"--data-dir"_s, dir.filePath(u"data"_s), u"--token-env"_s, u"CTL_TOKEN"_s};
        return ctl(arguments, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
    };
    const auto item = [&run] {
        const CtlResult result = run({u"expiry"_s, u"--output"_s, u"json"_s});
        for (const QJsonValue &each : readBack(u"json"_s, result.out)["items"_L1].toArray()) {
            if (each["instance"_L1].toString() == "datadog-staging"_L1)
                return each;
        }
        return QJsonValue();
    };
    const auto record = [&run](const QStringList &options) {
        return run(QStringList{u"expiry"_s, u"record"_s, u"--instance"_s, u"datadog-staging"_s} + options);
    };
    QCOMPARE(run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, service.url(), u"--keep"_s, u"none"_s}).code,
             0);
    QVERIFY(item()["expires_at"_L1].isNull());

    const QString day = QDate::currentDate().addDays(20).toString(Qt::ISODate);
    const CtlResult dated = record({u"--date"_s, day, u"--owner"_s, u"Kim"_s, u"--note"_s, u"Ask twice"_s});
    QVERIFY2(dated.code == 0, dated.err.constData());
    QVERIFY2(dated.out.contains("(recorded)"), dated.out.constData());
    QCOMPARE(item()["last_day"_L1].toString(), day);
    QCOMPARE(item()["expiry_source"_L1].toString(), u"recorded"_s);
    QCOMPARE(item()["state"_L1].toString(), u"expiring_later"_s);
    QCOMPARE(item()["owner"_L1].toString(), u"Kim"_s);
    QVERIFY(run({u"expiry"_s}).out.contains("Kim"));

    // The other kind of date takes its place; who is to be asked stays.
    const CtlResult lives = record({u"--lives"_s, u"3650"_s, u"--json"_s});
    QVERIFY2(lives.code == 0, lives.err.constData());
    QCOMPARE(lives.json()["state"_L1].toString(), u"healthy"_s);
    QVERIFY(item()["last_day"_L1].isNull());
    QCOMPARE(item()["recorded"_L1]["lives_days"_L1].toInt(), 3650);
    QVERIFY(item()["recorded"_L1]["date"_L1].isNull());
    QCOMPARE(item()["note"_L1].toString(), u"Ask twice"_s);

    const CtlResult forgotten = run({u"expiry"_s, u"forget"_s, u"--instance"_s, u"datadog-staging"_s});
    QVERIFY2(forgotten.code == 0, forgotten.err.constData());
    QVERIFY(item()["expires_at"_L1].isNull());
    QVERIFY(item()["owner"_L1].isNull());
    QCOMPARE(run({u"expiry"_s, u"forget"_s, u"--instance"_s, u"nobody"_s}).code, 4);
    QCOMPARE(service.received(u"POST"_s) + service.received(u"PATCH"_s), 0);
}

void TstExpiry::whatIsRecordedHereCountsForAUrlToo()
{
    const DemoServiceProcess service;
    const QTemporaryDir dir;
    const QString data = dir.filePath(u"data"_s);
    const QString name = u"datadog-staging"_s;
    const auto run = [&](QStringList arguments) {
        arguments += {u"--data-dir"_s, data};
        if (!arguments.contains(u"settings"_s))
            arguments += {u"--token-env"_s, u"CTL_TOKEN"_s};
        return ctl(arguments, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
    };
    const auto byUrl = [&](const QStringList &command, const QString &list, const QString &key) {
        const CtlResult result = run(command + QStringList{u"--json"_s, u"--url"_s, service.url()});
        for (const QJsonValue &each : result.json()[list].toArray()) {
            if (each[key].toString() == name)
                return each;
        }
        return QJsonValue();
    };
    const auto item = [&byUrl] { return byUrl({u"expiry"_s}, u"items"_s, u"instance"_s); };
    QCOMPARE(item()["state"_L1].toString(), u"no_known_expiry"_s);
    QVERIFY(!QFile::exists(data)); // Where nothing is known, nothing is made.

    QCOMPARE(run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, service.url(), u"--keep"_s, u"none"_s}).code,
             0);
    const QString day = QDate::currentDate().addDays(20).toString(Qt::ISODate);
    const CtlResult recorded =
        run({u"expiry"_s, u"record"_s, u"--instance"_s, name, u"--date"_s, day, u"--owner"_s, u"Kim"_s});
    QVERIFY2(recorded.code == 0, recorded.err.constData());
    const QJsonValue known = item();
    QCOMPARE(known["last_day"_L1].toString(), day);
    QCOMPARE(known["owner"_L1].toString(), u"Kim"_s);
    QCOMPARE(known["state"_L1].toString(), u"expiring_later"_s);
    QCOMPARE(byUrl({u"instances"_s, u"list"_s}, u"instances"_s, u"name"_s)["state"_L1].toString(),
             u"expiring_later"_s);

    QCOMPARE(run({u"settings"_s, u"set"_s, u"expiry.soon/integration/datadog"_s, u"25 d"_s}).code, 0);
    QCOMPARE(item()["state"_L1].toString(), u"expiring_soon"_s);
}

void TstExpiry::aDateNeedsACredential()
{
    const auto record = [](const QStringList &options) {
        return ctl(QStringList{u"expiry"_s, u"record"_s, u"--demo"_s, u"--instance"_s, u"slack-incidents"_s} +
                   options);
    };
    const CtlResult dated = record({u"--date"_s, u"2027-03-15"_s});
    QCOMPARE(dated.code, 9);
    QVERIFY2(dated.err.contains("--lives"), dated.err.constData());
    QCOMPARE(record({u"--lives"_s, u"90"_s}).code, 0);
}

void TstExpiry::theTokenOfAProfileCounts()
{
    const DemoServiceProcess service(organization({{u"in 300"_s, credential(inDays(300))}}));
    const QTemporaryDir dir;
    const auto run = [&](QStringList arguments) {
        arguments += {u"--data-dir"_s, dir.filePath(u"data"_s)};
        if (arguments.contains(u"expiry"_s) || arguments.contains(u"--url"_s))
            arguments += {u"--token-env"_s, u"CTL_TOKEN"_s};
        return ctl(arguments, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
    };
    const auto expires = [&run](int days) {
        const QString day = QDate::currentDate().addDays(days).toString(Qt::ISODate);
        return run({u"profile"_s, u"set"_s, u"acme"_s, u"--token-expires"_s, day});
    };
    QCOMPARE(run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, service.url(), u"--keep"_s, u"none"_s}).code,
             0);
    QCOMPARE(run({u"expiry"_s}).code, 0);
    QCOMPARE(expires(20).code, 0);
    const CtlResult soon = run({u"expiry"_s});
    QVERIFY2(soon.code == 2, soon.err.constData());
    QVERIFY2(soon.out.contains("Token of “acme”"), soon.out.constData());
    QVERIFY(run({u"expiry"_s, u"--output"_s, u"prometheus"_s})
                .out.contains("\nlatchkey_profile_token_expiry_timestamp_seconds{profile=\"acme\"} "));
    QCOMPARE(expires(-5).code, 0);
    QCOMPARE(run({u"expiry"_s}).code, 3);
}

void TstExpiry::cronHasNothingButAToken_data()
{
    QTest::addColumn<bool>("stored");
    QTest::newRow("a URL") << false;
    QTest::newRow("a profile") << true;
}

void TstExpiry::cronHasNothingButAToken()
{
    QFETCH(const bool, stored);
    const DemoServiceProcess service;
    const QTemporaryDir dir;
    const QString data = dir.filePath(u"data"_s);
    const QStringList add{u"profile"_s,   u"add"_s,        u"acme"_s, u"--url"_s,
                          service.url(),  u"--keep"_s,     u"none"_s, u"--token-env"_s,
                          u"CTL_TOKEN"_s, u"--data-dir"_s, data};
    if (stored)
        QCOMPARE(ctl(add, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}}).code, 0);
    const QStringList whose = stored ? QStringList{u"--profile"_s, u"acme"_s, u"--data-dir"_s, data}
                                     : QStringList{u"--url"_s, service.url()};
    QProcess process;
    QProcessEnvironment nothing;
    nothing.insert(u"HOME"_s, qEnvironmentVariable("HOME"));
    nothing.insert(u"KONNECT_TOKEN"_s, DemoServiceProcess::token());
    process.setProcessEnvironment(nothing);
    process.setWorkingDirectory(u"/"_s);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setChildProcessModifier([] { setsid(); });
    process.start(ctlProgram(),
                  QStringList{u"expiry"_s, u"--token-env"_s, u"KONNECT_TOKEN"_s, u"--output"_s, u"csv"_s} +
                      whose);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 3);
    QCOMPARE(process.readAllStandardError(), QByteArray());
    QCOMPARE(readBack(u"csv"_s, process.readAllStandardOutput()).array().size(), 37);
}

void TstExpiry::aTokenInANameIsNotHandedOn()
{
    // Behind so much text that a line of a calendar is folded within it.
    const QString token = DemoServiceProcess::token();
    const QString name = u"x"_s.repeated(60) + token;
    const DemoServiceProcess service(organization({{name, credential(inDays(20)), name}}));
    for (const QString &output : {u"table"_s, u"json"_s, u"csv"_s, u"ics"_s, u"prometheus"_s}) {
        const CtlResult result = service.ctl({u"expiry"_s, u"--output"_s, output});
        QVERIFY2(result.code == 2, result.err.constData());
        QByteArray unfolded = result.out;
        unfolded.replace("\r\n ", "");
        // Metrics go by machine names alone.
        QVERIFY(unfolded.contains("xxxxxxxxx") || output == u"prometheus"_s);
        QVERIFY2(!unfolded.contains("for-the-demo-service"), unfolded.constData());
    }
}

void TstExpiry::itsHelpHasItsOwnCodes()
{
    const CtlResult own = ctl({u"expiry"_s, u"--help"_s});
    QVERIFY(own.out.contains("nothing could be checked") && own.out.contains("--within"));
    QVERIFY(!own.out.contains("lacks the Integration Admin role"));
    QVERIFY(ctl({u"expiry"_s, u"record"_s, u"--help"_s}).out.contains("lacks the Integration Admin role"));
    QVERIFY(ctl({u"--help"_s}).out.contains("expiry forget"));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstExpiry)
#include "tst_expiry.moc"
