// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/keybundlereader.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QFileInfo>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using State = CarryResult::State;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString America = u"datadog-us-production"_s;
const QByteArray StagingKey = "the-key-of-datadog-staging";
const QByteArray AmericaKey = "the-key-of-datadog-us-production";
constexpr QByteArrayView Passphrase = "seven brown apples sing";

} // namespace

class TstKeyCarrying : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void keysComeToAnotherMachine();
    void theFileIsPrivateAndShowsNothing();
    void anotherPassphraseOpensNothing();
    void aChangedFileKeepsNothing();
    void aWeakPassphraseWritesNothing();
    void noFileIsReplaced();
    void onlyTheKeysOfOneProfile();
    void keysThatTheKeychainLostAreLeftOut();
    void aLockedKeychainWritesNothing();
    void aStopWritesNothing();
    void whatIsKeptHereIsNotTouched();
    void anInstanceThatIsNotKnownIsLeftOut();
    void keysOfAnotherCredentialAreLeftOut();
    void withoutACredentialNothingIsKept();
    void keysReplacedMeanwhileAreLeftOut();
    void aKeychainThatRefusesEndsTheRest();
    void aServerThatRefusesTheTokenIsAskedOnce();
    void aStopLeavesTheRest();

private:
    /// Two instances with keys that this machine sent.
    void sendKeys();
    [[nodiscard]] std::optional<Outcome<QList<CarryResult>>> carryOut(QList<KeyVersion> versions = {});
    [[nodiscard]] std::optional<QList<CarryResult>> carryIn(const QString &profileId = {});
    /// Another machine: nothing is known there but the profile and what Konnect has.
    void moveToAnotherMachine(bool refreshed = true);
    [[nodiscard]] QList<KeyVersion> kept();
    [[nodiscard]] QString file() const { return m_world->dir.filePath(u"keys.bundle"_s); }
    [[nodiscard]] static State stateOf(const QList<CarryResult> &results, const QString &name);

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstKeyCarrying::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
    sendKeys();
}

void TstKeyCarrying::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

void TstKeyCarrying::sendKeys()
{
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Staging, StagingKey))->ok());
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, America, AmericaKey))->ok());
}

QList<KeyVersion> TstKeyCarrying::kept()
{
    const auto kept = await(m_stack->carrying.kept());
    return kept && kept->ok() ? kept->value() : QList<KeyVersion>();
}

std::optional<Outcome<QList<CarryResult>>> TstKeyCarrying::carryOut(QList<KeyVersion> versions)
{
    if (versions.isEmpty())
        versions = kept();
    return await(m_stack->carrying.carryOut(versions, file(), Secret(Passphrase)));
}

std::optional<QList<CarryResult>> TstKeyCarrying::carryIn(const QString &profileId)
{
    const auto opened = await(m_stack->carrying.open(file(), Secret(Passphrase)));
    if (!opened || !*opened)
        return std::nullopt;
    return await(m_stack->carrying.carryIn(opened->value(), profileId));
}

void TstKeyCarrying::moveToAnotherMachine(bool refreshed)
{
    m_stack.reset();
    const QStringList database = QDir(m_world->dir.path()).entryList({u"latchkey.sqlite*"_s}, QDir::Files);
    for (const QString &name : database)
        QVERIFY(QFile::remove(m_world->dir.filePath(name)));
    const QStringList entries = m_world->keychain.names();
    for (const QString &name : entries)
        m_world->keychain.lose(name);
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    QVERIFY(m_stack->addProfile());
    if (refreshed)
        QVERIFY(await(m_stack->inventory.refresh())->ok());
}

State TstKeyCarrying::stateOf(const QList<CarryResult> &results, const QString &name)
{
    const auto found = std::ranges::find(results, name, &CarryResult::instanceName);
    return found == results.end() ? State::NotTried : found->state;
}

