// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/planmodel.h"
#include "models/services/environmentkey.h"
#include "models/services/offthread.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "tests/ui/editorkit.h"
#include "ui/common/note.h"
#include "ui/common/notelist.h"
#include "ui/common/typedname.h"
#include "ui/transfer/confirmations.h"
#include "ui/transfer/foreignpage.h"
#include "ui/transfer/importdialog.h"
#include "ui/transfer/planpage.h"
#include "ui/transfer/plantext.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPromise>
#include <QPushButton>
#include <QScreen>
#include <QSpinBox>
#include <QThreadPool>
#include <QTreeView>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace latchkey::test;
using namespace latchkey::test::editorkit;

namespace latchkey {

namespace {

using Purpose = ImportDialog::Purpose;
using Wish = ConfiguredInstance::Wish;

const QString Staging = u"datadog-staging"_s; // Its keys are not known here.
const QString Public = u"swaggerhub-public"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s; // Without a credential.
const QString Header = u"authorization"_s;
const QString ApiKey = u"DD-API-KEY"_s;
const QString ApplicationKey = u"DD-APPLICATION-KEY"_s;
constexpr const char *Variable = "LATCHKEY_TEST_SWAGGER_KEY";

const KeySource Prompt{KeySource::Kind::Prompt, {}};

KeySource inVariable()
{
    return {KeySource::Kind::Environment, QString::fromLatin1(Variable)};
}

/// Until it is stopped.
QCoro::Task<Done> heldReading(QFuture<void> stopped)
{
    co_await stopped;
    co_return Problem::of(Problem::Category::Canceled, u"Refreshing was stopped."_s);
}

QCoro::Task<Outcome<Plan>> failedPlan()
{
    co_return Problem::of(Problem::Category::StorageFailed, u"The journal cannot be read."_s);
}

} // namespace

/// The dialog over the real services and the demo service, driven by object names.
class TstImportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void whatIsWrongIsListedWithItsPlaceAndReadAgain();
    void aFileThatIsNotThereIsSaid();
    void thePlanIsReadTheWorstFirst();
    void nothingToDoIsSaid();
    void keysAreEnteredAndApplied();
    void whatIsTypedIsUsedOnTheUsersWordAlone();
    void aWrongKeyIsTakenBack();
    void aVariableIsReadOnlyWhenItIsTicked();
    void aVariableThatIsNotSetIsSaid();
    void aProfileOfAnotherNameIsChosen();
    void whatWasNotReadNowIsSaid();
    void anEarlierPlanIsNotApplied();
    void deletionsAreAskedForAndTicked();
    void aNameIsTypedOnceForAProductionProfile();
    void namesThatAreTypedStayWhenThereAreTooMany();
    void spaceTicksWhatIsSelected();
    void aSavedPlanNamesWhatHasMoved();
    void aSavedPlanAsksForItsKeysAgain();
    void aPlanThatCannotBeWrittenIsSaid();
    void theRunStopsAtASafePoint();
    void whatFailedIsExplained();
    void whatIsLeftIsPlannedAgainWithTheKeysAtHand();
    void theDialogMayGoInMidRun();
    void thousandsOfRowsAndNotesAreShown();
    void tabGoesThroughTheKeysInTheirPlace();
    void namesKeepTheirAmpersands();
    void comparingShowsDifferencesAndWritesNothing();
    void anotherToolsFileIsTakenWithTheUsersWord();
    void anEncryptedStateIsToldWhatToDo();
    void aPayloadIsForTheInstanceThatIsChosen();
    void instancesInTwoGeosAreToldApart();
    void leavingWithTypedKeysAsks();
    void everyControlHasANameAndTheDialogFits();

private:
    template <typename T>
    T *child(const QString &name) const
    {
        return get<T>(*m_dialog, name);
    }
    [[nodiscard]] ConfiguredInstance wish(const QString &name, Wish wanted) const;
    [[nodiscard]] ConfiguredInstance wishKeys(const QString &name, const QStringList &headers,
                                              const KeySource &source) const;
    [[nodiscard]] QString fileOf(const QList<ConfiguredInstance> &instances, const QString &profile = {});
    [[nodiscard]] QString write(const QByteArray &text, const QString &name = u"configuration.json"_s);
    [[nodiscard]] ImportServices services();
    void open(Purpose purpose, const QString &file);
    /// Opens it, and waits for the plan.
    void plan(const QString &file, Purpose purpose = Purpose::Import);
    void save(const QString &button, const QString &file);
    [[nodiscard]] QAbstractItemModel *rows() const { return child<QTreeView>(u"planRows"_s)->model(); }
    [[nodiscard]] QStringList column(int column, const QString &view = u"planRows"_s) const;
    [[nodiscard]] int rowOf(const QString &title) const;
    [[nodiscard]] bool isTicked(const QString &title) const;
    void tick(const QString &title, bool ticked = true) const;
    void choose(const QString &title) const;
    [[nodiscard]] QPushButton *act() const { return child<QPushButton>(u"actButton"_s); }
    [[nodiscard]] QString hint() const { return child<QLabel>(u"hint"_s)->text(); }
    [[nodiscard]] QString notes() const { return child<NoteList>(u"planNotes"_s)->text(); }
    [[nodiscard]] QString status() const { return child<Note>(u"runStatus"_s)->text(); }
    [[nodiscard]] QLineEdit *keyField() const; ///< The first one of the chosen row.
    void enterKey(const QString &key) const;
    [[nodiscard]] int writes() const;

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
    std::unique_ptr<ImportDialog> m_dialog;
    QStringList m_variablesRead;
    QStringList m_refreshed;
    std::shared_ptr<QPromise<void>> m_held; ///< While a reading shall last.
    bool m_planFails = false;
    std::stop_token m_stop;
    QList<QUrl> m_pages;
};

void TstImportDialog::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
    m_world->service.forgetReceived();
    m_variablesRead.clear();
    m_refreshed.clear();
    m_held.reset();
    m_planFails = false;
    m_pages.clear();
    qunsetenv(Variable);
}

void TstImportDialog::cleanup()
{
    m_dialog.reset();
    m_stack.reset();
    m_world.reset();
}

