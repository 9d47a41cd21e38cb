// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/change.h"
#include "models/core/keyversion.h"
#include "models/core/problem.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QSet>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// The machine words that the journal and JSON output stand on.
class TstWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void categoriesComeBack()
    {
        QSet<QString> words;
        for (int value = 0; value <= static_cast<int>(Problem::Category::NotSupported); ++value) {
            const auto category = static_cast<Problem::Category>(value);
            words << categoryWord(category);
            QCOMPARE(categoryFromWord(categoryWord(category)), category);
        }
        QCOMPARE(words.size(), static_cast<int>(Problem::Category::NotSupported) + 1);
        QVERIFY(!categoryFromWord(u"nonsense"_s));
    }

    void changesComeBack()
    {
        for (int value = 0; value <= static_cast<int>(ChangePhase::Adopted); ++value) {
            const auto phase = static_cast<ChangePhase>(value);
            QCOMPARE(changePhaseFromWord(changePhaseWord(phase)), phase);
        }
        for (const ChangeKind kind :
             {ChangeKind::Create, ChangeKind::Replace, ChangeKind::Delete, ChangeKind::Adopt})
            QCOMPARE(changeKindFromWord(changeKindWord(kind)), kind);
        QVERIFY(!changePhaseFromWord({}));
        QVERIFY(!changeKindFromWord(u"update"_s));
    }

    void aReplaceDoesNotEndWhereTheInstanceHasNoCredential()
    {
        QVERIFY(isFinal(ChangeKind::Delete, ChangePhase::Deleted));
        QVERIFY(!isFinal(ChangeKind::Replace, ChangePhase::Deleted));
        QVERIFY(!isFinal(ChangeKind::Replace, ChangePhase::Deleting));
        QVERIFY(!isFinal(ChangeKind::Create, ChangePhase::Creating));
        QVERIFY(isFinal(ChangeKind::Replace, ChangePhase::RollingBack));
        QVERIFY(!isFinal(ChangeKind::Replace, ChangePhase::Created));
        QVERIFY(isFinal(ChangeKind::Replace, ChangePhase::Foreign));
        QVERIFY(isFinal(ChangeKind::Adopt, ChangePhase::Adopted));
    }

    void statesOfKeyVersionsComeBack()
    {
        using State = KeyVersion::State;
        for (const State state : {State::Writing, State::Staged, State::Current, State::Previous,
                                  State::Forgetting, State::Forgotten})
            QCOMPARE(keyVersionStateFromWord(keyVersionStateWord(state)), state);
        QCOMPARE(keyVersionStateFromWord(u"of the future"_s), State::Unknown);
    }

    void aProblemSaysAllItKnows()
    {
        Problem problem;
        problem.caption = u"Konnect refused the credential."_s;
        problem.detail = u"Invalid"_s;
        problem.invalidParameters = {{u"config.headers[0].name"_s, {}, u"is not known"_s, {}}};
        problem.traceId = u"kong:trace:1"_s;
        QCOMPARE(
            problem.toText(),
            u"Konnect refused the credential.\nInvalid\nconfig.headers[0].name: is not known\nTrace id: kong:trace:1"_s);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstWords)
#include "tst_words.moc"
