// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/dialoganswer.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "tests/ui/editorkit.h"
#include "ui/common/note.h"
#include "ui/common/theme.h"
#include "ui/editor/bulkdialog.h"
#include "ui/editor/editors.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace latchkey::test;
using namespace latchkey::test::editorkit;

namespace latchkey {

namespace {

using State = BulkRowState;

InstanceRecord numbered(int number)
{
    InstanceRecord record = datadogWithCredential();
    record.address.instanceId = u"id-%1"_s.arg(number);
    record.instance.id = record.address.instanceId;
    record.instance.name = u"datadog-%1"_s.arg(number);
    record.instance.displayName = u"Datadog %1"_s.arg(number);
    record.credential.id = u"cred-%1-5b1e-4c6f-9a57-0d7c1b2e4f90"_s.arg(number);
    return record;
}

BulkPreview planOf(ChangeKind kind, const QList<InstanceRecord> &records)
{
    BulkPreview plan;
    for (const InstanceRecord &record : records)
        plan.rows.append(previewOf(kind, record));
    return plan;
}

/// Stands for BulkChanges: a run answers when the test says so.
class FakeRuns
{
public:
    [[nodiscard]] BulkDialog::Run run()
    {
        return [this](BulkRequest request, std::stop_token token) {
            stop = std::move(token);
            requests.push_back(std::move(request));
            m_promise = QPromise<void>();
            m_promise.start();
            m_outcome = std::make_shared<std::optional<Outcome<BulkResult>>>();
            return answerLater(m_outcome, m_promise.future());
        };
    }
    void answer(Outcome<BulkResult> outcome)
    {
        m_outcome->emplace(std::move(outcome));
        m_promise.finish();
    }
    [[nodiscard]] BulkRow row(int position, State state, ChangePhase phase = ChangePhase::Prepared) const
    {
        const ChangeRequest &asked = requests.back().rows.at(size_t(position));
        BulkRow made;
        made.position = position;
        made.address = asked.address;
        made.kind = asked.kind;
        made.state = state;
        made.change.id = u"change-%1"_s.arg(position);
        made.change.kind = asked.kind;
        made.change.phase = phase;
        return made;
    }

    std::vector<BulkRequest> requests;
    std::stop_token stop;

private:
    using Answer = std::shared_ptr<std::optional<Outcome<BulkResult>>>;
    /// May answer after the test and this object have gone.
    static QCoro::Task<Outcome<BulkResult>> answerLater(Answer answer, QFuture<void> when)
    {
        co_await when;
        Outcome<BulkResult> outcome = std::move(answer->value());
        co_return outcome;
    }
    QPromise<void> m_promise;
    Answer m_outcome;
};

struct Sheet
{
    explicit Sheet(ChangeKind kind = ChangeKind::Replace, int instances = 3)
        : Sheet(planOf(kind, some(instances)))
    {
    }
    explicit Sheet(const BulkPreview &plan)
        : dialog(plan.rows.first().kind, plan, runs.run())
    {
        dialog.show();
        dialog.activateWindow();
    }
    static QList<InstanceRecord> some(int instances)
    {
        QList<InstanceRecord> records;
        for (int number = 1; number <= instances; ++number)
            records.append(numbered(number));
        return records;
    }
    QPushButton *act() const { return get<QPushButton>(dialog, u"actButton"_s); }
    QPushButton *cancel() const { return get<QPushButton>(dialog, u"cancelButton"_s); }
    QString hint() const { return get<QLabel>(dialog, u"hint"_s)->text(); }
    QTreeWidget *list() const { return get<QTreeWidget>(dialog, u"bulkInstances"_s); }
    QLineEdit *keyOfAll(int row, int group = 0) const { return key(u"credentialForm"_s, row, group); }
    QLineEdit *column(int row, int group = 0) const { return key(u"columns"_s, row, group); }
    QLineEdit *key(const QString &place, int row, int group) const
    {
        const QWidget *box = get<QWidget>(dialog, u"bulkGroup%1"_s.arg(group));
        return keyLine(*get<QWidget>(*box, place), row);
    }
    void fill() const
    {
        type(keyOfAll(0), u"first-key-0001"_s);
        type(keyOfAll(1), u"second-key-0002"_s);
    }
    void paste(QLineEdit *line, const QString &text) const
    {
        QGuiApplication::clipboard()->setText(text);
        get<QAbstractButton>(*line->parentWidget(), u"pasteButton"_s)->click();
    }
    void start() const
    {
        fill();
        act()->click();
    }
    BulkResult allDone() const
    {
        BulkResult result;
        for (int position = 0; position < int(runs.requests.back().rows.size()); ++position)
            result.rows.append(runs.row(position, State::Succeeded, ChangePhase::Created));
        return result;
    }

