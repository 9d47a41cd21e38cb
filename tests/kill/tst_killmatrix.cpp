// SPDX-License-Identifier: GPL-3.0-or-later
// Kills a process in the middle of a change, before and after every durable step and every request (the
// service having done the work or not), starts the next one, and looks at what is left: one credential whose
// keys the keychain has.
//
// LATCHKEY_KILL_SAMPLE: how many of all cases are tried (a random choice, whose seed is printed); 0 for all.
// LATCHKEY_KILL_SEED: the seed of an earlier run.
#include "app/demo/demoorganization.h"
#include "app/demo/demoservice.h"
#include "models/core/change.h"
#include "models/core/clock.h"
#include "tests/support/filesecretstore.h"
#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <csignal>
#include <random>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray OldKey = "the-old-key-0001";
const QByteArray NewKey = "the-new-key-0001";

/// Where the process dies.
enum class At { Place, BeforeWork, AfterWork };

struct Case
{
    QString kind;       ///< create, replace, delete, bulk
    bool known = false; ///< The keys from before are kept here.
    At at = At::Place;
    int nth = 0;
    QString step; ///< finish, rollback, leave; resume, giveup
    [[nodiscard]] QString name() const
    {
        const QString where = at == At::Place        ? u"place"_s
                              : at == At::BeforeWork ? u"request, not done,"_s
                                                     : u"request, done,"_s;
        return u"%1%2, killed at %3 %4, then %5"_s.arg(kind, known ? u" (keys known)"_s : QString(), where,
                                                       QString::number(nth), step);
    }
};

struct Ended
{
    bool killed = false;
    QJsonObject result;
};

/// One folder of data and keychain, and one service.
class Scene
{
public:
    explicit Scene(const QString &kind)
        : m_service(options(), m_clock)
        , m_instances{kind == u"create"_s ? u"swaggerhub-sandbox"_s : u"datadog-staging"_s}
    {
        if (kind == u"bulk"_s)
            m_instances += u"datadog-checkout"_s;
    }
    [[nodiscard]] const QStringList &instances() const { return m_instances; }
    [[nodiscard]] bool listen() { return m_service.listen().ok(); }
    /// `fault` at the nth request, the process being killed when it has arrived; else at the nth place.
    [[nodiscard]] std::optional<Ended> run(const QString &command, At at = At::Place, int nth = 0);

    // Of the nth instance.
    [[nodiscard]] QString instanceId(int nth = 0)
    {
        return m_service.organization().instanceByName(m_instances.at(nth))->value("id"_L1).toString();
    }
    [[nodiscard]] QString credentialId(int nth = 0)
    {
        const auto credential = m_service.organization().credential(instanceId(nth));
        return credential ? credential->value("id"_L1).toString() : QString();
    }
    [[nodiscard]] QByteArray key(int nth = 0)
    {
        const auto keys = m_service.organization().keys(instanceId(nth));
        return keys.isEmpty() ? QByteArray() : keys.constBegin().value();
    }
    [[nodiscard]] int writes(const QByteArray &method, int nth = 0)
    {
        return m_service.copies(method, u"/integration-instances/%1/auth-credential"_s.arg(instanceId(nth)));
    }
    [[nodiscard]] int requests() const { return static_cast<int>(m_service.received().size()); }
    void forgetRequests() { m_service.forgetReceived(); }
    /// Whether an entry of the keychain holds this key.
    [[nodiscard]] bool keychainHas(const QByteArray &key) const
    {
        const auto entries = FileSecretStore::entries(m_dir.filePath(u"keychain"_s));
        return std::any_of(entries.begin(), entries.end(), [&key](const QByteArray &entry) {
            return entry.contains('"' + key.toBase64() + '"');
        });
    }
    /// One value of the database.
    [[nodiscard]] QVariant value(const QString &statement) const
    {
        QVariant found;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
            database.setDatabaseName(m_dir.filePath(u"data/latchkey.sqlite"_s));
            if (database.open()) {
                QSqlQuery query(database);
                if (query.exec(statement) && query.next())
                    found = query.value(0);
            }
        }
        QSqlDatabase::removeDatabase(u"look"_s);
        return found;
    }

