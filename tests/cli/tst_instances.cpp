// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/health.h"
#include "models/storage/attentionstore.h"
#include "models/storage/database.h"
#include "models/storage/expirystore.h"
#include "tests/cli/ctl.h"
#include "tests/support/await.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QObject>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace latchkey;
using namespace latchkey::test;

namespace {

/// From the second list on, until the last of these: as another organization would answer.
QByteArray anotherOrganization(int first, int last)
{
    const QJsonObject theirs{{u"id"_s, u"11111111-2222-4333-8444-555555555555"_s}, {u"name"_s, u"theirs"_s}};
    const QJsonObject page{{u"number"_s, 1}, {u"size"_s, 100}, {u"total"_s, 1}};
    QJsonArray faults;
    for (int nth = first; nth <= last; ++nth) {
        faults.append(QJsonObject{{u"path"_s, u"/integration-instances"_s},
                                  {u"nth"_s, nth},
                                  {u"action"_s, u"body"_s},
                                  {u"body"_s, QJsonObject{{u"data"_s, QJsonArray{theirs}},
                                                          {u"meta"_s, QJsonObject{{u"page"_s, page}}}}}});
    }
    return QJsonDocument(faults).toJson();
}

QByteArray listAnswer(const QByteArray &data, int total)
{
    return R"([{"path": "/integration-instances", "action": "body", "body": {"data": )" + data +
           R"(, "meta": {"page": {"number": 1, "size": 100, "total": )" + QByteArray::number(total) + "}}}}]";
}

} // namespace

class TstInstances : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theTableShowsTheIds();
    void aTokenThatSeesNoneOfTheKnownOnesIsAQuestion_data();
    void aTokenThatSeesNoneOfTheKnownOnesIsAQuestion();
    void confirmingNeedsAnAnswerAndAQuestion();
    void whatAListLacksIsSaid();
    void thereAreNoneOnlyWhereTheyCouldBeListed();
    void anAddressWithoutTheApiIsSaid();
    void aProtectedOneIsChangedOnlyByItsName();
    void anExpiredTokenIsSaidAndNothingIsCalledMissing();
    void theRecordedExpiryIsShownBesideKonnects();
};

namespace {

QJsonValue named(const CtlResult &listed, const QString &name)
{
    const QJsonArray all = listed.json()["instances"_L1].toArray();
    for (const QJsonValue &each : all) {
        if (each["name"_L1].toString() == name)
            return each;
    }
    return {};
}

} // namespace

void TstInstances::theTableShowsTheIds()
{
    const CtlResult table = ctl({u"instances"_s, u"list"_s, u"--demo"_s});
    const CtlResult json = ctl({u"instances"_s, u"list"_s, u"--demo"_s, u"--json"_s});
    const QJsonArray instances = json.json().object().value("instances"_L1).toArray();
    QCOMPARE(instances.size(), 40);
    for (const QJsonValue &instance : instances)
        QVERIFY(table.out.contains(instance.toObject().value("id"_L1).toString().toUtf8()));
}

void TstInstances::aTokenThatSeesNoneOfTheKnownOnesIsAQuestion_data()
{
    QTest::addColumn<QString>("answer");
    QTest::newRow("the same") << u"--same"_s;
    QTest::newRow("another") << u"--another"_s;
}

