// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/dialoganswer.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "tests/ui/editorkit.h"
#include "ui/common/notelist.h"
#include "ui/common/theme.h"
#include "ui/editor/credentialdialog.h"
#include "ui/editor/editors.h"

#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace latchkey::test;
using namespace latchkey::test::editorkit;

namespace latchkey {

namespace {

struct Form
{
    explicit Form(ChangePreview preview)
        : dialog((changes.record = preview.record, preview), changes.services(), [this](const QUrl &url) {
            opened = url;
            return opens;
        })
    {
        dialog.show();
        dialog.activateWindow();
    }
    QPushButton *act() const { return get<QPushButton>(dialog, u"actButton"_s); }
    QPushButton *cancel() const { return get<QPushButton>(dialog, u"cancelButton"_s); }
    NoteList *notes(int row) const { return get<NoteList>(dialog, u"headerNotes%1"_s.arg(row)); }
    void fill() const
    {
        type(keyLine(dialog, 0), u"first-key-0001"_s);
        type(keyLine(dialog, 1), u"second-key-0002"_s);
    }

    FakeChanges changes;
    QUrl opened;
    bool opens = true;
    CredentialDialog dialog;
};

struct Desk
{
    explicit Desk(World &world)
        : stack(world)
        , editors(stack.profiles, stack.inventory, stack.vault, stack.changes, stack.recovery, stack.adoption,
                  stack.bulk, stack.handover, &window)
        , ended(&editors, &Editors::changeEnded)
    {
        window.show();
    }
    Stack stack;
    QWidget window;
    Editors editors;
    QSignalSpy ended;
};

} // namespace

class TstCredentialDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachDefinedHeaderIsARowWithItsNamesAndDescription()
    {
        const Form form(previewOf(ChangeKind::Create, datadog()));
        const QString text = visibleText(form.dialog);
        for (const HeaderDefinition &header : datadog().authorization.headers) {
            QVERIFY(text.contains(header.name));
            QVERIFY(text.contains(header.displayName));
            QVERIFY(text.contains(header.description));
        }
        QVERIFY(!form.dialog.findChild<QPushButton *>(u"addHeader"_s));
        QVERIFY(!form.act()->isEnabled());
        QVERIFY(!form.notes(0)->isVisibleTo(&form.dialog));
        QVERIFY(get<QLabel>(form.dialog, u"hint"_s)->text().contains(u"DD-API-KEY"_s));
    }

    void actIsTheDefaultButtonOnlyWhenTheFormIsComplete()
    {
        Form form(previewOf(ChangeKind::Create, datadog()));
        QVERIFY(!form.act()->isDefault());
        QTest::keyClick(&form.dialog, Qt::Key_Return);
        QVERIFY(form.changes.requests.empty());
        form.fill();
        QVERIFY(form.act()->isEnabled());
        QVERIFY(form.act()->isDefault());
        QTest::keyClick(keyLine(form.dialog, 1), Qt::Key_Return);
        QCOMPARE(form.changes.requests.size(), size_t(1));
        const ChangeRequest &sent = form.changes.requests.front();
        QCOMPARE(sent.kind, ChangeKind::Create);
        QCOMPARE(sent.keep, KeepKeys::InKeychain);
        QCOMPARE(headerNames(sent.credential.headers),
                 QStringList({u"DD-API-KEY"_s, u"DD-APPLICATION-KEY"_s}));
        QCOMPARE(sent.credential.headers[1].key.reveal().toByteArray(), QByteArrayLiteral("second-key-0002"));
        QSignalSpy finished(&form.dialog, &QDialog::finished);
        form.changes.answer(form.changes.change(ChangePhase::Verified));
        QTRY_COMPARE(finished.count(), 1);
    }

    void theLastDayGoesWithTheChange()
    {
        ChangePreview preview = previewOf(ChangeKind::Create, datadog());
        preview.at = QDateTime(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);
        preview.record.expiry.livesDays = 90;
        Form form(preview);
        form.fill();
        auto *expires = get<QLineEdit>(form.dialog, u"expiryDate"_s);
        QVERIFY(get<NoteList>(form.dialog, u"expiryNotes"_s)->text().contains(u"26 Feb 2027"_s));
        type(expires, u"2027-02-30"_s);
        QVERIFY(!form.act()->isEnabled());
        QVERIFY(get<QLabel>(form.dialog, u"hint"_s)->text().contains(u"no date"_s));
        expires->selectAll();
        type(expires, u"2027-03-03"_s);
        QVERIFY(get<NoteList>(form.dialog, u"expiryNotes"_s)->text().contains(u"in 96 days"_s));
        QVERIFY(form.act()->isEnabled());
        form.act()->click();
        QCOMPARE(form.changes.requests.front().expires, QDate(2027, 3, 3));
    }

