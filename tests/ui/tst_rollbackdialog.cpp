// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "tests/ui/editorkit.h"
#include "ui/common/notelist.h"
#include "ui/editor/editors.h"
#include "ui/editor/rollbackdialog.h"

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

    FakeChanges changes;
    RollBackDialog dialog;
};

ChangePreview previewOfRollBack()
{
    InstanceRecord record = datadogWithCredential();
    record.keptKeys.previous = true;
    record.keptKeys.previousSince = QDateTime(QDate(2026, 11, 3), QTime(12, 0), Qt::UTC);
    return previewOf(ChangeKind::Replace, record);
}

} // namespace

class TstRollBackDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itSaysToWhichKeysAndWhatGoes()
    {
        const Question question(previewOfRollBack());
        QVERIFY(visibleText(question.dialog).contains(u"to the keys of 3 Nov 2026"_s));
        QVERIFY(visibleText(question.dialog).contains(u"Datadog EU production"_s));
        QVERIFY(question.consequences().contains(datadogCredential));
        QVERIFY(question.consequences().contains(u"not authorized for a moment"_s));
        QVERIFY(question.consequences().contains(u"there is no way back"_s));
        QCOMPARE(question.act()->text(), u"Roll back"_s);
    }

    void enterNeverRollsBack()
    {
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space}) {
            Question question(previewOfRollBack());
            QVERIFY(QTest::qWaitForWindowActive(&question.dialog));
            QVERIFY(!question.act()->isDefault());
            QTest::keyClick(question.dialog.focusWidget(), key);
            QVERIFY(question.changes.requests.empty());
        }
        Question question(previewOfRollBack());
        QVERIFY(QTest::qWaitForWindowActive(&question.dialog));
        question.act()->setFocus();
        QTest::keyClick(question.act(), Qt::Key_Return);
        QVERIFY(question.changes.requests.empty());
    }

    void productionProfilesAskForTheName()
    {
        ChangePreview preview = previewOfRollBack();
        preview.needsTypedName = true;
        Question question(preview);
        QVERIFY(!question.act()->isEnabled());
        type(get<QLineEdit>(question.dialog, u"typedName"_s), u"datadog-eu-production"_s);
        QVERIFY(question.act()->isEnabled());
        question.act()->click();
        QCOMPARE(question.changes.requests.front().typedName, u"datadog-eu-production"_s);
        QCOMPARE(question.changes.requests.front().expectedCredentialId, datadogCredential);
        question.changes.answer(question.changes.change(ChangePhase::Verified));
        QTRY_VERIFY(!question.dialog.isVisible());
    }

    void theKeysBeforeAreAtKonnectAgain()
    {
        const QString name = u"datadog-staging"_s;
        World world;
        Stack stack(world);
        QVERIFY(stack.start());
        for (const char *key : {"the-old-key-1", "the-new-key-1"}) {
            const auto replaced = stack.run(stack.request(ChangeKind::Replace, name, key));
            QVERIFY(replaced && replaced->ok());
        }
        QWidget window;
        Editors editors(stack.profiles, stack.inventory, stack.vault, stack.changes, stack.recovery,
                        stack.adoption, stack.bulk, stack.handover, &window);
        window.show();
        QSignalSpy ended(&editors, &Editors::changeEnded);
        editors.rollBack(stack.address(name));
        QVERIFY(visibleText(*editors.current()).contains(world.credentialId(name)));
        get<QPushButton>(*editors.current(), u"actButton"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(ended.count() == 1, 20'000);
        QCOMPARE(ended.first().first().value<Change>().phase, ChangePhase::Verified);
        QTRY_VERIFY(!editors.current());
        QCOMPARE(world.keyAt(name, u"DD-API-KEY"_s), QByteArray("the-old-key-1"));
    }
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstRollBackDialog)
#include "tst_rollbackdialog.moc"
