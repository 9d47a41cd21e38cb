// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <csignal>

using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Europe = u"datadog-eu-production"_s;
const QString Staging = u"datadog-staging"_s;
const QString Checkout = u"datadog-checkout"_s;
const QString AwsFrankfurt = u"aws-eu-central-1"_s; // of another integration

Variables variables()
{
    return {{u"CTL_TOKEN"_s, DemoServiceProcess::token()},
            {u"KEY"_s, u"a-key-for-the-terminal"_s},
            {u"OTHER_KEY"_s, u"a-key-for-the-terminal-2"_s}};
}

} // namespace

/// Several instances in one call, in a terminal on a machine without a keychain.
class TstBulk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replacesAllWithOneSetOfKeys();
    void listsAllBeforeAsking();
    void sendsNothingWhereOneCannotBeChanged();
    void takesOnlyWhatOneSetOfKeysIsFor();
    void stopsAtTheFirstFailureOrGoesOn();
    void confirmsEachOfAProductionProfile();
    void finishesTheRest();
    void givesUpTheRest();
    void aStopEndsWhatIsUnderWayAndBeginsNothing();
    void refusesWrongUsage_data();
    void refusesWrongUsage();

private:
    /// A service and a stored profile for it.
    void start(const QByteArray &faults = {}, bool production = false);
    [[nodiscard]] CtlResult run(QStringList arguments) const;
    [[nodiscard]] QStringList here() const;
    [[nodiscard]] static QStringList call(const QString &verb, const QStringList &instances,
                                          const QStringList &more = {});
    [[nodiscard]] static QStringList replacing(const QStringList &instances, const QStringList &more = {});
    [[nodiscard]] static QStringList statesOf(const CtlResult &result);

    std::unique_ptr<DemoServiceProcess> m_service;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TstBulk::start(const QByteArray &faults, bool production)
{
    m_service = std::make_unique<DemoServiceProcess>(faults);
    m_folder = std::make_unique<QTemporaryDir>();
    QStringList add{u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, m_service->url(), u"--keep"_s, u"none"_s};
    if (production)
        add += u"--production"_s;
    const CtlResult added = run(add);
    QVERIFY2(added.code == 0, added.err.constData());
}

CtlResult TstBulk::run(QStringList arguments) const
{
    arguments += here();
    if (!arguments.contains(u"giveup"_s))
        arguments += {u"--token-env"_s, u"CTL_TOKEN"_s};
    return ctl(arguments, variables());
}

QStringList TstBulk::here() const
{
    return {u"--data-dir"_s, m_folder->filePath(u"data"_s)};
}

QStringList TstBulk::call(const QString &verb, const QStringList &instances, const QStringList &more)
{
    QStringList arguments{u"credential"_s, verb};
    for (const QString &instance : instances)
        arguments += {u"--instance"_s, instance};
    return arguments + more;
}

QStringList TstBulk::replacing(const QStringList &instances, const QStringList &more)
{
    return call(u"replace"_s, instances,
                QStringList{u"--key-env"_s, u"DD-API-KEY=KEY"_s, u"--key-env"_s,
                            u"DD-APPLICATION-KEY=OTHER_KEY"_s, u"--keep"_s, u"none"_s} +
                    more);
}

QStringList TstBulk::statesOf(const CtlResult &result)
{
    QStringList states;
    const QJsonArray rows = result.json().array();
    for (const QJsonValue &row : rows)
        states += row["state"_L1].toString();
    return states;
}

void TstBulk::replacesAllWithOneSetOfKeys()
{
    start();
    const CtlResult result =
        run(replacing({Staging, Europe, Checkout}, {u"--yes"_s, u"--json"_s, u"--at-once"_s, u"2"_s}));
    QVERIFY2(result.code == 0, result.err.constData());
    QCOMPARE(statesOf(result), (QStringList{u"done"_s, u"done"_s, u"done"_s}));
    const QJsonObject first = result.json().array().at(0).toObject();
    QCOMPARE(first["instance"_L1]["name"_L1].toString(), Staging);
    QCOMPARE(first["change"_L1]["phase"_L1].toString(), u"verified"_s);
    QVERIFY(!first["change"_L1]["run"_L1].toString().isEmpty());
    QVERIFY(first["problem"_L1].isNull());
    QCOMPARE(m_service->received(u"DELETE"_s), 3);
    QCOMPARE(m_service->received(u"POST"_s), 3);
    QVERIFY(!result.mentions("a-key-for-the-terminal"));
    QVERIFY(run({u"changes"_s, u"list"_s, u"--json"_s}).json().array().isEmpty());
    QCOMPARE(result.err.count("Revoke the old key of “Datadog "), 3);

    const CtlResult text = run(call(u"delete"_s, {Staging, Europe}, {u"--yes"_s}));
    QVERIFY2(text.code == 0, text.err.constData());
    QVERIFY2(text.out.contains("Datadog staging") && text.out.contains("Datadog EU production"),
             text.out.constData());
    QVERIFY2(text.err.contains("[2/2] Changing Datadog EU production"), text.err.constData());
}