    FakeRuns runs;
    BulkDialog dialog;
};

} // namespace

class TstBulkDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void thePlanListsWhatBecomesOfEach()
    {
        QList<InstanceRecord> records = Sheet::some(3);
        BulkPreview plan = planOf(ChangeKind::Replace, records);
        plan.rows[0].wayBack = true;
        plan.rows[2].obstacle = Problem::of(Problem::Category::Refused, u"It was not read yet."_s);
        const Sheet sheet(plan);
        QCOMPARE(get<QLabel>(sheet.dialog, u"heading"_s)->text(),
                 u"Replace the credentials of 2 instances"_s);
        QCOMPARE(sheet.act()->text(), u"Replace 2 credentials"_s);
        QCOMPARE(sheet.list()->topLevelItemCount(), 3);
        const auto text = [&sheet](int row, int column) {
            return sheet.list()->topLevelItem(row)->text(column);
        };
        QCOMPARE(text(0, 0), u"Datadog 1"_s);
        QVERIFY(text(0, 1).contains(u"cred-1"_s));
        QVERIFY(text(0, 2).contains(u"kept here"_s));
        QVERIFY(text(1, 2).contains(u"not known here"_s));
        QVERIFY(text(2, 1).contains(u"It was not read yet."_s));
        QVERIFY(visibleText(*get<QWidget>(sheet.dialog, u"consequences"_s)).contains(u"1 has no way back"_s));
        QVERIFY(!sheet.act()->isEnabled());
        QVERIFY(sheet.hint().contains(u"DD-API-KEY"_s));
    }

    void oneSetOfKeysServesAll()
    {
        Sheet sheet;
        QVERIFY(QTest::qWaitForWindowActive(&sheet.dialog));
        QVERIFY(sheet.keyOfAll(0)->hasFocus());
        sheet.fill();
        QVERIFY(sheet.act()->isEnabled());
        get<QSpinBox>(sheet.dialog, u"atOnce"_s)->setValue(3);
        get<QComboBox>(sheet.dialog, u"onFailure"_s)->setCurrentIndex(1);
        // What changes many is never what Enter does.
        QVERIFY(!sheet.act()->isDefault());
        QTest::keyClick(sheet.keyOfAll(1), Qt::Key_Return);
        QVERIFY(sheet.runs.requests.empty());
        sheet.act()->click();
        QCOMPARE(sheet.runs.requests.size(), size_t(1));
        const BulkRequest &request = sheet.runs.requests.front();
        QCOMPARE(request.rows.size(), size_t(3));
        QCOMPARE(request.options.atOnce, 3);
        QVERIFY(request.options.keepGoing);
        for (const ChangeRequest &row : request.rows) {
            QCOMPARE(row.kind, ChangeKind::Replace);
            QCOMPARE(row.credential.headers.at(0).key.reveal().toByteArray(),
                     QByteArrayLiteral("first-key-0001"));
            QCOMPARE(row.credential.headers.at(1).key.reveal().toByteArray(),
                     QByteArrayLiteral("second-key-0002"));
        }
        QCOMPARE(request.rows.at(2).expectedCredentialId, numbered(3).credential.id);
    }

