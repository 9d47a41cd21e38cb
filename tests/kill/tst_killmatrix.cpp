// SPDX-License-Identifier: GPL-3.0-or-later
// Kills a process in the middle of a change, before and after every durable step and every request (the
// service having done the work or not), starts the next one, and looks at what is left: one credential whose
// keys a row leads to, a sound history that tells every phase, and no gap that nobody knows of. The next one
// is killed in the same way, and then it is the third that has to bring it to an end.
//
// LATCHKEY_KILL_SAMPLE=N: how many cases of each test are tried, a random choice whose seed is printed; 0:
// all.
//
// LATCHKEY_KILL_SEED=N: the seed of an earlier run.
//
// LATCHKEY_KILL_PART=N/M: only the Nth of M parts of them.
#include "tests/kill/story.h"
#include "tests/kill/testimony.h"
#include "tests/support/testmain.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>
#include <random>

using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

struct Case
{
    QString story;
    Kill first;
    Command between; ///< Of the second process, where there are three; the killed one unless it is `again`.
    Kill second;
    QString step; ///< Of the last process.

    [[nodiscard]] QString firstName() const { return story + u", "_s + first.toText(); }
    [[nodiscard]] QString secondName() const
    {
        return u"%1, then %2, %3"_s.arg(firstName(), between.word, second.toText());
    }
    [[nodiscard]] QString name() const
    {
        return u"%1, then %2"_s.arg(between.word.isEmpty() ? firstName() : secondName(), step);
    }
};

/// The last process, and what it found.
struct Last
{
    QString step;
    Ended ended;
    QStringList idsAtRestart;
    /// What it was to finish, roll back or leave was the way back of the story's change.
    bool isWayBack = false;
};

} // namespace

Q_DECLARE_METATYPE(Case)

class TstKillMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survives_data();
    void survives();
    void survivesWhileKeysAreEntered_data();
    void survivesWhileKeysAreEntered();
    void survivesAHandover_data();
    void survivesAHandover();
    void survivesInTheMiddleOfARun_data();
    void survivesInTheMiddleOfARun();
    void survivesASecondKillOfARun_data();
    void survivesASecondKillOfARun();
    void survivesASecondKill_data();
    void survivesASecondKill();
    void survivesALaterChange_data();
    void survivesALaterChange();
    void survivesAKillOfALaterChange_data();
    void survivesAKillOfALaterChange();

private:
    /// Null (and a failed test) where it cannot be prepared.
    [[nodiscard]] Stage *stageOf(const QString &story);
    /// All that the change of the story can be killed at, with each step.
    [[nodiscard]] QList<Case> casesOf(const QString &story);
    /// Where a kill leaves most to decide.
    [[nodiscard]] QList<Case> turningPoints();
    /// Makes rows of a sample.
    static void addRows(QList<Case> cases, int sample);
    /// The last process, on the scene as it is.
    [[nodiscard]] static std::optional<Last> end(Stage &stage, const QString &step);
    /// Empty, or what is wrong with how it ended.
    [[nodiscard]] static QString wrongWith(Stage &stage, const Last &last);
    [[nodiscard]] static QString wrongWithRollBack(Stage &stage, const Last &last);
    /// Ends the run by `step`. Empty, or what is wrong with how it ended.
    [[nodiscard]] static QString wrongWithRun(Stage &stage, const QString &step);
    [[nodiscard]] static QStringList ids(Stage &stage);

    std::map<QString, std::unique_ptr<Stage>> m_stages;
};

Stage *TstKillMatrix::stageOf(const QString &story)
{
    std::unique_ptr<Stage> &stage = m_stages[story];
    if (!stage) {
        auto made = std::make_unique<Stage>(storyOf(story));
        const QString wrong = made->prepare();
        if (!wrong.isEmpty()) {
            QTest::qFail(qPrintable(story + u": "_s + wrong), __FILE__, __LINE__);
            return nullptr;
        }
        stage = std::move(made);
    }
    return stage.get();
}