void TstBulk::listsAllBeforeAsking()
{
    start();
    const CtlResult result = run(replacing({Staging, Europe}));
    QCOMPARE(result.code, 9);
    QVERIFY2(result.err.contains("Datadog staging") && result.err.contains("Datadog EU production"),
             result.err.constData());
    QVERIFY2(result.err.contains("--yes"), result.err.constData());
    QCOMPARE(m_service->received(u"DELETE"_s), 0);
}

void TstBulk::sendsNothingWhereOneCannotBeChanged()
{
    start();
    // The second one has no credential.
    const QStringList hubs{u"swaggerhub-internal"_s, u"swaggerhub-sandbox"_s, u"swaggerhub-public"_s};
    const QStringList key{u"--key-env"_s, u"authorization=KEY"_s, u"--keep"_s, u"none"_s, u"--yes"_s};
    const CtlResult refused = run(call(u"replace"_s, hubs, key));
    QCOMPARE(refused.code, 9);
    QVERIFY2(refused.err.contains("has no credential"), refused.err.constData());
    QCOMPARE(m_service->received(u"DELETE"_s) + m_service->received(u"POST"_s), 0);

    const CtlResult others = run(call(u"replace"_s, hubs, key + QStringList{u"--json"_s, u"--keep-going"_s}));
    QVERIFY2(others.code != 0 && others.code != 2, others.err.constData());
    QCOMPARE(statesOf(others), (QStringList{u"done"_s, u"failed"_s, u"done"_s}));
    QVERIFY(others.json().array().at(1)["change"_L1].isNull());
    QCOMPARE(m_service->received(u"DELETE"_s), 2);
}

void TstBulk::takesOnlyWhatOneSetOfKeysIsFor()
{
    start();
    QCOMPARE(run(replacing({Staging, AwsFrankfurt}, {u"--yes"_s})).code, 64);
    const CtlResult twice = run(replacing({Staging, Europe, Staging}, {u"--yes"_s}));
    QCOMPARE(twice.code, 9);
    QVERIFY2(twice.err.contains("named twice"), twice.err.constData());
    QCOMPARE(m_service->received(u"DELETE"_s) + m_service->received(u"POST"_s), 0);
    // What needs no keys may be of several.
    const CtlResult deleted = run(call(u"delete"_s, {Staging, AwsFrankfurt}, {u"--yes"_s}));
    QVERIFY2(deleted.code == 0, deleted.err.constData());
}

void TstBulk::stopsAtTheFirstFailureOrGoesOn()
{
    const QByteArray faults =
        R"([{"method": "POST", "path": "*/auth-credential", "nth": 2, "action": "status", "status": 403}])";
    start(faults);
    const CtlResult stopped = run(replacing({Staging, Europe, Checkout}, {u"--yes"_s, u"--json"_s}));
    QCOMPARE(stopped.code, 2);
    QCOMPARE(statesOf(stopped), (QStringList{u"done"_s, u"failed"_s, u"not_started"_s}));
    QVERIFY2(stopped.err.contains("changes finish --run"), stopped.err.constData());
    QCOMPARE(m_service->received(u"DELETE"_s), 2);

    start(faults);
    const CtlResult others =
        run(replacing({Staging, Europe, Checkout}, {u"--yes"_s, u"--json"_s, u"--keep-going"_s}));
    QCOMPARE(others.code, 2);
    QCOMPARE(statesOf(others), (QStringList{u"done"_s, u"failed"_s, u"done"_s}));
}

void TstBulk::confirmsEachOfAProductionProfile()
{
    start({}, true);
    const CtlResult missing =
        run(call(u"delete"_s, {Staging, Europe}, {u"--yes"_s, u"--confirm"_s, Staging}));
    QCOMPARE(missing.code, 9);
    QVERIFY2(missing.err.contains("Datadog EU production"), missing.err.constData());
    const QStringList both{u"--yes"_s, u"--confirm"_s, Europe, u"--confirm"_s, Staging};
    const CtlResult another =
        run(call(u"delete"_s, {Staging, Europe}, both + QStringList{u"--confirm"_s, Checkout}));
    QCOMPARE(another.code, 9);
    QCOMPARE(m_service->received(u"DELETE"_s), 0);
    const CtlResult deleted = run(call(u"delete"_s, {Staging, Europe}, both));
    QVERIFY2(deleted.code == 0, deleted.err.constData());
    QCOMPARE(m_service->received(u"DELETE"_s), 2);
}

