// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/editorkit.h"
#include "ui/common/note.h"
#include "ui/editor/recoverydialog.h"

#include <QApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTreeView>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace latchkey::test::editorkit;

namespace latchkey {

namespace {

/// Stands for ChangeRecovery and CredentialChanges: examining answers at once, a step when the test says so.
class FakeRecovery
{
public:
    [[nodiscard]] RecoveryServices services()
    {
        RecoveryServices made;
        made.examine = [this](std::stop_token) {
            ++looks;
            return answered(problem ? Outcome<QList<UnfinishedChange>>(*problem)
                                    : Outcome<QList<UnfinishedChange>>(changes));
        };
        made.finish = [this](QString id, HeaderKeys keys, std::stop_token token) {
            typed = std::move(keys);
            return begin(u"finish "_s + id, std::move(token));
        };
        made.rollBack = [this](QString id, const QString &, std::stop_token token) {
            return begin(u"roll back "_s + id, std::move(token));
        };
        made.leave = [this](QString id) { return begin(u"leave "_s + id, {}); };
        made.finishRun = [this](QString id, std::stop_token) {
            steps.append(u"finish run "_s + id);
            return answered(runResult);
        };
        made.giveUpRun = [this](QString id) {
            steps.append(u"give up run "_s + id);
            return answered(Outcome<QList<Change>>(QList<Change>()));
        };
        made.find = [this](const InstanceAddress &) { return record; };
        return made;
    }
    void answer(Outcome<Change> outcome)
    {
        m_outcome->emplace(std::move(outcome));
        m_promise.finish();
    }
    /// The first one ends in this phase and is not listed any more.
    void end(ChangePhase phase)
    {
        Change change = changes.takeFirst().change;
        change.phase = phase;
        answer(change);
    }

    QList<UnfinishedChange> changes;
    std::optional<Problem> problem;
    std::optional<InstanceRecord> record = datadog();
    Outcome<BulkResult> runResult = BulkResult();
    int looks = 0;
    QStringList steps;
    HeaderKeys typed;
    std::stop_token stop;

private:
    using Answer = std::shared_ptr<std::optional<Outcome<Change>>>;
    template <typename T>
    static QCoro::Task<T> answered(T answer)
    {
        co_return answer;
    }
    static QCoro::Task<Outcome<Change>> answerLater(Answer answer, QFuture<void> when)
    {
        co_await when;
        Outcome<Change> outcome = std::move(answer->value());
        co_return outcome;
    }
    QCoro::Task<Outcome<Change>> begin(const QString &what, std::stop_token token)
    {
        steps.append(what);
        stop = std::move(token);
        m_promise = QPromise<void>();
        m_promise.start();
        m_outcome = std::make_shared<std::optional<Outcome<Change>>>();
        return answerLater(m_outcome, m_promise.future());
    }

    QPromise<void> m_promise;
    Answer m_outcome;
};

/// A replacement that stopped without a credential; its new keys are kept, the old ones are not.
UnfinishedChange inTheGap(const QString &id = u"change-1"_s)
{
    UnfinishedChange made;
    made.change.id = id;
    made.change.kind = ChangeKind::Replace;
    made.change.phase = ChangePhase::Deleted;
    made.change.address = datadog().address;
    made.change.profileName = u"Acme"_s;
    made.change.instanceName = u"datadog-eu-production"_s;
    made.change.instanceTitle = u"Datadog EU production"_s;
    made.change.integrationName = u"datadog"_s;
    made.change.startedAt = made.change.updatedAt = QDateTime(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);
    made.standing = Standing::None;
    made.keys.staged = true;
    return made;
}

struct Shown
{
    explicit Shown(QList<UnfinishedChange> changes, std::optional<Problem> problem = {})
    {
        recovery.changes = std::move(changes);
        recovery.problem = std::move(problem);
        dialog = std::make_unique<RecoveryDialog>(recovery.services());
        dialog->show();
        dialog->activateWindow();
    }
    QPushButton *button(const QString &name) const { return get<QPushButton>(*dialog, name + u"Button"_s); }
    QTreeView *list() const { return get<QTreeView>(*dialog, u"unfinishedList"_s); }
    QString said(const QString &note) const { return get<Note>(*dialog, note)->text(); }
    bool isIdle() const { return button(u"lookAgain"_s)->isEnabled(); }

