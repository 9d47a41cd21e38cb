// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/oldkey.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;
using State = KeyVersion::State;

namespace {

const QDateTime Now(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);
const QString Origin = u"https://eu.api.konghq.com:443"_s;

/// Of the instance `one`, from the version `old` to the version `new`.
Change replacement()
{
    Change change;
    change.id = u"change"_s;
    change.kind = ChangeKind::Replace;
    change.phase = ChangePhase::Verified;
    change.address = {u"profile"_s, Origin, u"one"_s};
    change.previousVersion = u"old"_s;
    change.stagedVersion = u"new"_s;
    change.startedAt = Now;
    change.updatedAt = Now.addSecs(30);
    return change;
}

KeyVersion version(const QString &id, const QString &instance, State state, const QList<QByteArray> &keys)
{
    KeyVersion made;
    made.id = id;
    made.origin = Origin;
    made.instanceId = instance;
    made.state = state;
    made.createdAt = Now;
    for (qsizetype i = 0; i < keys.size(); ++i)
        made.fingerprints.append({u"header-%1"_s.arg(i), keys.at(i)});
    return made;
}

/// What is left to revoke of it, with these rows.
QList<OldKey> left(const Change &change, const QList<KeyVersion> &versions,
                   const QList<Change> &unfinished = {})
{
    return oldKeysOf({change}, unfinished, versions, {});
}

} // namespace

/// Which replacements leave a key that has to be revoked.
class TstOldKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReplacedKeyIsToBeRevoked()
    {
        const QList<OldKey> keys = left(replacement(), {version(u"new"_s, u"one"_s, State::Current, {"b"}),
                                                        version(u"old"_s, u"one"_s, State::Previous, {"a"})});
        QCOMPARE(keys.size(), 1);
        QCOMPARE(keys.first().replacement, replacement());
        QCOMPARE(keys.first().usedElsewhere, 0);
        QVERIFY(keys.first().isOpen());
        // Beside the instance's own, and no other change's.
        QCOMPARE(keys.first().key(), (InstanceAddress{u"profile"_s, Origin, u"change"_s}));
    }

    void soIsOneThatIsNotKnownHere()
    {
        Change change = replacement();
        change.previousVersion.clear();
        QCOMPARE(left(change, {version(u"new"_s, u"one"_s, State::Current, {"b"})}).size(), 1);
        QCOMPARE(left(replacement(), {}).size(), 1);
        // A row whose keys could not be read says nothing of them.
        QCOMPARE(left(replacement(), {version(u"new"_s, u"one"_s, State::Current, {QByteArray()}),
                                      version(u"old"_s, u"one"_s, State::Previous, {QByteArray()})})
                     .size(),
                 1);
    }

    void soIsOneThatWasForgottenHere()
    {
        QCOMPARE(left(replacement(), {version(u"new"_s, u"one"_s, State::Current, {"b"}),
                                      version(u"old"_s, u"one"_s, State::Forgotten, {"a"})})
                     .size(),
                 1);
    }

    void theSameKeyEnteredAgainIsNoOldOne()
    {
        QVERIFY(left(replacement(), {version(u"new"_s, u"one"_s, State::Current, {"a"}),
                                     version(u"old"_s, u"one"_s, State::Forgotten, {"a"})})
                    .isEmpty());
        // By a later change, too.
        QVERIFY(left(replacement(), {version(u"later"_s, u"one"_s, State::Current, {"a"}),
                                     version(u"new"_s, u"one"_s, State::Previous, {"b"}),
                                     version(u"old"_s, u"one"_s, State::Previous, {"a"})})
                    .isEmpty());
    }

    void oneOfSeveralHeadersIsEnough()
    {
        const QList<KeyVersion> versions{version(u"new"_s, u"one"_s, State::Current, {"api", "b"}),
                                         version(u"old"_s, u"one"_s, State::Previous, {"api", "a"}),
                                         version(u"other"_s, u"two"_s, State::Current, {"api", "c"})};
        const QList<OldKey> keys = left(replacement(), versions);
        QCOMPARE(keys.size(), 1);
        // The other one has what stays in use, and nothing of what went.
        QCOMPARE(keys.first().usedElsewhere, 0);
    }

    void whoElseHasItIsCounted()
    {
        const QList<OldKey> keys = left(replacement(), {version(u"new"_s, u"one"_s, State::Current, {"b"}),
                                                        version(u"old"_s, u"one"_s, State::Previous, {"a"}),
                                                        version(u"v2"_s, u"two"_s, State::Current, {"a"}),
                                                        version(u"v3"_s, u"three"_s, State::Current, {"a"}),
                                                        version(u"v4"_s, u"four"_s, State::Previous, {"a"})});
        QCOMPARE(keys.size(), 1);
        QCOMPARE(keys.first().usedElsewhere, 2);
    }

    void aWayBackLeavesNone()
    {
        const QList<KeyVersion> versions{version(u"new"_s, u"one"_s, State::Current, {"b"}),
                                         version(u"old"_s, u"one"_s, State::Previous, {"a"})};
        Change back = replacement();
        back.undoes = u"another change"_s;
        QVERIFY(left(back, versions).isEmpty());
        // To keys of which the journal does not say who retired them: they were kept before it began.
        Change unnamed = replacement();
        unnamed.startedAt = Now.addSecs(1);
        QVERIFY(left(unnamed, versions).isEmpty());
    }

    void whatAnUnfinishedChangeMayBringBackIsLeftAlone()
    {
        const QList<KeyVersion> versions{version(u"new"_s, u"one"_s, State::Previous, {"b"}),
                                         version(u"old"_s, u"one"_s, State::Previous, {"a"})};
        Change back = replacement();
        back.id = u"way back"_s;
        back.phase = ChangePhase::Deleted;
        back.previousVersion = u"new"_s;
        back.stagedVersion = u"old"_s;
        QVERIFY(left(replacement(), versions, {back}).isEmpty());
        QCOMPARE(left(replacement(), versions).size(), 1);
    }

    void whatWasTickedOffSaysWhen()
    {
        const QList<OldKey> keys = oldKeysOf({replacement()}, {}, {}, {{u"change"_s, Now}});
        QCOMPARE(keys.size(), 1);
        QVERIFY(!keys.first().isOpen());
        QCOMPARE(keys.first().revokedAt, Now);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstOldKeys)
#include "tst_oldkeys.moc"
