// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QSqlDatabase>
#include <QSqlQuery>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s; // without a credential
const QString AwsFrankfurt = u"aws-eu-central-1"_s;
const QByteArray FormerKey = "the-key-that-somebody-else-sent";

} // namespace

class TstKeyAdoption : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void keepsTheKeysAndSendsNothing();
    void standsInTheHistory();
    void isAWayBackForAReplacement();
    void canBeCorrected();
    void keysThatAreKnownAreNotOverwritten();
    void needsACredentialWithHeaderKeys_data();
    void needsACredentialWithHeaderKeys();
    void anotherCredentialIsRefused();
    void headersMustFit();
    void aKeychainThatFailsChangesNothing_data();
    void aKeychainThatFailsChangesNothing();
    void aDatabaseThatFailsChangesNothing();
    void waitsForNoOtherChange();

private:
    [[nodiscard]] HeaderKeys keysFor(const QString &name, const QByteArray &key) const;
    [[nodiscard]] std::optional<Outcome<Change>> adopt(const QString &name,
                                                       const QByteArray &key = FormerKey);
    void expectNothingKept();

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstKeyAdoption::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->start());
}

void TstKeyAdoption::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

HeaderKeys TstKeyAdoption::keysFor(const QString &name, const QByteArray &key) const
{
    return m_stack->request(ChangeKind::Replace, name, key).credential.headers;
}

std::optional<Outcome<Change>> TstKeyAdoption::adopt(const QString &name, const QByteArray &key)
{
    return await(
        m_stack->adoption.adopt(m_stack->address(name), m_world->credentialId(name), keysFor(name, key)));
}

void TstKeyAdoption::expectNothingKept()
{
    QVERIFY(!m_stack->record(Staging).keptKeys.current);
    QVERIFY(!m_stack->record(Staging).changing);
    const auto rows = await(
        m_stack->keyVersionStore.of(m_stack->address(Staging).origin, m_stack->address(Staging).instanceId));
    QVERIFY(rows && rows->ok());
    for (const KeyVersion &version : std::as_const(rows->value()))
        QCOMPARE(version.state, KeyVersion::State::Forgotten);
    QVERIFY(await(m_stack->journal.recent(1))->value().isEmpty());
}

void TstKeyAdoption::keepsTheKeysAndSendsNothing()
{
    const QString id = m_world->credentialId(Staging);
    const auto adopted = adopt(Staging);
    QVERIFY(adopted);
    QVERIFY2(adopted->ok(), adopted->ok() ? "" : qPrintable(adopted->problem().toText()));
    QCOMPARE(adopted->value().phase, ChangePhase::Adopted);
    QCOMPARE(adopted->value().newCredentialId, id);
    QCOMPARE(m_world->credentialId(Staging), id);
    QCOMPARE(m_world->copies("POST", Staging), 0);
    QCOMPARE(m_world->copies("DELETE", Staging), 0);

    // Also after a restart.
    m_stack.reset();
    m_stack = std::make_unique<Stack>(*m_world);
    QVERIFY(m_stack->open());
    const KeptKeys kept = m_stack->record(Staging).keptKeys;
    QVERIFY(kept.current);
    QVERIFY(kept.entered);
    QCOMPARE(kept.credentialId, id);
    QVERIFY(!m_stack->record(Staging).changing);
    const auto keys = await(m_stack->vault.keys(adopted->value().stagedVersion, m_stack->address(Staging)));
    QVERIFY(keys && keys->ok());
    QCOMPARE(keys->value().front().key.reveal(), FormerKey);
}

void TstKeyAdoption::standsInTheHistory()
{
    QVERIFY(adopt(Staging)->ok());
    const auto entries = await(m_stack->history.entries());
    QVERIFY(entries && entries->ok());
    QCOMPARE(entries->value().size(), 1);
    QCOMPARE(entries->value().constFirst().change.kind, ChangeKind::Adopt);
    QCOMPARE(entries->value().constFirst().change.instanceName, Staging);
    const auto report = await(m_stack->history.verify());
    QVERIFY(report && report->ok());
    QVERIFY(report->value().isSound());
    QCOMPARE(report->value().unsealed, 0);
    QVERIFY(!report->value().headRepaired);
    QVERIFY(await(m_stack->changes.unfinished())->value().isEmpty());
}

void TstKeyAdoption::isAWayBackForAReplacement()
{
    QVERIFY(adopt(Staging)->ok());
    QVERIFY(m_stack->changes.preview(ChangeKind::Replace, m_stack->address(Staging)).wayBack);
    const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(replaced && replaced->ok());
    QVERIFY(!m_stack->record(Staging).keptKeys.entered);
    const auto back = await(m_stack->recovery.rollBack(replaced->value().id));
    QVERIFY(back);
    QVERIFY2(back->ok(), back->ok() ? "" : qPrintable(back->problem().toText()));
    for (const HeaderDefinition &header : m_stack->record(Staging).authorization.headers)
        QCOMPARE(m_world->keyAt(Staging, header.name), FormerKey);
    // Konnect's credential is made from them now.
    QVERIFY(m_stack->record(Staging).keptKeys.current);
    QVERIFY(!m_stack->record(Staging).keptKeys.entered);
}

