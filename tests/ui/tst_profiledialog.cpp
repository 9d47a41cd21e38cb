// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "tests/ui/editorkit.h"
#include "ui/common/notelist.h"
#include "ui/editor/editors.h"
#include "ui/editor/profiledialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QFileDialog>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace latchkey::test;
using namespace latchkey::test::editorkit;

namespace latchkey {

namespace {

using TestAnswer = std::shared_ptr<QList<EndpointTest>>;

/// Waits until it is stopped.
QCoro::Task<QList<EndpointTest>> answerTests(QFuture<void> when, TestAnswer answer)
{
    co_await when;
    QList<EndpointTest> results = *answer;
    co_return results;
}

QCoro::Task<Outcome<Profile>> answerSave(Outcome<Profile> outcome)
{
    co_return outcome;
}

struct Form
{
    explicit Form(const Profile &profile = {}, const QStringList &others = {})
        : dialog(profile, others, services())
        , savedIds(&dialog, &ProfileDialog::profileSaved)
    {
        dialog.show();
        dialog.activateWindow();
    }
    ProfileServices services()
    {
        ProfileServices made;
        made.save = [this](const Profile &profile, Secret token, bool inMemory) {
            saved = profile;
            savedToken = std::move(token);
            savedInMemory = inMemory;
            return answerSave(problem ? Outcome<Profile>(*problem) : Outcome<Profile>(profile));
        };
        made.test = [this](const Profile &, Secret token, std::stop_token asked) {
            testedToken = std::move(token);
            stop = std::move(asked);
            tests.start();
            return answerTests(tests.future(), results);
        };
        return made;
    }
    QPushButton *act() const { return get<QPushButton>(dialog, u"actButton"_s); }
    QPushButton *test() const { return get<QPushButton>(dialog, u"testConnection"_s); }
    QLineEdit *token() const { return get<QLineEdit>(*get<QWidget>(dialog, u"token"_s), u"secretLine"_s); }
    NoteList *notes(const QString &name) const { return get<NoteList>(dialog, name); }
    void fill() const
    {
        type(get<QLineEdit>(dialog, u"profileName"_s), u"Acme"_s);
        get<QCheckBox>(dialog, u"geo_eu"_s)->click();
        type(token(), u"kpat_typed-token"_s);
    }

    std::optional<Profile> saved;
    Secret savedToken;
    bool savedInMemory = false;
    std::optional<Problem> problem;
    Secret testedToken;
    std::stop_token stop;
    QPromise<void> tests;
    TestAnswer results = std::make_shared<QList<EndpointTest>>();
    ProfileDialog dialog;
    QSignalSpy savedIds;
};

Profile existing()
{
    Profile profile;
    profile.id = u"11111111-2222-4333-8444-555555555555"_s;
    profile.name = u"Acme"_s;
    profile.endpoints = {endpointOfGeo(u"eu"_s)};
    profile.tokenVersion = u"version-1"_s;
    profile.colour = u"#2471a3"_s;
    return profile;
}

} // namespace

class TstProfileDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNewProfileNeedsNameGeoAndToken()
    {
        Form form;
        QVERIFY(!form.act()->isEnabled());
        QVERIFY(form.notes(u"nameNotes"_s)->entries().isEmpty());
        form.fill();
        get<QCheckBox>(form.dialog, u"geo_us"_s)->click();
        QVERIFY(form.act()->isEnabled());
        form.act()->click();
        QTRY_COMPARE(form.savedIds.count(), 1);
        QCOMPARE(form.saved->name, u"Acme"_s);
        QCOMPARE(form.saved->origins(),
                 QStringList({endpointOfGeo(u"us"_s).origin(), endpointOfGeo(u"eu"_s).origin()}));
        QCOMPARE(form.savedToken.reveal().toByteArray(), QByteArrayLiteral("kpat_typed-token"));
        QVERIFY(!form.savedInMemory);
        QVERIFY(!form.dialog.isVisible());
    }

    void aTokenThatLooksWrongIsAHintNotAStop()
    {
        Form form;
        form.fill();
        form.token()->clear();
        type(form.token(), u"something-else"_s);
        QCOMPARE(form.notes(u"tokenNotes"_s)->entries().size(), 1);
        QCOMPARE(form.notes(u"tokenNotes"_s)->entries().first().kind, Note::Kind::Warning);
        QVERIFY(form.notes(u"tokenNotes"_s)->text().contains(u"kpat_"_s));
        QVERIFY(form.act()->isEnabled());
    }

    void anOwnUrlTakesThePlaceOfGeos()
    {
        Form form;
        form.fill();
        get<QRadioButton>(form.dialog, u"ownUrl"_s)->click();
        QVERIFY(!form.act()->isEnabled());
        type(get<QLineEdit>(form.dialog, u"url"_s), u"http://example.com/v1"_s);
        QVERIFY(!form.notes(u"urlNotes"_s)->entries().isEmpty());
        QVERIFY(!form.act()->isEnabled());
        get<QLineEdit>(form.dialog, u"url"_s)->clear();
        type(get<QLineEdit>(form.dialog, u"url"_s), u"https://konnect.example.com/v1"_s);
        QVERIFY(form.act()->isEnabled());
        form.act()->click();
        QCOMPARE(form.saved->endpoints.size(), 1);
        QCOMPARE(form.saved->endpoints.first().baseUrl, QUrl(u"https://konnect.example.com/v1"_s));
    }

