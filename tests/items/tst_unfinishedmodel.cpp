// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/unfinishedmodel.h"
#include "tests/items/records.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QLocale>
#include <QPersistentModelIndex>
#include <QSignalSpy>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

UnfinishedChange unfinished(const QString &id, ChangeKind kind = ChangeKind::Replace,
                            ChangePhase phase = ChangePhase::Deleted)
{
    UnfinishedChange made;
    made.change.id = id;
    made.change.kind = kind;
    made.change.phase = phase;
    made.change.instanceName = u"machine-"_s + id;
    made.change.instanceTitle = u"Title "_s + id;
    made.change.startedAt = Now.addSecs(-60);
    made.change.updatedAt = Now;
    made.standing = Standing::None;
    return made;
}

struct Fixture
{
    UnfinishedModel model{QTimeZone::utc()};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] QStringList ids() const
    {
        return column(model, UnfinishedModel::InstanceColumn, UnfinishedModel::ChangeIdRole);
    }
};

} // namespace

class TstUnfinishedModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void saysWhatWasInterruptedAndWhere()
    {
        Fixture f;
        UnfinishedChange untitled = unfinished(u"b"_s, ChangeKind::Delete, ChangePhase::Deleting);
        untitled.change.instanceTitle.clear();
        f.model.setChanges(
            {unfinished(u"a"_s), untitled, unfinished(u"c"_s, ChangeKind::Create, ChangePhase::Creating)});
        QCOMPARE(column(f.model, UnfinishedModel::InstanceColumn),
                 QStringList({u"Title a"_s, u"machine-b"_s, u"Title c"_s}));
        QCOMPARE(column(f.model, UnfinishedModel::ChangeColumn),
                 QStringList({u"Replace"_s, u"Delete"_s, u"Create"_s}));
        QCOMPARE(column(f.model, UnfinishedModel::ReachedColumn).first(), u"Credential removed"_s);
        QCOMPARE(column(f.model, UnfinishedModel::TimeColumn).first(),
                 QLocale().toString(Now, QLocale::ShortFormat));
        QCOMPARE(f.model.index(0, 0).data(UnfinishedModel::StandingRole).toInt(), int(Standing::None));
        QCOMPARE(f.model.index(0, 0).data(Qt::AccessibleTextRole).toString(), u"Instance: Title a"_s);
        QCOMPARE(f.model.at(f.model.index(1, 0))->change.id, u"b"_s);
        QVERIFY(f.model.at({}) == nullptr);
    }

    void mergesById()
    {
        Fixture f;
        f.model.setChanges({unfinished(u"a"_s), unfinished(u"b"_s), unfinished(u"c"_s)});
        const QPersistentModelIndex kept = f.model.index(2, 0);
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
        UnfinishedChange other = unfinished(u"c"_s);
        other.standing = Standing::New;
        f.model.setChanges({unfinished(u"d"_s), other, unfinished(u"a"_s)});
        QCOMPARE(f.ids(), QStringList({u"d"_s, u"c"_s, u"a"_s}));
        QCOMPARE(kept.row(), 1);
        QCOMPARE(changed.size(), 1);
        QVERIFY(reset.isEmpty());
        f.model.setChanges({});
        QCOMPARE(f.model.rowCount(), 0);
        QVERIFY(!kept.isValid());
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstUnfinishedModel)
#include "tst_unfinishedmodel.moc"
