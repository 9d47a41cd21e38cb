// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/planrunmodel.h"
#include "tests/items/records.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

using State = PlanRowState;

Plan threeDeletions()
{
    Plan plan;
    for (const QString &title : {u"One"_s, u"Two"_s, u"Three"_s}) {
        PlanRow row;
        row.action = PlanAction::Delete;
        row.title = title;
        row.profileName = u"Acme"_s;
        row.wanted.endpoint = u"us"_s;
        plan.rows << row;
    }
    return plan;
}

PlanRowResult result(int position, State state, const QString &changeId = {})
{
    PlanRowResult made;
    made.row = threeDeletions().rows.at(position);
    made.state = state;
    made.change.id = changeId;
    made.change.kind = ChangeKind::Delete;
    made.change.phase = ChangePhase::Deleted;
    return made;
}

struct Fixture
{
    Fixture() { model.begin(threeDeletions(), {0, 2}); }

    PlanRunModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

class TstPlanRunModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatWasAskedForIsShown()
    {
        const Fixture f;
        QCOMPARE(column(f.model, PlanRunModel::InstanceColumn), (QStringList{u"One"_s, u"Three"_s}));
        QCOMPARE(column(f.model, PlanRunModel::ProfileColumn), (QStringList{u"Acme · us"_s, u"Acme · us"_s}));
        QCOMPARE(f.model.index(1, 0).data(PlanRunModel::PositionRole).toInt(), 2);
        QCOMPARE(f.model.count(State::Waiting), 2);
        QCOMPARE(f.model.result().rows.at(1).state, State::LeftOut);
    }

    void aRowIsFollowedToItsEnd()
    {
        Fixture f;
        const QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        f.model.setRow(2, result(2, State::Running));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(f.model.ended(), 0);
        f.model.setRow(2, result(2, State::Running));   // Nothing is new.
        f.model.setRow(1, result(1, State::Succeeded)); // Not shown.
        f.model.setRow(7, result(2, State::Succeeded)); // Of another plan.
        QCOMPARE(changed.size(), 1);
        f.model.setRow(2, result(2, State::Succeeded, u"c"_s));
        QCOMPARE(f.model.ended(), 1);
        QCOMPARE(f.model.firstBad(), -1);
    }

    void theResultHasReasons()
    {
        Fixture f;
        PlanResult ended;
        ended.rows = {result(0, State::Moved), result(1, State::LeftOut), result(2, State::Failed)};
        ended.rows[0].note = u"Its credential is gone."_s;
        ended.rows[2].problem = Problem::of(Problem::Category::ServerError, u"No."_s, u"Later."_s);
        ended.runs = {u"run"_s};
        f.model.setResult(ended);
        QCOMPARE(f.model.result().runs, ended.runs);
        QCOMPARE(f.model.firstBad(), 0);
        QCOMPARE(column(f.model, PlanRunModel::ResultColumn),
                 (QStringList{u"Its credential is gone."_s, u"No."_s}));
        QCOMPARE(f.model.index(1, 0).data(PlanRunModel::ProblemRole).value<Problem>().caption, u"No."_s);
        const QString text = f.model.text({1});
        QCOMPARE(text.count(u'\n'), 2);
        QVERIFY(text.contains(u"Later."_s));
        QVERIFY(!text.contains(u"One"_s));
    }

    void whatIsFoundLaterCounts()
    {
        Fixture f;
        f.model.setRow(0, result(0, State::Succeeded, u"c"_s));
        Change found = result(0, State::Succeeded, u"c"_s).change;
        found.phase = ChangePhase::NotHealthy;
        found.problem = Problem::of(Problem::Category::ServerError, u"It is tainted."_s);
        f.model.follow(found);
        QCOMPARE(f.model.firstBad(), 0);
        QCOMPARE(f.model.index(0, PlanRunModel::ResultColumn).data().toString(), u"It is tainted."_s);
        found.id = u"another"_s;
        f.model.follow(found);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstPlanRunModel)
#include "tst_planrunmodel.moc"
