// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/profiledraft.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;
using Field = ProfileDraft::Field;

namespace {

QList<Field> errors(const ProfileDraft &draft)
{
    QList<Field> fields;
    for (const ProfileDraft::Finding &finding : draft.findings()) {
        if (finding.error)
            fields << finding.field;
    }
    return fields;
}

Profile stored()
{
    Profile profile;
    profile.id = u"p1"_s;
    profile.name = u"Acme"_s;
    profile.endpoints = {endpointOfGeo(u"us"_s), endpointOfGeo(u"eu"_s)};
    profile.tokenVersion = u"v1"_s;
    return profile;
}

QByteArray tokenOf(const ProfileDraft &draft)
{
    return draft.copyToken().reveal().toByteArray();
}

} // namespace

class TstProfileDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewProfileNeedsNamePlaceAndToken()
    {
        ProfileDraft draft({}, {u"Other"_s});
        QCOMPARE(errors(draft), (QList<Field>{Field::Name, Field::Endpoints, Field::Token}));
        draft.setName(u" other "_s);
        QCOMPARE(errors(draft), (QList<Field>{Field::Name, Field::Endpoints, Field::Token}));
        draft.setName(u"  Acme   Corp "_s);
        QCOMPARE(draft.profile().name, u"Acme Corp"_s);
        draft.setGeos({u"sg"_s, u"eu"_s, u"nowhere"_s});
        QCOMPARE(draft.profile().endpoints,
                 (QList<Endpoint>{endpointOfGeo(u"eu"_s), endpointOfGeo(u"sg"_s)}));
        draft.setToken(Secret("kpat_abc"));
        QVERIFY(draft.isComplete());
    }

    void tokensAreTakenOutOfWhatWasPasted()
    {
        ProfileDraft draft({}, {});
        draft.setToken(Secret(" \tBearer  kpat_abc\r\n"));
        QCOMPARE(tokenOf(draft), QByteArray("kpat_abc"));
        draft.setToken(Secret("bearer Bearer spat_x"));
        QCOMPARE(tokenOf(draft), QByteArray("spat_x"));
        draft.setToken(Secret("kpat_a\nkpat_b"));
        QVERIFY(errors(draft).contains(Field::Token));
        draft.setToken(Secret("  "));
        QVERIFY(!draft.hasToken());
    }

    void anUnusualTokenIsAHintOnly()
    {
        ProfileDraft draft(stored(), {});
        draft.setToken(Secret("abcdef"));
        QVERIFY(draft.isComplete());
        QCOMPARE(draft.findings().size(), 1);
        QCOMPARE(draft.findings().first().field, Field::Token);
        draft.setToken(Secret("eyJhbGciOi.x.y"));
        QVERIFY(draft.findings().isEmpty());
    }

    void anotherAddressNeedsTheTokenAgain()
    {
        ProfileDraft draft(stored(), {});
        QVERIFY(!draft.tokenRequired());
        QVERIFY(draft.isComplete());
        draft.setGeos({u"eu"_s});
        QVERIFY(!draft.tokenRequired());
        draft.setUrl(u"https://proxy.example/v1"_s);
        QVERIFY(draft.tokenRequired());
        QCOMPARE(errors(draft), QList<Field>{Field::Token});
        draft.setUrl({});
        QVERIFY(!draft.tokenRequired());
        QCOMPARE(draft.profile().endpoints, QList<Endpoint>{endpointOfGeo(u"eu"_s)});
        draft.setGeos({u"eu"_s, u"au"_s});
        QVERIFY(draft.tokenRequired());
    }

    void aBadUrlIsNamed()
    {
        ProfileDraft draft(stored(), {});
        draft.setUrl(u"http://proxy.example/v1"_s);
        QVERIFY(errors(draft).contains(Field::Url));
        draft.setUrl(u"http://127.0.0.1:8080/v1/"_s);
        QVERIFY(!errors(draft).contains(Field::Url));
        QCOMPARE(draft.profile().endpoints.first().origin(), u"http://127.0.0.1:8080"_s);
    }

    void theLastDayOfTheTokenIsADayOrNotKnown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QDate>("day");
        QTest::addColumn<bool>("refused");
        QTest::newRow("a day") << u" 2027-03-31 "_s << QDate(2027, 3, 31) << false;
        QTest::newRow("a leap day") << u"2028-02-29"_s << QDate(2028, 2, 29) << false;
        QTest::newRow("not known") << u" "_s << QDate() << false;
        QTest::newRow("no such day") << u"2027-02-29"_s << QDate() << true;
        QTest::newRow("half typed") << u"2027-03"_s << QDate() << true;
        QTest::newRow("another spelling") << u"31.03.2027"_s << QDate() << true;
        QTest::newRow("words") << u"in March"_s << QDate() << true;
    }
    void theLastDayOfTheTokenIsADayOrNotKnown()
    {
        QFETCH(const QString, text);
        QFETCH(const QDate, day);
        QFETCH(const bool, refused);
        Profile profile = stored();
        profile.tokenExpires = QDate(2026, 12, 24);
        ProfileDraft draft(profile, {});
        QVERIFY(draft.isComplete());
        QSignalSpy changed(&draft, &ProfileDraft::changed);
        draft.setTokenExpires(text);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(draft.profile().tokenExpires, day);
        QCOMPARE(errors(draft), refused ? QList<Field>{Field::TokenExpires} : QList<Field>{});
    }

    void anotherTokenAsksWhetherItsDayIsTheSame()
    {
        Profile profile = stored();
        profile.tokenExpires = QDate(2026, 12, 24);
        ProfileDraft draft(profile, {});
        QVERIFY(draft.findings().isEmpty());
        draft.setToken(Secret("kpat_another"));
        QCOMPARE(draft.findings().size(), 1);
        QCOMPARE(draft.findings().constFirst().field, Field::TokenExpires);
        QVERIFY(draft.isComplete()); // A hint only.
        draft.setTokenExpires(u"2027-12-24"_s);
        QVERIFY(draft.findings().isEmpty());
    }

    void aMissingCaFileIsNamed()
    {
        ProfileDraft draft(stored(), {});
        draft.setCaFile(u"/nonexistent/ca.pem"_s);
        QCOMPARE(errors(draft), QList<Field>{Field::CaFile});
        QVERIFY(draft.findings().first().message.contains(u"/nonexistent/ca.pem"_s));
    }

    void everyChangeIsAnnounced()
    {
        ProfileDraft draft(stored(), {});
        QSignalSpy changed(&draft, &ProfileDraft::changed);
        draft.setColour(u"#c01c28"_s);
        draft.setProduction(true);
        draft.setToken(Secret("kpat_x"));
        QCOMPARE(changed.size(), 3);
        QVERIFY(draft.profile().production);
        const Secret token = draft.takeToken();
        QVERIFY(token.equals(Secret("kpat_x")));
        QVERIFY(!draft.hasToken());
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstProfileDraft)
#include "tst_profiledraft.moc"