    void backToGeosTheTicksAreStillThere()
    {
        Form form;
        form.fill();
        get<QRadioButton>(form.dialog, u"ownUrl"_s)->click();
        get<QRadioButton>(form.dialog, u"konnectGeos"_s)->click();
        QVERIFY(form.act()->isEnabled());
        form.act()->click();
        QCOMPARE(form.saved->endpoints, QList<Endpoint>{endpointOfGeo(u"eu"_s)});
    }

    void anExistingProfileKeepsItsTokenUnlessOneIsTyped()
    {
        Form form(existing());
        QVERIFY(form.token()->text().isEmpty());
        QVERIFY(form.token()->placeholderText().contains(u"keychain"_s));
        QVERIFY(get<QCheckBox>(form.dialog, u"geo_eu"_s)->isChecked());
        QVERIFY(get<QToolButton>(form.dialog, u"colour_2471a3"_s)->isChecked());
        get<QCheckBox>(form.dialog, u"production"_s)->click();
        get<QToolButton>(form.dialog, u"colour_c0392b"_s)->click();
        form.act()->click();
        QTRY_COMPARE(form.savedIds.count(), 1);
        QVERIFY(form.savedToken.isEmpty());
        QVERIFY(form.saved->production);
        QCOMPARE(form.saved->colour, u"#c0392b"_s);
        QCOMPARE(form.saved->id, existing().id);
    }

    void theLastDayOfTheTokenIsWrittenDown()
    {
        Profile profile = existing();
        profile.tokenExpires = QDate(2026, 12, 24);
        Form form(profile);
        auto *day = get<QLineEdit>(form.dialog, u"tokenExpires"_s);
        QCOMPARE(day->text(), u"2026-12-24"_s);
        QVERIFY(!day->accessibleName().isEmpty() && !day->accessibleDescription().isEmpty());
        day->clear();
        QVERIFY(form.act()->isEnabled()); // Not known.
        type(day, u"2027-13-01"_s);
        QVERIFY(!form.act()->isEnabled());
        QVERIFY(form.notes(u"tokenExpiresNotes"_s)->text().contains(u"YYYY-MM-DD"_s));
        day->clear();
        type(day, u"2027-12-01"_s);
        QVERIFY(form.notes(u"tokenExpiresNotes"_s)->entries().isEmpty());
        form.act()->click();
        QTRY_COMPARE(form.savedIds.count(), 1);
        QCOMPARE(form.saved->tokenExpires, QDate(2027, 12, 1));
        QVERIFY(form.savedToken.isEmpty());
    }

    void anotherGeoAsksForTheTokenAgain()
    {
        Form form(existing());
        get<QCheckBox>(form.dialog, u"geo_us"_s)->click();
        QVERIFY(!form.act()->isEnabled());
        QVERIFY(get<QLabel>(form.dialog, u"hint"_s)->text().contains(u"token"_s));
    }

    void aProblemKeepsWhatWasTyped()
    {
        Form form;
        form.fill();
        form.problem.emplace();
        form.problem->caption = u"The disk is full."_s;
        form.act()->click();
        QTRY_VERIFY(isShown(form.dialog, u"problemPanel"_s));
        QCOMPARE(form.token()->text(), u"kpat_typed-token"_s);
        QVERIFY(form.act()->isEnabled());
        form.problem.reset();
        form.act()->click();
        QTRY_COMPARE(form.savedIds.count(), 1);
    }

    void withoutAKeychainTheTokenIsHeldInMemoryOnlyIfTheUserSaysSo()
    {
        Form form;
        form.fill();
        Problem none;
        none.caption = u"There is no keychain."_s;
        form.dialog.setKeychainProblem(none);
        QVERIFY(!form.act()->isEnabled());
        get<QCheckBox>(form.dialog, u"holdInMemory"_s)->click();
        form.act()->click();
        QTRY_COMPARE(form.savedIds.count(), 1);
        QVERIFY(form.savedInMemory);
    }