    void aColumnIsPastedForEach()
    {
        Sheet sheet;
        get<QRadioButton>(sheet.dialog, u"oneForEach"_s)->click();
        QVERIFY(!sheet.keyOfAll(0)->isVisible());
        sheet.paste(sheet.column(0), u"a-key-1\na-key-2\n"_s);
        const QWidget *columns = get<QWidget>(sheet.dialog, u"columns"_s);
        QVERIFY(visibleText(*columns).contains(u"2 lines were pasted, but there are 3 instances"_s));
        QVERIFY(!sheet.act()->isEnabled());
        get<QAbstractButton>(*sheet.column(0)->parentWidget(), u"clearButton"_s)->click();
        sheet.paste(sheet.column(0), u"a-key-1\na-key-2\na-key-3\n"_s);
        sheet.paste(sheet.column(1), u"b-key-1\nb-key-2\nb-key-3"_s);
        QVERIFY(visibleText(*columns).contains(u"3 lines, one for each instance"_s));
        QVERIFY(sheet.act()->isEnabled());
        // Nothing of the column can be read on the way.
        QVERIFY(!visibleText(sheet.dialog).contains(u"key-2"_s));
        sheet.act()->click();
        const BulkRequest &request = sheet.runs.requests.front();
        QCOMPARE(request.rows.at(1).credential.headers.at(0).key.reveal().toByteArray(),
                 QByteArrayLiteral("a-key-2"));
        QCOMPARE(request.rows.at(2).credential.headers.at(1).key.reveal().toByteArray(),
                 QByteArrayLiteral("b-key-3"));
    }

    void eachIntegrationHasItsOwnFields()
    {
        QList<InstanceRecord> records = Sheet::some(2);
        records[1].instance.integrationName = u"swaggerhub"_s;
        records[1].instance.integrationDisplayName = u"SwaggerHub"_s;
        records[1].authorization.headers = {{u"Authorization"_s, {}, {}}};
        Sheet sheet(planOf(ChangeKind::Replace, records));
        sheet.fill();
        QVERIFY(!sheet.act()->isEnabled());
        QVERIFY(sheet.hint().contains(u"SwaggerHub"_s));
        type(sheet.keyOfAll(0, 1), u"swagger-key"_s);
        QVERIFY(sheet.act()->isEnabled());
        QVERIFY(!sheet.dialog.findChild<QWidget *>(u"oneForEach"_s)); // One instance each.
    }

    void eachRowShowsHowFarItIsAndWhatCameOfIt()
    {
        Sheet sheet;
        sheet.start();
        QVERIFY(!isShown(sheet.dialog, u"bulkPlan"_s));
        auto *rows = get<QTreeView>(sheet.dialog, u"bulkRows"_s);
        const auto cell = [rows](int row, int column) {
            return rows->model()->index(row, column).data().toString();
        };
        const auto status = [&sheet] { return get<Note>(sheet.dialog, u"bulkStatus"_s)->text(); };
        QCOMPARE(rows->model()->rowCount(), 3);
        QVERIFY(status().contains(u"Nothing is sent yet"_s));
        for (int position = 0; position < 3; ++position)
            sheet.dialog.follow(u"run"_s, sheet.runs.row(position, State::Prepared));
        QCOMPARE(status(), u"0 of 3 done."_s);
        sheet.dialog.follow(u"run"_s, sheet.runs.row(0, State::Succeeded, ChangePhase::Created));
        sheet.dialog.follow(u"run"_s, sheet.runs.row(1, State::Running, ChangePhase::Creating));
        QCOMPARE(status(), u"1 of 3 done."_s);
        QCOMPARE(cell(1, BulkRunModel::StateColumn), u"Under way"_s);
        QCOMPARE(cell(1, BulkRunModel::ResultColumn), u"Sending the new credential"_s);

        BulkResult result = sheet.allDone();
        result.rows[1] = sheet.runs.row(1, State::Failed, ChangePhase::Deleted);
        result.rows[1].problem = Problem::of(Problem::Category::ServerError, u"Konnect did not take it."_s);
        result.rows[2] = sheet.runs.row(2, State::NotStarted);
        sheet.runs.answer(result);
        QTRY_COMPARE(status(), u"1 of 3 done, 1 failed, 1 not begun."_s);
        QVERIFY(get<Note>(sheet.dialog, u"bulkAfterwards"_s)->text().contains(u"2 are waiting"_s));
        // The first one that failed is explained without a click.
        QVERIFY(isShown(sheet.dialog, u"rowProblem"_s));
        QVERIFY(visibleText(*get<QWidget>(sheet.dialog, u"rowProblem"_s)).contains(u"did not take it"_s));
        rows->setCurrentIndex(rows->model()->index(0, 0));
        QVERIFY(!isShown(sheet.dialog, u"rowProblem"_s));
        // The watch goes on looking.
        Change found = result.rows.at(0).change;
        found.phase = ChangePhase::Verified;
        sheet.dialog.followChange(found);
        QCOMPARE(cell(0, BulkRunModel::ResultColumn), u"Created and verified"_s);
    }

