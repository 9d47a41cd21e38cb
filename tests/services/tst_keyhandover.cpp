// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QJsonObject>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Source = u"swaggerhub-internal"_s;
const QString Taken = u"swaggerhub-public"_s;
const QString Free = u"swaggerhub-sandbox"_s; // without a credential
const QString Stranger = u"datadog-staging"_s;
const QString Header = u"authorization"_s;
const QByteArray Key = "the-key-that-is-handed-over";

} // namespace

class TstKeyHandover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void offersInstancesOfTheSameIntegration();
    void copiesToAnInstanceWithoutACredential();
    void copiesInThePlaceOfACredential();
    void goesToAnotherProfile();
    void movesByCreatingThereAndThenDeletingHere();
    void deletesNothingWhereTheOtherWasNotCreated();
    void keepsBothWhereTheDeletionFails();
    void stopsBeforeTheDeletion();
    void refusesKeysThatAreNotKnown();
    void refusesKeysOfAnEarlierCredential();
    void refusesAnotherIntegration();
    void losesNoOtherCredentialThanTheOneSeen();
    void asksForTheNamesInProduction();

private:
    void startWithKeys(bool production = false);
    [[nodiscard]] HandoverRequest request(HandoverKind kind, const QString &to) const;
    [[nodiscard]] HandoverResult handOver(const HandoverRequest &request);
    [[nodiscard]] Problem refusal(const HandoverRequest &request);
    [[nodiscard]] QByteArray keptKey(const QString &name) const;

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

void TstKeyHandover::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
}

void TstKeyHandover::cleanup()
{
    m_stack.reset();
    m_world.reset();
}

void TstKeyHandover::startWithKeys(bool production)
{
    QVERIFY(m_stack->start(production));
    ChangeRequest own = m_stack->request(ChangeKind::Replace, Source, Key);
    own.typedName = Source;
    const auto replaced = m_stack->run(std::move(own));
    QVERIFY(replaced && replaced->ok());
    QCOMPARE(m_world->keyAt(Source, Header), Key);
}

HandoverRequest TstKeyHandover::request(HandoverKind kind, const QString &to) const
{
    HandoverRequest made;
    made.kind = kind;
    made.from = m_stack->address(Source);
    made.to = m_stack->address(to);
    made.expectedHere = m_world->credentialId(Source);
    made.expectedThere = m_world->credentialId(to);
    return made;
}

HandoverResult TstKeyHandover::handOver(const HandoverRequest &request)
{
    auto ended = await(m_stack->handover.run(request));
    if (!ended || !ended->ok()) {
        QTest::qFail(ended ? qPrintable(ended->problem().toText()) : "no answer", __FILE__, __LINE__);
        return {};
    }
    return std::move(*ended).value();
}

Problem TstKeyHandover::refusal(const HandoverRequest &request)
{
    const int sent = m_world->copies("POST", Free) + m_world->copies("POST", Taken) +
                     m_world->copies("DELETE", Taken) + m_world->copies("DELETE", Source);
    const auto ended = await(m_stack->handover.run(request));
    const int after = m_world->copies("POST", Free) + m_world->copies("POST", Taken) +
                      m_world->copies("DELETE", Taken) + m_world->copies("DELETE", Source);
    if (!ended || ended->ok() || sent != after) {
        QTest::qFail("it was not refused", __FILE__, __LINE__);
        return {};
    }
    return ended->problem();
}

QByteArray TstKeyHandover::keptKey(const QString &name) const
{
    const std::optional<KeyVersion> current = m_stack->vault.current(m_stack->address(name));
    if (!current)
        return {};
    const auto keys = await(m_stack->vault.keys(current->id, m_stack->address(name)));
    return keys && keys->ok() ? keys->value().front().key.reveal().toByteArray() : QByteArray();
}

void TstKeyHandover::offersInstancesOfTheSameIntegration()
{
    startWithKeys();
    QStringList names;
    const QList<InstanceRecord> targets = m_stack->handover.targets(m_stack->address(Source));
    for (const InstanceRecord &target : targets)
        names += target.instance.name;
    QCOMPARE(names, (QStringList{Taken, u"swaggerhub-partners"_s, Free}));
}