QList<Case> TstKillMatrix::casesOf(const QString &story)
{
    QList<Case> cases;
    Stage *stage = stageOf(story);
    if (!stage)
        return cases;
    for (const Kill &kill : stage->kills()) {
        // The steps last, as they go on from the same kill.
        for (const QString &step : stage->story().steps)
            cases.append({story, kill, {}, {}, step});
    }
    return cases;
}

void TstKillMatrix::addRows(QList<Case> cases, int sample)
{
    QTest::addColumn<Case>("each");
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
    const QList<QByteArray> part = qgetenv("LATCHKEY_KILL_PART").split('/');
    if (part.size() == 2) {
        // Neighbours stay together: they go on from the same kill.
        const qsizetype nth = part.constFirst().toInt();
        const qsizetype parts = std::max(1, part.constLast().toInt());
        const qsizetype from = cases.size() * (nth - 1) / parts;
        cases = cases.mid(from, cases.size() * nth / parts - from);
    }
    qInfo("%lld of %lld cases, LATCHKEY_KILL_SEED=%u", static_cast<long long>(cases.size()),
          static_cast<long long>(all), seed);
    for (const Case &each : std::as_const(cases))
        QTest::newRow(qPrintable(each.name())) << each;
}

QStringList TstKillMatrix::ids(Stage &stage)
{
    QStringList ids;
    for (int nth = 0; nth < stage.story().instances.size(); ++nth)
        ids.append(stage.scene().credentialId(nth));
    return ids;
}

std::optional<Last> TstKillMatrix::end(Stage &stage, const QString &step)
{
    Last last;
    last.step = step;
    last.idsAtRestart = ids(stage);
    last.isWayBack = stage.scene()
                         .value(u"SELECT count(*) FROM changes b JOIN changes a ON a.id = b.undoes"
                                " WHERE b.unfinished = 1 AND a.phase = 'rolling_back'"_s)
                         .toInt() > 0;
    const auto ended = stage.scene().run({step, stage.story().change.key});
    if (!ended || ended->killed)
        return std::nullopt;
    last.ended = *ended;
    return last;
}

QString TstKillMatrix::wrongWith(Stage &stage, const Last &last)
{
    Scene &scene = stage.scene();
    const QString wrong = scene.wrongWith(last.ended, stage.idsBefore());
    if (!wrong.isEmpty())
        return wrong;
    const QString problem = last.ended.problem();
    const Testimony told(last.ended.result);
    // Where there is a way back, it stays.
    if (stage.story().isKnown && !told.isKept(scene.instances().constFirst(), Scene::OldKey))
        return u"the keys to go back to are lost"_s;
    if (last.step == u"leave"_s || last.ended.unfinished() == 0) {
        if (ids(stage) != last.idsAtRestart || scene.writes() > 0)
            return u"something was sent"_s;
        return told.open() > 0 ? u"something is unfinished"_s : problem;
    }
    if (last.step == u"rollback"_s)
        return wrongWithRollBack(stage, last);
    if (!problem.isEmpty())
        return problem;
    if (told.open() > 0)
        return u"something is unfinished"_s;
    // The way back ends where the change began.
    const QByteArray wanted = last.isWayBack ? stage.keyBefore() : stage.story().keyAfter;
    return scene.key() == wanted ? QString() : u"other keys are there: "_s + QString::fromUtf8(scene.key());
}