void TstInstances::aTokenThatSeesNoneOfTheKnownOnesIsAQuestion()
{
    QFETCH(const QString, answer);
    const DemoServiceProcess service(anotherOrganization(2, 9));
    const QTemporaryDir dir;
    const auto run = [&](QStringList arguments, bool withToken = true) {
        arguments += {u"--data-dir"_s, dir.filePath(u"data"_s)};
        if (withToken)
            arguments += {u"--token-env"_s, u"CTL_TOKEN"_s};
        return ctl(arguments, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
    };
    QCOMPARE(run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, service.url(), u"--keep"_s, u"none"_s}).code,
             0);
    const CtlResult first = run({u"instances"_s, u"list"_s});
    QVERIFY2(first.code == 0, first.err.constData());

    for (int round = 0; round < 2; ++round) {
        const CtlResult doubtful = run({u"instances"_s, u"list"_s});
        QCOMPARE(doubtful.code, 9);
        QVERIFY2(doubtful.err.contains("acme") && doubtful.err.contains("profile confirm"),
                 doubtful.err.constData());
        QCOMPARE(doubtful.out.count('\n'), first.out.count('\n'));
        QVERIFY(!doubtful.out.contains("theirs"));
    }
    const CtlResult refused = run({u"credential"_s, u"delete"_s, u"--instance"_s, u"theirs"_s, u"--yes"_s});
    QCOMPARE(refused.code, 9);
    QVERIFY2(refused.err.contains("profile confirm"), refused.err.constData());
    QCOMPARE(service.received(u"DELETE"_s), 0);

    const CtlResult answered = run({u"profile"_s, u"confirm"_s, u"acme"_s, answer, u"--json"_s}, false);
    QVERIFY2(answered.code == 0, answered.err.constData());
    QCOMPARE(answered.json().object().value("organization_in_doubt"_L1), QJsonValue(false));
    const CtlResult settled = run({u"instances"_s, u"list"_s});
    QVERIFY2(settled.code == 0, settled.err.constData());
    QVERIFY(settled.out.contains("theirs"));
    QCOMPARE(settled.out.trimmed().count('\n'), 1);
    QCOMPARE(run({u"instances"_s, u"list"_s}).code, 0);
}

void TstInstances::confirmingNeedsAnAnswerAndAQuestion()
{
    const QTemporaryDir dir;
    const auto run = [&dir](QStringList arguments) {
        arguments += {u"--data-dir"_s, dir.filePath(u"data"_s)};
        return ctl(arguments, {{u"CTL_TOKEN"_s, u"kpat_token"_s}});
    };
    QCOMPARE(run({u"profile"_s, u"add"_s, u"acme"_s, u"--geo"_s, u"eu"_s, u"--keep"_s, u"none"_s,
                  u"--token-env"_s, u"CTL_TOKEN"_s})
                 .code,
             0);
    QCOMPARE(run({u"profile"_s, u"confirm"_s, u"--same"_s}).code, 64);
    QCOMPARE(run({u"profile"_s, u"confirm"_s, u"acme"_s}).code, 64);
    QCOMPARE(run({u"profile"_s, u"confirm"_s, u"acme"_s, u"--same"_s, u"--another"_s}).code, 64);
    QCOMPARE(run({u"profile"_s, u"confirm"_s, u"other"_s, u"--same"_s}).code, 4);
    QCOMPARE(run({u"profile"_s, u"confirm"_s, u"acme"_s, u"--another"_s}).code, 9);
}

void TstInstances::whatAListLacksIsSaid()
{
    const DemoServiceProcess dropping(
        listAnswer(R"([{"id": "11111111-2222-4333-8444-555555555555", "name": "one"}, {"name": "two"}])", 2));
    const CtlResult dropped = dropping.ctl({u"instances"_s, u"list"_s});
    QCOMPARE(dropped.code, 6);
    QVERIFY(dropped.out.contains("one"));
    QVERIFY2(dropped.err.contains("1 of 2 items had no id"), dropped.err.constData());

    const DemoServiceProcess shifting(
        listAnswer(R"([{"id": "11111111-2222-4333-8444-555555555555", "name": "one"}])", 9));
    const CtlResult incomplete = shifting.ctl({u"instances"_s, u"list"_s, u"--json"_s});
    QCOMPARE(incomplete.code, 6);
    QVERIFY2(incomplete.err.contains("did not add up"), incomplete.err.constData());
    QVERIFY(incomplete.json()["endpoints"_L1][0]["shortfall"_L1].isObject());
}