    void theResultIsCopiedWithoutKeys()
    {
        Sheet sheet;
        sheet.start();
        sheet.runs.answer(sheet.allDone());
        QTRY_COMPARE(get<Note>(sheet.dialog, u"bulkStatus"_s)->text(), u"All 3 done."_s);
        QVERIFY(sheet.cancel()->isVisible());
        QVERIFY(sheet.cancel()->isDefault());
        QVERIFY(!sheet.act()->isDefault());
        QGuiApplication::clipboard()->clear();
        sheet.act()->click();
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.contains(u"Datadog 2"_s));
        QVERIFY(!copied.contains(u"key-000"_s));
        QVERIFY(sheet.dialog.isVisible());
        sheet.cancel()->click(); // Nothing is left to lose: it closes without a question.
        QVERIFY(!sheet.dialog.isVisible());
    }

    void aRunIsStoppedAtASafePoint()
    {
        Sheet sheet;
        sheet.start();
        QVERIFY(!sheet.cancel()->isVisible());
        QCOMPARE(sheet.act()->text(), u"Stop after the current one"_s);
        QVERIFY(!sheet.act()->isDefault());
        QVERIFY(!sheet.runs.stop.stop_requested());
        sheet.act()->click();
        QVERIFY(sheet.runs.stop.stop_requested());
        QVERIFY(!sheet.act()->isEnabled());
        QVERIFY(sheet.hint().contains(u"comes to its end"_s));
        QVERIFY(sheet.dialog.isVisible());
        BulkResult result = sheet.allDone();
        result.rows[2] = sheet.runs.row(2, State::NotStarted);
        sheet.runs.answer(result);
        QTRY_COMPARE(get<Note>(sheet.dialog, u"bulkStatus"_s)->text(), u"2 of 3 done, 1 not begun."_s);
        QVERIFY(get<Note>(sheet.dialog, u"bulkAfterwards"_s)->text().contains(u"1 is waiting"_s));
    }

    void closingMeanwhileAsksAndCutsNothingShort()
    {
        Sheet sheet;
        QVERIFY(QTest::qWaitForWindowActive(&sheet.dialog));
        sheet.start();
        QVERIFY(!isShown(sheet.dialog, u"stopQuestion"_s));
        sheet.dialog.close();
        QVERIFY(sheet.dialog.isVisible());
        QVERIFY(isShown(sheet.dialog, u"stopQuestion"_s));
        QVERIFY(get<QPushButton>(sheet.dialog, u"goOnButton"_s)->hasFocus());
        QVERIFY(!sheet.runs.stop.stop_requested());
        QTest::keyClick(&sheet.dialog, Qt::Key_Escape);
        QVERIFY(!isShown(sheet.dialog, u"stopQuestion"_s));
        QTest::keyClick(&sheet.dialog, Qt::Key_Escape);
        QVERIFY(isShown(sheet.dialog, u"stopQuestion"_s));
        get<QPushButton>(sheet.dialog, u"confirmStopButton"_s)->click();
        QVERIFY(sheet.runs.stop.stop_requested());
        QVERIFY(sheet.dialog.isVisible());
        sheet.dialog.close();
        QVERIFY(sheet.dialog.isVisible()); // There is nothing to wait for but the run.
        sheet.runs.answer(sheet.allDone());
        QTRY_VERIFY(sheet.cancel()->isVisible());
        sheet.dialog.close();
        QVERIFY(!sheet.dialog.isVisible());
    }

    void whereNothingWasSentThePlanIsThereAgain()
    {
        Sheet sheet;
        sheet.start();
        sheet.runs.answer(Problem::of(Problem::Category::InUse, u"Another Latchkey changes something."_s));
        QTRY_VERIFY(isShown(sheet.dialog, u"bulkPlan"_s));
        QVERIFY(isShown(sheet.dialog, u"problemPanel"_s));
        QCOMPARE(sheet.act()->text(), u"Replace 3 credentials"_s);
        QVERIFY(sheet.act()->isEnabled());
        QVERIFY(!sheet.act()->isDefault());
        QVERIFY(sheet.cancel()->isVisible());
        sheet.act()->click();
        QCOMPARE(sheet.runs.requests.size(), size_t(2));
        QCOMPARE(sheet.runs.requests.back().rows.at(0).credential.headers.at(0).key.size(), 14);
        QVERIFY(!isShown(sheet.dialog, u"problemPanel"_s));
        sheet.act()->click();
        sheet.runs.answer(Problem::of(Problem::Category::Canceled, u"Stopped."_s));
        QTRY_VERIFY(isShown(sheet.dialog, u"bulkPlan"_s));
        QCOMPARE(get<Note>(sheet.dialog, u"ending"_s)->text(), u"Stopped. Nothing was sent."_s);
        // What was typed is still there, so leaving asks.
        sheet.dialog.reject();
        QVERIFY(isShown(sheet.dialog, u"discardQuestion"_s));
    }

    void productionIsConfirmedByTheNameOfTheProfile()
    {
        QList<InstanceRecord> records = Sheet::some(2);
        for (InstanceRecord &record : records)
            record.production = true;
        Sheet sheet(planOf(ChangeKind::Delete, records));
        QVERIFY(!sheet.act()->isEnabled());
        auto *typed = get<QLineEdit>(sheet.dialog, u"typedName"_s);
        type(typed, u"Acm"_s);
        QVERIFY(!sheet.act()->isEnabled());
        type(typed, u"e"_s);
        QVERIFY(sheet.act()->isEnabled());
        QVERIFY(!sheet.act()->isDefault());
        sheet.act()->click();
        QCOMPARE(sheet.runs.requests.front().rows.at(1).typedName, u"datadog-2"_s);
    }

    void enterDoesNotDelete()
    {
        Sheet sheet(ChangeKind::Delete, 2);
        QVERIFY(QTest::qWaitForWindowActive(&sheet.dialog));
        QCOMPARE(sheet.act()->text(), u"Delete 2 credentials"_s);
        QVERIFY(sheet.act()->isEnabled());
        QVERIFY(sheet.cancel()->isDefault());
        QVERIFY(sheet.list()->hasFocus());
        QTest::keyClick(sheet.list(), Qt::Key_Return);
        QVERIFY(sheet.runs.requests.empty());
    }

    void withoutAKeychainThePlaceIsChosen()
    {
        Sheet sheet;
        sheet.fill();
        sheet.dialog.setKeychainProblem(
            Problem::of(Problem::Category::KeychainUnavailable, u"There is no keychain."_s));
        QVERIFY(!sheet.act()->isEnabled());
        QSignalSpy retry(&sheet.dialog, &BulkDialog::keychainRetryRequested);
        get<QPushButton>(sheet.dialog, u"retryKeychain"_s)->click();
        QCOMPARE(retry.count(), 1);
        get<QAbstractButton>(sheet.dialog, u"holdInMemory"_s)->click();
        QVERIFY(sheet.act()->isEnabled());
        sheet.act()->click();
        QCOMPARE(sheet.runs.requests.front().rows.at(2).keep, KeepKeys::InMemory);
    }

    void everyControlHasANameAndTheDialogFits()
    {
        Sheet sheet(ChangeKind::Replace, 40);
        get<QRadioButton>(sheet.dialog, u"oneForEach"_s)->click();
        QVERIFY(QTest::qWaitForWindowExposed(&sheet.dialog));
        QVERIFY(sheet.dialog.frameGeometry().height() <= sheet.dialog.screen()->availableGeometry().height());
        QVERIFY(sheet.dialog.minimumSizeHint().width() <= 1000);
        QVERIFY(sheet.dialog.minimumSizeHint().height() <= 560);
        const auto unnamed = [&sheet] {
            QStringList without;
            const QList<QWidget *> widgets = sheet.dialog.findChildren<QWidget *>();
            for (const QWidget *widget : widgets) {
                if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) ||
                    qobject_cast<const QLabel *>(widget) || widget->objectName().startsWith("qt_"_L1))
                    continue;
                const QAccessibleInterface *spoken =
                    QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
                if (spoken == nullptr || spoken->text(QAccessible::Name).isEmpty())
                    without.append(widget->objectName() + u'/' +
                                   QString::fromLatin1(widget->metaObject()->className()));
            }
            return without.join(u' ');
        };
        QCOMPARE(unnamed(), QString());
        get<QRadioButton>(sheet.dialog, u"oneForAll"_s)->click();
        sheet.start();
        QCOMPARE(unnamed(), QString());
        sheet.runs.answer(sheet.allDone());
        QTRY_VERIFY(sheet.cancel()->isVisible());
        QCOMPARE(unnamed(), QString());
    }

    void theRunReachesKonnect()
    {
        World world;
        Stack stack(world);
        QVERIFY(stack.start());
        QWidget window;
        window.show();
        Editors editors(stack.profiles, stack.inventory, stack.vault, stack.changes, stack.recovery,
                        stack.adoption, stack.bulk, stack.handover, &window);
        QSignalSpy ended(&editors, &Editors::runEnded);
        const QStringList names{u"datadog-eu-production"_s, u"datadog-us-production"_s, u"datadog-staging"_s};
        QList<InstanceAddress> addresses;
        for (const QString &name : names)
            addresses.append(stack.address(name));
        editors.changeSeveral(ChangeKind::Replace, addresses);
        QPointer<QDialog> dialog = editors.current();
        QVERIFY(dialog);
        QCOMPARE(dialog->objectName(), u"bulkDialog"_s);
        editors.changeSeveral(ChangeKind::Delete, addresses);
        QCOMPARE(editors.current(), dialog.data());
        const QWidget *form = get<QWidget>(*dialog, u"credentialForm"_s);
        type(keyLine(*form, 0), u"upstream-key-1"_s);
        type(keyLine(*form, 1), u"upstream-key-2"_s);
        get<QPushButton>(*dialog, u"actButton"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, 30'000);
        QTRY_COMPARE(get<Note>(*dialog, u"bulkStatus"_s)->text(), u"All 3 done."_s);
        for (const QString &name : names) {
            QCOMPARE(world.keyAt(name, u"DD-API-KEY"_s), QByteArrayLiteral("upstream-key-1"));
            QVERIFY(stack.record(name).keptKeys.current);
        }
        dialog->close();
        QTRY_VERIFY(!dialog);
    }

    void oneAloneHasTheDialogOfItsKind()
    {
        World world;
        Stack stack(world);
        QVERIFY(stack.start());
        QWidget window;
        window.show();
        Editors editors(stack.profiles, stack.inventory, stack.vault, stack.changes, stack.recovery,
                        stack.adoption, stack.bulk, stack.handover, &window);
        InstanceAddress unknown = stack.address(u"datadog-staging"_s);
        unknown.instanceId = u"somewhere-else"_s;
        editors.changeSeveral(ChangeKind::Delete, {unknown});
        QVERIFY(!editors.current());
        editors.changeSeveral(ChangeKind::Delete, {stack.address(u"datadog-staging"_s), unknown});
        QVERIFY(editors.current());
        QCOMPARE(editors.current()->objectName(), u"deleteDialog"_s);
        editors.current()->close();
    }
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstBulkDialog)
#include "tst_bulkdialog.moc"