QString TstKillMatrix::wrongWithRollBack(Stage &stage, const Last &last)
{
    Scene &scene = stage.scene();
    const Testimony told(last.ended.result);
    const QString problem = last.ended.problem();
    if (!problem.isEmpty()) {
        // Only where the old one is gone and its keys were never known.
        const bool wasThere = !stage.idsBefore().constFirst().isEmpty();
        if (stage.story().isKnown || !wasThere || !problem.contains(u"not known here"_s))
            return problem;
        if (last.idsAtRestart == stage.idsBefore() || ids(stage) != last.idsAtRestart)
            return u"it was refused, but: "_s + problem;
        return told.open() == 1 ? QString() : u"it was refused, and is not listed any more"_s;
    }
    if (!last.isWayBack) {
        if (told.open() > 0)
            return u"something is unfinished"_s;
        return scene.key() == stage.keyBefore() ? QString() : u"other keys are there than before"_s;
    }
    // What the way back was to take back is there again, and where it had not ended it is listed.
    if (told.open() > 1)
        return u"more than one is unfinished"_s;
    if (scene.credentialId().isEmpty() && !stage.story().keyAfter.isEmpty())
        return told.open() == 1 ? QString() : u"the gap is not listed any more"_s;
    return scene.key() == stage.story().keyAfter ? QString()
                                                 : u"other keys are there than the change brought"_s;
}

void TstKillMatrix::survives_data()
{
    QList<Case> cases;
    for (const Story &story : allStories()) {
        if (story.steps.contains(u"finish"_s) && story.instances.size() == 1)
            cases += casesOf(story.name);
    }
    QVERIFY2(cases.size() > 100, "the changes have too few places to die at");
    addRows(cases, 16);
}

void TstKillMatrix::survives()
{
    QFETCH(const Case, each);
    Stage *stage = stageOf(each.story);
    QVERIFY(stage);
    QCOMPARE(stage->kill(each.first), QString());
    const auto last = end(*stage, each.step);
    QVERIFY2(last, "the next start does not come to its end");
    QCOMPARE(wrongWith(*stage, *last), QString());
}

void TstKillMatrix::survivesWhileKeysAreEntered_data()
{
    addRows(casesOf(u"adopt"_s), 3);
}

void TstKillMatrix::survivesWhileKeysAreEntered()
{
    QFETCH(const Case, each);
    Stage *stage = stageOf(each.story);
    QVERIFY(stage);
    QCOMPARE(stage->kill(each.first), QString());
    const auto last = end(*stage, each.step);
    QVERIFY2(last, "the next start does not come to its end");
    Scene &scene = stage->scene();
    QCOMPARE(last->ended.problem(), QString());
    QCOMPARE(scene.wrongWith(last->ended, stage->idsBefore()), QString());
    QCOMPARE(ids(*stage), stage->idsBefore());
    QCOMPARE(scene.writes(), 0);
    const QString &instance = scene.instances().constFirst();
    const Testimony told(last->ended.result);
    QCOMPARE(told.open(), 0);
    if (each.step == u"adopt"_s || told.lastPhase(instance) == u"adopted"_s)
        QVERIFY2(told.isCurrent(instance, Scene::OldKey, scene.credentialId()), "the entered keys are lost");
}

void TstKillMatrix::survivesAHandover_data()
{
    addRows(casesOf(u"copy"_s) + casesOf(u"move"_s), 5);
}

void TstKillMatrix::survivesAHandover()
{
    QFETCH(const Case, each);
    Stage *stage = stageOf(each.story);
    QVERIFY(stage);
    Scene &scene = stage->scene();
    const QString &from = scene.instances().constFirst();
    QCOMPARE(stage->kill(each.first), QString());
    const auto isSomewhere = [&scene] {
        return !scene.credentialId(0).isEmpty() || scene.key(1) == Scene::OldKey;
    };
    QVERIFY2(isSomewhere(), "it was deleted here before it was there");

    const auto last = end(*stage, each.step);
    QVERIFY2(last, "the next start does not come to its end");
    QCOMPARE(scene.wrongWith(last->ended, stage->idsBefore()), QString());
    QVERIFY2(isSomewhere(), "it is neither here nor there");
    const Testimony told(last->ended.result);
    QVERIFY2(told.isKept(from, Scene::OldKey), "the keys are lost");
    const QString problem = last->ended.problem();
    if (each.step == u"rollback"_s && !problem.isEmpty()) {
        // What the copy took the place of was never known here.
        QVERIFY2(each.story == u"copy"_s && problem.contains(u"not known here"_s), qPrintable(problem));
        QCOMPARE(ids(*stage), last->idsAtRestart);
        QCOMPARE(told.open(), 1);
        return;
    }
    QCOMPARE(problem, QString());
    QCOMPARE(told.open(), 0);
    if (each.step == u"leave"_s || last->ended.unfinished() == 0) {
        QCOMPARE(ids(*stage), last->idsAtRestart);
        QCOMPARE(scene.writes(), 0);
    } else if (each.step == u"finish"_s) {
        QCOMPARE(scene.key(1), Scene::OldKey);
        QCOMPARE(scene.credentialId(0).isEmpty(), told.knowsOfGap(from));
    } else {
        // Of the two changes, only the one that was interrupted is taken back.
        QCOMPARE(scene.key(0), Scene::OldKey);
    }
}