private:
    static DemoService::Options options()
    {
        DemoService::Options options;
        options.token = "kpat_kill-matrix-token";
        return options;
    }

    QTemporaryDir m_dir;
    SystemClock m_clock;
    DemoService m_service;
    QStringList m_instances;
};

std::optional<Ended> Scene::run(const QString &command, At at, int nth)
{
    DemoFault fault;
    fault.nth = nth;
    fault.action = at == At::AfterWork ? DemoFault::Action::Delay : DemoFault::Action::Never;
    fault.delayMs = 60'000;
    m_service.setFaults(at == At::Place ? QList<DemoFault>() : QList<DemoFault>{fault});
    const int before = requests();

    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral(LATCHKEY_VICTIM),
                  {m_dir.path(), m_service.baseUrl().toString(), m_instances.join(u','), command,
                   QString::number(at == At::Place ? nth : 0)});
    const bool ended = QTest::qWaitFor(
        [&] {
            if (at != At::Place && process.state() == QProcess::Running && requests() - before >= nth)
                process.kill();
            return process.state() == QProcess::NotRunning;
        },
        30'000);
    m_service.setFaults({});
    if (!ended) {
        process.kill();
        process.waitForFinished();
        return std::nullopt;
    }
    Ended result;
    result.killed = process.exitStatus() == QProcess::CrashExit;
    result.result = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    return result;
}

} // namespace

class TstKillMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survives_data();
    void survives();
    void survivesInTheMiddleOfARun_data();
    void survivesInTheMiddleOfARun();

private:
    [[nodiscard]] QList<Case> allCases();
    /// The places and requests on the way of this, each with each step.
    [[nodiscard]] QList<Case> casesOf(const QString &kind, bool known, const QStringList &steps);
    /// Makes rows of a sample.
    void addRows(QList<Case> cases, int sample);
    void check(Scene &scene, const Case &each, const Ended &recovered, const QString &idBefore,
               const QByteArray &keyBefore, const QString &idAtRestart);
};

QList<Case> TstKillMatrix::allCases()
{
    QList<Case> cases;
    for (const auto &[kind, known] : {std::pair(u"create"_s, false), std::pair(u"replace"_s, true),
                                      std::pair(u"replace"_s, false), std::pair(u"delete"_s, true)})
        cases += casesOf(kind, known, {u"finish"_s, u"rollback"_s, u"leave"_s});
    return cases;
}

QList<Case> TstKillMatrix::casesOf(const QString &kind, bool known, const QStringList &steps)
{
    QList<Case> cases;
    Scene scene(kind);
    if (!scene.listen() || !scene.run(known ? u"known"_s : u"seed"_s))
        return {};
    scene.forgetRequests();
    const auto whole = scene.run(kind);
    if (!whole || whole->killed)
        return {};
    const int places = whole->result["points"_L1].toInt();
    const int requests = scene.requests();
    for (const QString &step : steps) {
        for (int nth = 1; nth <= places; ++nth)
            cases.append({kind, known, At::Place, nth, step});
        for (int nth = 1; nth <= requests; ++nth) {
            cases.append({kind, known, At::BeforeWork, nth, step});
            cases.append({kind, known, At::AfterWork, nth, step});
        }
    }
    return cases;
}