    void withoutALastDayNoneIsSent()
    {
        Form form(previewOf(ChangeKind::Create, datadog()));
        form.fill();
        form.act()->click();
        QVERIFY(!form.changes.requests.front().expires.isValid());
        // A role does not end.
        const Form role(previewOf(ChangeKind::Create, withStrategy(Authorization::Strategy::AwsRole)));
        QVERIFY(!role.dialog.findChild<QLineEdit *>(u"expiryDate"_s));
    }

    void enterOnAToolButtonPressesThatButton()
    {
        Form form(previewOf(ChangeKind::Create, datadog()));
        QVERIFY(QTest::qWaitForWindowActive(&form.dialog));
        form.fill();
        auto *clear = get<QToolButton>(*get<QWidget>(form.dialog, u"headerKey0"_s), u"clearButton"_s);
        clear->setFocus();
        QTest::keyClick(clear, Qt::Key_Return);
        QVERIFY(form.changes.requests.empty());
        QVERIFY(keyLine(form.dialog, 0)->text().isEmpty());
    }

    void enterPressesTheButtonWithTheFocusAndNoOther()
    {
        Form form(previewOf(ChangeKind::Replace, datadogWithCredential()));
        QVERIFY(QTest::qWaitForWindowActive(&form.dialog));
        form.fill();
        Problem none;
        none.category = Problem::Category::KeychainUnavailable;
        none.caption = u"There is no keychain."_s;
        form.dialog.setKeychainProblem(none);
        get<QAbstractButton>(form.dialog, u"holdInMemory"_s)->click();
        form.act()->click();
        Problem refused;
        refused.category = Problem::Category::Network;
        refused.caption = u"The connection broke."_s;
        form.changes.answer(refused);
        QTRY_VERIFY(isShown(form.dialog, u"problemPanel"_s));
        QVERIFY(form.act()->isDefault());
        QCOMPARE(form.changes.requests.size(), size_t(1));

        QSignalSpy retry(&form.dialog, &CredentialDialog::keychainRetryRequested);
        for (const QString &name : {u"retryKeychain"_s, u"copyProblemButton"_s, u"cancelButton"_s}) {
            auto *button = get<QPushButton>(form.dialog, name);
            QSignalSpy clicked(button, &QPushButton::clicked);
            button->setFocus();
            QVERIFY(button->hasFocus());
            QTest::keyClick(button, Qt::Key_Return);
            QVERIFY2(clicked.count() == 1, qPrintable(name));
            QCOMPARE(form.changes.requests.size(), size_t(1));
        }
        QCOMPARE(retry.count(), 1);
        // Cancel asks, and Enter on its answers is about that question too.
        QVERIFY(isShown(form.dialog, u"discardQuestion"_s));
        auto *discard = get<QPushButton>(form.dialog, u"discardButton"_s);
        discard->setFocus();
        QTest::keyClick(discard, Qt::Key_Enter);
        QVERIFY(!form.dialog.isVisible());
        QCOMPARE(form.changes.requests.size(), size_t(1));
    }

    void enterOnAddHeaderAddsAHeader()
    {
        Form form(previewOf(ChangeKind::Create, withStrategy(Authorization::Strategy::NotRead)));
        QVERIFY(QTest::qWaitForWindowActive(&form.dialog));
        type(get<QLineEdit>(form.dialog, u"headerName0"_s), u"x-first"_s);
        type(keyLine(form.dialog, 0), u"key-one"_s);
        QVERIFY(form.act()->isDefault());
        auto *add = get<QPushButton>(form.dialog, u"addHeader"_s);
        add->setFocus();
        QTest::keyClick(add, Qt::Key_Return);
        QVERIFY(form.changes.requests.empty());
        get<QLineEdit>(form.dialog, u"headerName1"_s);
    }