void TstKeyCarrying::keysComeToAnotherMachine()
{
    const QString id = m_world->credentialId(Staging);
    const auto out = carryOut();
    QVERIFY(out);
    QVERIFY2(out->ok(), out->ok() ? "" : qPrintable(out->problem().toText()));
    QCOMPARE(out->value().size(), 2);
    QCOMPARE(stateOf(out->value(), Staging), State::Carried);
    QVERIFY(!out->value().constFirst().headers.isEmpty());

    moveToAnotherMachine();
    QVERIFY(!m_stack->record(Staging).keptKeys.current);
    const int sent = m_world->copies("POST", Staging) + m_world->copies("DELETE", Staging);
    const auto in = carryIn();
    QVERIFY(in);
    QCOMPARE(in->size(), 2);
    for (const CarryResult &result : *in)
        QVERIFY2(result.state == State::Carried, qPrintable(carryText(result)));
    QCOMPARE(in->constFirst().profileName, m_stack->profile().name);
    QCOMPARE(m_world->copies("POST", Staging) + m_world->copies("DELETE", Staging), sent);
    QCOMPARE(m_world->credentialId(Staging), id);

    const KeptKeys here = m_stack->record(Staging).keptKeys;
    QVERIFY(here.current);
    QCOMPARE(here.credentialId, id);
    // Nothing on this machine has seen them work.
    QVERIFY(here.entered);
    const auto current = m_stack->vault.current(m_stack->address(Staging));
    QVERIFY(current.has_value());
    const auto keys = await(m_stack->vault.keys(current->id, m_stack->address(Staging)));
    QVERIFY(keys && keys->ok());
    for (const HeaderKey &header : keys->value())
        QCOMPARE(header.key.reveal(), StagingKey);
    const auto entries = await(m_stack->history.entries());
    QCOMPARE(entries->value().size(), 2);
    QCOMPARE(entries->value().constFirst().change.kind, ChangeKind::Adopt);
    // They are the way back of the next replacement there.
    QVERIFY(m_stack->changes.preview(ChangeKind::Replace, m_stack->address(Staging)).wayBack);
}

void TstKeyCarrying::theFileIsPrivateAndShowsNothing()
{
    QVERIFY(carryOut()->ok());
    QCOMPARE(QFileInfo(file()).permissions(),
             QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser);
    QFile written(file());
    QVERIFY(written.open(QFile::ReadOnly));
    const QByteArray bytes = written.readAll();
    QVERIFY(!bytes.contains(StagingKey) && !bytes.contains(StagingKey.toBase64()));
    QVERIFY(!bytes.contains(Staging.toUtf8()) && !bytes.contains("DD-API-KEY") &&
            !bytes.contains(m_world->endpoint().origin().toUtf8()));
}

void TstKeyCarrying::anotherPassphraseOpensNothing()
{
    QVERIFY(carryOut()->ok());
    moveToAnotherMachine();
    const auto opened = await(m_stack->carrying.open(file(), Secret("seven brown pears sing")));
    QVERIFY(opened && !opened->ok());
    QCOMPARE(opened->problem().category, Problem::Category::InvalidInput);
    QVERIFY(kept().isEmpty());
}

void TstKeyCarrying::aChangedFileKeepsNothing()
{
    QVERIFY(carryOut()->ok());
    QFile written(file());
    QVERIFY(written.open(QFile::ReadWrite));
    const QByteArray bytes = written.readAll();
    QVERIFY(written.seek(bytes.size() - 1));
    QVERIFY(written.putChar(static_cast<char>(bytes.back() ^ 1)));
    written.close();
    moveToAnotherMachine();
    const auto opened = await(m_stack->carrying.open(file(), Secret(Passphrase)));
    QVERIFY(opened && !opened->ok());
    QVERIFY(kept().isEmpty());
    const auto missing = await(m_stack->carrying.open(file() + u".missing"_s, Secret(Passphrase)));
    QVERIFY(missing && !missing->ok());
    QCOMPARE(missing->problem().category, Problem::Category::StorageFailed);
}

void TstKeyCarrying::aWeakPassphraseWritesNothing()
{
    for (const QByteArray &weak : {QByteArray(), QByteArray("short"), QByteArray(40, 'a')}) {
        const auto out = await(m_stack->carrying.carryOut(kept(), file(), Secret(weak)));
        QVERIFY(out && !out->ok());
        QCOMPARE(out->problem().category, Problem::Category::InvalidInput);
    }
    QVERIFY(!QFile::exists(file()));
}