void TstInstances::thereAreNoneOnlyWhereTheyCouldBeListed()
{
    const DemoServiceProcess empty(listAnswer("[]", 0));
    const CtlResult none = empty.ctl({u"instances"_s, u"list"_s});
    QVERIFY2(none.code == 0, none.err.constData());
    QCOMPARE(none.out.trimmed(), QByteArray("There are no instances."));

    const DemoServiceProcess full;
    const CtlResult refused =
        ctl({u"instances"_s, u"list"_s, u"--url"_s, full.url(), u"--token-env"_s, u"CTL_TOKEN"_s},
            {{u"CTL_TOKEN"_s, u"kpat_another-token"_s}});
    QCOMPARE(refused.code, 3);
    QCOMPARE(refused.out, QByteArray());
    const DemoServiceProcess nameless(listAnswer("[{}]", 1));
    const CtlResult dropped = nameless.ctl({u"instances"_s, u"list"_s});
    QCOMPARE(dropped.code, 6);
    QCOMPARE(dropped.out, QByteArray());
}

void TstInstances::anAddressWithoutTheApiIsSaid()
{
    const DemoServiceProcess service;
    const QString url = service.url().chopped(3);
    for (const QString &list : {u"instances"_s, u"integrations"_s}) {
        const CtlResult result = ctl({list, u"list"_s, u"--url"_s, url, u"--token-env"_s, u"CTL_TOKEN"_s},
                                     {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
        QCOMPARE(result.code, 6);
        QVERIFY2(result.err.contains(url.toUtf8()) && result.err.contains("/v1"), result.err.constData());
    }
}

void TstInstances::aProtectedOneIsChangedOnlyByItsName()
{
    const DemoServiceProcess service;
    const QTemporaryDir dir;
    const auto run = [&](QStringList arguments) {
        arguments += {u"--data-dir"_s, dir.filePath(u"data"_s), u"--token-env"_s, u"CTL_TOKEN"_s};
        return ctl(arguments, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
    };
    const auto named = [&](const QString &name) {
        const CtlResult listed = run({u"instances"_s, u"list"_s, u"--json"_s});
        for (const QJsonValue &each : listed.json()["instances"_L1].toArray()) {
            if (each["name"_L1].toString() == name)
                return each;
        }
        return QJsonValue();
    };
    const QString staging = u"datadog-staging"_s;
    const QString production = u"datadog-eu-production"_s;
    QCOMPARE(run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, service.url(), u"--keep"_s, u"none"_s}).code,
             0);
    QCOMPARE(named(staging)["protected"_L1], QJsonValue(false));
    QCOMPARE(run({u"instances"_s, u"protect"_s}).code, 64);
    QCOMPARE(run({u"instances"_s, u"protect"_s, u"--instance"_s, u"nobody"_s}).code, 4);
    for (const QString &nameOrId : {staging, named(production)["id"_L1].toString(), staging}) {
        const CtlResult result = run({u"instances"_s, u"protect"_s, u"--instance"_s, nameOrId});
        QVERIFY2(result.code == 0, result.err.constData());
    }
    QCOMPARE(named(staging)["protected"_L1], QJsonValue(true));
    QCOMPARE(run({u"instances"_s, u"list"_s}).out.count("  protected  "), 2);
    QVERIFY(run({u"credential"_s, u"show"_s, u"--instance"_s, staging}).out.contains("yes: replacing"));

    const QStringList remove{u"credential"_s, u"delete"_s, u"--instance"_s, staging, u"--yes"_s};
    const CtlResult unnamed = run(remove);
    QCOMPARE(unnamed.code, 9);
    QVERIFY2(unnamed.err.contains("is protected") && unnamed.err.contains("--confirm"),
             unnamed.err.constData());
    QCOMPARE(run(remove + QStringList{u"--confirm"_s, production}).code, 9);
    QCOMPARE(service.received(u"DELETE"_s), 0);

    // Without a profile too.
    const CtlResult byUrl = run(remove + QStringList{u"--url"_s, service.url()});
    QCOMPARE(byUrl.code, 9);
    QVERIFY2(byUrl.err.contains("is protected"), byUrl.err.constData());
    QCOMPARE(service.received(u"DELETE"_s), 0);

    const QStringList unprotect{u"instances"_s, u"unprotect"_s, u"--instance"_s, staging};
    const CtlResult unasked = run(unprotect);
    QCOMPARE(unasked.code, 9);
    QVERIFY2(unasked.err.contains("--yes"), unasked.err.constData());
    QCOMPARE(run(remove).code, 9);
    QCOMPARE(run(unprotect + QStringList{u"--yes"_s}).code, 0);
    QCOMPARE(run(remove).code, 0);
    const CtlResult confirmed = run(
        {u"credential"_s, u"delete"_s, u"--instance"_s, production, u"--yes"_s, u"--confirm"_s, production});
    QVERIFY2(confirmed.code == 0, confirmed.err.constData());
    QCOMPARE(service.received(u"DELETE"_s), 2);
}

void TstInstances::anExpiredTokenIsSaidAndNothingIsCalledMissing()
{
    const DemoServiceProcess service;
    const QTemporaryDir dir;
    const auto run = [&](QStringList arguments, const QString &token) {
        arguments += {u"--data-dir"_s, dir.filePath(u"data"_s), u"--token-env"_s, u"CTL_TOKEN"_s};
        return ctl(arguments, {{u"CTL_TOKEN"_s, token}});
    };
    const QString valid = DemoServiceProcess::token();
    const QString expired = u"kpat_of-last-year"_s;
    QCOMPARE(
        run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, service.url(), u"--keep"_s, u"none"_s}, valid)
            .code,
        0);
    const QStringList list{u"instances"_s, u"list"_s};
    // Before anything was ever read, and with what was read before.
    for (const bool known : {false, true}) {
        if (known)
            QCOMPARE(run(list, valid).code, 0);
        const CtlResult refused = run(list, expired);
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains("expired or revoked"), refused.err.constData());
        QVERIFY2(!refused.err.contains("credential"), refused.err.constData());
        const QJsonArray shown =
            run(list + QStringList{u"--json"_s}, expired).json()["instances"_L1].toArray();
        QCOMPARE(shown.size(), known ? 40 : 0);
        int without = 0;
        for (const QJsonValue &each : shown)
            without += each["state"_L1].toString() == "no_credential"_L1 ? 1 : 0;
        const QJsonArray before =
            run(list + QStringList{u"--json"_s}, valid).json()["instances"_L1].toArray();
        const auto really = std::count_if(before.begin(), before.end(), [](const QJsonValue &each) {
            return each["state"_L1].toString() == "no_credential"_L1;
        });
        if (known)
            QCOMPARE(without, int(really)); // Those that have none, as was read before.
    }
    const CtlResult one = run({u"credential"_s, u"show"_s, u"--instance"_s, u"datadog-staging"_s}, expired);
    QCOMPARE(one.code, 3);
    QVERIFY2(one.err.contains("expired or revoked"), one.err.constData());
}