    void thePresentRoleIsNotReplacedByEnter()
    {
        const QString arn = u"arn:aws:iam::123456789012:role/konnect"_s;
        InstanceRecord record = withStrategy(Authorization::Strategy::AwsRole);
        record.knowledge = InstanceRecord::Knowledge::Present;
        record.credential = datadogWithCredential().credential;
        record.credential.type = CredentialType::AwsRole;
        record.credential.roleArn = arn;
        Form form(previewOf(ChangeKind::Replace, record));
        QVERIFY(QTest::qWaitForWindowActive(&form.dialog));
        auto *line = get<QLineEdit>(form.dialog, u"roleArn"_s);
        QCOMPARE(line->text(), arn);
        QVERIFY(line->hasFocus());
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(form.changes.requests.empty());
        QVERIFY(get<NoteList>(form.dialog, u"formNotes"_s)->text().contains(u"has now"_s));
        // Typed and taken back is the same role again.
        line->end(false);
        type(line, u"x"_s);
        QVERIFY(form.act()->isDefault());
        QTest::keyClick(line, Qt::Key_Backspace);
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(form.changes.requests.empty());
        type(line, u"-2"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(form.changes.requests.size(), size_t(1));
        form.changes.answer(form.changes.change(ChangePhase::Verified));
    }

    void aCredentialThatSomebodyCreatedMeanwhileIsOfferedForReplacement()
    {
        InstanceRecord bare = datadog();
        bare.production = true;
        Form form(previewOf(ChangeKind::Create, bare));
        form.fill();
        form.act()->click();
        // What the service learned on the way.
        form.changes.record = datadogWithCredential();
        form.changes.record.production = true;
        form.changes.answer(Problem::of(Problem::Category::Conflict, u"It has a credential already."_s));
        QTRY_VERIFY(isShown(form.dialog, u"problemPanel"_s));
        QCOMPARE(form.act()->text(), u"Replace credential"_s);
        QVERIFY(get<NoteList>(form.dialog, u"consequences"_s)->text().contains(datadogCredential));
        QCOMPARE(keyLine(form.dialog, 1)->text(), u"second-key-0002"_s);
        // In a production profile a replacement wants the name, which creating did not.
        QVERIFY(!form.act()->isEnabled());
        type(get<QLineEdit>(form.dialog, u"typedName"_s), u"datadog-eu-production"_s);
        QVERIFY(form.act()->isEnabled());
        QVERIFY(!form.act()->isDefault());
        form.act()->click();
        QCOMPARE(form.changes.requests.size(), size_t(2));
        QCOMPARE(form.changes.requests.back().kind, ChangeKind::Replace);
        QCOMPARE(form.changes.requests.back().expectedCredentialId, datadogCredential);
        QCOMPARE(form.changes.requests.back().typedName, u"datadog-eu-production"_s);
        form.changes.answer(form.changes.change(ChangePhase::Verified));
    }

    void aCredentialThatIsGoneMeanwhileIsOfferedToBeCreated()
    {
        Form form(previewOf(ChangeKind::Replace, datadogWithCredential()));
        form.fill();
        form.act()->click();
        form.changes.record = datadog();
        form.changes.answer(Problem::of(Problem::Category::Refused, u"Its credential is gone."_s));
        QTRY_COMPARE(form.act()->text(), u"Create credential"_s);
        QVERIFY(form.act()->isEnabled());
        QVERIFY(!form.act()->isDefault());
        form.act()->click();
        QCOMPARE(form.changes.requests.back().kind, ChangeKind::Create);
        form.changes.answer(form.changes.change(ChangePhase::Verified));
    }

    void findingsStandBesideTheFieldThatTheyAreAbout()
    {
        Form form(previewOf(ChangeKind::Create, datadog()));
        form.fill();
        QGuiApplication::clipboard()->setText(u"key with\na break"_s);
        QWidget *second = get<QWidget>(form.dialog, u"headerKey1"_s);
        get<QToolButton>(*second, u"clearButton"_s)->click();
        get<QToolButton>(*second, u"pasteButton"_s)->click();
        QVERIFY(form.notes(0)->entries().isEmpty());
        QCOMPARE(form.notes(1)->entries().size(), 1);
        QCOMPARE(form.notes(1)->entries().first().kind, Note::Kind::Error);
        QVERIFY(form.notes(1)->text().contains(u"line break"_s));
        QVERIFY(!form.act()->isEnabled());

        get<QToolButton>(*second, u"clearButton"_s)->click();
        type(keyLine(form.dialog, 1), u"Bearer Bearer abc "_s);
        QCOMPARE(form.notes(1)->entries().size(), 2);
        QCOMPARE(form.notes(1)->entries().first().kind, Note::Kind::Warning);
        QVERIFY(form.act()->isEnabled());
    }

    void konnectsReasonsStandBesideTheirFieldsAndTheKeysStay()
    {
        Form form(previewOf(ChangeKind::Create, datadog()));
        form.fill();
        form.act()->click();
        Problem problem;
        problem.category = Problem::Category::InvalidInput;
        problem.caption = u"Konnect does not accept the credential."_s;
        problem.traceId = u"kong:trace:4711"_s;
        problem.invalidParameters = {{u"config.headers[1].key"_s, {}, u"is too short"_s, u"body"_s}};
        Change refused = form.changes.change(ChangePhase::Abandoned);
        refused.problem = problem;
        form.changes.answer(refused);
        QTRY_VERIFY(isShown(form.dialog, u"problemPanel"_s));
        QVERIFY(form.notes(1)->text().contains(u"is too short"_s));
        QVERIFY(form.notes(0)->entries().isEmpty());
        QVERIFY(visibleText(form.dialog).contains(u"kong:trace:4711"_s));
        QCOMPARE(keyLine(form.dialog, 1)->text(), u"second-key-0002"_s);
        get<QPushButton>(form.dialog, u"copyProblemButton"_s)->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"kong:trace:4711"_s));
        QVERIFY(!QGuiApplication::clipboard()->text().contains(u"second-key"_s));
        // What went wrong must be read before Enter sends it again.
        QVERIFY(form.act()->isEnabled());
        QVERIFY(!form.act()->isDefault());
        form.act()->click();
        QCOMPARE(form.changes.requests.size(), size_t(2));
    }

    void freeRowsCanBeAddedMovedAndRemoved()
    {
        Form form(previewOf(ChangeKind::Create, withStrategy(Authorization::Strategy::NotRead)));
        QVERIFY(visibleText(form.dialog).contains(u"catalog could not be read"_s));
        type(get<QLineEdit>(form.dialog, u"headerName0"_s), u"x-first"_s);
        type(keyLine(form.dialog, 0), u"key-one"_s);
        QVERIFY(form.act()->isEnabled());
        get<QPushButton>(form.dialog, u"addHeader"_s)->click();
        QVERIFY(!form.act()->isEnabled());
        type(get<QLineEdit>(form.dialog, u"headerName1"_s), u"X-First"_s);
        type(keyLine(form.dialog, 1), u"key-two"_s);
        QVERIFY(form.notes(1)->text().contains(u"twice"_s));
        QVERIFY(!form.act()->isEnabled());
        get<QLineEdit>(form.dialog, u"headerName1"_s)->selectAll();
        type(get<QLineEdit>(form.dialog, u"headerName1"_s), u"x-second"_s);
        QVERIFY(form.act()->isEnabled());

        QVERIFY(!get<QToolButton>(form.dialog, u"moveHeaderUp0"_s)->isEnabled());
        get<QToolButton>(form.dialog, u"moveHeaderUp1"_s)->click();
        QCOMPARE(get<QLineEdit>(form.dialog, u"headerName0"_s)->text(), u"x-second"_s);
        QCOMPARE(keyLine(form.dialog, 0)->text(), u"key-two"_s);
        get<QPushButton>(form.dialog, u"addHeader"_s)->click();
        get<QToolButton>(form.dialog, u"removeHeader2"_s)->click();
        form.act()->click();
        QCOMPARE(form.changes.requests.size(), size_t(1));
        const HeaderKeys &sent = form.changes.requests.front().credential.headers;
        QCOMPARE(headerNames(sent), QStringList({u"x-second"_s, u"x-first"_s}));
        QCOMPARE(sent[0].key.reveal().toByteArray(), QByteArrayLiteral("key-two"));
        form.changes.answer(form.changes.change(ChangePhase::Verified));
    }

    void replaceSaysWhatGoesAndWhetherThereIsAWayBack()
    {
        ChangePreview preview = previewOf(ChangeKind::Replace, datadogWithCredential());
        {
            const Form form(preview);
            const QString text = get<NoteList>(form.dialog, u"consequences"_s)->text();
            QVERIFY(text.contains(datadogCredential));
            QVERIFY(text.contains(u"2026"_s) || text.contains(u"26"_s));
            QVERIFY(text.contains(u"not authorized for a moment"_s));
            QVERIFY(text.contains(u"The old keys are not known here: there is no way back"_s));
        }
        preview.wayBack = true;
        preview.wayBackSince = QDateTime(QDate(2026, 3, 1), QTime(8, 31), Qt::UTC);
        const Form form(preview);
        QVERIFY(get<NoteList>(form.dialog, u"consequences"_s)->text().contains(u"There is a way back"_s));
        QVERIFY(!get<NoteList>(form.dialog, u"consequences"_s)->text().contains(u"credential-expires"_s));
    }

    void aLabelThatWillBeAboutAnEarlierCredentialIsSaid()
    {
        InstanceRecord labelled = datadogWithCredential();
        labelled.instance.labels.insert(u"credential-expires"_s, u"2026-12-20"_s);
        const Form form(previewOf(ChangeKind::Replace, labelled));
        const QString text = get<NoteList>(form.dialog, u"consequences"_s)->text();
        QVERIFY2(text.contains(u"credential-expires says 2026-12-20"_s), qPrintable(text));
    }

    void productionProfilesAskForTheName()
    {
        ChangePreview preview = previewOf(ChangeKind::Replace, datadogWithCredential());
        preview.needsTypedName = true;
        Form form(preview);
        form.fill();
        QVERIFY(!form.act()->isEnabled());
        type(get<QLineEdit>(form.dialog, u"typedName"_s), u"datadog-eu-productio"_s);
        QVERIFY(!form.act()->isEnabled());
        type(get<QLineEdit>(form.dialog, u"typedName"_s), u"n"_s);
        QVERIFY(form.act()->isEnabled());
        form.act()->click();
        QCOMPARE(form.changes.requests.front().typedName, u"datadog-eu-production"_s);
        QCOMPARE(form.changes.requests.front().expectedCredentialId, datadogCredential);
        form.changes.answer(form.changes.change(ChangePhase::Verified));
    }

    void protectedInstancesAskForTheNameOnlyWhereSomethingIsLost()
    {
        InstanceRecord bare = datadog();
        bare.isProtected = true;
        Form creation(previewOf(ChangeKind::Create, bare));
        creation.fill();
        QVERIFY(!isShown(creation.dialog, u"typedName"_s));
        QVERIFY(creation.act()->isEnabled());
        InstanceRecord record = datadogWithCredential();
        record.isProtected = true;
        Form replacement(previewOf(ChangeKind::Replace, record));
        replacement.fill();
        QVERIFY(!replacement.act()->isEnabled());
        type(get<QLineEdit>(replacement.dialog, u"typedName"_s), u"datadog-eu-production"_s);
        QVERIFY(replacement.act()->isEnabled());
    }

    void itCanBeStoppedUntilTheFirstWrite()
    {
        Form form(previewOf(ChangeKind::Replace, datadogWithCredential()));
        form.fill();
        form.act()->click();
        QVERIFY(isShown(form.dialog, u"changeSteps"_s));
        QVERIFY(!keyLine(form.dialog, 0)->isEnabled());
        form.dialog.follow(form.changes.change(ChangePhase::Prepared));
        QVERIFY(form.cancel()->isEnabled());
        QTest::keyClick(&form.dialog, Qt::Key_Escape);
        QVERIFY(form.changes.stop.stop_requested());
        QVERIFY(form.dialog.isVisible());
        Problem canceled;
        canceled.category = Problem::Category::Canceled;
        form.changes.answer(canceled);
        QTRY_VERIFY(keyLine(form.dialog, 0)->isEnabled());
        QVERIFY(visibleText(form.dialog).contains(u"Nothing was sent"_s));
        QCOMPARE(keyLine(form.dialog, 0)->text(), u"first-key-0001"_s);

        form.act()->click();
        form.dialog.follow(form.changes.change(ChangePhase::Deleting));
        QVERIFY(!form.cancel()->isEnabled());
        QTest::keyClick(&form.dialog, Qt::Key_Escape);
        form.dialog.close();
        QVERIFY(!form.changes.stop.stop_requested());
        QVERIFY(form.dialog.isVisible());
        form.changes.answer(form.changes.change(ChangePhase::Verified));
    }

    void aChangeOfAnotherInstanceIsNotFollowed()
    {
        Form form(previewOf(ChangeKind::Replace, datadogWithCredential()));
        form.fill();
        form.act()->click();
        Change other = form.changes.change(ChangePhase::Deleting);
        other.address.instanceId = u"another"_s;
        form.dialog.follow(other);
        QVERIFY(form.cancel()->isEnabled());
        form.changes.answer(form.changes.change(ChangePhase::Verified));
    }

    void escapeAsksBeforeTypedKeysAreLost()
    {
        Form form(previewOf(ChangeKind::Create, datadog()));
        type(keyLine(form.dialog, 0), u"abc"_s);
        QTest::keyClick(&form.dialog, Qt::Key_Escape);
        QVERIFY(form.dialog.isVisible());
        QVERIFY(isShown(form.dialog, u"discardQuestion"_s));
        QTest::keyClick(&form.dialog, Qt::Key_Escape);
        QVERIFY(!isShown(form.dialog, u"discardQuestion"_s));
        QCOMPARE(keyLine(form.dialog, 0)->text(), u"abc"_s);
        QTest::keyClick(&form.dialog, Qt::Key_Escape);
        get<QPushButton>(form.dialog, u"discardButton"_s)->click();
        QVERIFY(!form.dialog.isVisible());

        Form untouched(previewOf(ChangeKind::Create, datadog()));
        QTest::keyClick(&untouched.dialog, Qt::Key_Escape);
        QVERIFY(!untouched.dialog.isVisible());
    }

    void withoutAKeychainTheUserChoosesMemoryOrNothing()
    {
        Form form(previewOf(ChangeKind::Create, datadog()));
        form.fill();
        Problem none;
        none.category = Problem::Category::KeychainUnavailable;
        none.caption = u"There is no keychain."_s;
        form.dialog.setKeychainProblem(none);
        QVERIFY(isShown(form.dialog, u"keepBanner"_s));
        QVERIFY(!form.act()->isEnabled());
        QSignalSpy retry(&form.dialog, &CredentialDialog::keychainRetryRequested);
        get<QPushButton>(form.dialog, u"retryKeychain"_s)->click();
        QCOMPARE(retry.count(), 1);
        get<QAbstractButton>(form.dialog, u"holdInMemory"_s)->click();
        QVERIFY(form.act()->isEnabled());
        form.act()->click();
        QCOMPARE(form.changes.requests.front().keep, KeepKeys::InMemory);
        form.changes.answer(form.changes.change(ChangePhase::Verified));
    }

    void aRoleArnIsCheckedAndKeptNowhere()
    {
        Form form(previewOf(ChangeKind::Create, withStrategy(Authorization::Strategy::AwsRole)));
        Problem none;
        none.category = Problem::Category::KeychainUnavailable;
        form.dialog.setKeychainProblem(none);
        QVERIFY(!isShown(form.dialog, u"keepBanner"_s));
        type(get<QLineEdit>(form.dialog, u"roleArn"_s), u"arn:aws:iam"_s);
        QVERIFY(!get<NoteList>(form.dialog, u"formNotes"_s)->entries().isEmpty());
        QVERIFY(!form.act()->isEnabled());
        type(get<QLineEdit>(form.dialog, u"roleArn"_s), u"::123456789012:role/konnect"_s);
        QVERIFY(form.act()->isEnabled());
        form.act()->click();
        const ChangeRequest &sent = form.changes.requests.front();
        QCOMPARE(sent.credential.type, CredentialType::AwsRole);
        QCOMPARE(sent.credential.roleArn, u"arn:aws:iam::123456789012:role/konnect"_s);
        QCOMPARE(sent.keep, KeepKeys::Nowhere);
        form.changes.answer(form.changes.change(ChangePhase::Verified));
    }

    void consentsInTheBrowserAreExplainedAndOpened()
    {
        ChangePreview preview = previewOf(ChangeKind::Create, withStrategy(Authorization::Strategy::OAuth));
        preview.obstacle.emplace();
        preview.obstacle->caption = u"Not here."_s;
        Form oauth(preview);
        QVERIFY(get<NoteList>(oauth.dialog, u"browserExplanation"_s)->text().contains(u"OAuth"_s));
        oauth.act()->click();
        QCOMPARE(oauth.opened, QUrl(u"https://cloud.konghq.com/eu/service-catalog/integrations"_s));
        QVERIFY(oauth.changes.requests.empty());

        preview = previewOf(ChangeKind::Create, withStrategy(Authorization::Strategy::GitHubApp));
        preview.record.authorization.appInstallUrl =
            QUrl(u"https://github.com/apps/konnect/installations/new"_s);
        Form github(preview);
        github.act()->click();
        QCOMPARE(github.opened, preview.record.authorization.appInstallUrl);

        preview.record.authorization.appInstallUrl = QUrl(u"file:///etc/passwd"_s);
        preview.record.endpointLabel = u"konnect.example.com"_s;
        const Form hostile(preview);
        QVERIFY(!hostile.act()->isVisibleTo(&hostile.dialog));
    }

    void whereNothingIsSentNothingIsThreatened()
    {
        for (const auto strategy : {Authorization::Strategy::OAuth, Authorization::Strategy::GitHubApp}) {
            InstanceRecord record = withStrategy(strategy);
            record.knowledge = InstanceRecord::Knowledge::Present;
            record.credential = datadogWithCredential().credential;
            record.credential.type = CredentialType::OAuth;
            ChangePreview preview = previewOf(ChangeKind::Replace, record);
            preview.needsTypedName = true;
            const Form form(preview);
            QVERIFY(!isShown(form.dialog, u"consequences"_s));
            QVERIFY(!isShown(form.dialog, u"typedName"_s));
            const QString text = visibleText(form.dialog);
            QVERIFY2(!text.contains(u"is deleted"_s) && !text.contains(u"not authorized for a moment"_s),
                     qPrintable(text));
            QVERIFY(text.contains(u"delete it here first"_s));
            QVERIFY(form.act()->isEnabled());
        }
    }

    void aBrowserThatDoesNotOpenIsSaid()
    {
        Form form(previewOf(ChangeKind::Create, withStrategy(Authorization::Strategy::OAuth)));
        form.opens = false;
        form.act()->click();
        QVERIFY(form.dialog.isVisible());
        QVERIFY(isShown(form.dialog, u"problemPanel"_s));
        QVERIFY(visibleText(form.dialog).contains(u"could not be opened"_s));
        form.opens = true;
        form.act()->click();
        QVERIFY(!form.dialog.isVisible());
    }

    void aCredentialThatKonnectFindsFaultWithIsNotPassedOver()
    {
        Form form(previewOf(ChangeKind::Create, datadog()));
        QSignalSpy ended(&form.dialog, &ChangeDialog::changeEnded);
        form.fill();
        form.act()->click();
        form.changes.record = datadogWithCredential();
        form.changes.record.credential.missingPermissions = {
            {{u"monitors_read"_s}, u"Monitors cannot be read."_s}};
        form.changes.answer(form.changes.change(ChangePhase::NotHealthy));
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(form.dialog.isVisible());
        QVERIFY(visibleText(form.dialog).contains(u"Monitors cannot be read."_s));
        QVERIFY(visibleText(form.dialog).contains(u"monitors_read"_s));
        QVERIFY(!form.act()->isVisibleTo(&form.dialog));
        form.cancel()->click();
        QVERIFY(!form.dialog.isVisible());
    }

    void everyFieldIsReachedByTab()
    {
        Form form(previewOf(ChangeKind::Replace, datadogWithCredential()));
        QVERIFY(QTest::qWaitForWindowActive(&form.dialog));
        form.fill();
        keyLine(form.dialog, 0)->setFocus();
        QStringList seen;
        do {
            seen.append(form.dialog.focusWidget()->objectName());
            QTest::keyClick(form.dialog.focusWidget(), Qt::Key_Tab);
        } while (form.dialog.focusWidget() != keyLine(form.dialog, 0) && seen.size() < 30);
        QVERIFY2(seen.count(u"secretLine"_s) == 2, qPrintable(seen.join(u' ')));
        for (const QString &name :
             {u"revealButton"_s, u"pasteButton"_s, u"clearButton"_s, u"actButton"_s, u"cancelButton"_s})
            QVERIFY2(seen.contains(name), qPrintable(name));
    }

    void manyHeadersScrollInAWindowOfTheScreen()
    {
        InstanceRecord record = datadog();
        record.authorization.headers.clear();
        for (int i = 0; i < 40; ++i)
            record.authorization.headers.append(
                {u"X-Header-%1"_s.arg(i), u"Header %1"_s.arg(i), u"What it is for."_s});
        const Form form(previewOf(ChangeKind::Create, record));
        QVERIFY(form.dialog.height() <= form.dialog.screen()->availableGeometry().height());
        QVERIFY(form.act()->isVisibleTo(&form.dialog));
    }

    void createSendsTheTypedKeysAndKeepsThem()
    {
        World world;
        world.service.organization().removeCredential(world.instanceId(u"datadog-staging"_s));
        Desk desk(world);
        QVERIFY(desk.stack.start());
        DialogAnswer answer(u"credentialDialog"_s);
        answer
            .then([](QDialog &dialog) {
                type(keyLine(dialog, 0), u"typed-api-key-01"_s);
                type(keyLine(dialog, 1), u"typed-app-key-02"_s);
                return true;
            })
            .click(u"actButton"_s);
        desk.editors.createCredential(desk.stack.address(u"datadog-staging"_s));
        QVERIFY(desk.editors.current());
        QTRY_VERIFY_WITH_TIMEOUT(desk.ended.count() == 1, 20'000);
        QCOMPARE(desk.ended.first().first().value<Change>().phase, ChangePhase::Verified);
        QTRY_VERIFY(!desk.editors.current());
        QCOMPARE(world.keyAt(u"datadog-staging"_s, u"DD-API-KEY"_s), QByteArrayLiteral("typed-api-key-01"));
        QCOMPARE(world.keyAt(u"datadog-staging"_s, u"DD-APPLICATION-KEY"_s),
                 QByteArrayLiteral("typed-app-key-02"));
        QVERIFY(desk.stack.record(u"datadog-staging"_s).keptKeys.current);

        // The keys are known now: replacing them has a way back.
        desk.editors.replaceCredential(desk.stack.address(u"datadog-staging"_s));
        QVERIFY(get<NoteList>(*desk.editors.current(), u"consequences"_s)
                    ->text()
                    .contains(u"There is a way back"_s));
        desk.editors.current()->reject();
    }

    void keysOfACredentialThatWasNotMadeHereAreEntered()
    {
        const QString name = u"datadog-staging"_s;
        World world;
        Desk desk(world);
        QVERIFY(desk.stack.start());
        desk.editors.enterKeys(desk.stack.address(name));
        QDialog *dialog = desk.editors.current();
        QVERIFY(dialog);
        QVERIFY(visibleText(*dialog).contains(u"Nothing is sent to Konnect"_s));
        QVERIFY(visibleText(*dialog).contains(world.credentialId(name)));
        QVERIFY(visibleText(*dialog).contains(u"cannot be verified"_s));
        auto *act = get<QPushButton>(*dialog, u"actButton"_s);
        QCOMPARE(act->text(), u"Keep keys"_s);
        QVERIFY(!act->isEnabled());
        type(keyLine(*dialog, 0), u"typed-api-key-01"_s);
        type(keyLine(*dialog, 1), u"typed-app-key-02"_s);
        act->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.ended.count() == 1, 20'000);
        QCOMPARE(desk.ended.first().first().value<Change>().phase, ChangePhase::Adopted);
        QTRY_VERIFY(!desk.editors.current());
        QCOMPARE(world.copies("POST", name) + world.copies("DELETE", name), 0);
        QVERIFY(desk.stack.record(name).keptKeys.entered);
    }

    void enteredKeysAreKeptInTheKeychainOnly()
    {
        Form form(previewOf(ChangeKind::Adopt, datadogWithCredential()));
        form.fill();
        QVERIFY(form.act()->isEnabled());
        Problem none;
        none.category = Problem::Category::KeychainUnavailable;
        none.caption = u"There is no keychain."_s;
        form.dialog.setKeychainProblem(none);
        QVERIFY(isShown(form.dialog, u"keepBanner"_s));
        QVERIFY(!isShown(form.dialog, u"holdInMemory"_s));
        QVERIFY(!form.act()->isEnabled());
        form.dialog.setKeychainProblem({});
        form.act()->click();
        QCOMPARE(form.changes.requests.front().kind, ChangeKind::Adopt);
        QCOMPARE(form.changes.requests.front().keep, KeepKeys::InKeychain);
        QCOMPARE(form.changes.requests.front().expectedCredentialId, datadogCredential);
        form.changes.answer(form.changes.change(ChangePhase::Adopted));
        QTRY_VERIFY(!form.dialog.isVisible());
    }

    void whenTheNewOneIsRefusedTheSameKeysCanBeSentAgain()
    {
        World world;
        Desk desk(world);
        QVERIFY(desk.stack.start());
        world.addFault("POST", world.credentialPath(u"datadog-eu-production"_s), DemoFault::Action::Status, 1,
                       403);
        desk.editors.replaceCredential(desk.stack.address(u"datadog-eu-production"_s));
        QDialog *dialog = desk.editors.current();
        type(keyLine(*dialog, 0), u"typed-api-key-01"_s);
        type(keyLine(*dialog, 1), u"typed-app-key-02"_s);
        auto *act = get<QPushButton>(*dialog, u"actButton"_s);
        QCOMPARE(act->text(), u"Replace credential"_s);
        act->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.ended.count() == 1, 20'000);
        QVERIFY(isShown(*dialog, u"problemPanel"_s));
        QVERIFY(world.credentialId(u"datadog-eu-production"_s).isEmpty());
        // There is nothing to replace any more.
        QCOMPARE(act->text(), u"Create credential"_s);
        QCOMPARE(keyLine(*dialog, 0)->text(), u"typed-api-key-01"_s);
        QVERIFY(act->isEnabled());
        act->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.ended.count() == 2, 20'000);
        QTRY_VERIFY(!desk.editors.current());
        QCOMPARE(world.keyAt(u"datadog-eu-production"_s, u"DD-API-KEY"_s),
                 QByteArrayLiteral("typed-api-key-01"));
        QCOMPARE(world.copies("DELETE", u"datadog-eu-production"_s), 1);
    }

    void aKeychainThatRefusesStopsTheChangeBeforeAnythingIsSent()
    {
        World world;
        Desk desk(world);
        QVERIFY(desk.stack.start());
        desk.editors.replaceCredential(desk.stack.address(u"datadog-eu-production"_s));
        QDialog *dialog = desk.editors.current();
        type(keyLine(*dialog, 0), u"typed-api-key-01"_s);
        type(keyLine(*dialog, 1), u"typed-app-key-02"_s);
        world.keychain.failAll(Problem::Category::KeychainLocked);
        get<QPushButton>(*dialog, u"actButton"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(isShown(*dialog, u"keepBanner"_s), 20'000);
        QTRY_VERIFY(keyLine(*dialog, 0)->isEnabled());
        QCOMPARE(world.copies("DELETE", u"datadog-eu-production"_s), 0);
        QVERIFY(!get<QPushButton>(*dialog, u"actButton"_s)->isEnabled());
        world.keychain.recover();
        get<QPushButton>(*dialog, u"retryKeychain"_s)->click();
        QTRY_VERIFY(!isShown(*dialog, u"keepBanner"_s));
        get<QPushButton>(*dialog, u"actButton"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.ended.count() == 1, 20'000);
        QCOMPARE(desk.ended.first().first().value<Change>().phase, ChangePhase::Verified);
    }
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstCredentialDialog)
#include "tst_credentialdialog.moc"