    FakeRecovery recovery;
    std::unique_ptr<RecoveryDialog> dialog;
};

} // namespace

class TstRecoveryDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theRestOfARunIsFinishedTogether()
    {
        UnfinishedChange first = inTheGap(u"change-1"_s);
        UnfinishedChange second = inTheGap(u"change-2"_s);
        UnfinishedChange alone = inTheGap(u"change-3"_s);
        first.change.run = second.change.run = u"run-1"_s;
        second.change.phase = ChangePhase::Prepared;
        Shown shown({first, second, alone});
        QTRY_VERIFY(shown.isIdle());
        QVERIFY(isShown(*shown.dialog, u"runBox"_s));
        QVERIFY(shown.said(u"runText"_s).contains(u"2 of them are unfinished"_s));
        auto *giveUp = get<QPushButton>(*shown.dialog, u"giveUpRun"_s);
        QVERIFY(giveUp->isEnabled());
        shown.list()->setCurrentIndex(shown.list()->model()->index(2, 0));
        QVERIFY(!isShown(*shown.dialog, u"runBox"_s));
        shown.list()->setCurrentIndex(shown.list()->model()->index(0, 0));

        BulkResult result;
        result.rows.resize(2);
        result.rows[0].state = BulkRowState::Succeeded;
        result.rows[1].state = BulkRowState::Failed;
        result.rows[1].problem = Problem::of(Problem::Category::ServerError, u"Konnect failed."_s);
        shown.recovery.runResult = result;
        auto *finish = get<QPushButton>(*shown.dialog, u"finishRun"_s);
        finish->setFocus();
        QTest::keyClick(finish, Qt::Key_Return);
        QVERIFY(shown.recovery.steps.isEmpty()); // Enter never takes a step.
        finish->click();
        QTRY_COMPARE(shown.recovery.looks, 2);
        QCOMPARE(shown.recovery.steps, QStringList{u"finish run run-1"_s});
        QCOMPARE(shown.said(u"recoveryEnding"_s), u"1 of 2 done, 1 failed."_s);
        QVERIFY(visibleText(*get<QWidget>(*shown.dialog, u"problemPanel"_s)).contains(u"Konnect failed."_s));
        QTRY_VERIFY(shown.isIdle());
        giveUp->click();
        QTRY_COMPARE(shown.recovery.looks, 3);
        QCOMPARE(shown.recovery.steps.last(), u"give up run run-1"_s);
        QVERIFY(!isShown(*shown.dialog, u"problemPanel"_s));
    }

    void itSaysWhatWasInterruptedAndWhatCanBeDone()
    {
        const Shown shown({inTheGap()});
        QTRY_VERIFY(shown.isIdle());
        const QString text = visibleText(*shown.dialog);
        QVERIFY(text.contains(u"Replace the credential of “Datadog EU production”"_s));
        QVERIFY(text.contains(u"Acme"_s));
        QVERIFY(text.contains(u"The instance has no credential."_s));
        QVERIFY(text.contains(u"Creates the new credential."_s));
        // The reason is there to read, not only under the pointer.
        QVERIFY(text.contains(u"Not possible: The old keys are not known here"_s));
        QVERIFY(shown.button(u"finish"_s)->isEnabled());
        QVERIFY(!shown.button(u"rollBack"_s)->isEnabled());
        QVERIFY(shown.button(u"leave"_s)->isEnabled());
        QCOMPARE(shown.button(u"leave"_s)->accessibleDescription(),
                 inTheGap().offer(RecoveryStep::Leave).text);
    }

    void itGrowsUntilAllCanBeSeen()
    {
        const Shown shown({inTheGap()});
        QTRY_VERIFY(shown.isIdle());
        auto *area = shown.dialog->findChild<QScrollArea *>();
        QVERIFY(area != nullptr);
        QTRY_COMPARE(area->verticalScrollBar()->maximum(), 0);
    }