ConfiguredInstance TstImportDialog::wish(const QString &name, Wish wanted) const
{
    ConfiguredInstance instance;
    instance.integration = m_stack->record(name).instance.integrationName;
    instance.name = name;
    instance.wish = wanted;
    return instance;
}

ConfiguredInstance TstImportDialog::wishKeys(const QString &name, const QStringList &headers,
                                             const KeySource &source) const
{
    ConfiguredInstance instance = wish(name, Wish::Present);
    for (const QString &header : headers)
        instance.credential.headers.append({header, source});
    return instance;
}

QString TstImportDialog::write(const QByteArray &text, const QString &name)
{
    const QString path = m_world->dir.filePath(name);
    QFile file(path);
    if (!file.open(QFile::WriteOnly) || file.write(text) != text.size())
        QTest::qFail("the file could not be written", __FILE__, __LINE__);
    return path;
}

QString TstImportDialog::fileOf(const QList<ConfiguredInstance> &instances, const QString &profile)
{
    ConfigurationDocument document;
    document.profiles << ConfiguredProfile{profile.isEmpty() ? m_stack->profile().name : profile, instances};
    return write(configurationfiles::textOf(document));
}

ImportServices TstImportDialog::services()
{
    ImportServices services;
    services.read = [](const QString &file) {
        return offThread<Outcome<OpenedFile>>(QThreadPool::globalInstance(),
                                              [file] { return OpenedFile::read(file); });
    };
    services.records = [this] { return m_stack->inventory.records(); };
    services.write = [](const QString &file, const std::function<QByteArray()> &text) {
        return offThread<Done>(QThreadPool::globalInstance(),
                               [file, text] { return configurationfiles::write(file, text()); });
    };
    services.import = [this](const ImportServices::Foreign &foreign, ImportOptions options) {
        options.at = m_world->clock.now();
        return offThread<std::shared_ptr<ConfigurationImport>>(
            QThreadPool::globalInstance(),
            [foreign, options, known = m_stack->profiles.all(), records = m_stack->inventory.records()] {
                return std::make_shared<ConfigurationImport>(
                    importOf(std::move(*foreign), known, records, options));
            });
    };
    services.profiles = [this] { return QStringList{m_stack->profile().name, u"Another"_s}; };
    services.refresh = [this](const QString &name) {
        m_refreshed.append(name);
        if (m_held)
            return heldReading(m_held->future());
        const std::optional<Profile> profile = m_stack->profiles.findByName(name);
        return m_stack->inventory.refresh(profile ? profile->id : u"nobody"_s);
    };
    services.stopRefresh = [this] {
        if (m_held)
            m_held->finish();
    };
    services.endpoints = [this](const QString &) { return m_stack->inventory.endpoints(); };
    services.plan = [this](ConfigurationDocument document, PlanOptions options, ImportServices::Keys keys) {
        if (m_planFails)
            return failedPlan();
        return m_stack->planMaker.make(std::move(document), std::move(options), std::move(keys));
    };
    services.apply = [this](ApplyRequest request, ImportServices::Keys keys, std::stop_token stop) {
        m_stop = stop;
        return m_stack->planRunner.apply(std::move(request), std::move(keys), std::move(stop));
    };
    services.variable = [this](const QString &name) {
        m_variablesRead.append(name);
        return keyInEnvironment(name);
    };
    services.find = [this](const InstanceAddress &address) { return m_stack->inventory.find(address); };
    services.open = [this](const QUrl &url) {
        m_pages.append(url);
        return true;
    };
    return services;
}

void TstImportDialog::open(Purpose purpose, const QString &file)
{
    m_dialog = std::make_unique<ImportDialog>(purpose, file, services());
    connect(&m_stack->planRunner, &PlanRunner::advanced, m_dialog.get(), &ImportDialog::follow);
    connect(&m_stack->changes, &CredentialChanges::advanced, m_dialog.get(), &ImportDialog::followChange);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TstImportDialog::plan(const QString &file, Purpose purpose)
{
    open(purpose, file);
    QTRY_VERIFY(m_dialog->findChild<QWidget *>(u"planPage"_s));
    QTRY_VERIFY(isShown(*m_dialog, u"planPage"_s));
}

void TstImportDialog::save(const QString &button, const QString &file)
{
    child<QPushButton>(button)->click();
    auto *chooser = child<QFileDialog>(u"transferFileDialog"_s);
    Q_EMIT chooser->fileSelected(file);
    chooser->close();
    QTRY_VERIFY(m_dialog->findChild<QFileDialog *>(u"transferFileDialog"_s) == nullptr);
}

QStringList TstImportDialog::column(int column, const QString &view) const
{
    const QAbstractItemModel &model = *child<QTreeView>(view)->model();
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts.append(model.index(row, column).data().toString());
    return texts;
}

int TstImportDialog::rowOf(const QString &title) const
{
    return int(column(PlanModel::InstanceColumn).indexOf(title));
}

bool TstImportDialog::isTicked(const QString &title) const
{
    return rows()->index(rowOf(title), PlanModel::TickColumn).data(Qt::CheckStateRole).toInt() == Qt::Checked;
}

void TstImportDialog::tick(const QString &title, bool ticked) const
{
    QVERIFY(rows()->setData(rows()->index(rowOf(title), PlanModel::TickColumn),
                            ticked ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole));
}

void TstImportDialog::choose(const QString &title) const
{
    child<QTreeView>(u"planRows"_s)->setCurrentIndex(rows()->index(rowOf(title), PlanModel::InstanceColumn));
}

QLineEdit *TstImportDialog::keyField() const
{
    return get<QLineEdit>(*get<QWidget>(*child<QWidget>(u"keysForm"_s), u"planKey0"_s), u"secretLine"_s);
}

void TstImportDialog::enterKey(const QString &key) const
{
    type(keyField(), key);
    get<QPushButton>(*child<QWidget>(u"keysForm"_s), u"useKeysButton"_s)->click();
}

int TstImportDialog::writes() const
{
    const QList<DemoRequest> &received = m_world->service.received();
    return static_cast<int>(std::count_if(received.cbegin(), received.cend(), [](const DemoRequest &request) {
        return request.method != "GET";
    }));
}

void TstImportDialog::whatIsWrongIsListedWithItsPlaceAndReadAgain()
{
    QFile good(fileOf({wishKeys(Sandbox, {Header}, Prompt)}));
    QVERIFY(good.open(QFile::ReadOnly));
    const QByteArray text = good.readAll();
    QByteArray bad = text;
    bad.replace("\"version\": 1", "\"version\": 99");
    QVERIFY(bad != text);
    const QString file = write(bad);
    open(Purpose::Import, file);
    QTRY_VERIFY(isShown(*m_dialog, u"findingsPage"_s));
    auto *list = child<QTreeWidget>(u"findings"_s);
    QVERIFY(list->topLevelItemCount() > 0);
    const QTreeWidgetItem *first = list->topLevelItem(0);
    QVERIFY(first->text(0).toInt() > 0);
    QVERIFY(first->text(1).toInt() > 0);
    QVERIFY(first->text(2).startsWith(u'$'));
    QVERIFY(!first->text(3).isEmpty());
    QVERIFY(child<Note>(u"findingsCaption"_s)->text().contains(u"cannot be used"_s));
    child<QPushButton>(u"copyAllFindings"_s)->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(first->text(3)));
    QTRY_VERIFY(list->hasFocus());
    QCOMPARE(writes(), 0);

    (void)write(text);
    act()->click();
    QTRY_VERIFY(m_dialog->findChild<QWidget *>(u"planPage"_s));
    QTRY_COMPARE(rows()->rowCount(), 1);
    QVERIFY(!isShown(*m_dialog, u"findingsPage"_s));
}

