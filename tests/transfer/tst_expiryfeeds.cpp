// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/expirycalendar.h"
#include "models/transfer/expirycsv.h"
#include "models/transfer/expiryjson.h"
#include "models/transfer/expirymetrics.h"
#include "tests/support/reader.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

using namespace latchkey;
using namespace Qt::StringLiterals;
using test::readBack;

namespace {

const QDateTime Now(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);

InstanceRecord record(const QString &title, const Timestamp &expiresAt = {})
{
    InstanceRecord record;
    record.address = {u"p1"_s, u"https://eu.api.konghq.com:443"_s, u"id-1"_s};
    record.profileName = u"Acme"_s;
    record.endpointLabel = u"eu"_s;
    record.instance.id = record.address.instanceId;
    record.instance.name = u"datadog-eu"_s;
    record.instance.displayName = title;
    record.instance.integrationName = u"datadog"_s;
    record.instance.integrationDisplayName = u"Datadog"_s;
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.checkedAt = Now.addSecs(-90);
    record.credential.id = u"cred-1"_s;
    record.credential.type = CredentialType::MultiKey;
    record.credential.rawType = u"multi_key_auth"_s;
    record.credential.createdAt = Timestamp::fromUtc(Now.addYears(-1));
    record.credential.expiresAt = expiresAt;
    return record;
}

InstanceRecord recorded(InstanceRecord record, const QDate &day)
{
    record.expiry.credentialId = record.credential.id;
    record.expiry.date = day;
    record.expiry.recordedAt = Now.addDays(-5);
    return record;
}

ExpiryReport report(const QList<InstanceRecord> &records, const QList<Profile> &profiles = {},
                    const ExpiryReport::Question &question = {})
{
    EndpointState endpoint;
    endpoint.listedAt = Now;
    return ExpiryReport::of({records, profiles, {endpoint}, {}}, question, Now);
}

Profile profile(const QString &name, const QDate &tokenExpires)
{
    Profile profile;
    profile.id = u"p1"_s;
    profile.name = name;
    profile.tokenExpires = tokenExpires;
    return profile;
}

QByteArray json(const ExpiryReport &report)
{
    return QJsonDocument(expiryjson::toJson(report)).toJson();
}

/// Texts that break one form or another.
const QStringList Nasty{u"=1+1"_s,
                        u"+1"_s,
                        u"-1"_s,
                        u"@SUM(A1)"_s,
                        u"\tx"_s,
                        u"\rx"_s,
                        u"a \"quoted\" one, and; so\\on"_s,
                        u"two\nlines\r\nor three"_s,
                        u"Zürich — 日本語 🔑 עברית"_s,
                        u"\u001b[31mred\u0007\u0085\u009bend"_s,
                        u"nul\0in it"_s,
                        u"BEGIN:VEVENT\r\nEND:VCALENDAR"_s,
                        u"{label=\"x\"} 1\n# TYPE x counter"_s,
                        u"日"_s.repeated(400),
                        u"%1 %2 %n"_s};

/// As the forms for people have it.
QString plain(QString text)
{
    text.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    for (QChar &character : text) {
        if (character.category() == QChar::Other_Control && character != u'\n' && character != u'\t')
            character = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace

class TstExpiryFeeds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aCalendarIsWrittenInFull();
    void metricsAreWrittenInFull();
    void rowsAreWrittenInFull();
    void jsonIsWhatTheSchemaSays();
    void nothingAtAllIsReadToo();
    void everyTextSurvives();
    void theEndsOfTimeAreReadToo();
    void whatIsNoDateIsShownAsWhatItIs();
    void anEventKeepsItsUid();
    void profilesThatSeeTheSameInstanceShareItsEvent();
    void aDayIsADayAndAMomentAMoment_data();
    void aDayIsADayAndAMomentAMoment();
    void aMetricTellsEveryReason();
};

void TstExpiryFeeds::aCalendarIsWrittenInFull()
{
    InstanceRecord known = recorded(record(u"Datadog, EU"_s), QDate(2027, 3, 15));
    known.expiry.owner = u"Kim"_s;
    known.expiry.note = u"Ask for scopes"_s;
    const QByteArray expected =
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//Latchkey//Latchkey " LATCHKEY_VERSION "//EN\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:UID-HERE\r\n"
        "DTSTAMP:20261103T090000Z\r\n"
        "DTSTART;VALUE=DATE:20270315\r\n"
        "SUMMARY:Datadog\\, EU expires\r\n"
        "DESCRIPTION:Integration: Datadog\\nInstance: datadog-eu\\nProfile: Acme\\nWhere: "
        "eu\\nKnown from: recorded in Latchkey\\nOwner: Kim\\nAsk for scopes\r\n"
        "TRANSP:TRANSPARENT\r\n"
        "ALARM-30"
        "ALARM-14"
        "ALARM-7"
        "ALARM-1"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n";
    QByteArray calendar = expirycalendar::toCalendar(report({known}));
    const QJsonValue event = readBack(u"ics"_s, calendar)[0];
    calendar.replace("\r\n ", ""); // Where lines are folded is libical's to say.
    calendar.replace(event["uid"_L1].toString().toUtf8(), "UID-HERE");
    for (const QByteArray &days : {QByteArray("30"), QByteArray("14"), QByteArray("7"), QByteArray("1")})
        calendar.replace("BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P" + days +
                             "D\r\nDESCRIPTION:Datadog\\, EU expires\r\nEND:VALARM\r\n",
                         "ALARM-" + days);
    QCOMPARE(calendar, expected);

    QCOMPARE(event["start"_L1].toString(), u"2027-03-15"_s);
    QCOMPARE(event["end"_L1].toString(), u"2027-03-16"_s);
    QVERIFY(event["free"_L1].toBool());
    QList<int> days;
    for (const QJsonValue &alarm : event["alarms"_L1].toArray()) {
        QCOMPARE(alarm["action"_L1].toString(), u"DISPLAY"_s);
        days += alarm["secondsBefore"_L1].toInt() / 86'400;
    }
    QCOMPARE(days, (QList<int>{30, 14, 7, 1}));
}

void TstExpiryFeeds::metricsAreWrittenInFull()
{
    const ExpiryReport all =
        report({record(u"Datadog EU"_s, Timestamp::parse(u"2026-11-05T09:00:00.250Z"_s))},
               {profile(u"Acme"_s, QDate(2026, 12, 31))});
    const QByteArray labels = R"(profile="Acme",endpoint="eu",origin="https://eu.api.konghq.com:443",)"
                              R"(integration="datadog",integration_instance="datadog-eu",)"
                              R"(integration_instance_id="id-1")";
    const QByteArray metrics = expirymetrics::toMetrics(all);
    readBack(u"prom"_s, metrics);
    QByteArray expected = "# HELP latchkey_credential_expiry_timestamp_seconds When the credential expires: "
                          "the earliest date that "
                          "Konnect or the user knows.\n"
                          "# TYPE latchkey_credential_expiry_timestamp_seconds gauge\n"
                          "latchkey_credential_expiry_timestamp_seconds{" +
                          labels +
                          "} 1793869200.250\n"
                          "# HELP latchkey_credential_checked_timestamp_seconds When Konnect last answered "
                          "about the credential.\n"
                          "# TYPE latchkey_credential_checked_timestamp_seconds gauge\n"
                          "latchkey_credential_checked_timestamp_seconds{" +
                          labels +
                          "} 1793696310\n"
                          "# HELP latchkey_credential_state 1 for each state that holds for the credential.\n"
                          "# TYPE latchkey_credential_state gauge\n";
    for (const QByteArray &state :
         {QByteArray("must_be_replaced"), QByteArray("expired"), QByteArray("expiring_soon"),
          QByteArray("expiring_later"), QByteArray("missing_permissions"), QByteArray("no_credential"),
          QByteArray("not_checked"), QByteArray("no_known_expiry"), QByteArray("healthy"),
          QByteArray("not_needed")})
        expected += "latchkey_credential_state{" + labels + ",state=\"" + state + "\"} " +
                    (state == "expiring_soon" ? "1" : "0") + '\n';
    expected += "# HELP latchkey_profile_token_expiry_timestamp_seconds When the token of the profile "
                "expires, as the "
                "user recorded it.\n"
                "# TYPE latchkey_profile_token_expiry_timestamp_seconds gauge\n"
                "latchkey_profile_token_expiry_timestamp_seconds{profile=\"Acme\"} 1798804800\n";
    QCOMPARE(metrics.left(expected.size()), expected);
    for (const char *line :
         {"latchkey_credentials{state=\"expiring_soon\"} 1\n", "latchkey_credentials{state=\"healthy\"} 0\n",
          "latchkey_credentials_checked 1\n", "latchkey_credentials_unchecked 0\n",
          "latchkey_credentials_no_known_expiry 0\n", "latchkey_credentials_due 1\n",
          "latchkey_endpoints_unread 0\n", "latchkey_report_verdict 2\n",
          "latchkey_report_timestamp_seconds 1793696400\n"})
        QVERIFY2(metrics.contains('\n' + QByteArray(line)), line);
}

void TstExpiryFeeds::rowsAreWrittenInFull()
{
    InstanceRecord known = recorded(record(u"=Datadog \"EU\""_s), QDate(2026, 11, 8));
    known.expiry.owner = u"Kim"_s;
    known.lastProblem = Problem::of(Problem::Category::TimedOut, u"No answer"_s);
    QCOMPARE(
        expirycsv::toCsv(report({known})),
        QByteArray(
            "\"kind\",\"state\",\"reasons\",\"due\",\"expires_at\",\"last_day\",\"expiry_source\",\"title\","
            "\"instance\",\"instance_id\",\"integration\",\"profile\",\"endpoint\",\"origin\","
            "\"credential_id\",\"konnect_expires_at\",\"recorded_date\",\"recorded_lives_days\","
            "\"labelled_expiry\",\"label\",\"owner\",\"note\",\"checked_at\",\"unchecked\",\"problem\"\r\n"
            "\"credential\",\"expiring_soon\",\"expiring_soon\",\"yes\",\"2026-11-09T12:00:00.000Z\","
            "\"2026-11-08\",\"recorded\",\"'=Datadog \"\"EU\"\"\",\"datadog-eu\",\"id-1\",\"datadog\","
            "\"Acme\",\"eu\",\"https://eu.api.konghq.com:443\",\"cred-1\",\"\",\"2026-11-08\",\"\",\"\",\"\","
            "\"Kim\",\"\",\"2026-11-03T08:58:30.000Z\",\"yes\",\"No answer\"\r\n"));
}

void TstExpiryFeeds::jsonIsWhatTheSchemaSays()
{
    InstanceRecord full =
        recorded(record(u"full"_s, Timestamp::parse(u"2028-01-01T00:00:00+01:00"_s)), QDate(2027, 3, 15));
    full.expiry.livesDays = 900;
    full.expiry.owner = u"Kim"_s;
    full.expiry.note = u"Note"_s;
    full.instance.labels.insert(QString::fromUtf16(ExpiryLabel), u"2029-05-05"_s);
    full.credential.tainted = true;
    full.credential.missingPermissions = {{{u"x"_s}, u"y"_s}};
    full.lastProblem = Problem::of(Problem::Category::TimedOut, u"No answer"_s, u"Not even a word"_s);
    full.lastProblem->traceId = u"kong:trace:1"_s;
    InstanceRecord never = record({});
    never.instance = {};
    never.instance.id = never.address.instanceId = u"id-2"_s;
    never.credential = {};
    never.checkedAt = {};
    never.knowledge = InstanceRecord::Knowledge::NotChecked;
    EndpointState broken;
    broken.endpointLabel = u"us"_s;
    broken.origin = u"https://us.api.konghq.com:443"_s;
    broken.problem = Problem::of(Problem::Category::Network, u"No network"_s);
    ExpiryReport::Question question;
    question.withinDays = 30;
    question.strict = true;
    const ExpiryReport all = ExpiryReport::of(
        {{full, never}, {profile(u"Acme"_s, QDate(2026, 11, 10))}, {broken}, {}}, question, Now);
    const QJsonDocument document = readBack(u"json"_s, json(all));

    QCOMPARE(document["version"_L1].toInt(), 1);
    QCOMPARE(document["generated_at"_L1].toString(), u"2026-11-03T09:00:00.000Z"_s);
    QCOMPARE(document["within_days"_L1].toInt(), 30);
    QCOMPARE(document["strict"_L1].toBool(), true);
    QCOMPARE(document["verdict"_L1].toString(), u"nothing_checked"_s);
    QCOMPARE(document["exit_code"_L1].toInt(), 1);
    QCOMPARE(document["unread_endpoints"_L1][0]["problem"_L1]["caption"_L1].toString(), u"No network"_s);
    const QJsonArray items = document["items"_L1].toArray();
    QCOMPARE(items.size(), 3);
    QCOMPARE(items.at(0)["kind"_L1].toString(), u"profile_token"_s);
    QCOMPARE(items.at(0)["title"_L1].toString(), u"Token of “Acme”"_s);
    QCOMPARE(items.at(0)["last_day"_L1].toString(), u"2026-11-10"_s);
    const QJsonValue item = items.at(1);
    QCOMPARE(item["expires_at"_L1].toString(), u"2027-03-16T12:00:00.000Z"_s);
    QCOMPARE(item["last_day"_L1].toString(), u"2027-03-15"_s);
    QCOMPARE(item["expiry_source"_L1].toString(), u"recorded"_s);
    QCOMPARE(item["konnect_expires_at"_L1].toString(), u"2028-01-01T00:00:00+01:00"_s);
    QCOMPARE(item["labelled_expiry"_L1].toString(), u"2029-05-06T12:00:00.000Z"_s);
    QCOMPARE(item["recorded"_L1]["date"_L1].toString(), u"2027-03-15"_s);
    QCOMPARE(item["recorded"_L1]["lives_days"_L1].toInt(), 900);
    QCOMPARE(item["owner"_L1].toString(), u"Kim"_s);
    QCOMPARE(item["state"_L1].toString(), u"must_be_replaced"_s);
    QCOMPARE(item["reasons"_L1].toArray(), (QJsonArray{u"must_be_replaced"_s, u"missing_permissions"_s}));
    QCOMPARE(item["age_seconds"_L1].toInt(), 90);
    QCOMPARE(item["problem"_L1]["trace_id"_L1].toString(), u"kong:trace:1"_s);
    QVERIFY(items.at(2)["expires_at"_L1].isNull());
    QCOMPARE(items.at(2)["state"_L1].toString(), u"not_checked"_s);
}

void TstExpiryFeeds::nothingAtAllIsReadToo()
{
    const ExpiryReport none = report({});
    QCOMPARE(readBack(u"json"_s, json(none))["items"_L1].toArray().size(), 0);
    QCOMPARE(readBack(u"csv"_s, expirycsv::toCsv(none)).array().size(), 0);
    QCOMPARE(readBack(u"ics"_s, expirycalendar::toCalendar(none)).array().size(), 0);
    readBack(u"prom"_s, expirymetrics::toMetrics(none));
}

void TstExpiryFeeds::everyTextSurvives()
{
    QList<InstanceRecord> records;
    QList<Profile> profiles;
    for (const QString &text : Nasty) {
        // Each a day later, so that they come in this order, the tokens behind them.
        InstanceRecord nasty = recorded(record(text), QDate(2027, 3, 15).addDays(records.size()));
        nasty.address.instanceId = nasty.instance.id = u"id-%1"_s.arg(records.size());
        nasty.instance.name = text;
        nasty.instance.integrationName = text;
        nasty.instance.integrationDisplayName = text;
        nasty.profileName = text;
        nasty.endpointLabel = text;
        nasty.expiry.owner = text;
        nasty.expiry.note = text;
        nasty.credential.id = nasty.expiry.credentialId = text;
        nasty.credential.rawType = text;
        nasty.credential.expiresAt = Timestamp::parse(text);
        records += nasty;
        Profile named = profile(text, QDate(2028, 3, 15).addDays(profiles.size()));
        named.id = nasty.address.instanceId;
        profiles += named;
    }
    const ExpiryReport all = report(records, profiles);
    const QJsonArray items = readBack(u"json"_s, json(all))["items"_L1].toArray();
    const QJsonArray rows = readBack(u"csv"_s, expirycsv::toCsv(all)).array();
    const QJsonArray events = readBack(u"ics"_s, expirycalendar::toCalendar(all)).array();
    const QByteArray metrics = expirymetrics::toMetrics(all);
    readBack(u"prom"_s, metrics);
    for (const QJsonArray &feed : {items, rows, events})
        QCOMPARE(feed.size(), 2 * Nasty.size());

    for (int i = 0; i < Nasty.size(); ++i) {
        const QString &text = Nasty.at(i);
        for (const QLatin1String member : {"title"_L1, "instance"_L1, "owner"_L1, "note"_L1, "profile"_L1})
            QCOMPARE(items.at(i)[member].toString(), text);

        QString cell = text;
        for (QChar &character : cell) {
            if (character.category() == QChar::Other_Control && !u"\t\r\n"_s.contains(character))
                character = QChar::ReplacementCharacter;
        }
        if (u"=+-@\t\r"_s.contains(cell.front()))
            cell.prepend(u'\'');
        for (const QLatin1String column :
             {"title"_L1, "instance"_L1, "owner"_L1, "note"_L1, "profile"_L1, "konnect_expires_at"_L1})
            QCOMPARE(rows.at(i)[column].toString(), cell);

        QCOMPARE(events.at(i)["summary"_L1].toString(), plain(text) + u" expires"_s);
        QVERIFY(events.at(i)["description"_L1].toString().endsWith(u'\n' + plain(text)));
        QCOMPARE(events.at(i + Nasty.size())["summary"_L1].toString(),
                 u"Token of “%1” expires"_s.arg(plain(text)));

        const QString label =
            plain(text).replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
        QVERIFY(metrics.contains("{profile=\"" + label.toUtf8() + "\"}"));
    }
}

void TstExpiryFeeds::theEndsOfTimeAreReadToo()
{
    const Timestamp first = Timestamp::parse(u"0002-01-01T00:00:00Z"_s);
    const Timestamp last = Timestamp::parse(u"9999-12-31T23:59:59Z"_s);
    const auto event = [](const InstanceRecord &record) {
        const QByteArray calendar = expirycalendar::toCalendar(report({record}));
        readBack(u"ics"_s, calendar);
        return calendar;
    };
    QVERIFY(event(record(u"x"_s, first)).contains("\r\nDTSTART:00020101T000000Z\r\n"));
    QVERIFY(event(record(u"x"_s, last)).contains("\r\nDTSTART:99991231T235959Z\r\n"));
    const InstanceRecord lastDay = recorded(record(u"x"_s), QDate(9999, 12, 31));
    QVERIFY(event(lastDay).contains("\r\nDTSTART;VALUE=DATE:99991231\r\n"));

    const auto expiresAt = [](const InstanceRecord &record) {
        const ExpiryReport all = report({record});
        readBack(u"prom"_s, expirymetrics::toMetrics(all));
        const QString csv = readBack(u"csv"_s, expirycsv::toCsv(all))[0]["expires_at"_L1].toString();
        const QString moment = readBack(u"json"_s, json(all))["items"_L1][0]["expires_at"_L1].toString();
        return csv == moment ? moment : csv + u" is not "_s + moment;
    };
    QCOMPARE(expiresAt(record(u"x"_s, first)), u"0002-01-01T00:00:00.000Z"_s);
    QCOMPARE(expiresAt(record(u"x"_s, last)), u"9999-12-31T23:59:59.000Z"_s);
    QCOMPARE(expiresAt(lastDay), u"9999-12-31T23:59:59.999Z"_s);
    QCOMPARE(expiresAt(recorded(record(u"x"_s), QDate(2028, 2, 29))), u"2028-03-01T12:00:00.000Z"_s);
    InstanceRecord livesForever = record(u"x"_s);
    livesForever.credential.createdAt = last;
    livesForever.expiry.livesDays = 3650;
    QCOMPARE(expiresAt(livesForever), u"9999-12-31T23:59:59.999Z"_s);
}

void TstExpiryFeeds::whatIsNoDateIsShownAsWhatItIs()
{
    const QStringList raws{u"0001-01-01T00:00:00Z"_s, u"2026-02-29T00:00:00Z"_s, u"2026-11-05T09:00:00"_s,
                           u"31.12.2026"_s, u"soon"_s};
    QList<InstanceRecord> records;
    for (const QString &raw : raws) {
        records += record(raw, Timestamp::parse(raw));
        records.last().instance.labels.insert(QString::fromUtf16(ExpiryLabel), raw);
    }
    const ExpiryReport all = report(records);
    const QJsonArray items = readBack(u"json"_s, json(all))["items"_L1].toArray();
    const QJsonArray rows = readBack(u"csv"_s, expirycsv::toCsv(all)).array();
    for (int i = 0; i < raws.size(); ++i) {
        QVERIFY(items.at(i)["expires_at"_L1].isNull());
        QCOMPARE(items.at(i)["konnect_expires_at"_L1].toString(), raws.at(i));
        QVERIFY(items.at(i)["labelled_expiry"_L1].isNull());
        QCOMPARE(items.at(i)["label"_L1].toString(), raws.at(i));
        QCOMPARE(items.at(i)["state"_L1].toString(), u"no_known_expiry"_s);
        QCOMPARE(rows.at(i)["expires_at"_L1].toString(), QString());
        QCOMPARE(rows.at(i)["konnect_expires_at"_L1].toString(), raws.at(i));
        QCOMPARE(rows.at(i)["label"_L1].toString(), raws.at(i));
    }
    QCOMPARE(readBack(u"ics"_s, expirycalendar::toCalendar(all)).array().size(), 0);
    QVERIFY(!expirymetrics::toMetrics(all).contains("credential_expiry_timestamp"));
}

void TstExpiryFeeds::anEventKeepsItsUid()
{
    const auto uid = [](const InstanceRecord &record, const QDateTime &now) {
        const ExpiryReport all = ExpiryReport::of({{record}, {}, {}, {}}, {}, now);
        return readBack(u"ics"_s, expirycalendar::toCalendar(all))[0]["uid"_L1].toString();
    };
    const InstanceRecord before = recorded(record(u"Datadog EU"_s), QDate(2027, 3, 15));
    const QString its = uid(before, Now);
    QVERIFY(!its.isEmpty());
    InstanceRecord renamed = recorded(record(u"Another title"_s), QDate(2027, 4, 1));
    renamed.profileName = u"Another"_s;
    QCOMPARE(uid(renamed, Now.addDays(9)), its);
    InstanceRecord replaced = record(u"Datadog EU"_s);
    replaced.credential.id = u"cred-2"_s;
    QVERIFY(uid(recorded(replaced, QDate(2027, 3, 15)), Now) != its);
    InstanceRecord elsewhere = before;
    elsewhere.address.origin = u"https://us.api.konghq.com:443"_s;
    QVERIFY(uid(elsewhere, Now) != its);

    const auto tokens = [](const QDate &day) {
        return readBack(u"ics"_s, expirycalendar::toCalendar(report({}, {profile(u"Acme"_s, day)})))[0];
    };
    QCOMPARE(tokens(QDate(2027, 1, 1))["uid"_L1], tokens(QDate(2028, 1, 1))["uid"_L1]);
    QCOMPARE(tokens(QDate(2027, 1, 1))["start"_L1].toString(), u"2027-01-01"_s);
}

void TstExpiryFeeds::profilesThatSeeTheSameInstanceShareItsEvent()
{
    const InstanceRecord one = recorded(record(u"Datadog EU"_s), QDate(2027, 3, 15));
    InstanceRecord same = one;
    same.address.profileId = u"p2"_s;
    same.profileName = u"Other"_s;
    const ExpiryReport all = report({one, same});
    QCOMPARE(readBack(u"ics"_s, expirycalendar::toCalendar(all)).array().size(), 1);
    QCOMPARE(readBack(u"csv"_s, expirycsv::toCsv(all)).array().size(), 2);
    readBack(u"prom"_s, expirymetrics::toMetrics(all));
}

void TstExpiryFeeds::aDayIsADayAndAMomentAMoment_data()
{
    QTest::addColumn<InstanceRecord>("instance");
    QTest::addColumn<QString>("start");
    InstanceRecord lives = record(u"x"_s);
    lives.expiry.livesDays = 400;
    InstanceRecord labelled = record(u"x"_s);
    labelled.instance.labels.insert(QString::fromUtf16(ExpiryLabel), u"2028-02-29"_s);
    QTest::newRow("a recorded day") << recorded(record(u"x"_s), QDate(2028, 2, 29)) << u"2028-02-29"_s;
    QTest::newRow("a label") << labelled << u"2028-02-29"_s;
    QTest::newRow("a life") << lives << u"2026-12-08T09:00:00Z"_s;
    QTest::newRow("Konnect's, in another zone")
        << record(u"x"_s, Timestamp::parse(u"2027-03-28T02:30:00.900+02:00"_s)) << u"2027-03-28T00:30:00Z"_s;
}

void TstExpiryFeeds::aDayIsADayAndAMomentAMoment()
{
    QFETCH(const InstanceRecord, instance);
    QFETCH(const QString, start);
    const QJsonValue event = readBack(u"ics"_s, expirycalendar::toCalendar(report({instance})))[0];
    QCOMPARE(event["start"_L1].toString(), start);
    QCOMPARE(event["allDay"_L1].toBool(), !start.contains(u'T'));
}

void TstExpiryFeeds::aMetricTellsEveryReason()
{
    InstanceRecord bad = record(u"x"_s, Timestamp::fromUtc(Now.addDays(-1)));
    bad.credential.tainted = true;
    const QByteArray metrics = expirymetrics::toMetrics(report({bad}));
    readBack(u"prom"_s, metrics);
    QVERIFY(metrics.contains("state=\"must_be_replaced\"} 1\n"));
    QVERIFY(metrics.contains("state=\"expired\"} 1\n"));
    QVERIFY(metrics.contains("state=\"healthy\"} 0\n"));
    QVERIFY(metrics.contains("latchkey_credentials{state=\"expired\"} 0\n"));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstExpiryFeeds)
#include "tst_expiryfeeds.moc"
