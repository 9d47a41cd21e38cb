// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/expiryreport.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;
using State = HealthState;
using Verdict = ExpiryReport::Verdict;

namespace {

const QDateTime Now(QDate(2026, 11, 3), QTime(9, 0), Qt::UTC);
const QString Origin = u"https://eu.api.konghq.com:443"_s;

InstanceRecord record(const QString &name, const Timestamp &expiresAt = {})
{
    InstanceRecord record;
    record.address = {u"p1"_s, Origin, u"id-"_s + name};
    record.profileName = u"Acme"_s;
    record.endpointLabel = u"eu"_s;
    record.instance.id = record.address.instanceId;
    record.instance.name = name;
    record.instance.integrationName = u"datadog"_s;
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.credential.id = u"cred-"_s + name;
    record.credential.createdAt = Timestamp::fromUtc(Now.addDays(-100));
    record.credential.expiresAt = expiresAt;
    record.checkedAt = Now.addSecs(-5);
    return record;
}

Timestamp in(int days)
{
    return Timestamp::fromUtc(Now.addDays(days));
}

InstanceRecord failed(InstanceRecord record)
{
    record.lastProblem = Problem::of(Problem::Category::TimedOut, u"No answer"_s);
    return record;
}

InstanceRecord tainted(InstanceRecord record)
{
    record.credential.tainted = true;
    return record;
}

InstanceRecord lacking(InstanceRecord record)
{
    record.credential.missingPermissions = {{{u"monitors_read"_s}, u"Cannot read monitors"_s}};
    return record;
}

InstanceRecord known(InstanceRecord record, InstanceRecord::Knowledge knowledge)
{
    record.knowledge = knowledge;
    return record;
}

InstanceRecord builtIn(InstanceRecord record)
{
    record.builtIn = true;
    return known(record, InstanceRecord::Knowledge::NotChecked);
}

EndpointState endpoint(bool isRead = true, const QString &profileId = u"p1"_s)
{
    EndpointState state;
    state.profileId = profileId;
    state.origin = Origin;
    state.endpointLabel = u"eu"_s;
    state.listedAt = Now.addDays(-3);
    if (!isRead)
        state.problem = Problem::of(Problem::Category::Network, u"No network"_s);
    return state;
}

Profile profile(const QDate &tokenExpires = {}, const QString &id = u"p1"_s)
{
    Profile profile;
    profile.id = id;
    profile.name = u"Acme"_s;
    profile.tokenExpires = tokenExpires;
    return profile;
}

ExpiryReport report(const QList<InstanceRecord> &records, const ExpiryReport::Question &question = {},
                    const HealthRules &rules = {})
{
    return ExpiryReport::of({records, {profile()}, {endpoint()}, rules}, question, Now);
}

ExpiryReport::Question within(int days)
{
    return {{}, days, false};
}

const ExpiryReport::Question Strictly{{}, {}, true};

QStringList names(const ExpiryReport &report)
{
    QStringList all;
    for (const ExpiryItem &item : report.items)
        all += item.title();
    return all;
}

} // namespace

class TstExpiryReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theVerdictIsTheWorst_data()
    {
        QTest::addColumn<QList<InstanceRecord>>("records");
        QTest::addColumn<int>("verdict");
        QTest::addColumn<int>("strictly");
        const auto row = [](const char *name, const QList<InstanceRecord> &records, Verdict verdict,
                            Verdict strictly) {
            QTest::newRow(name) << records << static_cast<int>(verdict) << static_cast<int>(strictly);
        };
        const auto both = [&row](const char *name, const QList<InstanceRecord> &records, Verdict verdict) {
            row(name, records, verdict, verdict);
        };
        const InstanceRecord good = record(u"good"_s, in(90));
        const InstanceRecord soon = record(u"soon"_s, in(3));
        const InstanceRecord late = record(u"late"_s, in(30));
        const InstanceRecord over = record(u"over"_s, in(-1));
        const InstanceRecord unknown = record(u"unknown"_s);
        const InstanceRecord never = known(record(u"never"_s), InstanceRecord::Knowledge::NotChecked);
        const InstanceRecord none = known(record(u"none"_s), InstanceRecord::Knowledge::Absent);
        both("there are none", {}, Verdict::InOrder);
        both("all is good", {good}, Verdict::InOrder);
        both("built in", {builtIn(record(u"analytics"_s))}, Verdict::InOrder);
        both("in 3 days", {good, soon}, Verdict::Expiring);
        both("in 30 days", {good, late}, Verdict::Expiring);
        both("exactly now", {good, record(u"now"_s, in(0))}, Verdict::Expired);
        both("over", {good, soon, over}, Verdict::Expired);
        both("tainted", {good, soon, tainted(unknown)}, Verdict::Expired);
        row("nobody knows", {good, unknown}, Verdict::InOrder, Verdict::Expiring);
        row("a date without a zone", {record(u"x"_s, Timestamp::parse(u"2020-01-01T00:00:00"_s))},
            Verdict::InOrder, Verdict::Expiring);
        row("no credential", {good, none}, Verdict::InOrder, Verdict::Expiring);
        row("only no credential", {none}, Verdict::InOrder, Verdict::Expiring);
        row("missing permissions", {lacking(good)}, Verdict::InOrder, Verdict::Expiring);
        row("a date that means none", {record(u"x"_s, Timestamp::parse(u"0001-01-01T00:00:00Z"_s))},
            Verdict::InOrder, Verdict::Expiring);
        both("one was never read", {good, never}, Verdict::SomeUnchecked);
        both("one could not be read", {good, failed(record(u"x"_s, in(90)))}, Verdict::SomeUnchecked);
        both("due before unread", {good, soon, never}, Verdict::Expiring);
        both("over before unread", {over, never}, Verdict::Expired);
        both("an old date still counts", {good, failed(soon)}, Verdict::Expiring);
        both("none could be read", {failed(good)}, Verdict::NothingChecked);
        both("nothing read is the worst", {failed(over), failed(soon), never}, Verdict::NothingChecked);
        row("none read, one without a date", {failed(unknown), good}, Verdict::SomeUnchecked,
            Verdict::Expiring);
    }
    void theVerdictIsTheWorst()
    {
        QFETCH(const QList<InstanceRecord>, records);
        QFETCH(const int, verdict);
        QFETCH(const int, strictly);
        QCOMPARE(static_cast<int>(report(records).verdict), verdict);
        QCOMPARE(static_cast<int>(report(records, Strictly).verdict), strictly);
    }

    void theValuesAreTheExitCodes()
    {
        QCOMPARE(static_cast<int>(Verdict::InOrder), 0);
        QCOMPARE(static_cast<int>(Verdict::NothingChecked), 1);
        QCOMPARE(static_cast<int>(Verdict::Expiring), 2);
        QCOMPARE(static_cast<int>(Verdict::Expired), 3);
        QCOMPARE(static_cast<int>(Verdict::SomeUnchecked), 4);
    }

    void anEndpointThatDoesNotAnswerIsNotEmpty()
    {
        const InstanceRecord good = record(u"good"_s, in(90));
        const auto verdict = [](const QList<InstanceRecord> &records, const QList<EndpointState> &endpoints) {
            return ExpiryReport::of({records, {profile()}, endpoints, {}}, {}, Now).verdict;
        };
        QCOMPARE(verdict({}, {endpoint(false)}), Verdict::NothingChecked);
        QCOMPARE(verdict({}, {endpoint(false), endpoint()}), Verdict::SomeUnchecked);
        QCOMPARE(verdict({good}, {endpoint(false), endpoint()}), Verdict::SomeUnchecked);
        QCOMPARE(verdict({failed(good)}, {endpoint(false)}), Verdict::NothingChecked);
        QCOMPARE(verdict({}, {}), Verdict::NothingChecked);

        EndpointState neverRead = endpoint();
        neverRead.listedAt = {};
        QCOMPARE(verdict({}, {neverRead}), Verdict::NothingChecked);
        EndpointState incomplete = endpoint();
        incomplete.shortfall = Problem::of(Problem::Category::BadAnswer, u"It did not add up"_s);
        QCOMPARE(verdict({good}, {incomplete}), Verdict::SomeUnchecked);
    }

    void whatAnotherOrganizationsTokenSeesChecksNothing()
    {
        Profile doubtful = profile();
        doubtful.organizationInDoubt = true;
        const ExpiryReport report =
            ExpiryReport::of({{record(u"good"_s, in(90))}, {doubtful}, {endpoint()}, {}}, {}, Now);
        QCOMPARE(report.verdict, Verdict::NothingChecked);
        QVERIFY(report.items.first().unchecked);
        QCOMPARE(report.unread.size(), 1);
    }

    void soonestComesFirst()
    {
        const InstanceRecord none = known(record(u"g none"_s), InstanceRecord::Knowledge::Absent);
        const ExpiryReport all =
            report({record(u"h unknown"_s), record(u"f in 300"_s, in(300)), lacking(record(u"z lacking"_s)),
                    none, tainted(record(u"c tainted"_s)), record(u"e in 3"_s, in(3)),
                    record(u"d in 3"_s, in(3)), tainted(record(u"y tainted in 20"_s, in(20))),
                    record(u"a over"_s, in(-70)), builtIn(record(u"analytics"_s))});
        QCOMPARE(names(all),
                 (QStringList{u"a over"_s, u"c tainted"_s, u"d in 3"_s, u"e in 3"_s, u"y tainted in 20"_s,
                              u"f in 300"_s, u"z lacking"_s, u"g none"_s, u"h unknown"_s}));
    }

    void theEarlierDateCountsAndSaysWhoKnowsIt()
    {
        InstanceRecord recorded = record(u"recorded"_s, in(200));
        recorded.expiry.credentialId = recorded.credential.id;
        recorded.expiry.date = Now.date().addDays(10);
        InstanceRecord lives = record(u"lives"_s);
        lives.expiry.livesDays = 120;
        InstanceRecord labelled = record(u"labelled"_s);
        labelled.instance.labels.insert(QString::fromUtf16(ExpiryLabel), u"2028-02-29"_s);
        InstanceRecord another = record(u"another"_s);
        another.expiry.credentialId = u"the one before"_s;
        another.expiry.date = Now.date();
        const ExpiryReport all = report({recorded, lives, labelled, another, record(u"konnect"_s, in(40))});

        QCOMPARE(names(all),
                 (QStringList{u"recorded"_s, u"lives"_s, u"konnect"_s, u"labelled"_s, u"another"_s}));
        const auto source = [&all](int i) { return all.items.at(i).expiry.source; };
        QCOMPARE(source(0), Expiry::Source::Recorded);
        QCOMPARE(source(1), Expiry::Source::Recorded);
        QCOMPARE(source(2), Expiry::Source::Konnect);
        QCOMPARE(source(3), Expiry::Source::Label);
        QCOMPARE(source(4), Expiry::Source::None);
        QCOMPARE(all.items.at(0).lastDay, Now.date().addDays(10));
        QVERIFY(!all.items.at(1).lastDay.isValid()); // A moment: so many days from the creation.
        QCOMPARE(all.items.at(1).expiry.at.utc, Now.addDays(20));
        QVERIFY(!all.items.at(2).lastDay.isValid());
        QCOMPARE(all.items.at(3).lastDay, QDate(2028, 2, 29));
        QCOMPARE(all.counts.noKnownExpiry, 1);
    }

    void withinTakesThePlaceOfTheThresholds()
    {
        const QList<InstanceRecord> records{record(u"in 3"_s, in(3)), record(u"in 20"_s, in(20)),
                                            record(u"in 60"_s, in(60)), record(u"unknown"_s),
                                            failed(record(u"unread"_s, in(90)))};
        QCOMPARE(report(records).items.size(), 5);
        QCOMPARE(names(report(records, within(10))), (QStringList{u"in 3"_s, u"unread"_s}));
        QCOMPARE(names(report(records, within(60))),
                 (QStringList{u"in 3"_s, u"in 20"_s, u"in 60"_s, u"unread"_s}));
        QCOMPARE(names(report(records, {{}, 10, true})), (QStringList{u"in 3"_s, u"unread"_s, u"unknown"_s}));
        QCOMPARE(report(records, within(0)).verdict, Verdict::SomeUnchecked);
        QCOMPARE(report(records, within(3)).verdict, Verdict::Expiring);
        QCOMPARE(report({record(u"in 60"_s, in(60))}, within(60)).verdict, Verdict::Expiring);
        QCOMPARE(report({record(u"in 60"_s, in(60))}, within(59)).verdict, Verdict::InOrder);
        // What is over is due, however short the time.
        QCOMPARE(report({tainted(record(u"x"_s))}, within(0)).verdict, Verdict::Expired);
    }

    void theThresholdsAreThoseOfTheRules()
    {
        HealthRules rules;
        rules.ofIntegration.insert(u"datadog"_s, {{7}, {100}});
        const QList<InstanceRecord> records{record(u"in 60"_s, in(60))};
        QCOMPARE(report(records).verdict, Verdict::InOrder);
        QCOMPARE(report(records, {}, rules).verdict, Verdict::Expiring);
        QCOMPARE(report(records, within(30), rules).verdict, Verdict::InOrder);
    }

    void aTokenIsAnItemOfItsOwn_data()
    {
        QTest::addColumn<QDate>("lastDay");
        QTest::addColumn<int>("verdict");
        const QDate today = Now.date();
        QTest::newRow("none") << QDate() << static_cast<int>(Verdict::InOrder);
        QTest::newRow("next year") << today.addYears(1) << static_cast<int>(Verdict::InOrder);
        QTest::newRow("in 20 days") << today.addDays(20) << static_cast<int>(Verdict::Expiring);
        QTest::newRow("today") << today << static_cast<int>(Verdict::Expiring);
        // It may still be yesterday somewhere.
        QTest::newRow("yesterday") << today.addDays(-1) << static_cast<int>(Verdict::Expiring);
        QTest::newRow("the day before") << today.addDays(-2) << static_cast<int>(Verdict::Expired);
    }
    void aTokenIsAnItemOfItsOwn()
    {
        QFETCH(const QDate, lastDay);
        QFETCH(const int, verdict);
        const ExpiryReport all =
            ExpiryReport::of({{record(u"good"_s, in(900))}, {profile(lastDay)}, {endpoint()}, {}}, {}, Now);
        QCOMPARE(static_cast<int>(all.verdict), verdict);
        QCOMPARE(all.counts.checked, 1);
        QCOMPARE(all.items.size(), lastDay.isValid() ? 2 : 1);
        if (!lastDay.isValid())
            return;
        const ExpiryItem &token = all.items.first();
        QCOMPARE(token.kind, ExpiryItem::Kind::ProfileToken);
        QCOMPARE(token.title(), u"Token of “Acme”"_s);
        QCOMPARE(token.lastDay, lastDay);
        QCOMPARE(token.expiry.source, Expiry::Source::Recorded);
        QVERIFY(!token.unchecked);
    }

    void anExpiredTokenDoesNotHideThatNothingWasChecked()
    {
        const ExpiryReport all =
            ExpiryReport::of({{}, {profile(QDate(2020, 1, 1))}, {endpoint(false)}, {}}, {}, Now);
        QCOMPARE(all.verdict, Verdict::NothingChecked);
        QCOMPARE(all.counts.due, 1);
    }

    void oneProfileIsAskedForAlone()
    {
        InstanceRecord other = record(u"other"_s, in(-1));
        other.address.profileId = u"p2"_s;
        const ExpiryReport::Sources sources{{record(u"good"_s, in(90)), other},
                                            {profile(), profile(QDate(2020, 1, 1), u"p2"_s)},
                                            {endpoint(), endpoint(false, u"p2"_s)},
                                            {}};
        const ExpiryReport one = ExpiryReport::of(sources, {u"p1"_s, {}, false}, Now);
        QCOMPARE(one.verdict, Verdict::InOrder);
        QCOMPARE(names(one), QStringList{u"good"_s});
        QVERIFY(one.unread.isEmpty());
        QCOMPARE(ExpiryReport::of(sources, {}, Now).verdict, Verdict::Expired);
        QCOMPARE(ExpiryReport::of(sources, {}, Now).items.size(), 3);
    }

    void everythingIsCountedOnce()
    {
        const ExpiryReport all = report({record(u"good"_s, in(90)), tainted(record(u"bad"_s, in(-4))),
                                         record(u"soon"_s, in(2)), lacking(record(u"lacking"_s)),
                                         known(record(u"none"_s), InstanceRecord::Knowledge::Absent),
                                         known(record(u"never"_s), InstanceRecord::Knowledge::NotChecked),
                                         failed(record(u"unknown"_s)), builtIn(record(u"analytics"_s))},
                                        within(30));
        const auto count = [&all](State state) { return all.counts.states.at(static_cast<size_t>(state)); };
        QCOMPARE(all.counts.checked, 5);
        QCOMPARE(all.counts.unchecked, 2);
        QCOMPARE(all.counts.noKnownExpiry, 2);
        QCOMPARE(all.counts.due, 2);
        QCOMPARE(count(State::MustBeReplaced), 1);
        QCOMPARE(count(State::Expired), 0);
        QCOMPARE(count(State::ExpiringSoon), 1);
        QCOMPARE(count(State::ExpiringLater), 0);
        QCOMPARE(count(State::MissingPermissions), 1);
        QCOMPARE(count(State::NoCredential), 1);
        QCOMPARE(count(State::NotChecked), 1);
        QCOMPARE(count(State::NoKnownExpiry), 1);
        QCOMPARE(count(State::Healthy), 1);
        QCOMPARE(count(State::NotNeeded), 1);
    }

    void theEndsOfTimeAreDates()
    {
        InstanceRecord last = record(u"last"_s);
        last.expiry.credentialId = last.credential.id;
        last.expiry.date = QDate(9999, 12, 31);
        const ExpiryReport all =
            report({last, record(u"first"_s, Timestamp::parse(u"0002-01-01T00:00:00Z"_s)),
                    record(u"konnect's last"_s, Timestamp::parse(u"9999-12-31T23:59:59Z"_s))});
        QCOMPARE(names(all), (QStringList{u"first"_s, u"konnect's last"_s, u"last"_s}));
        QCOMPARE(all.items.last().lastDay, QDate(9999, 12, 31));
    }

    void aClockThatJumpsBackOnlyMovesTheStates()
    {
        const QList<InstanceRecord> records{record(u"x"_s, in(3))};
        const ExpiryReport::Sources sources{records, {profile()}, {endpoint()}, {}};
        QCOMPARE(ExpiryReport::of(sources, {}, Now.addDays(4)).verdict, Verdict::Expired);
        QCOMPARE(ExpiryReport::of(sources, {}, Now.addYears(-20)).verdict, Verdict::InOrder);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstExpiryReport)
#include "tst_expiryreport.moc"
