// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wording.h"
#include "models/items/bulkrunmodel.h"
#include "tests/items/records.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

using State = BulkRowState;

struct Fixture
{
    Fixture()
    {
        model.begin({record(1, u"Alpha"_s), record(2, u"Beta"_s), record(3, u"Gamma"_s)},
                    ChangeKind::Replace);
    }
    BulkRunModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] BulkRow row(int position, State state, ChangePhase phase = ChangePhase::Prepared) const
    {
        BulkRow made = model.rows().at(position);
        made.state = state;
        made.change.id = u"change-%1"_s.arg(position);
        made.change.phase = phase;
        return made;
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return model.index(row, column).data().toString();
    }
};

} // namespace

class TstBulkRunModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allWaitAtFirst()
    {
        const Fixture f;
        QCOMPARE(column(f.model, BulkRunModel::InstanceColumn),
                 (QStringList{u"Alpha"_s, u"Beta"_s, u"Gamma"_s}));
        QCOMPARE(f.model.count(State::Waiting), 3);
        QCOMPARE(f.model.ended(), 0);
        const QModelIndex first = f.model.index(0, 0);
        QCOMPARE(first.data(BulkRunModel::StateRole).toInt(), int(State::Waiting));
        QVERIFY(!first.data(BulkRunModel::PhaseRole).isValid());
        QVERIFY(!first.data(BulkRunModel::ProblemRole).isValid());
        QCOMPARE(first.data(BulkRunModel::AddressRole).value<InstanceAddress>().instanceId, u"id-1"_s);
        QCOMPARE(first.data(Qt::AccessibleTextRole).toString(), u"Instance: Alpha"_s);
    }

    void eachRowSaysHowFarItIs()
    {
        Fixture f;
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        f.model.setRow(f.row(1, State::Running, ChangePhase::Creating));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().row(), 1);
        QCOMPARE(f.cell(1, BulkRunModel::ResultColumn), wording::phaseLabel(ChangePhase::Creating));
        QCOMPARE(f.model.index(1, 0).data(BulkRunModel::PhaseRole).toInt(), int(ChangePhase::Creating));
        f.model.setRow(f.row(1, State::Running, ChangePhase::Creating));
        QCOMPARE(changed.count(), 1);

        BulkRow failed = f.row(0, State::Failed, ChangePhase::Deleted);
        failed.problem = Problem::of(Problem::Category::ServerError, u"Konnect failed."_s, u"It said 500."_s);
        failed.problem->traceId = u"kong:trace:1"_s;
        f.model.setRows(
            {failed, f.row(1, State::Succeeded, ChangePhase::Verified), f.row(2, State::NotStarted)});
        QCOMPARE(f.cell(0, BulkRunModel::ResultColumn), u"Konnect failed."_s);
        QVERIFY(f.model.index(0, BulkRunModel::ResultColumn)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(u"kong:trace:1"_s));
        QCOMPARE(f.model.index(0, 0).data(BulkRunModel::ProblemRole).value<Problem>(), *failed.problem);
        QCOMPARE(f.cell(1, BulkRunModel::ResultColumn), wording::phaseLabel(ChangePhase::Verified));
        QCOMPARE(f.model.ended(), 3);
        QStringList states = column(f.model, BulkRunModel::StateColumn);
        QCOMPARE(states.removeDuplicates(), 0);
        QVERIFY(!states.contains(QString()));
    }

    void otherRowsAreIgnored()
    {
        Fixture f;
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        BulkRow other = f.row(0, State::Succeeded, ChangePhase::Verified);
        other.address.instanceId = u"id-9"_s;
        f.model.setRow(other);
        other = f.row(0, State::Succeeded, ChangePhase::Verified);
        other.position = 3;
        f.model.setRow(other);
        other.position = -1;
        f.model.setRow(other);
        QVERIFY(changed.isEmpty());
    }

    void whatIsFoundLaterIsShown()
    {
        Fixture f;
        f.model.setRows({f.row(0, State::Succeeded, ChangePhase::Created),
                         f.row(1, State::Succeeded, ChangePhase::Created)});
        Change verified = f.model.rows().at(0).change;
        verified.phase = ChangePhase::Verified;
        f.model.follow(verified);
        QCOMPARE(f.model.rows().at(0).state, State::Succeeded);
        QCOMPARE(f.cell(0, BulkRunModel::ResultColumn), wording::phaseLabel(ChangePhase::Verified));
        Change tainted = f.model.rows().at(1).change;
        tainted.phase = ChangePhase::NotHealthy;
        f.model.follow(tainted);
        QCOMPARE(f.model.rows().at(1).state, State::Failed);
        QCOMPARE(f.cell(1, BulkRunModel::ResultColumn), wording::phaseLabel(ChangePhase::NotHealthy));
        // A change of another run, or of none.
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        tainted.id = u"somebody"_s;
        f.model.follow(tainted);
        f.model.follow(Change());
        QVERIFY(changed.isEmpty());
    }

    void theResultIsTextThatCanBePasted()
    {
        Fixture f;
        BulkRow failed = f.row(0, State::Failed, ChangePhase::Deleted);
        failed.problem =
            Problem::of(Problem::Category::ServerError, u"Konnect\tfailed."_s, u"It said\n500."_s);
        f.model.setRow(failed);
        const QStringList lines = f.model.text().split(u'\n');
        QCOMPARE(lines.size(), 5); // The headings, three rows, and the end of the last line.
        QVERIFY(lines.last().isEmpty());
        for (const QString &line : lines.first(4))
            QCOMPARE(line.count(u'\t'), 2);
        QVERIFY(lines.at(1).startsWith(u"Alpha\t"_s));
        QVERIFY(lines.at(1).contains(u"It said 500."_s));
    }

    void aNewRunBeginsAnew()
    {
        Fixture f;
        f.model.setRow(f.row(0, State::Succeeded, ChangePhase::Verified));
        f.model.begin({record(4, u"Delta"_s)}, ChangeKind::Delete);
        QCOMPARE(f.model.rowCount(), 1);
        QCOMPARE(f.model.rows().first().kind, ChangeKind::Delete);
        QCOMPARE(f.model.count(State::Waiting), 1);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstBulkRunModel)
#include "tst_bulkrunmodel.moc"