void TstKeyHandover::copiesToAnInstanceWithoutACredential()
{
    startWithKeys();
    const QString before = m_world->credentialId(Source);
    const HandoverPreview shown =
        m_stack->handover.preview(HandoverKind::Copy, m_stack->address(Source), m_stack->address(Free));
    QVERIFY(!shown.obstacle);
    QCOMPARE(shown.there.kind, ChangeKind::Create);
    QVERIFY(!shown.crossesProfiles);

    const HandoverResult result = handOver(request(HandoverKind::Copy, Free));
    QVERIFY(result.isDone(HandoverKind::Copy));
    QVERIFY(!result.here);
    QCOMPARE(m_world->keyAt(Free, Header), Key);
    QCOMPARE(m_world->copies("POST", Free), 1);
    QCOMPARE(keptKey(Free), Key);
    // The first one is as it was, and its keys are its own.
    QCOMPARE(m_world->credentialId(Source), before);
    QCOMPARE(keptKey(Source), Key);
    QVERIFY(m_stack->vault.current(m_stack->address(Free))->id !=
            m_stack->vault.current(m_stack->address(Source))->id);
}

void TstKeyHandover::copiesInThePlaceOfACredential()
{
    startWithKeys();
    const HandoverPreview shown =
        m_stack->handover.preview(HandoverKind::Copy, m_stack->address(Source), m_stack->address(Taken));
    QCOMPARE(shown.there.kind, ChangeKind::Replace);
    QCOMPARE(shown.there.oldCredentialId, m_world->credentialId(Taken));
    QVERIFY(handOver(request(HandoverKind::Copy, Taken)).isDone(HandoverKind::Copy));
    QCOMPARE(m_world->keyAt(Taken, Header), Key);
    QCOMPARE(m_world->copies("DELETE", Taken), 1);
}

void TstKeyHandover::goesToAnotherProfile()
{
    startWithKeys();
    Profile second;
    second.name = u"Second"_s;
    second.endpoints = {m_world->endpoint()};
    const auto saved = await(m_stack->profiles.save(second, Secret(World::token), false));
    QVERIFY(saved && saved->ok());
    HandoverRequest wanted = request(HandoverKind::Copy, Free);
    wanted.to.profileId = saved->value().id;
    const auto read = await(m_stack->inventory.refreshOne(wanted.to));
    QVERIFY(read && read->ok());
    QVERIFY(m_stack->handover.preview(HandoverKind::Copy, wanted.from, wanted.to).crossesProfiles);
    QVERIFY(handOver(wanted).isDone(HandoverKind::Copy));
    QCOMPARE(m_world->keyAt(Free, Header), Key);
}

void TstKeyHandover::movesByCreatingThereAndThenDeletingHere()
{
    startWithKeys();
    const HandoverResult result = handOver(request(HandoverKind::Move, Free));
    QVERIFY(result.isDone(HandoverKind::Move));
    QCOMPARE(result.there.kind, ChangeKind::Create);
    QCOMPARE(result.here->kind, ChangeKind::Delete);
    QCOMPARE(m_world->keyAt(Free, Header), Key);
    QCOMPARE(m_world->credentialId(Source), QString());
    // The deletion can be taken back as any other.
    QVERIFY(m_stack->record(Source).keptKeys.previous);
}

void TstKeyHandover::deletesNothingWhereTheOtherWasNotCreated()
{
    startWithKeys();
    const QString before = m_world->credentialId(Source);
    m_world->addFault("POST", m_world->credentialPath(Free), DemoFault::Action::Status, 1, 403);
    const HandoverResult result = handOver(request(HandoverKind::Move, Free));
    QVERIFY(!result.isDone(HandoverKind::Move));
    QVERIFY(!result.here);
    QCOMPARE(m_world->copies("DELETE", Source), 1); // Of the replacement in the beginning.
    QCOMPARE(m_world->credentialId(Source), before);
    QCOMPARE(keptKey(Source), Key);
}

