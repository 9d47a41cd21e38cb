// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "tests/ui/editorkit.h"
#include "ui/common/notelist.h"
#include "ui/editor/deletedialog.h"
#include "ui/editor/editors.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace latchkey::test;
using namespace latchkey::test::editorkit;

namespace latchkey {

namespace {

struct Question
{
    explicit Question(ChangePreview preview)
        : dialog((changes.record = preview.record, preview), changes.services())
    {
        dialog.show();
        dialog.activateWindow();
    }
    QPushButton *act() const { return get<QPushButton>(dialog, u"actButton"_s); }
    QString consequences() const { return get<NoteList>(dialog, u"consequences"_s)->text(); }

    [[nodiscard]] QString reason() const { return get<Note>(dialog, u"typedNameReason"_s)->text(); }

    FakeChanges changes;
    DeleteDialog dialog;
};

} // namespace

class TstDeleteDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itNamesWhatGoesAndWhetherThereIsAWayBack()
    {
        ChangePreview preview = previewOf(ChangeKind::Delete, datadogWithCredential());
        {
            const Question question(preview);
            QVERIFY(visibleText(question.dialog).contains(u"Datadog EU production"_s));
            QVERIFY(visibleText(question.dialog).contains(u"datadog-eu-production"_s));
            QVERIFY(question.consequences().contains(datadogCredential));
            QVERIFY(question.consequences().contains(u"not authorized"_s));
            QVERIFY(question.consequences().contains(u"there is no way back"_s));
        }
        preview.wayBack = true;
        const Question question(preview);
        QVERIFY(question.consequences().contains(u"There is a way back"_s));
    }

    void noSingleKeyPressDeletes()
    {
        for (const Qt::Key key :
             {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space, Qt::Key_Delete, Qt::Key_D, Qt::Key_Y}) {
            Question question(previewOf(ChangeKind::Delete, datadogWithCredential()));
            QVERIFY(QTest::qWaitForWindowActive(&question.dialog));
            QVERIFY(!question.act()->isDefault());
            QVERIFY(!question.act()->autoDefault());
            QVERIFY(!question.act()->hasFocus());
            QTest::keyClick(question.dialog.focusWidget(), key);
            QVERIFY(question.changes.requests.empty());
        }
        Question question(previewOf(ChangeKind::Delete, datadogWithCredential()));
        QVERIFY(QTest::qWaitForWindowActive(&question.dialog));
        question.act()->setFocus();
        QTest::keyClick(question.act(), Qt::Key_Return);
        QVERIFY(question.changes.requests.empty());
    }

    void aCredentialThatWasReplacedMeanwhileIsShownAnew()
    {
        Question question(previewOf(ChangeKind::Delete, datadogWithCredential()));
        question.act()->click();
        question.changes.record.credential.id = u"another-credential"_s;
        question.changes.answer(Problem::of(Problem::Category::Refused, u"Somebody changed it."_s));
        QTRY_VERIFY(question.consequences().contains(u"another-credential"_s));
        QVERIFY(isShown(question.dialog, u"problemPanel"_s));
        question.act()->click();
        QCOMPARE(question.changes.requests.back().expectedCredentialId, u"another-credential"_s);
        question.changes.answer(question.changes.change(ChangePhase::Deleted));
    }

    void theVerbDeletesTheCredentialThatWasShown()
    {
        Question question(previewOf(ChangeKind::Delete, datadogWithCredential()));
        QCOMPARE(question.act()->text(), u"Delete credential"_s);
        question.act()->click();
        QCOMPARE(question.changes.requests.size(), size_t(1));
        QCOMPARE(question.changes.requests.front().kind, ChangeKind::Delete);
        QCOMPARE(question.changes.requests.front().expectedCredentialId, datadogCredential);
        QSignalSpy finished(&question.dialog, &QDialog::finished);
        question.changes.answer(question.changes.change(ChangePhase::Deleted));
        QTRY_COMPARE(finished.count(), 1);
    }

    void productionProfilesAskForTheName()
    {
        ChangePreview preview = previewOf(ChangeKind::Delete, datadogWithCredential());
        preview.needsTypedName = true;
        Question question(preview);
        QVERIFY(!question.act()->isEnabled());
        type(get<QLineEdit>(question.dialog, u"typedName"_s), u"datadog-eu-production"_s);
        QVERIFY(question.act()->isEnabled());
        QTest::keyClick(get<QLineEdit>(question.dialog, u"typedName"_s), Qt::Key_Return);
        QVERIFY(question.changes.requests.empty());
    }

