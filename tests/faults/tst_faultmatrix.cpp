// SPDX-License-Identifier: GPL-3.0-or-later
// Each fault of the wire, the keychain and the database, at each place of each kind of change. Every run ends
// in a named state, the keys of the old or of the new version are never gone, the service sees each journaled
// attempt once; and the next start, in a healthy world, ends what is left.
//
// LATCHKEY_FAULT_SAMPLE: how many of all cases are tried (a random choice, whose seed is printed); 0 for all.
// LATCHKEY_FAULT_SEED: the seed of an earlier run.
// LATCHKEY_FAULT_PART: e.g. 2/8, for the second of eight processes that share the cases.
#include "models/core/unfinishedchange.h"
#include "models/storage/sqlvalues.h"
#include "tests/faults/diskfault.h"
#include "tests/faults/scene.h"
#include "tests/support/await.h"
#include "tests/support/temporarydatabase.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cerrno>
#include <random>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

struct Case
{
    Scene::Kind kind = Scene::Kind::Create;
    Fault fault;
    int nth = 0;
    Place place;
    [[nodiscard]] QString name() const
    {
        return u"%1: %2 at place %3, %4"_s.arg(sceneWord(kind), fault.name, QString::number(nth), place.name);
    }
    [[nodiscard]] bool isDelete() const { return kind == Scene::Kind::Delete; }
    /// There are such keys.
    [[nodiscard]] bool makesSense() const
    {
        const bool hasOld = kind != Scene::Kind::Create && kind != Scene::Kind::ReplaceUnknown;
        return fault.what == Fault::What::LosesOld   ? hasOld
               : fault.what == Fault::What::LosesNew ? !isDelete()
                                                     : true;
    }
    /// The fault itself takes these keys away.
    [[nodiscard]] bool loses(const QByteArray &key) const
    {
        const QByteArray old = kind == Scene::Kind::RollBack ? Scene::NewKey : Scene::OldKey;
        return (fault.what == Fault::What::LosesOld && key == old) ||
               (fault.what == Fault::What::LosesNew && key != old);
    }
};

int numberFrom(const char *variable, int otherwise)
{
    bool given = false;
    const int number = qEnvironmentVariableIntValue(variable, &given);
    return given ? number : otherwise;
}

/// Those of this process.
void keepPart(QList<Case> &cases)
{
    const QList<QByteArray> part = qgetenv("LATCHKEY_FAULT_PART").split('/');
    if (part.size() != 2)
        return;
    const int nth = part.constFirst().toInt() - 1;
    const int parts = part.constLast().toInt();
    QList<Case> mine;
    for (int index = nth; index < cases.size(); index += parts)
        mine.append(cases.at(index));
    cases.swap(mine);
}

} // namespace

class TstFaultMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void feelsTheDisk_data();
    void feelsTheDisk();
    void startsOrSaysWhyNot_data();
    void startsOrSaysWhyNot();
    void survives_data();
    void survives();

private:
    [[nodiscard]] static QList<Case> allCases();
    void checkAnswer(Scene &scene, const Case &each, const Outcome<Change> &answer, const QString &idBefore);
    void checkChange(Scene &scene, const Case &each, const Change &change, const QString &idBefore);
    void checkFiles(Scene &scene, const Case &each);
    void checkKeys(Scene &scene, const Case &each, const Outcome<Change> &answer);
    void finishAll(Scene &scene, const Case &each);

    QList<Case> m_cases;
};

void TstFaultMatrix::initTestCase()
{
    QVERIFY2(DiskFault::install(), "this SQLite does not let its system calls fail");
}

void TstFaultMatrix::feelsTheDisk_data()
{
    QTest::addColumn<int>("systemError");
    QTest::addColumn<Problem::Category>("category");
    QTest::newRow("full") << ENOSPC << Problem::Category::StorageFull;
    QTest::newRow("broken") << EIO << Problem::Category::StorageFailed;
    QTest::newRow("read-only") << EROFS << Problem::Category::StorageFailed;
}

/// Else the cases below would prove nothing.
void TstFaultMatrix::feelsTheDisk()
{
    QFETCH(int, systemError);
    QFETCH(Problem::Category, category);
    TemporaryDatabase database;
    const std::function<Done(QSqlDatabase &)> write = [](QSqlDatabase &there) {
        return sql::execute(there, u"INSERT OR REPLACE INTO settings VALUES ('a', 'b')"_s);
    };
    QVERIFY(await(database->run<void>(write))->ok());
    DiskFault::begin(systemError);
    const auto refused = await(database->run<void>(write));
    DiskFault::end();
    QVERIFY(refused && !refused->ok());
    QCOMPARE(refused->problem().category, category);
    QVERIFY(await(database->run<void>(write))->ok());
}

void TstFaultMatrix::startsOrSaysWhyNot_data()
{
    QTest::addColumn<int>("index");
    const QList<Fault> faults = storageFaults();
    for (int index = 0; index < faults.size(); ++index)
        QTest::newRow(qPrintable(faults.at(index).name)) << index;
}