void TstKeyHandover::keepsBothWhereTheDeletionFails()
{
    startWithKeys();
    const QString before = m_world->credentialId(Source);
    m_world->addFault("DELETE", m_world->credentialPath(Source), DemoFault::Action::Status, 1, 403);
    const HandoverResult result = handOver(request(HandoverKind::Move, Free));
    QVERIFY(!result.isDone(HandoverKind::Move));
    QVERIFY(result.isDone(HandoverKind::Copy));
    QVERIFY(result.problemHere);
    QCOMPARE(m_world->keyAt(Free, Header), Key);
    QCOMPARE(m_world->credentialId(Source), before);
    QCOMPARE(keptKey(Source), Key);
    QCOMPARE(keptKey(Free), Key);
}

void TstKeyHandover::stopsBeforeTheDeletion()
{
    startWithKeys();
    const QString before = m_world->credentialId(Source);
    {
        QObject listener;
        connect(&m_stack->changes, &CredentialChanges::advanced, &listener, [this](const Change &change) {
            if (change.phase == ChangePhase::Creating)
                m_stack->handover.stop();
        });
        const HandoverResult result = handOver(request(HandoverKind::Move, Free));
        QVERIFY(result.isDone(HandoverKind::Copy));
        QVERIFY(!result.isDone(HandoverKind::Move));
        QVERIFY(result.problemHere);
        QCOMPARE(m_world->credentialId(Source), before);
    }
    // A stop is for those under way, not for those after it.
    QVERIFY(handOver(request(HandoverKind::Move, Free)).isDone(HandoverKind::Move));
}

void TstKeyHandover::refusesKeysThatAreNotKnown()
{
    QVERIFY(m_stack->start());
    const Problem problem = refusal(request(HandoverKind::Copy, Free));
    QVERIFY2(problem.caption.contains(u"not known here"_s), qPrintable(problem.toText()));
}

void TstKeyHandover::refusesKeysOfAnEarlierCredential()
{
    startWithKeys();
    DemoOrganization &organization = m_world->service.organization();
    QJsonObject other = *organization.credential(m_world->instanceId(Source));
    other["id"_L1] = organization.newId();
    organization.putCredential(m_world->instanceId(Source), other);
    const auto read = await(m_stack->inventory.refreshOne(m_stack->address(Source)));
    QVERIFY(read && read->ok());
    const Problem problem = refusal(request(HandoverKind::Copy, Free));
    QVERIFY2(problem.caption.contains(u"are not those of its credential"_s), qPrintable(problem.toText()));
}

void TstKeyHandover::refusesAnotherIntegration()
{
    startWithKeys();
    const Problem problem = refusal(request(HandoverKind::Copy, Stranger));
    QVERIFY2(problem.caption.contains(u"another integration"_s), qPrintable(problem.toText()));
}

void TstKeyHandover::losesNoOtherCredentialThanTheOneSeen()
{
    startWithKeys();
    HandoverRequest wanted = request(HandoverKind::Copy, Taken);
    wanted.expectedThere = u"7f3c2a10-5b1e-4c6f-9a57-0d7c1b2e4f90"_s;
    const QString before = m_world->credentialId(Taken);
    const Problem problem = refusal(wanted);
    QVERIFY2(problem.caption.contains(u"Somebody changed"_s), qPrintable(problem.toText()));
    QCOMPARE(m_world->credentialId(Taken), before);
    QCOMPARE(m_world->copies("DELETE", Taken), 0);
}

void TstKeyHandover::asksForTheNamesInProduction()
{
    startWithKeys(true);
    HandoverRequest wanted = request(HandoverKind::Move, Taken);
    const HandoverPreview shown = m_stack->handover.preview(wanted.kind, wanted.from, wanted.to);
    QVERIFY(shown.here.needsTypedName && shown.there.needsTypedName);
    wanted.typedThere = Taken;
    QVERIFY(refusal(wanted).category == Problem::Category::NeedsDecision);
    wanted.typedHere = Source;
    wanted.typedThere.clear();
    QVERIFY(refusal(wanted).category == Problem::Category::NeedsDecision);
    wanted.typedThere = Taken;
    QVERIFY(handOver(wanted).isDone(HandoverKind::Move));
    QCOMPARE(m_world->keyAt(Taken, Header), Key);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstKeyHandover)
#include "tst_keyhandover.moc"