void TstKillMatrix::survivesInTheMiddleOfARun_data()
{
    const QList<Case> cases = casesOf(u"run"_s) + casesOf(u"run, two at once"_s);
    QVERIFY2(cases.size() > 200, "the run has too few places to die at");
    addRows(cases, 8);
}

void TstKillMatrix::survivesInTheMiddleOfARun()
{
    QFETCH(const Case, each);
    Stage *stage = stageOf(each.story);
    QVERIFY(stage);
    QCOMPARE(stage->kill(each.first), QString());
    const int kept =
        stage->scene()
            .value(u"SELECT count(*) FROM changes c JOIN key_versions v ON v.id = c.staged_version"
                   " WHERE c.run <> '' AND v.state IN ('staged', 'current')"_s)
            .toInt();
    if (ids(*stage) != stage->idsBefore())
        QVERIFY2(kept == 2, "something was sent before all rows were durable");
    QCOMPARE(wrongWithRun(*stage, each.step), QString());
}

void TstKillMatrix::survivesASecondKillOfARun_data()
{
    QList<Case> cases;
    Stage *stage = stageOf(u"run"_s);
    QVERIFY(stage);
    // One of its rows is begun, the other is not.
    const Kill first = stage->killAt(Kill::At::AfterWork, u"POST"_s);
    for (const QString &word : stage->story().steps) {
        const Command between{word};
        const QList<Kill> kills = stage->killsOf(between, first);
        QVERIFY2(!kills.isEmpty(), qPrintable(word));
        for (const Kill &kill : kills) {
            for (const QString &step : stage->story().steps)
                cases.append({u"run"_s, first, between, kill, step});
        }
    }
    addRows(cases, 5);
}

void TstKillMatrix::survivesASecondKillOfARun()
{
    QFETCH(const Case, each);
    Stage *stage = stageOf(each.story);
    QVERIFY(stage);
    QCOMPARE(stage->killAgain(each.first, each.between, each.second), QString());
    QCOMPARE(wrongWithRun(*stage, each.step), QString());
}