void TstFaultMatrix::startsOrSaysWhyNot()
{
    QFETCH(int, index);
    Case each;
    each.kind = Scene::Kind::Replace;
    each.fault = storageFaults().at(index);
    Scene scene(each.kind);
    QVERIFY(scene.prepare());
    const auto opened = scene.start(each.fault);
    QVERIFY(opened);
    QVERIFY(opened->ok() || !opened->problem().caption.isEmpty());
    QVERIFY(scene.restart());
    checkFiles(scene, each);
    if (!QTest::currentTestFailed())
        checkKeys(scene, each, Problem());
}

QList<Case> TstFaultMatrix::allCases()
{
    QList<Case> cases;
    const QList<Fault> faults = allFaults();
    for (const Scene::Kind kind : {Scene::Kind::Create, Scene::Kind::Replace, Scene::Kind::ReplaceUnknown,
                                   Scene::Kind::Delete, Scene::Kind::RollBack}) {
        Scene whole(kind);
        if (!whole.prepare())
            return {};
        const auto answer = whole.change();
        if (!answer || !answer->ok() || answer->value().problem || whole.key() != whole.keyAfter())
            return {};
        const QList<Place> places = whole.places();
        for (int nth = 1; nth <= places.size(); ++nth) {
            for (const Fault &fault : faults) {
                const Case each{kind, fault, nth, places.at(nth - 1)};
                if (fault.canBeginAt(each.place) && each.makesSense())
                    cases.append(each);
            }
        }
    }
    return cases;
}

void TstFaultMatrix::survives_data()
{
    QTest::addColumn<int>("index");
    m_cases = allCases();
    const auto all = static_cast<int>(m_cases.size());
    QVERIFY2(all > 1000, "the undisturbed changes do not end as they should");
    keepPart(m_cases);
    const auto seed = static_cast<unsigned>(
        numberFrom("LATCHKEY_FAULT_SEED", static_cast<int>(QRandomGenerator::system()->generate() >> 1)));
    const int sample = numberFrom("LATCHKEY_FAULT_SAMPLE", 20);
    if (sample > 0) {
        std::mt19937 random(seed);
        std::shuffle(m_cases.begin(), m_cases.end(), random);
        m_cases.resize(std::min<qsizetype>(sample, m_cases.size()));
    }
    qInfo("%d of %d cases, LATCHKEY_FAULT_SEED=%u, %s", static_cast<int>(m_cases.size()), all, seed,
          qEnvironmentVariableIsSet("LATCHKEY_SMALL_DISK") ? "a disk that is really full"
                                                           : "a disk that says it is full");
    for (int index = 0; index < m_cases.size(); ++index)
        QTest::newRow(qPrintable(m_cases.at(index).name())) << index;
}

void TstFaultMatrix::survives()
{
    QFETCH(int, index);
    const Case each = m_cases.at(index);
    Scene scene(each.kind);
    QVERIFY(scene.prepare());
    const QString idBefore = scene.credentialId();

    const auto answer = scene.change(each.fault, each.nth);
    QVERIFY2(answer, "the change never answers");
    QVERIFY2(scene.places().size() >= each.nth, "the place was not reached");
    checkAnswer(scene, each, *answer, idBefore);
    if (QTest::currentTestFailed())
        return;

    QVERIFY(scene.restart());
    checkFiles(scene, each);
    if (!QTest::currentTestFailed())
        checkKeys(scene, each, *answer);
    if (!QTest::currentTestFailed())
        finishAll(scene, each);
    if (!QTest::currentTestFailed())
        checkKeys(scene, each, *answer);
    if (!QTest::currentTestFailed())
        checkFiles(scene, each);
}

void TstFaultMatrix::checkAnswer(Scene &scene, const Case &each, const Outcome<Change> &answer,
                                 const QString &idBefore)
{
    const int posts = scene.writes("POST");
    const int deletes = scene.writes("DELETE");
    QVERIFY(deletes <= scene.attempts(ChangePhase::Deleting));
    QVERIFY(posts <= scene.attempts(ChangePhase::Creating));
    if (answer) {
        checkChange(scene, each, answer.value(), idBefore);
        return;
    }
    QVERIFY(!answer.problem().caption.isEmpty());
    QCOMPARE(posts + deletes, 0);
    QCOMPARE(scene.credentialId(), idBefore);
}