void TstImportDialog::aFileThatIsNotThereIsSaid()
{
    open(Purpose::Import, m_world->dir.filePath(u"nowhere.json"_s));
    QTRY_VERIFY(isShown(*m_dialog, u"problemPanel"_s));
    QVERIFY(visibleText(*child<QWidget>(u"problemPanel"_s)).contains(u"nowhere.json"_s));
    QVERIFY(!isShown(*m_dialog, u"findingsPage"_s));
    QVERIFY(act()->isEnabled()); // It may be there by then.
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
}

void TstImportDialog::thePlanIsReadTheWorstFirst()
{
    ConfiguredInstance missing = wishKeys(Sandbox, {Header}, Prompt);
    missing.name = u"swaggerhub-nowhere"_s;
    plan(fileOf({wish(Staging, Wish::NotSaid), wishKeys(Sandbox, {Header}, Prompt), missing}));
    QCOMPARE(column(PlanModel::InstanceColumn),
             (QStringList{u"swaggerhub-nowhere"_s, u"SwaggerHub sandbox"_s, u"Datadog staging"_s}));
    QVERIFY(notes().contains(u"1 blocked · 1 to create · 1 left as it is"_s));
    // The worst is explained without a click.
    QVERIFY(visibleText(*child<QWidget>(u"planRow"_s)).contains(u"swaggerhub-nowhere"_s));
    QVERIFY(child<QTreeView>(u"planRows"_s)->hasFocus());
    QVERIFY(isTicked(u"SwaggerHub sandbox"_s));
    QVERIFY(!act()->isEnabled());
    QVERIFY(!act()->isDefault());
    QVERIFY(hint().contains(Header));
    choose(u"SwaggerHub sandbox"_s);
    QVERIFY(isShown(*m_dialog, u"keysForm"_s));
    QVERIFY(visibleText(*child<QWidget>(u"planRow"_s)).contains(u"not known"_s));
    choose(u"Datadog staging"_s);
    QVERIFY(!isShown(*m_dialog, u"keysForm"_s));
    QCOMPARE(writes(), 0);
}

void TstImportDialog::nothingToDoIsSaid()
{
    plan(fileOf({wish(Staging, Wish::NotSaid)}));
    QVERIFY(notes().contains(u"there is nothing to do"_s));
    QVERIFY(!act()->isEnabled());
    QCOMPARE(hint(), QString());
}

void TstImportDialog::keysAreEnteredAndApplied()
{
    plan(fileOf({wishKeys(Sandbox, {Header}, Prompt)}));
    enterKey(u"entered-key-0001"_s);
    QTRY_VERIFY(act()->isEnabled());
    QCOMPARE(act()->text(), u"Apply 1 row"_s);
    // Taken, and not to be seen any more.
    QVERIFY(keyField()->text().isEmpty());
    QVERIFY(!visibleText(*m_dialog).contains(u"entered-key"_s));
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QCOMPARE(m_world->keyAt(Sandbox, Header), QByteArrayLiteral("entered-key-0001"));
    QCOMPARE(column(PlanRunModel::StateColumn, u"runRows"_s), QStringList{u"Done"_s});
    // Enter takes no results away.
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QVERIFY(m_dialog->isVisible());

    const QString file = m_world->dir.filePath(u"results.csv"_s);
    save(u"actButton"_s, file);
    QFile results(file);
    QTRY_VERIFY(child<Note>(u"importStatus"_s)->text().contains(u"results.csv"_s));
    QVERIFY(results.open(QFile::ReadOnly));
    const QByteArray text = results.readAll();
    QVERIFY(text.contains("swaggerhub-sandbox"));
    QVERIFY(!text.contains("entered-key"));
    child<QPushButton>(u"cancelButton"_s)->click(); // Nothing is left to lose.
    QVERIFY(!m_dialog->isVisible());
}