    void theTestNamesTheStepThatFailsForEachGeo()
    {
        Form form;
        form.fill();
        form.test()->click();
        QVERIFY(form.test()->text().contains(u"Stop"_s));
        QCOMPARE(form.testedToken.reveal().toByteArray(), QByteArrayLiteral("kpat_typed-token"));
        EndpointTest works;
        works.endpoint = endpointOfGeo(u"eu"_s);
        works.instances = 41;
        works.steps = {{ConnectionStep::Kind::Authenticate, ConnectionStep::Result::Passed, {}, {}}};
        EndpointTest fails;
        fails.endpoint = endpointOfGeo(u"us"_s);
        fails.steps = {{ConnectionStep::Kind::Connect, ConnectionStep::Result::Passed, {}, {}},
                       {ConnectionStep::Kind::Authenticate,
                        ConnectionStep::Result::Failed,
                        u"The token has expired."_s,
                        {}},
                       {ConnectionStep::Kind::ListInstances, ConnectionStep::Result::NotReached, {}, {}}};
        *form.results = {works, fails};
        form.tests.finish();
        QTRY_VERIFY(form.dialog.findChild<Note *>(u"endpoint_us"_s));
        QCOMPARE(get<Note>(form.dialog, u"endpoint_eu"_s)->kind(), Note::Kind::Good);
        QVERIFY(get<Note>(form.dialog, u"endpoint_eu"_s)->text().contains(u"41"_s));
        QCOMPARE(get<Note>(form.dialog, u"endpoint_us"_s)->kind(), Note::Kind::Error);
        const QString text = visibleText(form.dialog);
        QVERIFY(text.contains(u"Sign in with the token failed: The token has expired."_s));
        QVERIFY(text.contains(u"List the integration instances: not reached"_s));
        QVERIFY(!form.saved);
        QVERIFY(form.dialog.isVisible());
    }

    void aTestCanBeStopped()
    {
        Form form;
        form.fill();
        form.test()->click();
        QVERIFY(!form.act()->isEnabled());
        form.test()->click();
        QVERIFY(form.stop.stop_requested());
        form.tests.finish();
        QTRY_VERIFY(form.act()->isEnabled());
        QVERIFY(!isShown(form.dialog, u"connectionTest"_s));
    }

    void browsingForTheCaDoesNotBlock()
    {
        Form form;
        get<QPushButton>(form.dialog, u"browseCa"_s)->click();
        auto *chooser = form.dialog.findChild<QFileDialog *>(u"caFileDialog"_s);
        QVERIFY(chooser);
        Q_EMIT chooser->fileSelected(u"/nowhere/ca.pem"_s);
        QCOMPARE(get<QLineEdit>(form.dialog, u"caFile"_s)->text(), u"/nowhere/ca.pem"_s);
        QVERIFY(form.notes(u"caNotes"_s)->text().contains(u"/nowhere/ca.pem"_s));
        chooser->close();
    }

    void aProfileIsTestedSavedAndRemovedWithTheRealServices()
    {
        World world;
        Stack stack(world);
        QVERIFY(stack.open());
        QWidget window;
        Editors editors(stack.profiles, stack.inventory, stack.vault, stack.changes, stack.recovery,
                        stack.adoption, stack.bulk, stack.handover, &window);
        window.show();
        QSignalSpy saved(&editors, &Editors::profileSaved);
        QSignalSpy removed(&editors, &Editors::profileRemoved);
        editors.addProfile();
        QDialog *dialog = editors.current();
        type(get<QLineEdit>(*dialog, u"profileName"_s), u"Demo"_s);
        get<QRadioButton>(*dialog, u"ownUrl"_s)->click();
        type(get<QLineEdit>(*dialog, u"url"_s), world.service.baseUrl().toString());
        type(get<QLineEdit>(*get<QWidget>(*dialog, u"token"_s), u"secretLine"_s),
             QString::fromLatin1(World::token));
        get<QPushButton>(*dialog, u"testConnection"_s)->click();
        const QString endpoint = u"endpoint_"_s + world.endpoint().label();
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<Note *>(endpoint), 20'000);
        QVERIFY(dialog->findChild<Note *>(endpoint)->text().contains(u"40"_s));
        get<QPushButton>(*dialog, u"actButton"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(saved.count() == 1, 20'000);
        QCOMPARE(stack.profiles.all().size(), 1);
        QTRY_VERIFY(!editors.current());

        editors.removeProfile(stack.profile().id);
        dialog = editors.current();
        QVERIFY(visibleText(*dialog).contains(u"What stays"_s));
        QVERIFY(!get<QPushButton>(*dialog, u"actButton"_s)->isDefault());
        get<QPushButton>(*dialog, u"actButton"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(removed.count() == 1, 20'000);
        QVERIFY(stack.profiles.all().isEmpty());
    }

    void theOrganizationQuestionIsAnsweredByAChoice()
    {
        World world;
        Stack stack(world);
        QVERIFY(stack.start());
        const std::optional<Done> doubted = await(stack.profiles.doubtOrganization(stack.profile().id));
        QVERIFY(doubted && doubted->ok());
        QWidget window;
        Editors editors(stack.profiles, stack.inventory, stack.vault, stack.changes, stack.recovery,
                        stack.adoption, stack.bulk, stack.handover, &window);
        window.show();
        QSignalSpy answered(&editors, &Editors::organizationAnswered);
        editors.askOrganization(stack.profile().id);
        QDialog *dialog = editors.current();
        QVERIFY(!get<QPushButton>(*dialog, u"actButton"_s)->isEnabled());
        get<QRadioButton>(*dialog, u"sameOrganization"_s)->click();
        get<QPushButton>(*dialog, u"actButton"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(answered.count() == 1, 20'000);
        QVERIFY(!stack.profile().organizationInDoubt);
    }
};

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstProfileDialog)
#include "tst_profiledialog.moc"