QString TstKillMatrix::wrongWithRun(Stage &stage, const QString &step)
{
    Scene &scene = stage.scene();
    const auto count = [&scene](const QString &where) {
        return scene.value(u"SELECT count(*) FROM changes WHERE "_s + where).toInt();
    };
    const int notBegun = count(u"phase IN ('prepared', 'abandoned')"_s);
    const int begun = count(u"unfinished = 1 AND phase <> 'prepared'"_s);
    const auto last = end(stage, step);
    if (!last)
        return u"the next start does not come to its end"_s;
    QString wrong = scene.wrongWith(last->ended, stage.idsBefore());
    if (wrong.isEmpty())
        wrong = last->ended.problem();
    if (!wrong.isEmpty())
        return wrong;
    const Testimony told(last->ended.result);
    for (int nth = 0; nth < scene.instances().size(); ++nth) {
        const QString phase = told.lastPhase(scene.instances().at(nth));
        const bool isAsBefore = scene.credentialId(nth) == stage.idsBefore().at(nth);
        if ((phase.isEmpty() || phase == u"abandoned"_s) && !isAsBefore)
            return u"what was not begun was changed"_s;
        if (phase == u"verified"_s && scene.key(nth) != Scene::NewKey)
            return u"it is said to be changed, and is not"_s;
    }
    if (step == u"resume"_s)
        return told.open() == 0 ? QString() : u"something is unfinished"_s;
    // What was begun waits as before, and can be finished.
    if (scene.writes() > 0 || ids(stage) != last->idsAtRestart)
        return u"something was sent"_s;
    if (count(u"phase = 'abandoned'"_s) != notBegun)
        return u"not all that was not begun is given up"_s;
    if (told.open() != begun)
        return u"what was begun is not listed any more"_s;
    const auto finished = end(stage, u"finish"_s);
    if (!finished)
        return u"the start after that does not come to its end"_s;
    wrong = scene.wrongWith(finished->ended, stage.idsBefore());
    if (!wrong.isEmpty())
        return wrong;
    return Testimony(finished->ended.result).open() == 0 ? finished->ended.problem()
                                                         : u"something cannot be finished"_s;
}

QList<Case> TstKillMatrix::turningPoints()
{
    using enum Kill::At;
    QList<Case> cases;
    const auto add = [&](const QString &story, Kill::At at, const QString &name) {
        Stage *stage = stageOf(story);
        if (stage)
            cases.append({story, stage->killAt(at, name), {}, {}, {}});
    };
    for (const QString &story : {u"create"_s, u"replace"_s}) {
        add(story, BeforeWork, u"POST"_s);
        add(story, AfterWork, u"POST"_s);
    }
    for (const QString &story : {u"replace"_s, u"roll back"_s})
        add(story, Place, u"phase deleted"_s);
    for (const Kill::At at : {BeforeWork, AfterWork})
        add(u"delete"_s, at, u"DELETE"_s);
    add(u"replace, watched"_s, AfterWork, u"POST"_s);
    return cases;
}

void TstKillMatrix::survivesASecondKill_data()
{
    QList<Case> cases;
    const QList<Case> beginnings = turningPoints();
    for (const Case &first : beginnings) {
        Stage *stage = stageOf(first.story);
        QVERIFY(stage);
        for (const QString &word : stage->story().steps) {
            const Command between{word};
            const QList<Kill> kills = stage->killsOf(between, first.first);
            QVERIFY2(!kills.isEmpty(), qPrintable(first.firstName() + u", then "_s + word));
            for (const Kill &kill : kills) {
                for (const QString &step : stage->story().steps)
                    cases.append({first.story, first.first, between, kill, step});
            }
        }
    }
    QVERIFY2(cases.size() > 500, "the next start has too few places to die at");
    addRows(cases, 10);
}

void TstKillMatrix::survivesASecondKill()
{
    QFETCH(const Case, each);
    Stage *stage = stageOf(each.story);
    QVERIFY(stage);
    QCOMPARE(stage->killAgain(each.first, each.between, each.second), QString());
    const auto last = end(*stage, each.step);
    QVERIFY2(last, "the third start does not come to its end");
    QCOMPARE(wrongWith(*stage, *last), QString());
    if (Testimony(last->ended.result).open() == 0 || !last->ended.problem().isEmpty())
        return;
    const auto finished = end(*stage, u"finish"_s);
    QVERIFY2(finished, "the start after that does not come to its end");
    QCOMPARE(wrongWith(*stage, *finished), QString());
}

