// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wording.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSet>
#include <QTranslator>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QDateTime Now(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);

/// A language with other plural forms than English has.
class Plurals : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *, const char *source, const char *, int n) const override
    {
        if (qstrcmp(source, "in %n days") != 0)
            return {};
        return n == 1 ? u"za dzień"_s : n < 5 ? u"za %n dni (few)"_s : u"za %n dni"_s;
    }
};

} // namespace

class TstWording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void relativeTimes_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("words");
        constexpr qint64 Day = 86400;
        const auto row = [](qint64 seconds, const QString &words) {
            QTest::newRow(qPrintable(words + u' ' + QString::number(seconds))) << seconds << words;
        };
        row(0, u"just now"_s);
        row(-59, u"just now"_s);
        row(-60, u"1 minute ago"_s);
        row(-3599, u"59 minutes ago"_s);
        row(-3600, u"1 hour ago"_s);
        row(-5 * 3600, u"5 hours ago"_s);
        row(-2 * Day + 1, u"47 hours ago"_s);
        row(-2 * Day, u"2 days ago"_s);
        row(1, u"in less than a minute"_s);
        row(60, u"in 1 minute"_s);
        row(7199, u"in 1 hour"_s);
        row(2 * Day - 1, u"in 47 hours"_s);
        row(2 * Day, u"in 2 days"_s);
        row(7 * Day - 1, u"in 6 days"_s);
        row(400 * Day, u"in 400 days"_s);
    }
    void relativeTimes()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, words);
        QCOMPARE(wording::relative(Now.addSecs(seconds), Now), words);
    }

    void translatorsHaveEveryPluralForm()
    {
        Plurals plurals;
        QCoreApplication::installTranslator(&plurals);
        QCOMPARE(wording::relative(Now.addDays(3), Now), u"za 3 dni (few)"_s);
        QCOMPARE(wording::relative(Now.addDays(9), Now), u"za 9 dni"_s);
        QCOMPARE(wording::counted("wording", "in %n day", "in %n days", 1), u"za dzień"_s);
        QCoreApplication::removeTranslator(&plurals);
        QCOMPARE(wording::counted("wording", "in %n day", "in %n days", 1), u"in 1 day"_s);
    }

    void largeNumbersAreSeparatedAsTheUserWritesThem()
    {
        const auto words = [](qint64 n) { return wording::counted("wording", "%n day", "%n of %1 days", n); };
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QCOMPARE(words(999), u"999 of %1 days"_s);
        QCOMPARE(words(1000), u"1,000 of %1 days"_s);
        QCOMPARE(words(1'234'567), u"1,234,567 of %1 days"_s);
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(words(5000), u"5.000 of %1 days"_s);
        QLocale::setDefault(QLocale::c());
        QCOMPARE(words(5000), u"5000 of %1 days"_s);
    }

    void exactTimesNameBothZones()
    {
        const QTimeZone berlin("Europe/Berlin");
        QVERIFY(berlin.isValid());
        const QStringList lines = wording::exact(Now, berlin).split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines.first().startsWith(u"3 Nov 2026 10:00:00 "_s), qPrintable(lines.first()));
        QCOMPARE(lines.last(), u"3 Nov 2026 09:00:00 UTC"_s);
        QCOMPARE(wording::exact(Now, QTimeZone::utc()), u"3 Nov 2026 09:00:00 UTC"_s);
        QCOMPARE(wording::exact({}, berlin), QString());
    }

    void expiries()
    {
        QCOMPARE(wording::expiry(Timestamp::fromUtc(Now.addDays(6)), Now), u"in 6 days"_s);
        QCOMPARE(wording::expiry(Timestamp{}, Now), u"no known expiry"_s);
        QCOMPARE(wording::expiry(Timestamp::parse(u"2026-11-09T10:00:00"_s), Now),
                 u"2026-11-09T10:00:00 (time zone missing)"_s);
        QCOMPARE(wording::expiry(Timestamp::parse(u"soon"_s), Now), u"soon (not a date)"_s);
        QCOMPARE(wording::expiry(Timestamp::parse(u"0001-01-01T00:00:00Z"_s), Now),
                 u"0001-01-01T00:00:00Z (not a date)"_s);
        QVERIFY(wording::expiry(Timestamp::parse(QString(5'000'000, u'x')), Now).size() < 100);
    }

    void ages()
    {
        QCOMPARE(wording::age(Now.addSecs(-180), Now), u"Checked 3 minutes ago"_s);
        QCOMPARE(wording::age(Now.addSecs(30), Now), u"Checked just now"_s);
        QCOMPARE(wording::age({}, Now), u"Not checked yet"_s);
    }

    void permissionsAreUnknownUntilRead()
    {
        InstanceRecord record;
        QCOMPARE(wording::permissions(record), QString());
        record.knowledge = InstanceRecord::Knowledge::Present;
        QCOMPARE(wording::permissions(record), u"None"_s);
        record.credential.missingPermissions = {{{}, u"a"_s}};
        QCOMPARE(wording::permissions(record), u"1 missing permission"_s);
        record.credential.missingPermissions << MissingPermission{{}, u"b"_s};
        QCOMPARE(wording::permissions(record), u"2 missing permissions"_s);
    }

    void keptKeys()
    {
        KeptKeys kept;
        QCOMPARE(wording::keptKeys(kept, QTimeZone::utc()), u"Not known here"_s);
        kept.previous = true;
        kept.previousSince = Now.addDays(-2);
        QCOMPARE(wording::keptKeys(kept, QTimeZone::utc()),
                 u"Only earlier keys are kept here, of 1 Nov 2026"_s);
        kept.current = true;
        kept.currentSince = Now;
        QCOMPARE(wording::keptKeys(kept, QTimeZone::utc()), u"Kept here since 3 Nov 2026"_s);
        kept.entered = true;
        QCOMPARE(wording::keptKeys(kept, QTimeZone::utc()),
                 u"Entered by you on 3 Nov 2026, not verified: Konnect never returns keys"_s);
        kept.entered = false;
        kept.inMemoryOnly = true;
        QCOMPARE(wording::keptKeys(kept, QTimeZone::utc()), u"Held here until Latchkey closes"_s);
    }

    void everyStateHasWordsOfItsOwn()
    {
        QSet<QString> labels;
        QSet<QString> words;
        for (int state = 0; state < HealthStateCount; ++state) {
            labels << wording::stateLabel(static_cast<HealthState>(state));
            words << wording::stateWord(static_cast<HealthState>(state));
            QVERIFY(!wording::stateExplanation(static_cast<HealthState>(state)).isEmpty());
        }
        QCOMPARE(labels.size(), HealthStateCount);
        QCOMPARE(words.size(), HealthStateCount);
    }

    void anUnknownTypeIsShownAsKonnectWroteIt()
    {
        AuthCredential credential;
        credential.rawType = u"magic_link"_s;
        QVERIFY(wording::typeLabel(credential).contains(u"magic_link"_s));
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstWording)
#include "tst_wording.moc"