void TstImportDialog::whatIsTypedIsUsedOnTheUsersWordAlone()
{
    plan(fileOf({wishKeys(Sandbox, {Header}, Prompt), wishKeys(Staging, {ApiKey, ApplicationKey}, Prompt),
                 wish(Public, Wish::None)}));
    choose(u"SwaggerHub sandbox"_s);
    type(keyField(), u"half-a-k"_s);
    // A plan that comes back leaves it alone.
    child<QCheckBox>(u"deletionsToo"_s)->click();
    QTRY_VERIFY(notes().contains(u"1 to delete"_s));
    QCOMPARE(keyField()->text(), u"half-a-k"_s);
    QVERIFY(hint().contains(u"SwaggerHub sandbox"_s));
    // Another row has its own fields.
    choose(u"Datadog staging"_s);
    QVERIFY(keyField()->text().isEmpty());
    QVERIFY(hint().contains(u"SwaggerHub sandbox"_s));
    QVERIFY(!act()->isEnabled());
    child<QCheckBox>(u"deletionsToo"_s)->click();
    QTRY_VERIFY(notes().contains(u"1 to create"_s) && !notes().contains(u"1 to delete"_s));
    choose(u"SwaggerHub sandbox"_s);
    QCOMPARE(keyField()->text(), u"half-a-k"_s);
    QVERIFY(visibleText(*child<QWidget>(u"planRow"_s)).contains(u"has to be entered"_s));
    type(keyField(), u"ey"_s);
    QTest::keyClick(keyField(), Qt::Key_Return);
    QTRY_VERIFY(act()->isEnabled());
    QVERIFY(keyField()->text().isEmpty());
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QCOMPARE(m_world->keyAt(Sandbox, Header), QByteArrayLiteral("half-a-key"));
}

void TstImportDialog::aWrongKeyIsTakenBack()
{
    // It is not kept here, so it is entered.
    plan(fileOf({wishKeys(Sandbox, {Header}, {})}));
    QVERIFY(!isShown(*m_dialog, u"forgetKeysButton"_s));
    enterKey(u"a-wrong-key"_s);
    QTRY_VERIFY(act()->isEnabled());
    QTRY_VERIFY(isShown(*m_dialog, u"forgetKeysButton"_s));
    child<QPushButton>(u"forgetKeysButton"_s)->click();
    QTRY_VERIFY(!act()->isEnabled());
    QTRY_VERIFY(hint().contains(Header));
    QVERIFY(!isShown(*m_dialog, u"forgetKeysButton"_s));
    enterKey(u"a-wrong-key"_s);
    QTRY_VERIFY(act()->isEnabled());
    enterKey(u"the-right-key"_s);
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QCOMPARE(m_world->keyAt(Sandbox, Header), QByteArrayLiteral("the-right-key"));
}

void TstImportDialog::aVariableIsReadOnlyWhenItIsTicked()
{
    qputenv(Variable, "key-of-the-variable");
    plan(fileOf({wishKeys(Sandbox, {Header}, inVariable())}));
    auto *variables = child<QListWidget>(u"variables"_s);
    QCOMPARE(variables->count(), 1);
    QCOMPARE(variables->item(0)->text(), u"Read %1, for 1 instance"_s.arg(QLatin1String(Variable)));
    QCOMPARE(variables->item(0)->checkState(), Qt::Unchecked);
    QVERIFY(!isTicked(u"SwaggerHub sandbox"_s));
    // To tick the row is not the word that is needed.
    child<QPushButton>(u"tickAll"_s)->click();
    QTRY_VERIFY(hint().contains(Header));
    QVERIFY(!act()->isEnabled());
    QVERIFY(m_variablesRead.isEmpty());

    variables->setFocus();
    variables->setCurrentRow(0);
    QTest::keyClick(variables, Qt::Key_Space);
    QCOMPARE(m_variablesRead, QStringList{QString::fromLatin1(Variable)});
    QTRY_VERIFY(act()->isEnabled());
    // Not any more, once the user takes it back.
    QTest::keyClick(variables, Qt::Key_Space);
    QTRY_VERIFY(!act()->isEnabled());
    QTest::keyClick(variables, Qt::Key_Space);
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QCOMPARE(m_world->keyAt(Sandbox, Header), QByteArrayLiteral("key-of-the-variable"));
}

void TstImportDialog::aVariableThatIsNotSetIsSaid()
{
    plan(fileOf({wishKeys(Sandbox, {Header}, inVariable())}));
    auto *variables = child<QListWidget>(u"variables"_s);
    variables->item(0)->setCheckState(Qt::Checked);
    QVERIFY(child<Note>(u"variableProblem"_s)->text().contains(QLatin1String(Variable)));
    QCOMPARE(variables->item(0)->checkState(), Qt::Unchecked);
    QVERIFY(!act()->isEnabled());
    // The key can be entered all the same.
    tick(u"SwaggerHub sandbox"_s);
    enterKey(u"entered-key-0001"_s);
    QTRY_VERIFY(act()->isEnabled());
}

void TstImportDialog::aProfileOfAnotherNameIsChosen()
{
    plan(fileOf({wishKeys(Sandbox, {Header}, Prompt)}, u"Acme of last year"_s));
    QVERIFY(isShown(*m_dialog, u"profileMap"_s));
    QVERIFY(notes().contains(u"1 blocked"_s));
    QVERIFY(!act()->isEnabled());
    QVERIFY(m_refreshed.isEmpty());
    auto *choice = child<QComboBox>(u"profileChoice0"_s);
    choice->setCurrentIndex(choice->findText(m_stack->profile().name));
    QVERIFY(!act()->text().startsWith(u"Apply"_s)); // Not what is known from another day.
    QTRY_VERIFY(notes().contains(u"1 to create"_s));
    QCOMPARE(m_refreshed, QStringList{m_stack->profile().name});
    choice->setCurrentIndex(0);
    QTRY_VERIFY(notes().contains(u"1 blocked"_s));
    choice->setCurrentIndex(choice->findText(m_stack->profile().name));
    QTRY_VERIFY(notes().contains(u"1 to create"_s));
    QCOMPARE(m_refreshed.size(), 1); // It was read a moment ago.

    const QString file = m_world->dir.filePath(u"plan.json"_s);
    save(u"savePlanButton"_s, file);
    QTRY_VERIFY(QFile::exists(file));
    plan(file);
    QVERIFY(!isShown(*m_dialog, u"profileMap"_s));
    QVERIFY(notes().contains(u"This plan means the profile “%1” where it says “Acme of last year”."_s.arg(
        m_stack->profile().name)));
    QCOMPARE(m_refreshed.size(), 2);
}