void TstKillMatrix::survivesALaterChange_data()
{
    QList<Case> cases;
    QList<Case> beginnings = turningPoints();
    Stage *replace = stageOf(u"replace"_s);
    QVERIFY(replace);
    for (const Kill::At at : {Kill::At::BeforeWork, Kill::At::AfterWork})
        beginnings.append({u"replace"_s, replace->killAt(at, u"DELETE"_s), {}, {}, {}});
    beginnings.append({u"replace"_s, replace->killAt(Kill::At::Place, u"phase prepared"_s), {}, {}, {}});
    for (const Case &first : std::as_const(beginnings)) {
        for (const QString &step : stageOf(first.story)->story().steps)
            cases.append({first.story, first.first, {u"again"_s, Scene::ThirdKey}, {}, step});
    }
    addRows(cases, 4);
}

void TstKillMatrix::survivesALaterChange()
{
    QFETCH(const Case, each);
    Stage *stage = stageOf(each.story);
    QVERIFY(stage);
    Scene &scene = stage->scene();
    const QString &instance = scene.instances().constFirst();
    QCOMPARE(stage->kill(each.first), QString());
    const QStringList idsAtKill = ids(*stage);
    const auto later = scene.run(each.between);
    QVERIFY2(later && !later->killed, "the later change does not come to its end");
    QCOMPARE(scene.wrongWith(*later, stage->idsBefore()), QString());
    if (!later->problem().isEmpty()) {
        // It has to wait for the end of the other one.
        QCOMPARE(ids(*stage), idsAtKill);
        QCOMPARE(scene.writes(), 0);
        const auto last = end(*stage, each.step);
        QVERIFY2(last, "the third start does not come to its end");
        QCOMPARE(wrongWith(*stage, *last), QString());
        return;
    }
    QCOMPARE(scene.key(), Scene::ThirdKey);
    const QString id = scene.credentialId();
    scene.forgetRequests();

    // What is unfinished has nothing to do with that credential: it can at most be left.
    const auto last = end(*stage, each.step);
    QVERIFY2(last, "the third start does not come to its end");
    QCOMPARE(scene.wrongWith(last->ended, stage->idsBefore()), QString());
    QCOMPARE(scene.credentialId(), id);
    QCOMPARE(scene.writes(), 0);
    const Testimony told(last->ended.result);
    QVERIFY2(told.isCurrent(instance, Scene::ThirdKey, id), "it claimed the credential of the later change");
    if (each.step == u"leave"_s)
        QCOMPARE(told.open(), 0);
}

void TstKillMatrix::survivesAKillOfALaterChange_data()
{
    QList<Case> cases;
    Stage *stage = stageOf(u"replace, watched"_s);
    QVERIFY(stage);
    // Its credential is there, and nobody has looked at it yet.
    const Kill first = stage->killAt(Kill::At::Place, u"phase created"_s);
    const Command again{u"again"_s, Scene::ThirdKey};
    const QList<Kill> kills = stage->killsOf(again, first);
    QVERIFY2(!kills.isEmpty(), "the later change does not come to its end");
    for (const Kill &kill : kills) {
        for (const QString &step : stage->story().steps)
            cases.append({stage->story().name, first, again, kill, step});
    }
    addRows(cases, 4);
}

void TstKillMatrix::survivesAKillOfALaterChange()
{
    QFETCH(const Case, each);
    Stage *stage = stageOf(each.story);
    QVERIFY(stage);
    Scene &scene = stage->scene();
    QCOMPARE(stage->killAgain(each.first, each.between, each.second), QString());
    const auto last = end(*stage, each.step);
    QVERIFY2(last, "the third start does not come to its end");
    QCOMPARE(scene.wrongWith(last->ended, stage->idsBefore()), QString());
    QCOMPARE(Testimony(last->ended.result).open(), 0);
    // Where both are listed, only the later one can be gone on with, or taken back.
    if (each.step == u"leave"_s || last->ended.unfinished() == 0) {
        QCOMPARE(last->ended.problem(), QString());
        QCOMPARE(ids(*stage), last->idsAtRestart);
        QCOMPARE(scene.writes(), 0);
    } else {
        QCOMPARE(scene.key(), each.step == u"finish"_s ? Scene::ThirdKey : Scene::NewKey);
    }
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstKillMatrix)
#include "tst_killmatrix.moc"