void TstFaultMatrix::checkChange(Scene &scene, const Case &each, const Change &change,
                                 const QString &idBefore)
{
    using Phase = ChangePhase;
    const QString id = scene.credentialId();
    QVERIFY(scene.writes("POST") <= change.postAttempts);
    const bool goodEnd = change.phase == (each.isDelete() ? Phase::Deleted : Phase::Verified);
    QVERIFY2(goodEnd || change.problem, "it says nothing of what went wrong");
    // That a credential is not there, Konnect says with this status; it is believed.
    const bool isLiedTo = each.fault.what == Fault::What::Wire && each.fault.wire.status == 404 &&
                          each.fault.wire.action == DemoFault::Action::Status;
    switch (change.phase) {
    case Phase::Abandoned:
        QCOMPARE(id, idBefore);
        break;
    case Phase::Verified:
    case Phase::Created:
        QVERIFY(!each.isDelete());
        QCOMPARE(change.newCredentialId, id);
        QCOMPARE(scene.key(), scene.keyAfter());
        break;
    case Phase::Deleted:
        QVERIFY2(id.isEmpty() || isLiedTo, "what is said to be deleted is there");
        break;
    case Phase::Deleting:
    case Phase::Creating:
        break;
    default:
        QFAIL(qPrintable(u"it ended as "_s + changePhaseWord(change.phase)));
    }
}

void TstFaultMatrix::checkFiles(Scene &scene, const Case &each)
{
    QCOMPARE(scene.value(u"PRAGMA integrity_check"_s), u"ok"_s);
    const auto report = await(scene.stack().history.verify());
    QVERIFY(report && report->ok());
    const HistoryReport history = report->value();
    QVERIFY(history.damaged.isEmpty());
    QVERIFY(history.missing.isEmpty());
    if (each.fault.losesTheDatabase())
        QVERIFY2(!history.isSound() || !scene.keychainKnowsRows(), "it does not say what is wrong");
    else if (each.fault.isOfKeychain())
        QVERIFY2(history.isSound() || !history.toText().isEmpty(), "it does not say what is wrong");
    else
        QVERIFY2(history.isSound(), qPrintable(history.toText()));
}

/// At any time after the fault: whatever the service has, its keys are kept here, and there is a way on or
/// back.
void TstFaultMatrix::checkKeys(Scene &scene, const Case &each, const Outcome<Change> &answer)
{
    const QByteArray present = scene.key();
    if (each.fault.losesTheDatabase()) { // The entries are there, and rows can be made from them.
        const auto rescued = await(scene.stack().vault.rescue());
        QVERIFY(rescued && rescued->ok());
    }
    if (Scene::isOurs(present) && !each.loses(present))
        QVERIFY2(scene.isKept(present), "the keys of the credential at the service are lost");
    const QByteArray old = scene.keyBefore();
    if (Scene::isOurs(old) && !each.loses(old))
        QVERIFY2(scene.isKept(old), "the old keys are lost");
    const bool isUnderWay = answer && answer.value().phase != ChangePhase::Abandoned && !each.isDelete();
    if (isUnderWay && !each.loses(scene.keyAfter()))
        QVERIFY2(scene.isKept(scene.keyAfter()), "the new keys are lost");
}

void TstFaultMatrix::finishAll(Scene &scene, const Case &each)
{
    Stack &stack = scene.stack();
    const auto examined = await(stack.recovery.examine());
    QVERIFY(examined && examined->ok());
    const QList<UnfinishedChange> unfinished = examined->value();
    if (unfinished.isEmpty()) {
        // Then it is as before or done; only a database that is gone can have forgotten the gap between.
        const bool isEither = scene.key() == scene.keyBefore() || scene.key() == scene.keyAfter();
        QVERIFY2(isEither || each.fault.losesTheDatabase(), "a gap that nobody knows of");
    }
    for (const UnfinishedChange &left : unfinished) {
        QVERIFY2(left.standing != Standing::Other, "its own credential is taken for somebody else's");
        const RecoveryOffer offer = left.offer(RecoveryStep::Finish);
        QVERIFY2(offer.possible, qPrintable(offer.text));
        const auto finished =
            await(stack.changes.finish(left.change.id, offer.needsKeys ? scene.typedKeys() : HeaderKeys()));
        QVERIFY(finished);
        QVERIFY2(*finished, finished->ok() ? "" : qPrintable(finished->problem().toText()));
        const Change change = finished->value();
        QVERIFY2(!change.problem, change.problem ? qPrintable(change.problem->toText()) : "");
        QCOMPARE(change.phase, each.isDelete() ? ChangePhase::Deleted : ChangePhase::Verified);
        QCOMPARE(scene.key(), scene.keyAfter());
    }
    QVERIFY(scene.writes("DELETE") <= 1);
    QVERIFY(scene.writes("POST") <= 1);
    const auto rest = await(stack.changes.unfinished());
    QVERIFY(rest && rest->ok());
    QVERIFY(rest->value().isEmpty());
    // What was made last is what counts as current.
    if (scene.key() == scene.keyAfter() && !each.isDelete() && !each.fault.losesTheDatabase()) {
        const bool kept = scene.isKept(scene.keyAfter());
        QVERIFY2(kept || each.loses(scene.keyAfter()), "the present keys are lost");
        const auto current = stack.vault.current(scene.address());
        QVERIFY2(current.has_value() == kept, kept ? "no keys count as the present ones"
                                                   : "keys that somebody removed count as the present ones");
        if (current)
            QCOMPARE(current->credentialId, scene.credentialId());
    }
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstFaultMatrix)
#include "tst_faultmatrix.moc"