    void protectedInstancesAskForTheNameAndSayWhy()
    {
        InstanceRecord record = datadogWithCredential();
        record.isProtected = true;
        {
            const Question question(previewOf(ChangeKind::Delete, record));
            QVERIFY(!question.act()->isEnabled());
            QVERIFY(isShown(question.dialog, u"typedName"_s));
            QCOMPARE(question.reason(), u"“Datadog EU production” is protected."_s);
            type(get<QLineEdit>(question.dialog, u"typedName"_s), u"datadog-eu-production"_s);
            QVERIFY(question.act()->isEnabled());
        }
        record.production = true;
        const Question both(previewOf(ChangeKind::Delete, record));
        QVERIFY(both.reason().contains(u"is protected"_s) && both.reason().contains(u"“Acme”"_s));
        record.isProtected = false;
        const Question production(previewOf(ChangeKind::Delete, record));
        QCOMPARE(production.reason(), u"“Acme” is a production profile."_s);
    }

    void anInstanceThatWasProtectedMeanwhileAsksForTheName()
    {
        Question question(previewOf(ChangeKind::Delete, datadogWithCredential()));
        QVERIFY(!isShown(question.dialog, u"typedName"_s));
        question.act()->click();
        question.changes.record.isProtected = true;
        question.changes.answer(Problem::of(Problem::Category::NeedsDecision, u"It is protected."_s));
        QTRY_VERIFY(isShown(question.dialog, u"typedName"_s));
        QVERIFY(!question.act()->isEnabled());
        type(get<QLineEdit>(question.dialog, u"typedName"_s), u"datadog-eu-production"_s);
        question.act()->click();
        QCOMPARE(question.changes.requests.back().typedName, u"datadog-eu-production"_s);
        question.changes.answer(question.changes.change(ChangePhase::Deleted));
    }

    void whatStandsInTheWayIsSaid()
    {
        ChangePreview preview = previewOf(ChangeKind::Delete, datadogWithCredential());
        preview.obstacle.emplace();
        preview.obstacle->caption = u"A change of this instance is under way."_s;
        const Question question(preview);
        QVERIFY(visibleText(question.dialog).contains(u"under way"_s));
        QVERIFY(!question.act()->isEnabled());
    }

    void aProblemKeepsTheDialogOpen()
    {
        Question question(previewOf(ChangeKind::Delete, datadogWithCredential()));
        question.act()->click();
        Problem problem;
        problem.category = Problem::Category::Forbidden;
        problem.caption = u"The token lacks the Integration Admin role."_s;
        problem.traceId = u"kong:trace:99"_s;
        question.changes.answer(problem);
        QTRY_VERIFY(isShown(question.dialog, u"problemPanel"_s));
        QVERIFY(visibleText(question.dialog).contains(u"kong:trace:99"_s));
        QVERIFY(question.act()->isEnabled());
    }

    void theCredentialThatWasShownGoesAtKonnectAndNoOther()
    {
        World world;
        Stack stack(world);
        QVERIFY(stack.start());
        QWidget window;
        Editors editors(stack.profiles, stack.inventory, stack.vault, stack.changes, stack.recovery,
                        stack.adoption, stack.bulk, stack.handover, &window);
        window.show();
        QSignalSpy ended(&editors, &Editors::changeEnded);
        editors.deleteCredential(stack.address(u"datadog-eu-production"_s));
        // One at a time.
        editors.deleteCredential(stack.address(u"datadog-us-production"_s));
        QDialog *dialog = editors.current();
        QVERIFY(visibleText(*dialog).contains(world.credentialId(u"datadog-eu-production"_s)));
        get<QPushButton>(*dialog, u"actButton"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(ended.count() == 1, 20'000);
        QCOMPARE(ended.first().first().value<Change>().phase, ChangePhase::Deleted);
        QTRY_VERIFY(!editors.current());
        QVERIFY(world.credentialId(u"datadog-eu-production"_s).isEmpty());
        QCOMPARE(world.copies("DELETE", u"datadog-eu-production"_s), 1);
        QCOMPARE(stack.record(u"datadog-eu-production"_s).knowledge, InstanceRecord::Knowledge::Absent);
        QVERIFY(!world.credentialId(u"datadog-us-production"_s).isEmpty());
    }
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstDeleteDialog)
#include "tst_deletedialog.moc"
