// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/passphrase.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;
using Verdict = PassphraseVerdict;

Q_DECLARE_METATYPE(latchkey::PassphraseVerdict)

class TstPassphrase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isJudgedByLengthAndVariety_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("none") << QString() << Verdict::TooShort;
        QTest::newRow("short") << u"Tr0ub4dor&3"_s << Verdict::TooShort;
        QTest::newRow("short in other letters") << u"ключключклю"_s << Verdict::TooShort;
        QTest::newRow("one character") << QString(40, u'a') << Verdict::TooEven;
        QTest::newRow("two characters") << u"abababababababababababab"_s << Verdict::TooEven;
        QTest::newRow("a row of digits") << u"01234567890123456789"_s << Verdict::TooEven;
        QTest::newRow("the alphabet") << u"abcdefghijklmnopqrstuvwxyz"_s << Verdict::TooEven;
        QTest::newRow("spaces") << QString(30, u' ') << Verdict::TooEven;
        QTest::newRow("twelve") << u"Tr0ub4dor&3x"_s << Verdict::Fair;
        QTest::newRow("words") << u"seven brown apples sing"_s << Verdict::Long;
        QTest::newRow("words of other letters") << u"семь бурых яблок поют"_s << Verdict::Long;
        QTest::newRow("long and random") << u"kX9#vQ2$mN7@pL4!wR8z"_s << Verdict::Long;
    }

    void isJudgedByLengthAndVariety()
    {
        QFETCH(const QString, text);
        QFETCH(const Verdict, verdict);
        const Verdict judged = judgePassphrase(Secret(text.toUtf8()));
        QCOMPARE(judged, verdict);
        QVERIFY(!passphraseHint(judged).isEmpty());
        QCOMPARE(isRefused(judged), verdict == Verdict::TooShort || verdict == Verdict::TooEven);
    }

    void theHintSaysHowManyCharacters()
    {
        QVERIFY(passphraseHint(Verdict::TooShort).contains(QString::number(ShortestPassphrase)));
    }

    void whatIsWrittenMayAlwaysBeRead()
    {
        QVERIFY(KdfCost().passes <= MostKdfCost.passes && KdfCost().memoryKiB <= MostKdfCost.memoryKiB);
        // Gigabytes and minutes are not.
        QVERIFY(MostKdfCost.memoryKiB <= 1024 * 1024 && MostKdfCost.passes <= 10);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstPassphrase)
#include "tst_passphrase.moc"