void TstKillMatrix::addRows(QList<Case> cases, int sample)
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("known");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("nth");
    QTest::addColumn<QString>("step");
    bool given = false;
    unsigned seed = qEnvironmentVariableIntValue("LATCHKEY_KILL_SEED", &given);
    if (!given)
        seed = QRandomGenerator::system()->generate();
    const int wanted = qEnvironmentVariableIntValue("LATCHKEY_KILL_SAMPLE", &given);
    if (given)
        sample = wanted;
    const qsizetype all = cases.size();
    if (sample > 0) {
        std::mt19937 random(seed);
        std::shuffle(cases.begin(), cases.end(), random);
        cases.resize(std::min<qsizetype>(sample, all));
    }
    qInfo("%lld of %lld cases, LATCHKEY_KILL_SEED=%u", static_cast<long long>(cases.size()),
          static_cast<long long>(all), seed);
    for (int index = 0; index < cases.size(); ++index) {
        const Case &each = cases.at(index);
        QTest::newRow(qPrintable(each.name()))
            << index << each.kind << each.known << static_cast<int>(each.at) << each.nth << each.step;
    }
}

void TstKillMatrix::survives_data()
{
    const QList<Case> cases = allCases();
    QVERIFY2(cases.size() > 100, "the changes have too few places to die at");
    addRows(cases, 24);
}

void TstKillMatrix::survivesInTheMiddleOfARun_data()
{
    const QList<Case> cases = casesOf(u"bulk"_s, false, {u"resume"_s, u"giveup"_s});
    QVERIFY2(cases.size() > 100, "the run has too few places to die at");
    addRows(cases, 12);
}