void TstImportDialog::whatWasNotReadNowIsSaid()
{
    m_held = std::make_shared<QPromise<void>>();
    m_held->start();
    open(Purpose::Import, fileOf({wish(Staging, Wish::NotSaid)}));
    QTRY_COMPARE(act()->text(), u"&Go on with what is known"_s);
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QTRY_VERIFY(m_dialog->findChild<QWidget *>(u"planPage"_s));
    QVERIFY(notes().contains(
        u"“%1” was not read now; what is shown of it is from"_s.arg(m_stack->profile().name)));

    EndpointState never;
    never.endpointLabel = u"us"_s;
    never.problem = Problem::of(Problem::Category::Network, u"No connection."_s);
    const QStringList said = plantext::unread(u"Acme"_s, {never}, {});
    QCOMPARE(said.size(), 1);
    QVERIFY(said.first().startsWith(u"“Acme · us” was not read now, and never before"_s));
    QVERIFY(said.first().endsWith(u"No connection."_s));
    QVERIFY(plantext::unread(u"Acme"_s, m_stack->inventory.endpoints(), {}).isEmpty());
}

void TstImportDialog::anEarlierPlanIsNotApplied()
{
    plan(fileOf({wish(Public, Wish::None)}));
    child<QCheckBox>(u"deletionsToo"_s)->click();
    QTRY_VERIFY(notes().contains(u"1 to delete"_s));
    tick(u"SwaggerHub (public)"_s);
    QTRY_VERIFY(act()->isEnabled());
    m_planFails = true;
    child<QCheckBox>(u"deletionsToo"_s)->click();
    QTRY_VERIFY(isShown(*m_dialog, u"problemPanel"_s));
    QCOMPARE(act()->text(), u"&Plan again"_s);
    child<QPushButton>(u"savePlanButton"_s)->click();
    QVERIFY(m_dialog->findChild<QFileDialog *>(u"transferFileDialog"_s) == nullptr);
    act()->click();
    QTRY_VERIFY(act()->isEnabled());
    m_planFails = false;
    act()->click();
    QTRY_VERIFY(notes().contains(u"1 credential stays"_s));
    QVERIFY(!isShown(*m_dialog, u"problemPanel"_s));
    QCOMPARE(writes(), 0);
}

void TstImportDialog::deletionsAreAskedForAndTicked()
{
    plan(fileOf({wish(Public, Wish::None)}));
    QVERIFY(notes().contains(u"1 credential stays"_s));
    QCOMPARE(hint(), QString());
    child<QCheckBox>(u"deletionsToo"_s)->click();
    QTRY_VERIFY(notes().contains(u"1 to delete"_s));
    // There is no way back: the user ticks it.
    QVERIFY(!isTicked(u"SwaggerHub (public)"_s));
    QCOMPARE(hint(), u"Tick what is to be done."_s);
    tick(u"SwaggerHub (public)"_s);
    QTRY_VERIFY(notes().contains(u"has no way back"_s));
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QVERIFY(m_world->credentialId(Public).isEmpty());
}

void TstImportDialog::aNameIsTypedOnceForAProductionProfile()
{
    cleanup();
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start(true));
    plan(fileOf({wish(Public, Wish::None), wish(Staging, Wish::None)}));
    child<QCheckBox>(u"deletionsToo"_s)->click();
    QTRY_VERIFY(notes().contains(u"2 to delete"_s));
    QVERIFY(!isShown(*m_dialog, u"confirmations"_s));
    child<QPushButton>(u"tickAll"_s)->click();
    QTRY_VERIFY(isShown(*m_dialog, u"confirmations"_s));
    const QList<QLineEdit *> fields = m_dialog->findChildren<QLineEdit *>(u"typedName"_s);
    QCOMPARE(fields.size(), 1);
    QCOMPARE(hint(), u"Type the name to go on."_s);
    QVERIFY(!act()->isEnabled());
    type(fields.first(), m_stack->profile().name);
    QVERIFY(act()->isEnabled());
    // What was typed stays while the ticks change.
    tick(u"Datadog staging"_s, false);
    QTRY_COMPARE(act()->text(), u"Apply 1 row"_s);
    QVERIFY(act()->isEnabled());
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QVERIFY(m_world->credentialId(Public).isEmpty());
    QVERIFY(!m_world->credentialId(Staging).isEmpty());
}

void TstImportDialog::namesThatAreTypedStayWhenThereAreTooMany()
{
    QList<PlanDraft::Confirmation> wanted;
    for (int i = 0; i < 51; ++i) // Of one name, and of another instance each.
        wanted.append({QString::number(i), u"datadog"_s, u"It is protected."_s});
    Confirmations page;
    page.setWanted(wanted.first(2));
    const QList<QLineEdit *> fields = page.findChildren<QLineEdit *>(u"typedName"_s);
    QCOMPARE(fields.size(), 2);
    fields.first()->setText(u"datadog"_s);
    QVERIFY(!page.missing().isEmpty());
    page.setWanted(wanted);
    QCOMPARE(page.missing(), u"Tick fewer rows."_s);
    QVERIFY(visibleText(page).contains(u"51 names"_s));
    QVERIFY(!visibleText(page).contains(u"is protected"_s));
    page.setWanted(wanted.first(1));
    QCOMPARE(page.missing(), QString());
    QVERIFY(visibleText(page).contains(u"is protected"_s));
}

void TstImportDialog::spaceTicksWhatIsSelected()
{
    plan(fileOf({wishKeys(Sandbox, {Header}, Prompt), wish(Public, Wish::NotSaid)}));
    auto *table = child<QTreeView>(u"planRows"_s);
    choose(u"SwaggerHub sandbox"_s);
    table->setFocus();
    QVERIFY(isTicked(u"SwaggerHub sandbox"_s));
    QTest::keyClick(table, Qt::Key_Space);
    QVERIFY(!isTicked(u"SwaggerHub sandbox"_s));
    table->selectAll(); // Also what has no box.
    QTest::keyClick(table, Qt::Key_Space);
    QVERIFY(isTicked(u"SwaggerHub sandbox"_s));
    table->selectAll();
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 1);
}

