// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/historyexport.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

HistoryEntry entry(const QString &instance)
{
    HistoryEntry entry;
    entry.number = 7;
    entry.at = QDateTime({2026, 3, 1}, {12, 0, 0, 250}, Qt::UTC);
    entry.change.id = u"change-1"_s;
    entry.change.kind = ChangeKind::Replace;
    entry.change.phase = ChangePhase::Verified;
    entry.change.instanceName = instance;
    entry.change.gapMs = 812;
    entry.phases = {{ChangePhase::Prepared, entry.at.addMSecs(-900)}, {ChangePhase::Verified, entry.at}};
    return entry;
}

} // namespace

class TstHistoryExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aCsvReaderGetsTheCellsBack()
    {
        // A reader of its own: Python's.
        const QString name = u"=1+1 \"quoted\", with\nline break and ü"_s;
        QProcess python;
        python.start(
            u"/usr/bin/python3"_s,
            {u"-c"_s,
             u"import csv,sys,json;"
             "print(json.dumps(list(csv.reader(open(0, newline='', encoding='utf-8'), strict=True))))"_s});
        QVERIFY(python.waitForStarted());
        python.write(historyexport::toCsv({entry(name), entry(u"plain"_s)}));
        python.closeWriteChannel();
        QVERIFY(python.waitForFinished());
        const QJsonArray rows = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
        QCOMPARE(rows.size(), 3);
        const QJsonArray titles = rows.at(0).toArray();
        const QJsonArray cells = rows.at(1).toArray();
        QCOMPARE(cells.size(), titles.size());
        // No spreadsheet may take a name for a formula.
        const auto column = [&titles](const QString &title) {
            for (int i = 0; i < titles.size(); ++i) {
                if (titles.at(i).toString() == title)
                    return i;
            }
            return -1;
        };
        QCOMPARE(cells.at(column(u"instance"_s)).toString(), u'\'' + name);
        QCOMPARE(cells.at(column(u"number"_s)).toString(), u"7"_s);
        QCOMPARE(cells.at(column(u"time"_s)).toString(), u"2026-03-01T12:00:00.250Z"_s);
        QCOMPARE(cells.at(column(u"gap_ms"_s)).toString(), u"812"_s);
        QCOMPARE(cells.at(column(u"steps"_s)).toString(), u"prepared 0 ms, verified 900 ms"_s);
        QCOMPARE(rows.at(2).toArray().at(column(u"instance"_s)).toString(), u"plain"_s);
    }

    void jsonCarriesProblemsAndPhases()
    {
        HistoryEntry failed = entry(u"datadog"_s);
        failed.change.problem = Problem::of(Problem::Category::Conflict, u"Somebody else"_s);
        failed.change.problem->traceId = u"kong:trace:1"_s;
        const QJsonObject object = historyexport::toJson({failed}).at(0).toObject();
        QCOMPARE(object["problem"_L1]["trace_id"_L1].toString(), u"kong:trace:1"_s);
        QCOMPARE(object["phases"_L1].toArray().size(), 2);
        QCOMPARE(object["phase"_L1].toString(), u"verified"_s);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstHistoryExport)
#include "tst_historyexport.moc"
