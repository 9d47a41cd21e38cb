// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace latchkey;
using namespace latchkey::test;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString Empty = u"swaggerhub-sandbox"_s; // Without a credential.

} // namespace

/// Instances that the user protects, over the real services and the demo service.
class TstProtection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->start());
        m_world->service.forgetReceived();
    }
    void cleanup()
    {
        m_stack.reset();
        m_world.reset();
    }

    void isShownAndSurvivesARestart()
    {
        QSignalSpy changed(&m_stack->inventory, &Inventory::recordsChanged);
        QVERIFY(!m_stack->record(Staging).isProtected);
        protect(Staging);
        QVERIFY(m_stack->record(Staging).isProtected);
        QVERIFY(!m_stack->record(Empty).isProtected);
        QTRY_VERIFY(changed.count() > 0); // The table hears of it without a refresh.
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        QVERIFY(m_stack->record(Staging).isProtected);

        m_stack.reset();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->open());
        QVERIFY(m_stack->record(Staging).isProtected);
        QVERIFY(await(m_stack->protection.unprotect(m_stack->address(Staging)))->ok());
        QVERIFY(!m_stack->record(Staging).isProtected);
    }

    void holdsForEveryProfileThatSeesTheInstance()
    {
        Profile another = m_stack->profile();
        another.id.clear();
        another.name = u"The same organization again"_s;
        const auto saved = await(m_stack->profiles.save(another, Secret(World::token), false));
        QVERIFY(saved && saved->ok());
        QVERIFY(await(m_stack->inventory.refresh())->ok());
        protect(Staging);
        InstanceAddress there = m_stack->address(Staging);
        there.profileId = saved->value().id;
        QVERIFY(m_stack->inventory.find(there)->isProtected);
        QVERIFY(m_stack->changes.preview(ChangeKind::Delete, there).needsTypedName);
    }

    void nothingIsSentWithoutTheTypedName_data()
    {
        QTest::addColumn<ChangeKind>("kind");
        QTest::newRow("replace") << ChangeKind::Replace;
        QTest::newRow("delete") << ChangeKind::Delete;
    }

    void nothingIsSentWithoutTheTypedName()
    {
        QFETCH(const ChangeKind, kind);
        QVERIFY(!m_stack->changes.preview(kind, m_stack->address(Staging)).needsTypedName);
        protect(Staging);
        QVERIFY(m_stack->changes.preview(kind, m_stack->address(Staging)).needsTypedName);
        for (const QString &typed : {QString(), u"datadog-eu-production"_s}) {
            ChangeRequest request = m_stack->request(kind, Staging);
            request.typedName = typed;
            expectRefused(m_stack->run(std::move(request)));
        }
        ChangeRequest named = m_stack->request(kind, Staging);
        named.typedName = Staging;
        const auto result = m_stack->run(std::move(named));
        QVERIFY(result && result->ok());
        QCOMPARE(m_world->copies("DELETE", Staging), 1);
    }

    void noNameIsNeededWhereNothingIsLost()
    {
        protect(Empty);
        QVERIFY(!m_stack->changes.preview(ChangeKind::Create, m_stack->address(Empty)).needsTypedName);
        const auto created = m_stack->run(m_stack->request(ChangeKind::Create, Empty));
        QVERIFY(created && created->ok());
        protect(Staging);
        const auto adopted = await(m_stack->adoption.adopt(
            m_stack->address(Staging), m_world->credentialId(Staging),
            m_stack->request(ChangeKind::Replace, Staging, "the-old-key-1").credential.headers));
        QVERIFY(adopted && adopted->ok());
    }

    void whatAnotherLatchkeyProtectedCounts()
    {
        Stack other(*m_world);
        QVERIFY(other.open());
        QVERIFY(await(other.protection.protect(other.address(Staging)))->ok());
        QVERIFY(!m_stack->record(Staging).isProtected);
        expectRefused(m_stack->run(m_stack->request(ChangeKind::Replace, Staging)));
        // By now it is known here too, and the window can ask for the name.
        QVERIFY(m_stack->record(Staging).isProtected);
    }

    void aRollBackThatReplacesOrDeletesNeedsTheName()
    {
        for (const char *key : {"the-old-key-1", "the-new-key-1"})
            QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Staging, key))->ok());
        const auto created = m_stack->run(m_stack->request(ChangeKind::Create, Empty));
        QVERIFY(created && created->ok());
        protect(Staging);
        protect(Empty);
        m_world->service.forgetReceived();

        const InstanceAddress address = m_stack->address(Staging);
        QVERIFY(m_stack->changes.previewRollBack(address).needsTypedName);
        expectRefused(await(m_stack->changes.rollBackTo(address, m_world->credentialId(Staging), {})));
        const auto back =
            await(m_stack->changes.rollBackTo(address, m_world->credentialId(Staging), Staging));
        QVERIFY(back && back->ok());
        QCOMPARE(m_world->keyAt(Staging, u"DD-API-KEY"_s), QByteArray("the-old-key-1"));

        // To take a creation back is to delete.
        m_world->service.forgetReceived();
        const QString change = created->value().id;
        expectRefused(await(m_stack->recovery.rollBack(change)), Empty);
        const auto gone = await(m_stack->recovery.rollBack(change, Empty));
        QVERIFY(gone && gone->ok());
        QVERIFY(m_world->credentialId(Empty).isEmpty());
    }

    void aRollBackThatCreatesNeedsNone()
    {
        QVERIFY(m_stack->run(m_stack->request(ChangeKind::Replace, Staging, "the-old-key-1"))->ok());
        QVERIFY(m_stack->run(m_stack->request(ChangeKind::Delete, Staging))->ok());
        protect(Staging);
        const InstanceAddress address = m_stack->address(Staging);
        QVERIFY(!m_stack->changes.previewRollBack(address).needsTypedName);
        const auto back = await(m_stack->changes.rollBackTo(address, {}, {}));
        QVERIFY(back && back->ok());
        QCOMPARE(m_world->keyAt(Staging, u"DD-API-KEY"_s), QByteArray("the-old-key-1"));
    }

    void theReasonIsSaid()
    {
        protect(Staging);
        const auto refused = m_stack->run(m_stack->request(ChangeKind::Delete, Staging));
        QVERIFY(refused && !refused->ok());
        const QString caption = refused->problem().caption;
        QVERIFY2(caption.contains(u"is protected"_s), qPrintable(caption));
        QVERIFY2(caption.contains(Staging), qPrintable(caption));
        QVERIFY2(!caption.contains(u"production profile"_s), qPrintable(caption));
    }

private:
    void protect(const QString &name)
    {
        const auto done = await(m_stack->protection.protect(m_stack->address(name)));
        QVERIFY(done && done->ok());
    }
    void expectRefused(const std::optional<Outcome<Change>> &answer, const QString &name = Staging)
    {
        QVERIFY(answer && !answer->ok());
        QCOMPARE(answer->problem().category, Problem::Category::NeedsDecision);
        QCOMPARE(m_world->copies("DELETE", name) + m_world->copies("POST", name), 0);
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstProtection)
#include "tst_protection.moc"
