// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/planmodel.h"
#include "tests/items/records.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QSignalSpy>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

PlannedHeader header(const QString &name, KeyComparison comparison, bool isGiven = true,
                     const QString &variable = {})
{
    PlannedHeader made;
    made.name = name;
    made.comparison = comparison;
    made.isGiven = isGiven;
    if (!variable.isEmpty())
        made.source = {KeySource::Kind::Environment, variable};
    return made;
}

PlanRow row(PlanAction action, const QString &title)
{
    PlanRow made;
    made.action = action;
    made.title = title;
    made.profileName = u"Acme"_s;
    made.wanted.name = title.toLower();
    made.address = {u"p1"_s, u"https://eu.api.konghq.com:443"_s, u"id-"_s + made.wanted.name};
    made.wayBack = true;
    made.headers = {header(u"DD-API-KEY"_s, KeyComparison::Changed)};
    if (action == PlanAction::Blocked)
        made.reason = u"It is not there. Create it in Konnect."_s;
    return made;
}

/// Each action once, not in the order in which they are read.
Plan everyAction()
{
    Plan plan;
    plan.rows = {row(PlanAction::Keep, u"Kept"_s),         row(PlanAction::Create, u"Created"_s),
                 row(PlanAction::Delete, u"Deleted"_s),    row(PlanAction::Blocked, u"Blocked"_s),
                 row(PlanAction::Replace, u"Replaced"_s),  row(PlanAction::Adopt, u"Adopted"_s),
                 row(PlanAction::Replace, u"Replaced 2"_s)};
    return plan;
}

struct Fixture
{
    explicit Fixture(const Plan &plan = everyAction()) { model.setPlan(plan); }

    PlanModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] int rowOf(const QString &title) const
    {
        return int(column(model, PlanModel::InstanceColumn).indexOf(title));
    }
    [[nodiscard]] QModelIndex at(const QString &title, int column) const
    {
        return model.index(rowOf(title), column);
    }
    [[nodiscard]] QVariant box(const QString &title) const
    {
        return at(title, PlanModel::TickColumn).data(Qt::CheckStateRole);
    }
    bool tick(const QString &title, bool ticked)
    {
        return model.setData(at(title, PlanModel::TickColumn), ticked ? Qt::Checked : Qt::Unchecked,
                             Qt::CheckStateRole);
    }
};

Plan planOf(const PlanRow &row)
{
    Plan plan;
    plan.rows = {row};
    return plan;
}

} // namespace

class TstPlanModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWorstComesFirst()
    {
        const Fixture f;
        QCOMPARE(column(f.model, PlanModel::InstanceColumn),
                 (QStringList{u"Blocked"_s, u"Deleted"_s, u"Replaced"_s, u"Replaced 2"_s, u"Created"_s,
                              u"Adopted"_s, u"Kept"_s}));
        QCOMPARE(f.at(u"Deleted"_s, 0).data(PlanModel::PositionRole).toInt(), 2);
        QCOMPARE(f.at(u"Deleted"_s, 0).data(PlanModel::ActionRole).toInt(), int(PlanAction::Delete));
        QStringList actions = column(f.model, PlanModel::ActionColumn);
        QCOMPARE(actions.removeDuplicates(), 1);
        QVERIFY(!actions.contains(QString()));
    }

    void aRenewedPlanKeepsTheTicksOfWhatMeansTheSame()
    {
        Fixture f;
        QVERIFY(f.tick(u"Created"_s, false));
        QVERIFY(f.tick(u"Deleted"_s, true));
        Plan renewed = everyAction();
        std::reverse(renewed.rows.begin(), renewed.rows.end());
        for (PlanRow &each : renewed.rows) {
            if (each.title == "Replaced"_L1)
                each.wayBack = false;
        }
        f.model.renew(renewed);
        QCOMPARE(f.box(u"Created"_s).toInt(), int(Qt::Unchecked));
        QCOMPARE(f.box(u"Deleted"_s).toInt(), int(Qt::Checked));
        QCOMPARE(f.box(u"Replaced 2"_s).toInt(), int(Qt::Checked));
        // It would take something away by now: that was not ticked.
        QCOMPARE(f.box(u"Replaced"_s).toInt(), int(Qt::Unchecked));
        f.model.setPlan(everyAction());
        QCOMPARE(f.box(u"Created"_s).toInt(), int(Qt::Checked));
    }

    void onlyWorkHasABox()
    {
        Fixture f;
        QVERIFY(!f.box(u"Blocked"_s).isValid());
        QVERIFY(!f.box(u"Kept"_s).isValid());
        QVERIFY(!f.tick(u"Blocked"_s, true));
        QVERIFY(!f.tick(u"Kept"_s, true));
        QVERIFY(!f.at(u"Kept"_s, 0).flags().testFlag(Qt::ItemIsUserCheckable));
        QVERIFY(f.at(u"Created"_s, 0).flags().testFlag(Qt::ItemIsUserCheckable));
        QVERIFY(!f.at(u"Created"_s, 1).flags().testFlag(Qt::ItemIsUserCheckable));
        // Blocked rows can be read like all others.
        QVERIFY(f.at(u"Blocked"_s, 1).flags().testFlag(Qt::ItemIsEnabled));

        PlanRow records = row(PlanAction::Keep, u"Recorded"_s);
        records.recordsExpiry = true;
        QCOMPARE(Fixture(planOf(records)).box(u"Recorded"_s).toInt(), int(Qt::Checked));
        PlanRow protects = row(PlanAction::Keep, u"Protected"_s);
        protects.protects = true;
        QCOMPARE(Fixture(planOf(protects)).box(u"Protected"_s).toInt(), int(Qt::Checked));
        // Not even what is recorded, where the rest cannot be done.
        PlanRow blocked = row(PlanAction::Blocked, u"Blocked"_s);
        blocked.recordsExpiry = true;
        QVERIFY(!Fixture(planOf(blocked)).box(u"Blocked"_s).isValid());
    }

    void whatCannotBeTakenBackIsNotTickedByItself()
    {
        Fixture f;
        QCOMPARE(f.box(u"Deleted"_s).toInt(), int(Qt::Unchecked));
        QCOMPARE(f.box(u"Replaced"_s).toInt(), int(Qt::Checked));
        PlanRow lost = row(PlanAction::Replace, u"Lost"_s);
        lost.wayBack = false;
        const Fixture g(planOf(lost));
        QCOMPARE(g.box(u"Lost"_s).toInt(), int(Qt::Unchecked));
        QVERIFY(g.model.sentence(0).contains(u"no way back"_s));
        QVERIFY(!f.model.sentence(f.rowOf(u"Replaced"_s)).contains(u"no way back"_s));
    }

    void aVariableIsReadOnlyWhereTheUserTicksIt()
    {
        PlanRow reads = row(PlanAction::Create, u"Reads"_s);
        reads.headers = {header(u"DD-API-KEY"_s, KeyComparison::NotKnown, false, u"HOME"_s),
                         header(u"DD-APPLICATION-KEY"_s, KeyComparison::NotKnown, false, u"HOME"_s)};
        Plan plan = planOf(reads);
        PlanRow allowed = reads;
        allowed.title = u"Allowed"_s;
        for (PlannedHeader &each : allowed.headers)
            each.isGiven = true;
        plan.rows << allowed;
        Fixture f(plan);
        QCOMPARE(f.box(u"Reads"_s).toInt(), int(Qt::Unchecked));
        QCOMPARE(f.box(u"Allowed"_s).toInt(), int(Qt::Checked));
        QVERIFY(f.at(u"Reads"_s, PlanModel::OtherColumn).data().toString().contains(u"HOME"_s));
    }

    void tickingIsTold()
    {
        Fixture f;
        QCOMPARE(f.model.ticked(), (QList<int>{1, 4, 5, 6}));
        QCOMPARE(f.model.countTicked(PlanAction::Replace), 2);
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        QSignalSpy told(&f.model, &PlanModel::tickedChanged);
        QVERIFY(f.tick(u"Deleted"_s, true));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(told.count(), 1);
        QCOMPARE(f.model.ticked(), (QList<int>{1, 2, 4, 5, 6}));
        // Once more says nothing new.
        QVERIFY(f.tick(u"Deleted"_s, true));
        QCOMPARE(told.count(), 1);
        QVERIFY(f.tick(u"Deleted"_s, false));
        QVERIFY(!f.model.setData(f.at(u"Deleted"_s, 1), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(!f.model.setData(f.at(u"Deleted"_s, 0), u"text"_s, Qt::EditRole));
        QCOMPARE(f.model.countTicked(PlanAction::Delete), 0);

        f.model.setAllTicked(true);
        QCOMPARE(f.model.ticked(), (QList<int>{1, 2, 4, 5, 6}));
        f.model.setAllTicked(false);
        QVERIFY(f.model.ticked().isEmpty());
        told.clear();
        f.model.setAllTicked(false);
        QVERIFY(told.isEmpty());
    }

    void eachHeaderSaysWhatItsKeyIs()
    {
        PlanRow three = row(PlanAction::Replace, u"Three"_s);
        three.headers = {header(u"A"_s, KeyComparison::Same), header(u"B"_s, KeyComparison::Changed),
                         header(u"C"_s, KeyComparison::NotKnown)};
        const Fixture f(planOf(three));
        QCOMPARE(f.at(u"Three"_s, PlanModel::HeadersColumn).data().toString(),
                 u"A: same, B: changed, C: not known"_s);
        PlanRow role = row(PlanAction::Create, u"Role"_s);
        role.headers.clear();
        role.wanted.wish = ConfiguredInstance::Wish::Present;
        role.wanted.credential.type = CredentialType::AwsRole;
        role.wanted.credential.roleArn = u"arn:aws:iam::123456789012:role/konnect"_s;
        const Fixture g(planOf(role));
        QCOMPARE(g.at(u"Role"_s, PlanModel::HeadersColumn).data().toString(), role.wanted.credential.roleArn);
    }

    void whatTheUserSetStaysSo()
    {
        const auto planned = [](bool isRead) {
            Plan plan = everyAction();
            for (PlanRow &each : plan.rows) {
                each.headers = {header(u"DD-API-KEY"_s, KeyComparison::NotKnown, isRead, u"HOME"_s)};
                if (each.title == "Replaced 2"_L1)
                    each.wayBack = false;
            }
            return plan;
        };
        Fixture f(planned(false));
        QVERIFY(f.tick(u"Created"_s, true));
        QVERIFY(f.tick(u"Created"_s, false));
        QVERIFY(f.tick(u"Replaced 2"_s, true));
        f.model.renew(planned(true)); // The user allowed the variable.
        QCOMPARE(f.box(u"Created"_s).toInt(), int(Qt::Unchecked));
        QCOMPARE(f.box(u"Replaced 2"_s).toInt(), int(Qt::Checked));
        QCOMPARE(f.box(u"Replaced"_s).toInt(), int(Qt::Checked)); // Nobody touched it.
        f.model.setAllTicked(false);
        f.model.renew(planned(false));
        f.model.renew(planned(true));
        QVERIFY(f.model.ticked().isEmpty());
        // What takes away more than it did is not what was ticked.
        QVERIFY(f.tick(u"Replaced"_s, true));
        Plan worse = planned(true);
        for (PlanRow &each : worse.rows)
            each.wayBack = false;
        f.model.renew(worse);
        QCOMPARE(f.box(u"Replaced"_s).toInt(), int(Qt::Unchecked));
    }

    void keysThatLackAreSaid()
    {
        PlanRow lacks = row(PlanAction::Create, u"Lacks"_s);
        lacks.headers = {header(u"A"_s, KeyComparison::NotKnown, false),
                         header(u"B"_s, KeyComparison::NotKnown, false)};
        const Fixture f(planOf(lacks));
        QVERIFY(f.model.sentence(0).contains(u"A, B"_s));
    }

    void aScreenReaderHearsSentences()
    {
        Fixture f;
        QStringList sentences;
        for (int i = 0; i < f.model.rowCount(); ++i) {
            const QString sentence = f.model.index(i, 0).data(Qt::AccessibleDescriptionRole).toString();
            QCOMPARE(sentence, f.model.sentence(i));
            QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
            QVERIFY(sentence.contains(column(f.model, PlanModel::InstanceColumn).at(i)));
            sentences << sentence;
        }
        QCOMPARE(sentences.removeDuplicates(), 0);
        QVERIFY(sentences.first().contains(u"Create it in Konnect"_s));
        QVERIFY(f.model.sentence(-1).isEmpty() && f.model.sentence(f.model.rowCount()).isEmpty());
        QCOMPARE(f.at(u"Created"_s, PlanModel::TickColumn).data(Qt::AccessibleTextRole).toString(),
                 u"Apply: yes"_s);
        QCOMPARE(f.at(u"Deleted"_s, PlanModel::TickColumn).data(Qt::AccessibleTextRole).toString(),
                 u"Apply: no"_s);
        QCOMPARE(f.at(u"Kept"_s, PlanModel::TickColumn).data(Qt::AccessibleTextRole).toString(),
                 u"Apply: cannot be chosen"_s);
        QCOMPARE(f.at(u"Created"_s, PlanModel::ActionColumn).data(Qt::AccessibleTextRole).toString(),
                 u"Action: Create"_s);
        for (int section = 0; section < f.model.columnCount(); ++section)
            QVERIFY(
                !f.model.headerData(section, Qt::Horizontal, Qt::AccessibleTextRole).toString().isEmpty());
    }

    void anInstanceThatIsNotThereIsNamedAsTheDocumentNamesIt()
    {
        PlanRow missing = row(PlanAction::Blocked, QString());
        missing.wanted.name = u"datadog-eu"_s;
        missing.address = {};
        const Fixture f(planOf(missing));
        QCOMPARE(f.at(u"datadog-eu"_s, 0).row(), 0);
    }

    void whatIsInTwoGeosIsToldApart()
    {
        Plan plan;
        for (const QString &endpoint : {u"eu"_s, u"us"_s}) {
            plan.rows << row(PlanAction::Create, u"Datadog"_s);
            plan.rows.last().wanted.integration = u"datadog"_s;
            plan.rows.last().wanted.endpoint = endpoint;
        }
        const Fixture f(plan);
        QCOMPARE(column(f.model, PlanModel::ProfileColumn), (QStringList{u"Acme · eu"_s, u"Acme · us"_s}));
        QVERIFY(f.model.sentence(1).contains(u"Acme · us"_s));
        QVERIFY(plan.rows.at(0).place() != plan.rows.at(1).place());
        const QString tip = f.model.index(0, PlanModel::InstanceColumn).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(u"Machine name: datadog"_s));
        QVERIFY(tip.contains(u"Integration: datadog"_s));
    }

    void anotherPlanBeginsAnew()
    {
        Fixture f;
        QVERIFY(f.tick(u"Deleted"_s, true));
        QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
        f.model.setPlan(everyAction());
        QCOMPARE(reset.count(), 1);
        QCOMPARE(f.box(u"Deleted"_s).toInt(), int(Qt::Unchecked));
        f.model.setPlan({});
        QCOMPARE(f.model.rowCount(), 0);
        QVERIFY(f.model.ticked().isEmpty());
        f.model.setAllTicked(true);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstPlanModel)
#include "tst_planmodel.moc"