void TstInstances::theRecordedExpiryIsShownBesideKonnects()
{
    const DemoServiceProcess service;
    const QTemporaryDir dir;
    const QString data = dir.filePath(u"data"_s);
    const auto run = [&](QStringList arguments) {
        arguments += {u"--data-dir"_s, data, u"--token-env"_s, u"CTL_TOKEN"_s};
        return ctl(arguments, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}});
    };
    const QStringList list{u"instances"_s, u"list"_s, u"--json"_s};
    const QString staging = u"datadog-staging"_s;          // Konnect knows no date.
    const QString production = u"datadog-us-production"_s; // In half a year.
    QCOMPARE(run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, service.url(), u"--keep"_s, u"none"_s}).code,
             0);
    const CtlResult before = run(list);
    QCOMPARE(named(before, staging)["expiry"_L1], QJsonValue());
    QCOMPARE(named(before, staging)["recorded_expiry"_L1], QJsonValue());
    QCOMPARE(named(before, staging)["attention"_L1], QJsonValue());
    QCOMPARE(named(before, production)["expiry"_L1]["source"_L1], QJsonValue(u"konnect"_s));

    ExpiryRecord recorded;
    recorded.date = QDate::currentDate().addDays(4);
    recorded.owner = u"Ada Lovelace"_s;
    recorded.note = u"Made by the platform team"_s;
    recorded.recordedAt = QDateTime::currentDateTimeUtc();
    {
        Database database(data + u"/latchkey.sqlite"_s);
        QVERIFY(await(database.open())->ok());
        for (const QString &name : {staging, production}) {
            const QJsonValue instance = named(before, name);
            recorded.credentialId = instance["credential"_L1]["id"_L1].toString();
            recorded.livesDays = name == production ? 900 : 0;
            QVERIFY(await(ExpiryStore(database).set(instance["origin"_L1].toString(),
                                                    instance["id"_L1].toString(), recorded))
                        ->ok());
            AttentionMark mark;
            mark.credentialId = recorded.credentialId;
            mark.acknowledged = {HealthState::ExpiringSoon};
            QVERIFY(await(AttentionStore(database).set(instance["origin"_L1].toString(),
                                                       instance["id"_L1].toString(), mark))
                        ->ok());
        }
    }
    const CtlResult after = run(list);
    for (const QString &name : {staging, production}) {
        const QJsonValue instance = named(after, name);
        QCOMPARE(instance["state"_L1], QJsonValue(u"expiring_soon"_s));
        QCOMPARE(instance["expiry"_L1]["source"_L1], QJsonValue(u"recorded"_s));
        QVERIFY(Timestamp::parse(instance["expiry"_L1]["at"_L1].toString()).isKnown());
        const QJsonValue about = instance["recorded_expiry"_L1];
        QCOMPARE(about["date"_L1], QJsonValue(recorded.date.toString(Qt::ISODate)));
        QCOMPARE(about["owner"_L1], QJsonValue(recorded.owner));
        QCOMPARE(about["note"_L1], QJsonValue(recorded.note));
        QCOMPARE(about["lives_days"_L1], name == production ? QJsonValue(900) : QJsonValue());
        QVERIFY(!about["recorded_at"_L1].toString().isEmpty());
        QCOMPARE(instance["attention"_L1]["acknowledged"_L1], QJsonValue(QJsonArray{u"expiring_soon"_s}));
        // What Konnect says is still there.
        QCOMPARE(instance["credential"_L1]["expires_at"_L1],
                 named(before, name)["credential"_L1]["expires_at"_L1]);
    }

    const QByteArray shown = run({u"credential"_s, u"show"_s, u"--instance"_s, production}).out;
    const QDateTime konnects =
        Timestamp::parse(named(before, production)["expiry"_L1]["at"_L1].toString()).utc;
    for (const QByteArray &part :
         {recorded.date.toString(Qt::ISODate).toUtf8(), QByteArray("(recorded)"), QByteArray("900 days"),
          recorded.owner.toUtf8(), recorded.note.toUtf8(), konnects.toString(u"yyyy HH:mm:ss"_s).toUtf8()})
        QVERIFY2(shown.contains(part), (part + " is not in " + shown).constData());

    // How soon is soon is the user's to say.
    QCOMPARE(
        ctl({u"settings"_s, u"set"_s, u"expiry.soon/integration/datadog"_s, u"2 d"_s, u"--data-dir"_s, data})
            .code,
        0);
    QCOMPARE(named(run(list), staging)["state"_L1], QJsonValue(u"expiring_later"_s));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstInstances)
#include "tst_instances.moc"