void TstKeyCarrying::noFileIsReplaced()
{
    QFile old(file());
    QVERIFY(old.open(QFile::WriteOnly));
    old.write("all that somebody has");
    old.close();
    const int reads = m_world->keychain.calls(FailingSecretStore::Operation::Read);
    const auto out = carryOut();
    QVERIFY(out && !out->ok());
    QCOMPARE(out->problem().category, Problem::Category::Refused);
    QCOMPARE(m_world->keychain.calls(FailingSecretStore::Operation::Read), reads);
    QVERIFY(old.open(QFile::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("all that somebody has"));
}

void TstKeyCarrying::onlyTheKeysOfOneProfile()
{
    const auto ofProfile = await(m_stack->carrying.kept(m_stack->profile().id));
    QVERIFY(ofProfile && ofProfile->ok());
    QCOMPARE(ofProfile->value(), kept());
    QCOMPARE(kept().size(), 2);
    const auto ofOther = await(m_stack->carrying.kept(u"another"_s));
    QVERIFY(ofOther && ofOther->ok());
    QVERIFY(ofOther->value().isEmpty());

    // One that was chosen.
    const auto out = carryOut({kept().constFirst()});
    QVERIFY(out && out->ok());
    QCOMPARE(out->value().size(), 1);
    moveToAnotherMachine();
    QCOMPARE(carryIn(u"another"_s)->constFirst().state, State::UnknownInstance);
    QVERIFY(kept().isEmpty());
    QCOMPARE(carryIn(m_stack->profile().id)->constFirst().state, State::Carried);
    QCOMPARE(kept().size(), 1);
}

void TstKeyCarrying::keysThatTheKeychainLostAreLeftOut()
{
    m_world->keychain.lose(m_stack->vault.current(m_stack->address(Staging))->id);
    const auto out = carryOut();
    QVERIFY(out && out->ok());
    QCOMPARE(stateOf(out->value(), Staging), State::Failed);
    QCOMPARE(stateOf(out->value(), America), State::Carried);
    moveToAnotherMachine();
    const auto in = carryIn();
    QCOMPARE(in->size(), 1);
    QCOMPARE(stateOf(*in, America), State::Carried);
}

void TstKeyCarrying::aLockedKeychainWritesNothing()
{
    m_world->keychain.fail(FailingSecretStore::Operation::Read, Problem::Category::KeychainLocked);
    const int reads = m_world->keychain.calls(FailingSecretStore::Operation::Read);
    const auto out = carryOut();
    QVERIFY(out && !out->ok());
    QCOMPARE(out->problem().category, Problem::Category::KeychainLocked);
    // Each further one might open one more prompt.
    QCOMPARE(m_world->keychain.calls(FailingSecretStore::Operation::Read), reads + 1);
    QVERIFY(!QFile::exists(file()));
}

void TstKeyCarrying::aStopWritesNothing()
{
    std::stop_source stop;
    stop.request_stop();
    const auto out = await(m_stack->carrying.carryOut(kept(), file(), Secret(Passphrase), stop.get_token()));
    QVERIFY(out && !out->ok());
    QVERIFY(out->problem().isCanceled());
    QVERIFY(!QFile::exists(file()));
}

void TstKeyCarrying::whatIsKeptHereIsNotTouched()
{
    QVERIFY(carryOut()->ok());
    const QList<KeyVersion> before = kept();
    const auto in = carryIn();
    QCOMPARE(stateOf(*in, Staging), State::KeptAlready);
    QCOMPARE(stateOf(*in, America), State::KeptAlready);
    QCOMPARE(kept(), before);

    // Also where they were entered there, and differ.
    moveToAnotherMachine();
    HeaderKeys other = m_stack->request(ChangeKind::Replace, Staging, "typed-by-hand").credential.headers;
    QVERIFY(await(m_stack->adoption.adopt(m_stack->address(Staging), m_world->credentialId(Staging),
                                          std::move(other)))
                ->ok());
    const auto again = carryIn();
    QCOMPARE(stateOf(*again, Staging), State::KeptAlready);
    QCOMPARE(stateOf(*again, America), State::Carried);
    const auto keys = await(m_stack->vault.keys(m_stack->vault.current(m_stack->address(Staging))->id,
                                                m_stack->address(Staging)));
    QCOMPARE(keys->value().front().key.reveal(), QByteArrayView("typed-by-hand"));
}

void TstKeyCarrying::anInstanceThatIsNotKnownIsLeftOut()
{
    QVERIFY(carryOut()->ok());
    moveToAnotherMachine(false);
    const auto in = carryIn();
    QCOMPARE(in->size(), 2);
    QCOMPARE(stateOf(*in, Staging), State::UnknownInstance);
    QVERIFY(kept().isEmpty());
}

void TstKeyCarrying::keysOfAnotherCredentialAreLeftOut()
{
    const QString before = m_world->credentialId(Staging);
    QVERIFY(carryOut()->ok());
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "a-newer-key-01"))->ok());
    moveToAnotherMachine();
    const auto in = carryIn();
    QCOMPARE(stateOf(*in, Staging), State::AnotherCredential);
    QCOMPARE(stateOf(*in, America), State::Carried);
    QVERIFY(!m_stack->record(Staging).keptKeys.current);

    // What the table shows is older than what Konnect has.
    moveToAnotherMachine();
    AuthCredential seen = m_stack->record(Staging).credential;
    seen.id = before;
    m_stack->inventory.setCredential(m_stack->address(Staging), seen);
    QCOMPARE(stateOf(*carryIn(), Staging), State::AnotherCredential);
    QCOMPARE(m_stack->record(Staging).credential.id, m_world->credentialId(Staging));
}

