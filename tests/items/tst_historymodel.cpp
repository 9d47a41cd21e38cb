// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/historymodel.h"
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

HistoryEntry entry(qint64 number, ChangeKind kind = ChangeKind::Replace,
                   ChangePhase phase = ChangePhase::Verified)
{
    HistoryEntry made;
    made.number = number;
    made.at = Now.addSecs(number);
    made.change.id = u"change-%1"_s.arg(number);
    made.change.kind = kind;
    made.change.phase = phase;
    made.change.profileName = u"Acme"_s;
    made.change.instanceName = u"machine-%1"_s.arg(number);
    made.change.instanceTitle = u"Title %1"_s.arg(number);
    made.phases = {{ChangePhase::Prepared, Now}, {ChangePhase::Deleting, Now.addMSecs(41)}};
    return made;
}

struct Fixture
{
    HistoryModel model{QTimeZone::utc()};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    [[nodiscard]] QStringList ids() const { return column(model, HistoryModel::IdColumn); }
};

} // namespace

class TstHistoryModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void saysWhatWasChangedAndHowItEnded()
    {
        Fixture f;
        HistoryEntry untitled = entry(1, ChangeKind::Delete, ChangePhase::Deleted);
        untitled.change.instanceTitle.clear();
        HistoryEntry replaced = entry(2);
        replaced.change.gapMs = 1240;
        f.model.setEntries({replaced, untitled});
        QCOMPARE(column(f.model, HistoryModel::InstanceColumn), QStringList({u"Title 2"_s, u"machine-1"_s}));
        QCOMPARE(column(f.model, HistoryModel::ProfileColumn), QStringList({u"Acme"_s, u"Acme"_s}));
        QCOMPARE(column(f.model, HistoryModel::ChangeColumn), QStringList({u"Replace"_s, u"Delete"_s}));
        QCOMPARE(column(f.model, HistoryModel::EndColumn),
                 QStringList({u"Created and verified"_s, u"Credential removed"_s}));
        QCOMPARE(column(f.model, HistoryModel::GapColumn), QStringList({u"1240 ms"_s, QString()}));
        QCOMPARE(column(f.model, HistoryModel::TimeColumn).first(),
                 QLocale().toString(Now.addSecs(2), QLocale::ShortFormat));
        QCOMPARE(f.model.index(0, 0).data(HistoryModel::NumberRole).toLongLong(), 2);
        QCOMPARE(f.model.index(1, HistoryModel::ChangeColumn).data(Qt::AccessibleTextRole).toString(),
                 u"Change: Delete"_s);
    }

    void detailsHoldWhatSupportAsksFor()
    {
        Fixture f;
        HistoryEntry failed = entry(7, ChangeKind::Replace, ChangePhase::Creating);
        failed.change.oldCredentialId = u"old-credential"_s;
        failed.change.newCredentialId = u"new-credential"_s;
        failed.change.undoes = u"change-3"_s;
        failed.change.problem = Problem::of(Problem::Category::Forbidden, u"The token lacks a role."_s);
        failed.change.problem->traceId = u"kong:trace:99"_s;
        f.model.setEntries({failed});
        const QString text = f.model.index(0, 0).data(HistoryModel::DetailsRole).toString();
        for (const QString &part : {u"Row 7"_s, u"old-credential"_s, u"new-credential"_s, u"change-3"_s,
                                    u"The token lacks a role."_s, u"kong:trace:99"_s, u"+41 ms"_s})
            QVERIFY2(text.contains(part), qPrintable(part));
    }

    void mergesByNumber()
    {
        Fixture f;
        f.model.setEntries({entry(3), entry(2), entry(1)});
        const QPersistentModelIndex kept = f.model.index(2, 0);
        QSignalSpy changed(&f.model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&f.model, &QAbstractItemModel::modelReset);
        HistoryEntry edited = entry(1);
        edited.change.profileName = u"Globex"_s;
        f.model.setEntries({entry(5), entry(4), entry(3), edited});
        QCOMPARE(f.ids(), QStringList({u"change-5"_s, u"change-4"_s, u"change-3"_s, u"change-1"_s}));
        QCOMPARE(kept.row(), 3);
        QCOMPARE(changed.size(), 1);
        QVERIFY(reset.isEmpty());
        f.model.setEntries({entry(4)});
        QCOMPARE(f.ids(), QStringList{u"change-4"_s});
        f.model.setEntries({});
        QCOMPARE(f.model.rowCount(), 0);
        QVERIFY(!kept.isValid());
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstHistoryModel)
#include "tst_historymodel.moc"