void TstImportDialog::aSavedPlanNamesWhatHasMoved()
{
    plan(fileOf({wish(Public, Wish::None), wish(Staging, Wish::None)}));
    child<QCheckBox>(u"deletionsToo"_s)->click();
    QTRY_VERIFY(notes().contains(u"2 to delete"_s));
    const QString file = m_world->dir.filePath(u"plan.json"_s);
    save(u"savePlanButton"_s, file);
    QTRY_VERIFY(child<Note>(u"importStatus"_s)->text().contains(u"plan.json"_s));
    QVERIFY(QFile::exists(file));

    const auto changed = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "a-newer-key-0001"));
    QVERIFY(changed && changed->ok());
    plan(file);
    QCOMPARE(m_dialog->windowTitle(), u"Apply a plan"_s);
    QVERIFY(!isShown(*m_dialog, u"deletionsToo"_s));
    QVERIFY(notes().contains(u"1 row is refused"_s));
    QVERIFY(notes().contains(u"Datadog staging"_s));
    QVERIFY(!rows()->index(rowOf(u"Datadog staging"_s), 0).data(Qt::CheckStateRole).isValid());
    tick(u"SwaggerHub (public)"_s);
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QVERIFY(m_world->credentialId(Public).isEmpty());
    QVERIFY(!m_world->credentialId(Staging).isEmpty());
}

void TstImportDialog::aSavedPlanAsksForItsKeysAgain()
{
    const QString title = u"SwaggerHub (public)"_s;
    plan(fileOf({wishKeys(Public, {Header}, Prompt)}));
    choose(title);
    enterKey(u"a-rotated-key-01"_s);
    QTRY_VERIFY(notes().contains(u"1 to replace"_s));
    const QString file = m_world->dir.filePath(u"plan.json"_s);
    save(u"savePlanButton"_s, file);
    QTRY_VERIFY(QFile::exists(file));

    // As a colleague opens it, who has none of the keys.
    plan(file);
    QVERIFY2(notes().contains(u"1 to replace"_s), qPrintable(notes()));
    choose(title);
    tick(title);
    QVERIFY(!act()->isEnabled());
    enterKey(u"a-rotated-key-01"_s);
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QCOMPARE(m_world->keyAt(Public, Header), QByteArray("a-rotated-key-01"));
}

void TstImportDialog::aPlanThatCannotBeWrittenIsSaid()
{
    plan(fileOf({wishKeys(Sandbox, {Header}, Prompt)}));
    save(u"savePlanButton"_s, m_world->dir.filePath(u"no/such/folder/plan.json"_s));
    QTRY_VERIFY(isShown(*m_dialog, u"problemPanel"_s));
    QVERIFY(visibleText(*child<QWidget>(u"problemPanel"_s)).contains(u"plan.json"_s));
    save(u"savePlanButton"_s, m_world->dir.filePath(u"plan.json"_s));
    QVERIFY(!isShown(*m_dialog, u"problemPanel"_s));
}

void TstImportDialog::theRunStopsAtASafePoint()
{
    plan(fileOf({wish(Public, Wish::None), wish(Staging, Wish::None)}));
    child<QCheckBox>(u"deletionsToo"_s)->click();
    QTRY_VERIFY(notes().contains(u"2 to delete"_s));
    child<QPushButton>(u"tickAll"_s)->click();
    QTRY_VERIFY(act()->isEnabled());
    connect(&m_stack->changes, &CredentialChanges::advanced, m_dialog.get(), [this](const Change &change) {
        if (change.phase != ChangePhase::Deleted)
            return;
        // Escape asks first, and a second one lets it go on.
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(isShown(*m_dialog, u"stopQuestion"_s));
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(!isShown(*m_dialog, u"stopQuestion"_s));
        QVERIFY(!m_stop.stop_requested());
        act()->click();
        QVERIFY(m_stop.stop_requested());
        QVERIFY(!act()->isEnabled());
        QVERIFY(hint().contains(u"comes to its end"_s));
    });
    act()->click();
    QCOMPARE(act()->text(), u"Stop after the current one"_s);
    QVERIFY(!child<QPushButton>(u"cancelButton"_s)->isVisible());
    QTRY_COMPARE(status(), u"1 of 2 done, 1 not begun."_s);
    QVERIFY(m_world->credentialId(Staging).isEmpty());
    QVERIFY(!m_world->credentialId(Public).isEmpty());
    QVERIFY(child<NoteList>(u"runAfterwards"_s)->text().contains(u"interrupted changes"_s));
}

void TstImportDialog::whatFailedIsExplained()
{
    m_world->addFault("DELETE", m_world->credentialPath(Public), DemoFault::Action::Status, 1, 403);
    plan(fileOf({wish(Public, Wish::None)}));
    child<QCheckBox>(u"deletionsToo"_s)->click();
    QTRY_VERIFY(notes().contains(u"1 to delete"_s));
    tick(u"SwaggerHub (public)"_s);
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QTRY_COMPARE(status(), u"0 of 1 done, 1 failed."_s);
    QVERIFY(isShown(*m_dialog, u"rowProblem"_s));
    QVERIFY(child<NoteList>(u"runAfterwards"_s)->text().contains(u"import the file again"_s));
}

void TstImportDialog::whatIsLeftIsPlannedAgainWithTheKeysAtHand()
{
    plan(fileOf({wishKeys(Sandbox, {Header}, Prompt)}));
    enterKey(u"entered-key-0001"_s);
    QTRY_VERIFY(act()->isEnabled());
    const auto changed = m_stack->run(m_stack->request(ChangeKind::Create, Sandbox, "somebody-elses-key"));
    QVERIFY(changed && changed->ok());
    act()->click();
    QTRY_COMPARE(status(), u"0 of 1 done, 1 refused, because they have changed since."_s);
    QVERIFY(child<NoteList>(u"runAfterwards"_s)->text().contains(u"plan again"_s));
    m_refreshed.clear();
    child<QPushButton>(u"planAgainButton"_s)->click();
    QTRY_VERIFY(isShown(*m_dialog, u"planPage"_s));
    QCOMPARE(m_refreshed.size(), 1);
    QVERIFY(notes().contains(u"1 to replace"_s));
    QTRY_COMPARE(act()->text(), u"Apply 1 row"_s);
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QVERIFY(!isShown(*m_dialog, u"planAgainButton"_s));
    QCOMPARE(m_world->keyAt(Sandbox, Header), QByteArrayLiteral("entered-key-0001"));
}