void TstBulk::finishesTheRest()
{
    start(
        R"([{"method": "DELETE", "path": "*/auth-credential", "nth": 2, "action": "status", "status": 403}])");
    const CtlResult stopped = run(call(u"delete"_s, {Staging, Europe, Checkout}, {u"--yes"_s, u"--json"_s}));
    QCOMPARE(stopped.code, 3);
    QCOMPARE(statesOf(stopped), (QStringList{u"done"_s, u"failed"_s, u"not_started"_s}));
    const QString id = stopped.json().array().at(0)["change"_L1]["run"_L1].toString();

    const CtlResult listed = run({u"changes"_s, u"list"_s, u"--json"_s});
    QCOMPARE(listed.json().array().size(), 2);
    for (qsizetype i = 0; i < 2; ++i)
        QCOMPARE(listed.json().array().at(i)["change"_L1]["run"_L1].toString(), id);
    const CtlResult text = run({u"changes"_s, u"list"_s});
    QVERIFY2(text.out.contains("changes finish --run " + id.toUtf8()), text.out.constData());

    const QStringList finish{u"changes"_s, u"finish"_s, u"--run"_s, id};
    const CtlResult unconfirmed = run(finish);
    QCOMPARE(unconfirmed.code, 9);
    QVERIFY2(unconfirmed.err.contains("Datadog checkout"), unconfirmed.err.constData());
    QCOMPARE(m_service->received(u"DELETE"_s), 2);
    const CtlResult finished = run(finish + QStringList{u"--yes"_s, u"--json"_s});
    QVERIFY2(finished.code == 0, finished.err.constData());
    QCOMPARE(statesOf(finished), (QStringList{u"done"_s, u"done"_s}));
    QVERIFY(run({u"changes"_s, u"list"_s, u"--json"_s}).json().array().isEmpty());
    QCOMPARE(run(finish + QStringList{u"--yes"_s}).code, 4);
}

void TstBulk::givesUpTheRest()
{
    start(
        R"([{"method": "POST", "path": "*/auth-credential", "nth": 1, "action": "status", "status": 403}])");
    const CtlResult stopped = run(replacing({Staging, Europe, Checkout}, {u"--yes"_s, u"--json"_s}));
    QCOMPARE(stopped.code, 2);
    const QString id = stopped.json().array().at(0)["change"_L1]["run"_L1].toString();
    const CtlResult given = run({u"changes"_s, u"giveup"_s, u"--run"_s, id, u"--json"_s});
    QVERIFY2(given.code == 0, given.err.constData());
    QCOMPARE(given.json().array().size(), 2);
    QCOMPARE(given.json().array().at(0)["phase"_L1].toString(), u"abandoned"_s);
    // The one in whose middle it stopped is still there.
    const CtlResult listed = run({u"changes"_s, u"list"_s, u"--json"_s});
    QCOMPARE(listed.json().array().size(), 1);
    QCOMPARE(listed.json().array().at(0)["change"_L1]["instance"_L1]["name"_L1].toString(), Staging);
    QCOMPARE(m_service->received(u"DELETE"_s), 1);
    QCOMPARE(run({u"changes"_s, u"giveup"_s, u"--run"_s, u"no-such-run"_s}).code, 4);
}

void TstBulk::aStopEndsWhatIsUnderWayAndBeginsNothing()
{
    start(R"([{"method": "DELETE", "nth": 1, "action": "delay", "delay_ms": 600000}])");
    QProcess process;
    prepare(process,
            replacing({Staging, Europe}, {u"--yes"_s, u"--json"_s, u"--token-env"_s, u"CTL_TOKEN"_s}) +
                here(),
            variables());
    process.start();
    QTRY_COMPARE_WITH_TIMEOUT(m_service->received(u"DELETE"_s), 1, 30'000);
    QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += process.readAllStandardError()).contains("Finishing what was begun"),
                             20'000);
    // The answer is lost, so the first one does not end well; the second one was never begun.
    QCOMPARE(m_service->stop(), 0);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 2);
    const CtlResult result{process.exitCode(), process.readAllStandardOutput(), {}};
    QCOMPARE(statesOf(result), (QStringList{u"failed"_s, u"not_started"_s}));
    QCOMPARE(result.json().array().at(0)["change"_L1]["phase"_L1].toString(), u"deleting"_s);
    QCOMPARE(m_service->received(u"DELETE"_s), 1);
}

void TstBulk::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("show of two") << call(u"show"_s, {Staging, Europe});
    QTest::newRow("adopt of two") << call(u"adopt"_s, {Staging, Europe});
    QTest::newRow("none at once") << replacing({Staging, Europe}, {u"--at-once"_s, u"0"_s});
    QTest::newRow("one, confirmed twice")
        << call(u"delete"_s, {Staging}, {u"--confirm"_s, Staging, u"--confirm"_s, Staging});
    QTest::newRow("a run and a change")
        << QStringList{u"changes"_s, u"finish"_s, u"id"_s, u"--run"_s, u"id"_s};
    QTest::newRow("keys for a run") << QStringList{u"changes"_s, u"finish"_s, u"--run"_s, u"id"_s,
                                                   u"--key-stdin"_s};
    QTest::newRow("give up what?") << QStringList{u"changes"_s, u"giveup"_s};
}

void TstBulk::refusesWrongUsage()
{
    QFETCH(QStringList, arguments);
    const CtlResult result = ctl(arguments);
    QVERIFY2(result.code == 64, result.err.constData());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstBulk)
#include "tst_bulk.moc"