void TstKillMatrix::survives()
{
    QFETCH(QString, kind);
    QFETCH(bool, known);
    QFETCH(int, at);
    QFETCH(int, nth);
    QFETCH(QString, step);
    const Case each{kind, known, static_cast<At>(at), nth, step};

    Scene scene(kind);
    QVERIFY(scene.listen());
    const auto seeded = scene.run(known ? u"known"_s : u"seed"_s);
    QVERIFY(seeded && !seeded->killed);
    QVERIFY2(!seeded->result.contains("problem"_L1), qPrintable(seeded->result["problem"_L1].toString()));
    const QString idBefore = scene.credentialId();
    const QByteArray keyBefore = scene.key();
    scene.forgetRequests();

    const auto changed = scene.run(kind, each.at, nth);
    QVERIFY2(changed, "the change hangs");
    QVERIFY2(changed->killed, "it was not killed");
    const QString idAtRestart = scene.credentialId();
    QCOMPARE(scene.value(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
    const int posts = scene
                          .value(u"SELECT coalesce(sum(post_attempts), 0) FROM changes WHERE id ="
                                 " (SELECT id FROM changes ORDER BY rowid DESC LIMIT 1)"_s)
                          .toInt();
    QVERIFY(scene.writes("POST") <= posts);
    scene.forgetRequests();

    const auto recovered = scene.run(step);
    QVERIFY2(recovered && !recovered->killed, "the next start does not come to its end");
    check(scene, each, *recovered, idBefore, keyBefore, idAtRestart);
}

void TstKillMatrix::check(Scene &scene, const Case &each, const Ended &recovered, const QString &idBefore,
                          const QByteArray &keyBefore, const QString &idAtRestart)
{
    const QString id = scene.credentialId();
    const QByteArray key = scene.key();
    const bool unfinished = recovered.result["unfinished"_L1].toInt() > 0;
    const QString problem = recovered.result["problem"_L1].toString();
    QCOMPARE(scene.value(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);

    // Whatever is at the service, its keys are kept here, as far as they were ever known here.
    if (!id.isEmpty() && (key == NewKey || key == OldKey))
        QVERIFY2(scene.keychainHas(key), "the keys of the credential at the service are lost");
    if (each.known)
        QVERIFY2(scene.keychainHas(OldKey), "the keys to go back to are lost");

    if (each.step == u"leave"_s || !unfinished) {
        QCOMPARE(id, idAtRestart);
        QCOMPARE(scene.writes("POST") + scene.writes("DELETE"), 0);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    } else if (each.step == u"finish"_s) {
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        if (each.kind == u"delete"_s)
            QVERIFY(id.isEmpty());
        else
            QCOMPARE(key, NewKey);
    } else if (!problem.isEmpty()) {
        // Refused: only where the old one is gone and its keys were never known.
        QVERIFY2(!each.known && each.kind == u"replace"_s, qPrintable(problem));
        QVERIFY2(problem.contains(u"not known here"_s), qPrintable(problem));
        QVERIFY(idAtRestart != idBefore);
        QCOMPARE(id, idAtRestart);
    } else {
        QCOMPARE(id.isEmpty(), idBefore.isEmpty());
        QCOMPARE(key, keyBefore);
    }
    const int open = scene.value(u"SELECT count(*) FROM changes WHERE unfinished = 1"_s).toInt();
    QCOMPARE(open, each.step == u"rollback"_s && !problem.isEmpty() ? 1 : 0);
    // Each change has its whole row, and each row its phases.
    QCOMPARE(scene
                 .value(u"SELECT count(*) FROM changes c WHERE NOT EXISTS"
                        " (SELECT 1 FROM change_phases p WHERE p.change_id = c.id AND p.phase = c.phase)"_s)
                 .toInt(),
             0);
}

void TstKillMatrix::survivesInTheMiddleOfARun()
{
    QFETCH(int, at);
    QFETCH(int, nth);
    QFETCH(QString, step);
    Scene scene(u"bulk"_s);
    QVERIFY(scene.listen());
    const auto seeded = scene.run(u"seed"_s);
    QVERIFY(seeded && !seeded->killed);
    const QStringList idsBefore{scene.credentialId(0), scene.credentialId(1)};
    scene.forgetRequests();

    const auto changed = scene.run(u"bulk"_s, static_cast<At>(at), nth);
    QVERIFY2(changed, "the run hangs");
    QVERIFY2(changed->killed, "it was not killed");
    const int kept =
        scene
            .value(u"SELECT count(*) FROM changes c JOIN key_versions v ON v.id = c.staged_version"
                   " WHERE c.run <> '' AND v.state IN ('staged', 'current')"_s)
            .toInt();
    if (scene.writes("DELETE", 0) + scene.writes("DELETE", 1) > 0)
        QVERIFY2(kept == 2, "something was sent before all rows were durable");
    const int prepared = scene.value(u"SELECT count(*) FROM changes WHERE phase = 'prepared'"_s).toInt();
    scene.forgetRequests();

    const auto recovered = scene.run(step);
    QVERIFY2(recovered && !recovered->killed, "the next start does not come to its end");
    const QString problem = recovered->result["problem"_L1].toString();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QCOMPARE(scene.value(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
    for (int row = 0; row < 2; ++row) {
        const QString phase =
            scene
                .value(u"SELECT phase FROM changes WHERE run <> '' AND instance_name = '%1'"_s.arg(
                    scene.instances().at(row)))
                .toString();
        if (scene.key(row) == NewKey)
            QVERIFY2(scene.keychainHas(NewKey), "the keys of the credential at the service are lost");
        if (phase.isEmpty() || phase == u"abandoned"_s)
            QCOMPARE(scene.credentialId(row), idsBefore.at(row));
        else if (step == u"resume"_s)
            QCOMPARE(scene.key(row), NewKey);
        if (step == u"giveup"_s)
            QCOMPARE(scene.writes("DELETE", row) + scene.writes("POST", row), 0);
    }
    if (step == u"resume"_s) {
        QCOMPARE(scene.value(u"SELECT count(*) FROM changes WHERE unfinished = 1"_s).toInt(), 0);
    } else {
        QCOMPARE(scene.value(u"SELECT count(*) FROM changes WHERE phase = 'prepared'"_s).toInt(), 0);
        QCOMPARE(scene.value(u"SELECT count(*) FROM changes WHERE phase = 'abandoned'"_s).toInt(), prepared);
    }
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstKillMatrix)
#include "tst_killmatrix.moc"