void TstImportDialog::theDialogMayGoInMidRun()
{
    plan(fileOf({wish(Public, Wish::None), wishKeys(Sandbox, {Header}, Prompt)}));
    choose(u"SwaggerHub sandbox"_s);
    enterKey(u"entered-key-0001"_s);
    child<QCheckBox>(u"deletionsToo"_s)->click();
    QTRY_VERIFY(notes().contains(u"1 to delete"_s));
    child<QPushButton>(u"tickAll"_s)->click();
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QVERIFY(m_stack->planRunner.isRunning());
    m_dialog.reset();
    QVERIFY(m_stop.stop_requested());
    QTRY_VERIFY(!m_stack->planRunner.isRunning());
    // The worst comes first; the other one never got its turn.
    QVERIFY(m_world->credentialId(Sandbox).isEmpty());
}

void TstImportDialog::thousandsOfRowsAndNotesAreShown()
{
    Plan many;
    for (int i = 0; i < 5000; ++i) {
        PlanRow row;
        row.action = PlanAction::Delete;
        row.profileName = u"Acme"_s;
        row.wanted.name = u"instance-%1"_s.arg(i);
        row.address = {u"p"_s, u"https://eu.api.konghq.com:443"_s, row.wanted.name};
        row.credentialId = u"credential"_s;
        many.rows.append(row);
    }
    for (int i = 0; i < 5000; ++i)
        many.rows[0].headers.append({u"X-Header-%1"_s.arg(i), {}, KeyComparison::Same, true});
    PlanDraft draft(many, false, {u"Acme"_s});
    draft.setFresh(many);
    const PlanKeys keys;
    PlanPage page(draft, keys, false, [](const InstanceAddress &) { return std::nullopt; });
    QStringList unread;
    for (int i = 0; i < 5000; ++i)
        unread.append(u"Finding %1."_s.arg(i));
    page.showPlan(unread);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QCOMPARE(get<QTreeView>(page, u"planRows"_s)->model()->rowCount(), 5000);
    QVERIFY(page.findChildren<Note *>().size() < 100);
    const QString first = get<NoteList>(page, u"planNotes"_s)->text();
    QVERIFY(first.startsWith(u"5,000 to delete"_s) || first.startsWith(u"5000 to delete"_s));
    QVERIFY(first.contains(u"more. All of them"_s));
    QVERIFY(get<QPlainTextEdit>(page, u"planNotesAll"_s)->toPlainText().contains(u"Finding 4999."_s));
    QVERIFY(get<QPlainTextEdit>(page, u"planRowHeadersAll"_s)->toPlainText().contains(u"X-Header-4999"_s));
    QVERIFY(page.text().contains(u"Finding 4999."_s));
    page.showPlan({});
    QVERIFY(!isShown(page, u"planNotesAll"_s));
    get<QPushButton>(page, u"tickAll"_s)->click();
    QCOMPARE(page.ticked().size(), 5000);
}

void TstImportDialog::tabGoesThroughTheKeysInTheirPlace()
{
    plan(fileOf({wishKeys(Sandbox, {Header}, Prompt), wishKeys(Staging, {ApiKey, ApplicationKey}, Prompt)}));
    choose(u"SwaggerHub sandbox"_s);
    choose(u"Datadog staging"_s); // Other fields, made later.
    const auto *form = child<QWidget>(u"keysForm"_s);
    const auto line = [form](const QString &field) {
        return get<QLineEdit>(*get<QWidget>(*form, field), u"secretLine"_s);
    };
    const QList<const QWidget *> expected{child<QTreeView>(u"planRows"_s),
                                          line(u"planKey0"_s),
                                          line(u"planKey1"_s),
                                          get<QPushButton>(*form, u"useKeysButton"_s),
                                          child<QSpinBox>(u"atOnce"_s),
                                          act()};
    QList<const QWidget *> found;
    const QWidget *each = expected.first();
    do {
        if (expected.contains(each))
            found.append(each);
        each = each->nextInFocusChain();
    } while (each != expected.first());
    QCOMPARE(found, expected);
}

void TstImportDialog::namesKeepTheirAmpersands()
{
    TypedName name(u"R&D"_s);
    QVERIFY(visibleText(name).contains(u"R&&D"_s));
    type(get<QLineEdit>(name, u"typedName"_s), u"R&D"_s);
    QVERIFY(name.matches());
}

void TstImportDialog::comparingShowsDifferencesAndWritesNothing()
{
    plan(fileOf({wish(Public, Wish::None), wish(Staging, Wish::NotSaid)}), Purpose::Compare);
    QCOMPARE(m_dialog->objectName(), u"compareDialog"_s);
    QCOMPARE(column(PlanModel::InstanceColumn), QStringList{u"SwaggerHub (public)"_s});
    QVERIFY(notes().contains(u"not as the file says"_s));
    QVERIFY(child<QTreeView>(u"planRows"_s)->isColumnHidden(PlanModel::TickColumn));
    for (const QString &name : {u"tickAll"_s, u"savePlanButton"_s, u"atOnce"_s, u"keysForm"_s})
        QVERIFY2(!isShown(*m_dialog, name), qPrintable(name));
    auto *table = child<QTreeView>(u"planRows"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Space);
    act()->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"SwaggerHub (public)"_s));
    QCOMPARE(writes(), 0);
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());

    open(
        Purpose::Compare,
        write(
            R"({"type": "multi_key_auth", "config": {"headers": [{"name": "authorization", "key": "k"}]}})"));
    QTRY_VERIFY(isShown(*m_dialog, u"foreignPage"_s));
    QCOMPARE(act()->text(), u"&Compare"_s); // Nothing would be done.

    plan(fileOf({wish(Staging, Wish::NotSaid)}), Purpose::Compare);
    QVERIFY(notes().contains(u"All is as the file says"_s));
    QVERIFY(!isShown(*m_dialog, u"planRows"_s));
}