void TstKeyCarrying::withoutACredentialNothingIsKept()
{
    QVERIFY(carryOut()->ok());
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Delete, Staging))->ok());
    moveToAnotherMachine();
    QCOMPARE(stateOf(*carryIn(), Staging), State::AnotherCredential);
    QVERIFY(!m_stack->record(Staging).keptKeys.current);
}

void TstKeyCarrying::keysReplacedMeanwhileAreLeftOut()
{
    const QList<KeyVersion> listed = kept();
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "a-newer-key-01"))->ok());
    const auto carried = carryOut(listed);
    QVERIFY(carried->ok());
    QCOMPARE(stateOf(carried->value(), Staging), State::Failed);
    moveToAnotherMachine();
    QCOMPARE(carryIn()->size(), 1);
    QCOMPARE(kept().size(), 1);
}

void TstKeyCarrying::aKeychainThatRefusesEndsTheRest()
{
    QVERIFY(carryOut()->ok());
    moveToAnotherMachine();
    m_world->keychain.fail(FailingSecretStore::Operation::Write, Problem::Category::KeychainRefused);
    const auto in = carryIn();
    QCOMPARE(in->size(), 2);
    QCOMPARE(in->at(0).state, State::Failed);
    QCOMPARE(in->at(0).problem->category, Problem::Category::KeychainRefused);
    QCOMPARE(in->at(1).state, State::NotTried);
    m_world->keychain.recover();
    QVERIFY(kept().isEmpty());
    // The same file, once more.
    const auto again = carryIn();
    QCOMPARE(again->at(0).state, State::Carried);
    QCOMPARE(again->at(1).state, State::Carried);
}

void TstKeyCarrying::aServerThatRefusesTheTokenIsAskedOnce()
{
    QVERIFY(carryOut()->ok());
    moveToAnotherMachine();
    m_world->addFault("GET", u"/integration-instances/*/auth-credential"_s, DemoFault::Action::Status, 0,
                      401);
    const auto in = carryIn();
    QCOMPARE(in->at(0).state, State::Failed);
    QCOMPARE(in->at(0).problem->category, Problem::Category::Unauthorized);
    QCOMPARE(in->at(1).state, State::NotTried);
    QVERIFY(kept().isEmpty());
}

void TstKeyCarrying::aStopLeavesTheRest()
{
    QVERIFY(carryOut()->ok());
    moveToAnotherMachine();
    const auto opened = await(m_stack->carrying.open(file(), Secret(Passphrase)));
    QVERIFY(opened && opened->ok());
    connect(&m_stack->adoption, &KeyAdoption::adopted, this, [this] { m_stack->carrying.stop(); });
    const auto in = await(m_stack->carrying.carryIn(opened->value()));
    QCOMPARE(in->size(), 2);
    QCOMPARE(in->at(0).state, State::Carried);
    QCOMPARE(in->at(1).state, State::NotTried);
    QCOMPARE(kept().size(), 1);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstKeyCarrying)
#include "tst_keycarrying.moc"