    void enterNeverTakesAStep()
    {
        Shown shown({inTheGap()});
        QTRY_VERIFY(shown.isIdle());
        QVERIFY(QTest::qWaitForWindowActive(shown.dialog.get()));
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
            QTest::keyClick(shown.list(), key);
            for (const QString &name : {u"finish"_s, u"leave"_s}) {
                shown.button(name)->setFocus();
                QVERIFY(!shown.button(name)->isDefault());
                QTest::keyClick(shown.button(name), key);
            }
        }
        QVERIFY(shown.recovery.steps.isEmpty());
        QVERIFY(shown.dialog->isVisible());
    }

    void finishingShowsItsStepsAndLooksAgain()
    {
        Shown shown({inTheGap(), inTheGap(u"change-2"_s)});
        QTRY_VERIFY(shown.isIdle());
        QSignalSpy ended(shown.dialog.get(), &RecoveryDialog::changeEnded);
        shown.button(u"finish"_s)->click();
        QCOMPARE(shown.recovery.steps, QStringList{u"finish change-1"_s});
        QVERIFY(!shown.button(u"finish"_s)->isEnabled());
        QVERIFY(!shown.button(u"leave"_s)->isEnabled());
        QVERIFY(!shown.isIdle());
        QVERIFY(get<QPushButton>(*shown.dialog, u"cancelButton"_s)->isEnabled());
        Change other = inTheGap().change;
        other.address.instanceId = u"another"_s;
        shown.dialog->follow(other);
        QVERIFY(!isShown(*shown.dialog, u"changeSteps"_s));
        Change creating = inTheGap().change;
        creating.phase = ChangePhase::Creating;
        shown.dialog->follow(creating);
        QVERIFY(isShown(*shown.dialog, u"changeSteps"_s));
        QVERIFY(visibleText(*shown.dialog).contains(u"Create the new credential …"_s));
        // It was sent: Escape and the close button cannot stop it.
        QVERIFY(!get<QPushButton>(*shown.dialog, u"cancelButton"_s)->isEnabled());
        shown.dialog->reject();
        QVERIFY(shown.dialog->isVisible());
        QVERIFY(!shown.recovery.stop.stop_requested());

        shown.recovery.end(ChangePhase::Verified);
        QTRY_COMPARE(ended.count(), 1);
        QTRY_VERIFY(shown.isIdle());
        QCOMPARE(shown.recovery.looks, 2);
        QCOMPARE(shown.list()->model()->rowCount(), 1);
        QVERIFY(shown.said(u"recoveryEnding"_s).contains(u"Created and verified"_s));
        shown.button(u"leave"_s)->click();
        QCOMPARE(shown.recovery.steps.last(), u"leave change-2"_s);
        shown.recovery.end(ChangePhase::Left);
        QTRY_VERIFY(shown.said(u"recoveryState"_s).contains(u"No change is left unfinished"_s));
        QVERIFY(!isShown(*shown.dialog, u"recoveryChoices"_s));
    }

    void aStepCanBeStoppedBeforeItSends()
    {
        Shown shown({inTheGap()});
        QTRY_VERIFY(shown.isIdle());
        shown.button(u"finish"_s)->click();
        shown.dialog->reject();
        QVERIFY(shown.dialog->isVisible());
        QVERIFY(shown.recovery.stop.stop_requested());
        shown.recovery.answer(Problem::of(Problem::Category::Canceled, u"Stopped."_s));
        QTRY_VERIFY(shown.isIdle());
        QVERIFY(shown.said(u"recoveryEnding"_s).contains(u"Nothing was sent"_s));
        QVERIFY(!isShown(*shown.dialog, u"problemPanel"_s));
        QVERIFY(shown.button(u"finish"_s)->isEnabled());
    }

    void rollingBackTellsItsProblem()
    {
        UnfinishedChange possible = inTheGap();
        possible.keys.previous = true;
        Shown shown({possible});
        QTRY_VERIFY(shown.isIdle());
        shown.button(u"rollBack"_s)->click();
        QCOMPARE(shown.recovery.steps, QStringList{u"roll back change-1"_s});
        Problem refused = Problem::of(Problem::Category::Forbidden, u"The token lacks a role."_s);
        refused.traceId = u"kong:trace:99"_s;
        shown.recovery.answer(refused);
        QTRY_VERIFY(shown.isIdle());
        // Still there after the look that follows.
        QVERIFY(isShown(*shown.dialog, u"problemPanel"_s));
        QVERIFY(visibleText(*shown.dialog).contains(u"kong:trace:99"_s));
        QVERIFY(shown.button(u"rollBack"_s)->isEnabled());
        shown.button(u"rollBack"_s)->click();
        // The way back is a change of its own; it stopped half way.
        Change back = inTheGap(u"change-2"_s).change;
        back.kind = ChangeKind::Create;
        back.phase = ChangePhase::Creating;
        back.problem = Problem::of(Problem::Category::TimedOut, u"Konnect did not answer."_s);
        shown.recovery.answer(back);
        QTRY_VERIFY(shown.isIdle());
        QVERIFY(shown.said(u"recoveryEnding"_s).contains(u"It is not known"_s));
        QVERIFY(visibleText(*shown.dialog).contains(u"Konnect did not answer."_s));
    }

    void keysThatAreKeptNowhereAreAskedFor()
    {
        UnfinishedChange without = inTheGap();
        without.keys.staged = false;
        Shown shown({without});
        QTRY_VERIFY(shown.isIdle());
        QVERIFY(visibleText(*shown.dialog).contains(u"you enter them again"_s));
        QVERIFY(!shown.button(u"finish"_s)->isEnabled());
        type(keyLine(*shown.dialog, 0), u"first-key-1"_s);
        QVERIFY(!shown.button(u"finish"_s)->isEnabled());
        type(keyLine(*shown.dialog, 1), u"second-key-1"_s);
        QVERIFY(shown.button(u"finish"_s)->isEnabled());
        // Looking again does not take away what was typed, and neither does closing without a question.
        shown.button(u"lookAgain"_s)->click();
        QTRY_VERIFY(shown.isIdle());
        shown.dialog->reject();
        QVERIFY(isShown(*shown.dialog, u"discardQuestion"_s));
        get<QPushButton>(*shown.dialog, u"keepEditingButton"_s)->click();
        shown.button(u"finish"_s)->click();
        QCOMPARE(shown.recovery.typed.size(), size_t(2));
        QCOMPARE(shown.recovery.typed.front().name, u"DD-API-KEY"_s);
        QVERIFY(shown.recovery.typed.front().key.equals(Secret("first-key-1")));
        shown.recovery.end(ChangePhase::Verified);
        QTRY_VERIFY(shown.isIdle());
        shown.dialog->reject();
        QVERIFY(!shown.dialog->isVisible());
    }

    void whatCannotBeAskedIsSaid()
    {
        UnfinishedChange unknown = inTheGap();
        unknown.standing = Standing::NotKnown;
        unknown.obstacle =
            Problem::of(Problem::Category::KeychainLocked, u"The keychain is locked."_s, u"Unlock it."_s);
        const Shown shown({unknown});
        QTRY_VERIFY(shown.isIdle());
        QVERIFY(shown.said(u"recoveryThere"_s).contains(u"The keychain is locked."_s));
        QVERIFY(shown.said(u"recoveryThere"_s).contains(u"Unlock it."_s));
        QVERIFY(!shown.button(u"finish"_s)->isEnabled());
        QVERIFY(shown.button(u"leave"_s)->isEnabled());
    }

    void anotherLatchkeyAtWorkIsSaid()
    {
        Shown shown({}, Problem::of(Problem::Category::InUse, u"latchkeyctl is changing credentials."_s,
                                    u"Try again when that change has ended."_s));
        QTRY_VERIFY(shown.isIdle());
        QVERIFY(visibleText(*shown.dialog).contains(u"latchkeyctl is changing credentials."_s));
        QVERIFY(!isShown(*shown.dialog, u"recoveryChoices"_s));
        QVERIFY(shown.said(u"recoveryState"_s).isEmpty());
        shown.recovery.problem.reset();
        shown.recovery.changes = {inTheGap()};
        shown.button(u"lookAgain"_s)->click();
        QTRY_VERIFY(isShown(*shown.dialog, u"recoveryChoices"_s));
        QVERIFY(!isShown(*shown.dialog, u"problemPanel"_s));
    }
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstRecoveryDialog)
#include "tst_recoverydialog.moc"