void TstImportDialog::anotherToolsFileIsTakenWithTheUsersWord()
{
    const QByteArray state =
        R"({"version": 4, "terraform_version": "1.9.0", "resources": [{"mode": "managed",
            "type": "konnect_integration_instance_auth_credential", "name": "public", "instances": [{"attributes": {
            "id": "CREDENTIAL", "integration_instance_id": "INSTANCE",
            "multi_key_auth": {"config": {"headers": [{"name": "authorization", "key": "key-of-the-state"}]}}}}]}]})";
    QByteArray text = state;
    text.replace("CREDENTIAL", m_world->credentialId(Public).toUtf8());
    text.replace("INSTANCE", m_world->instanceId(Public).toUtf8());
    open(Purpose::Import, write(text, u"terraform.tfstate"_s));
    QTRY_VERIFY(isShown(*m_dialog, u"foreignPage"_s));
    const QString said = visibleText(*child<QWidget>(u"foreignPage"_s));
    QVERIFY(said.contains(u"Terraform state, with 1 auth credential"_s));
    QVERIFY(said.contains(u"holds keys in clear"_s));
    QVERIFY(!said.contains(u"key-of-the-state"_s));
    QVERIFY(!isShown(*m_dialog, u"foreignInstance"_s));
    act()->click();
    QTRY_VERIFY(m_dialog->findChild<QWidget *>(u"planPage"_s));
    QVERIFY(notes().contains(u"1 whose keys are kept here"_s));
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QCOMPARE(writes(), 0);
    QVERIFY(m_stack->record(Public).keptKeys.current);
}

void TstImportDialog::anEncryptedStateIsToldWhatToDo()
{
    open(Purpose::Import, write(R"({"lineage": "a", "encrypted_data": "b"})", u"terraform.tfstate"_s));
    QTRY_VERIFY(isShown(*m_dialog, u"findingsPage"_s));
    QVERIFY(child<Note>(u"importStatus"_s)->text().contains(u"The state is encrypted"_s));
}

void TstImportDialog::aPayloadIsForTheInstanceThatIsChosen()
{
    open(
        Purpose::Import,
        write(
            R"({"type": "multi_key_auth", "config": {"headers": [{"name": "authorization", "key": "key-of-it"}]}})"));
    QTRY_VERIFY(isShown(*m_dialog, u"foreignInstance"_s));
    QVERIFY(!act()->isEnabled());
    QVERIFY(hint().contains(u"Choose the instance"_s));
    auto *choice = child<QComboBox>(u"foreignInstance"_s);
    choice->setCurrentIndex(choice->findText(u"SwaggerHub sandbox"_s, Qt::MatchStartsWith));
    QVERIFY(act()->isEnabled());
    act()->click();
    QTRY_VERIFY(m_dialog->findChild<QWidget *>(u"planPage"_s));
    QVERIFY(notes().contains(u"1 to create"_s));
    QTRY_VERIFY(act()->isEnabled());
    act()->click();
    QTRY_COMPARE(status(), u"Done."_s);
    QCOMPARE(m_world->keyAt(Sandbox, Header), QByteArrayLiteral("key-of-it"));
}

void TstImportDialog::instancesInTwoGeosAreToldApart()
{
    ForeignConfiguration foreign;
    foreign.credentials.emplace_back();
    const InstanceRecord eu = datadog();
    InstanceRecord us = eu;
    us.address.origin = u"https://us.api.konghq.com:443"_s;
    us.endpointLabel = u"us"_s;
    InstanceRecord other = eu;
    other.instance.name = u"datadog-of-another-name"_s;
    ForeignPage page;
    page.setFile(foreign, u"payload.json"_s, {us, eu, other});
    const auto *choice = get<QComboBox>(page, u"foreignInstance"_s);
    QStringList texts;
    for (int i = 1; i < choice->count(); ++i)
        texts.append(choice->itemText(i));
    QCOMPARE(texts.size(), 3);
    QCOMPARE(texts.removeDuplicates(), 0);
    QVERIFY(texts.last().contains(u"Acme · us"_s));

    ConfiguredInstance here = wishKeys(Sandbox, {Header}, Prompt);
    here.endpoint = m_stack->record(Sandbox).endpointLabel;
    ConfiguredInstance elsewhere = here;
    elsewhere.endpoint = u"us"_s;
    plan(fileOf({here, elsewhere}));
    QStringList places = column(PlanModel::ProfileColumn);
    QCOMPARE(places.size(), 2);
    QCOMPARE(places.removeDuplicates(), 0);
    const QString panel = visibleText(*child<QWidget>(u"planRow"_s));
    QVERIFY(panel.contains(here.integration + u" · "_s));
    QVERIFY(panel.contains(u"us"_s)); // The worst comes first.
}

void TstImportDialog::leavingWithTypedKeysAsks()
{
    plan(fileOf({wishKeys(Sandbox, {Header}, Prompt)}));
    type(keyField(), u"half-a-key"_s);
    QVERIFY(hint().contains(u"Use the keys"_s));
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(m_dialog->isVisible());
    QVERIFY(isShown(*m_dialog, u"discardQuestion"_s));
    child<QPushButton>(u"discardButton"_s)->click();
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(writes(), 0);
}

void TstImportDialog::everyControlHasANameAndTheDialogFits()
{
    plan(fileOf({wishKeys(Sandbox, {Header}, inVariable())}, u"Acme of last year"_s));
    QVERIFY(m_dialog->frameGeometry().height() <= m_dialog->screen()->availableGeometry().height());
    QVERIFY(m_dialog->minimumSizeHint().width() <= 1000);
    QVERIFY(m_dialog->minimumSizeHint().height() <= 560);
    QStringList unnamed;
    const QList<QWidget *> widgets = m_dialog->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) ||
            qobject_cast<QLabel *>(widget) || widget->objectName().startsWith("qt_"_L1))
            continue;
        const QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
        if (spoken == nullptr || spoken->text(QAccessible::Name).isEmpty())
            unnamed.append(widget->objectName() + u'/' +
                           QString::fromLatin1(widget->metaObject()->className()));
    }
    QCOMPARE(unnamed.join(u' '), QString());
}

} // namespace latchkey

LATCHKEY_TEST_MAIN(QApplication, latchkey::TstImportDialog)
#include "tst_importdialog.moc"