void TstKeyAdoption::canBeCorrected()
{
    const auto first = adopt(Staging, "a-key-with-a-slip");
    QVERIFY(first->ok());
    const auto second = adopt(Staging);
    QVERIFY(second->ok());
    QCOMPARE(second->value().previousVersion, first->value().stagedVersion);
    const KeptKeys kept = m_stack->record(Staging).keptKeys;
    QVERIFY(kept.current && kept.entered && kept.previous);
    QCOMPARE(m_stack->vault.current(m_stack->address(Staging))->id, second->value().stagedVersion);
}

void TstKeyAdoption::keysThatAreKnownAreNotOverwritten()
{
    const auto replaced = m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-new-key-1"));
    QVERIFY(replaced && replaced->ok());
    QVERIFY(m_stack->adoption.preview(m_stack->address(Staging)).obstacle);
    const auto refused = adopt(Staging);
    QVERIFY(refused && !refused->ok());
    QCOMPARE(refused->problem().category, Problem::Category::Refused);
    QCOMPARE(m_stack->vault.current(m_stack->address(Staging))->id, replaced->value().stagedVersion);
    QVERIFY(!m_stack->record(Staging).keptKeys.entered);
}

void TstKeyAdoption::needsACredentialWithHeaderKeys_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("none") << Sandbox;
    QTest::newRow("role") << AwsFrankfurt;
}

void TstKeyAdoption::needsACredentialWithHeaderKeys()
{
    QFETCH(const QString, name);
    QVERIFY(m_stack->adoption.preview(m_stack->address(name)).obstacle);
    const auto refused = adopt(name);
    QVERIFY(refused && !refused->ok());
    QVERIFY(!m_stack->record(name).keptKeys.current);
}

void TstKeyAdoption::anotherCredentialIsRefused()
{
    const QString present = m_world->credentialId(Staging);
    const auto unseen =
        await(m_stack->adoption.adopt(m_stack->address(Staging), u"another"_s, keysFor(Staging, FormerKey)));
    QVERIFY(unseen && !unseen->ok());
    QCOMPARE(unseen->problem().category, Problem::Category::Refused);

    // The user saw it, and somebody replaced it since.
    AuthCredential gone = m_stack->record(Staging).credential;
    gone.id = u"gone-since"_s;
    m_stack->inventory.setCredential(m_stack->address(Staging), gone);
    const auto late =
        await(m_stack->adoption.adopt(m_stack->address(Staging), gone.id, keysFor(Staging, FormerKey)));
    QVERIFY(late && !late->ok());
    QCOMPARE(late->problem().category, Problem::Category::Refused);
    QVERIFY(late->problem().toText().contains(present));
    QCOMPARE(m_stack->record(Staging).credential.id, present);
    expectNothingKept();
}

void TstKeyAdoption::headersMustFit()
{
    HeaderKeys keys;
    keys.push_back({u"X-Of-Another-Integration"_s, Secret(FormerKey)});
    const auto refused = await(
        m_stack->adoption.adopt(m_stack->address(Staging), m_world->credentialId(Staging), std::move(keys)));
    QVERIFY(refused && !refused->ok());
    QCOMPARE(refused->problem().category, Problem::Category::InvalidInput);
    expectNothingKept();
}

void TstKeyAdoption::aKeychainThatFailsChangesNothing_data()
{
    QTest::addColumn<bool>("corrupting");
    QTest::newRow("refuses to write") << false;
    QTest::newRow("gives back something else") << true;
}

void TstKeyAdoption::aKeychainThatFailsChangesNothing()
{
    QFETCH(const bool, corrupting);
    // The client has read its token, and the vault its key for fingerprints.
    QVERIFY(m_stack->run(m_stack->request(ChangeKind::Create, Sandbox))->ok());
    if (corrupting)
        m_world->keychain.setCorrupting(true);
    else
        m_world->keychain.fail(FailingSecretStore::Operation::Write, Problem::Category::KeychainLocked);
    const auto refused = adopt(Staging);
    QVERIFY(refused && !refused->ok());
    m_world->keychain.setCorrupting(false);
    m_world->keychain.recover();
    QVERIFY(!m_stack->record(Staging).keptKeys.current);
    QVERIFY(!m_stack->record(Staging).changing);
    QCOMPARE(await(m_stack->journal.recent(10))->value().size(), 1);
    QVERIFY(!m_stack->vault.current(m_stack->address(Staging)));
}

void TstKeyAdoption::aDatabaseThatFailsChangesNothing()
{
    const auto prepared = await(m_stack->database.run<void>([](QSqlDatabase &database) -> Done {
        QSqlQuery query(database);
        query.exec(u"CREATE TRIGGER refuse BEFORE UPDATE OF credential_id ON key_versions"
                   " BEGIN SELECT RAISE(ABORT, 'refused'); END"_s);
        return {};
    }));
    QVERIFY(prepared && prepared->ok());
    const auto refused = adopt(Staging);
    QVERIFY(refused && !refused->ok());
    expectNothingKept();
    QVERIFY(await(m_stack->history.entries())->value().isEmpty());
}

void TstKeyAdoption::waitsForNoOtherChange()
{
    const auto reserved = m_stack->changes.reserve(m_stack->address(Staging));
    QVERIFY(reserved);
    QVERIFY(m_stack->record(Staging).changing);
    const auto refused = adopt(Staging);
    QVERIFY(refused && !refused->ok());
    const auto change = m_stack->run(m_stack->request(ChangeKind::Replace, Staging));
    QVERIFY(change && !change->ok());
    QCOMPARE(change->problem().category, Problem::Category::InUse);
    QCOMPARE(m_world->copies("DELETE", Staging), 0);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstKeyAdoption)
#include "tst_keyadoption.moc"
