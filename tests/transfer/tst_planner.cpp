// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/planner.h"
#include "tests/support/testmain.h"

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Action = PlanAction;
using Compared = KeyComparison;
using Kind = KeySource::Kind;
using Wish = ConfiguredInstance::Wish;

constexpr char EuOrigin[] = "https://eu.api.konghq.com:443";
const QString Arn = u"arn:aws:iam::123456789012:role/konnect"_s;
const QString OtherArn = u"arn:aws:iam::123456789012:role/other"_s;

Profile profileOf(const QString &name, const QStringList &geos = {u"eu"_s})
{
    Profile profile;
    profile.id = u"id-of-"_s + name;
    profile.name = name;
    for (const QString &geo : geos)
        profile.endpoints << endpointOfGeo(geo);
    return profile;
}

/// An instance of Datadog, whose credential has one key.
InstanceRecord recordOf(const QString &name, const QString &profile = u"prod"_s, const QString &geo = u"eu"_s)
{
    InstanceRecord record;
    record.address = {u"id-of-"_s + profile, endpointOfGeo(geo).origin(), u"id-of-"_s + name};
    record.profileName = profile;
    record.endpointLabel = geo;
    record.instance.id = record.address.instanceId;
    record.instance.name = name;
    record.instance.displayName = u"The "_s + name;
    record.instance.integrationName = u"datadog"_s;
    record.instance.integrationDisplayName = u"Datadog"_s;
    record.authorization.strategy = Authorization::Strategy::MultiKey;
    record.authorization.headers = {{u"DD-API-KEY"_s, {}, {}}};
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.credential.id = u"credential-1"_s;
    record.credential.type = CredentialType::MultiKey;
    return record;
}

InstanceRecord withTwoHeaders(InstanceRecord record)
{
    record.authorization.headers << HeaderDefinition{u"DD-APPLICATION-KEY"_s, {}, {}};
    return record;
}

InstanceRecord withoutCredential(InstanceRecord record)
{
    record.knowledge = InstanceRecord::Knowledge::Absent;
    record.credential = {};
    return record;
}

InstanceRecord withRole(InstanceRecord record, const QString &arn)
{
    record.authorization = {Authorization::Strategy::AwsRole, {}, {}, {}, {}, {}, {}, {}};
    record.credential.type = CredentialType::AwsRole;
    record.credential.roleArn = arn;
    return record;
}

KeyVersion versionOf(const QList<HeaderFingerprint> &fingerprints, const QString &credentialId)
{
    KeyVersion version;
    version.id = u"version"_s;
    version.state = KeyVersion::State::Current;
    version.fingerprints = fingerprints;
    version.credentialId = credentialId;
    return version;
}

KeyVersion keptHere(const QString &credentialId = u"credential-1"_s)
{
    return versionOf({{u"DD-API-KEY"_s, "one"}}, credentialId);
}

KeySource variable(const QString &name)
{
    return {Kind::Environment, name};
}

ConfiguredInstance wish(const QString &name, Wish wanted = Wish::NotSaid)
{
    ConfiguredInstance instance;
    instance.integration = u"datadog"_s;
    instance.name = name;
    instance.wish = wanted;
    return instance;
}

ConfiguredInstance wishKeys(const QString &name, const KeySource &source = {},
                            const QStringList &headers = {u"DD-API-KEY"_s})
{
    ConfiguredInstance instance = wish(name, Wish::Present);
    for (const QString &header : headers)
        instance.credential.headers << ConfiguredHeader{header, source};
    return instance;
}

ConfiguredInstance wishType(const QString &name, CredentialType type, const QString &arn = {})
{
    ConfiguredInstance instance = wish(name, Wish::Present);
    instance.credential.type = type;
    instance.credential.roleArn = arn;
    return instance;
}

/// One profile, "prod", with these records, and a document of these instances for it.
PlanInput inputOf(const QList<InstanceRecord> &records, const QList<ConfiguredInstance> &wanted)
{
    PlanInput input;
    input.document.profiles << ConfiguredProfile{u"prod"_s, wanted};
    input.at = QDateTime({2026, 3, 1}, {12, 0}, Qt::UTC);
    input.profiles << profileOf(u"prod"_s);
    input.records = records;
    return input;
}

KnownKeys &keysOf(PlanInput &input, const QString &name = u"metrics"_s)
{
    return input.keys[{QString::fromLatin1(EuOrigin), u"id-of-"_s + name}];
}

PlanRow onlyRow(const PlanInput &input)
{
    const Plan plan = makePlan(input);
    return plan.rows.size() == 1 ? plan.rows.constFirst() : PlanRow();
}

} // namespace

Q_DECLARE_METATYPE(latchkey::PlanInput)

class TstPlanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anInstanceIsFoundByItsNames_data()
    {
        QTest::addColumn<PlanInput>("input");
        QTest::addColumn<QString>("instanceId");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("link");
        const QString page = u"https://cloud.konghq.com/eu/service-catalog/integrations"_s;
        const QList<InstanceRecord> one{recordOf(u"metrics"_s), recordOf(u"traces"_s)};
        QTest::newRow("name and integration")
            << inputOf(one, {wish(u"traces"_s)}) << u"id-of-traces"_s << QString() << QString();

        ConfiguredInstance elsewhere = wish(u"metrics"_s);
        elsewhere.integration = u"pagerduty"_s;
        QTest::newRow("another integration")
            << inputOf(one, {elsewhere}) << QString() << u"no instance metrics of pagerduty"_s << page;
        QTest::newRow("another spelling")
            << inputOf(one, {wish(u"Metrics"_s)}) << QString() << u"Create it in Konnect"_s << page;

        PlanInput otherProfile = inputOf({recordOf(u"metrics"_s, u"test"_s)}, {wish(u"metrics"_s)});
        otherProfile.profiles << profileOf(u"test"_s);
        QTest::newRow("of another profile") << otherProfile << QString() << u"no instance metrics"_s << page;

        PlanInput custom = inputOf({}, {wish(u"metrics"_s)});
        custom.profiles.first().endpoints = {*endpointOfUrl(u"https://konnect.example"_s)};
        QTest::newRow("nothing to link to") << custom << QString() << u"Create it"_s << QString();

        PlanInput unknown = inputOf(one, {wish(u"metrics"_s)});
        unknown.document.profiles.first().name = u"old"_s;
        QTest::newRow("a profile that is not there")
            << unknown << QString() << u"no profile “old” here"_s << QString();
        PlanInput mapped = unknown;
        mapped.profileNames.insert(u"old"_s, u"PROD"_s);
        QTest::newRow("the profile that is meant") << mapped << u"id-of-metrics"_s << QString() << QString();
        mapped.profileNames.insert(u"old"_s, u"gone"_s);
        QTest::newRow("one that is meant and not there")
            << mapped << QString() << u"no profile “gone” here"_s << QString();

        PlanInput two = inputOf({recordOf(u"metrics"_s), recordOf(u"metrics"_s, u"prod"_s, u"us"_s)},
                                {wish(u"metrics"_s)});
        two.profiles.first().endpoints << endpointOfGeo(u"us"_s);
        two.records[1].address.instanceId = u"id-in-us"_s;
        QTest::newRow("at two endpoints") << two << QString() << u"have it: eu, us. Name one"_s << QString();
        two.document.profiles[0].instances[0].endpoint = u"us"_s;
        QTest::newRow("at the endpoint that is named") << two << u"id-in-us"_s << QString() << QString();
        two.document.profiles[0].instances[0].endpoint = u"au"_s;
        QTest::newRow("an endpoint that is not there")
            << two << QString() << u"“prod” has no endpoint au"_s << QString();

        PlanInput same = inputOf({recordOf(u"metrics"_s), recordOf(u"metrics"_s)}, {wish(u"metrics"_s)});
        same.records[1].address.instanceId = u"another"_s;
        QTest::newRow("twice") << same << QString() << u"several instances of this name"_s << QString();
    }

    void anInstanceIsFoundByItsNames()
    {
        QFETCH(const PlanInput, input);
        QFETCH(const QString, instanceId);
        QFETCH(const QString, reason);
        QFETCH(const QString, link);
        const PlanRow row = onlyRow(input);
        QCOMPARE(row.address.instanceId, instanceId);
        QCOMPARE(row.action, instanceId.isEmpty() ? Action::Blocked : Action::Keep);
        QVERIFY2(row.reason.contains(reason), qPrintable(row.reason));
        QCOMPARE(row.reason.isEmpty(), reason.isEmpty());
        QCOMPARE(row.link.toString(), link);
        QVERIFY(!row.isWork());
    }

    void whatIsToBeDone_data()
    {
        QTest::addColumn<PlanInput>("input");
        QTest::addColumn<int>("action");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const PlanInput &input, Action action,
                            const QString &reason = {}) {
            QTest::newRow(name) << input << static_cast<int>(action) << reason;
        };
        const InstanceRecord there = recordOf(u"metrics"_s);
        const InstanceRecord gone = withoutCredential(there);
        const InstanceRecord aws = withRole(there, Arn);
        const InstanceRecord noRole = withoutCredential(aws);

        row("nothing is said", inputOf({there}, {wish(u"metrics"_s)}), Action::Keep);
        row("none is wanted, none is there", inputOf({gone}, {wish(u"metrics"_s, Wish::None)}), Action::Keep);
        PlanInput none = inputOf({there}, {wish(u"metrics"_s, Wish::None)});
        row("none is wanted", none, Action::Keep, u"deletions are asked for"_s);
        none.deletes = true;
        row("none is wanted, with deletions", none, Action::Delete);

        row("none is there", inputOf({gone}, {wishKeys(u"metrics"_s)}), Action::Create);
        row("a role where there is none",
            inputOf({noRole}, {wishType(u"metrics"_s, CredentialType::AwsRole, Arn)}), Action::Create);
        row("the same role", inputOf({aws}, {wishType(u"metrics"_s, CredentialType::AwsRole, Arn)}),
            Action::Keep);
        row("another role", inputOf({aws}, {wishType(u"metrics"_s, CredentialType::AwsRole, OtherArn)}),
            Action::Replace);
        row("no role at all", inputOf({aws}, {wishType(u"metrics"_s, CredentialType::AwsRole, u"x"_s)}),
            Action::Blocked, u"not the ARN of a role"_s);
        row("keys where a role belongs", inputOf({aws}, {wishKeys(u"metrics"_s)}), Action::Blocked,
            u"takes the ARN of a role"_s);
        row("a role where keys belong",
            inputOf({there}, {wishType(u"metrics"_s, CredentialType::AwsRole, Arn)}), Action::Blocked,
            u"takes header keys"_s);

        InstanceRecord unknownType = there;
        unknownType.credential.type = CredentialType::Unknown;
        row("keys for what is not known", inputOf({unknownType}, {wishKeys(u"metrics"_s)}), Action::Replace);
        InstanceRecord oauth = there;
        oauth.authorization.strategy = Authorization::Strategy::OAuth;
        oauth.credential.type = CredentialType::OAuth;
        row("a consent that is there", inputOf({oauth}, {wishType(u"metrics"_s, CredentialType::OAuth)}),
            Action::Keep);
        row("keys for a consent", inputOf({oauth}, {wishKeys(u"metrics"_s)}), Action::Blocked,
            u"consent in the browser"_s);
        row("a consent that is missing",
            inputOf({withoutCredential(oauth)}, {wishType(u"metrics"_s, CredentialType::OAuth)}),
            Action::Blocked, u"consent in the browser"_s);
        row("a consent where keys belong",
            inputOf({there}, {wishType(u"metrics"_s, CredentialType::GitHubApp)}), Action::Blocked,
            u"cannot make"_s);
        InstanceRecord builtIn = gone;
        builtIn.builtIn = true;
        builtIn.knowledge = InstanceRecord::Knowledge::NotChecked;
        row("built in", inputOf({builtIn}, {wishKeys(u"metrics"_s)}), Action::Blocked,
            u"needs no credential"_s);
        row("none for what is built in", inputOf({builtIn}, {wish(u"metrics"_s, Wish::None)}), Action::Keep);

        InstanceRecord changing = there;
        changing.changing = true;
        row("under way", inputOf({changing}, {wishKeys(u"metrics"_s)}), Action::Blocked, u"under way"_s);
        row("under way, nothing said", inputOf({changing}, {wish(u"metrics"_s)}), Action::Keep);
        PlanInput unfinished = inputOf({there}, {wishKeys(u"metrics"_s)});
        keysOf(unfinished).unfinished = true;
        row("unfinished", unfinished, Action::Blocked, u"has not ended"_s);
        InstanceRecord unread = gone;
        unread.knowledge = InstanceRecord::Knowledge::NotChecked;
        row("not read", inputOf({unread}, {wishKeys(u"metrics"_s)}), Action::Blocked, u"Refresh first"_s);
        row("not read, nothing said", inputOf({unread}, {wish(u"metrics"_s)}), Action::Keep);
        PlanInput doubt = inputOf({there}, {wish(u"metrics"_s)});
        doubt.profiles.first().organizationInDoubt = true;
        row("perhaps another organization", doubt, Action::Blocked, u"the same organization"_s);

        row("a header that the integration has not",
            inputOf({gone}, {wishKeys(u"metrics"_s, {}, {u"X-Other"_s})}), Action::Blocked,
            u"X-Other is not a header"_s);
        row("a header too few", inputOf({withTwoHeaders(gone)}, {wishKeys(u"metrics"_s)}), Action::Blocked,
            u"DD-APPLICATION-KEY is missing"_s);
        row("headers are not told apart by case",
            inputOf({gone}, {wishKeys(u"metrics"_s, {}, {u"dd-api-key"_s})}), Action::Create);
        row("no header", inputOf({gone}, {wishKeys(u"metrics"_s, {}, {})}), Action::Blocked, u"is missing"_s);
    }

    void whatIsToBeDone()
    {
        QFETCH(const PlanInput, input);
        QFETCH(const int, action);
        QFETCH(const QString, reason);
        const PlanRow row = onlyRow(input);
        QCOMPARE(planActionWord(row.action), planActionWord(static_cast<Action>(action)));
        QVERIFY2(row.reason.contains(reason), qPrintable(row.reason));
        QCOMPARE(row.reason.isEmpty(), reason.isEmpty());
        QCOMPARE(row.title, u"The metrics"_s);
    }

    void keysAreComparedByFingerprints_data()
    {
        QTest::addColumn<PlanInput>("input");
        QTest::addColumn<int>("action");
        QTest::addColumn<int>("comparison");
        QTest::addColumn<bool>("given");
        const auto row = [](const char *name, const PlanInput &input, Action action, Compared comparison,
                            bool given) {
            QTest::newRow(name) << input << static_cast<int>(action) << static_cast<int>(comparison) << given;
        };
        const InstanceRecord there = recordOf(u"metrics"_s);
        const InstanceRecord gone = withoutCredential(there);
        const auto with = [](const InstanceRecord &record, const KeySource &source, const KnownKeys &keys) {
            PlanInput input = inputOf({record}, {wishKeys(u"metrics"_s, source)});
            keysOf(input) = keys;
            return input;
        };
        const KeySource env = variable(u"DD"_s);
        const KeySource prompt{Kind::Prompt, {}};
        const auto given = [](const QByteArray &fingerprint, const QString &of = {}) {
            KnownKeys keys;
            keys.given.insert(u"dd-api-key"_s, fingerprint);
            keys.givenFor = of;
            return keys;
        };
        KnownKeys kept;
        kept.current = keptHere();
        KnownKeys ofAnother;
        ofAnother.current = keptHere(u"credential-0"_s);
        KnownKeys ofNone;
        ofNone.current = keptHere(QString());
        KnownKeys earlier;
        earlier.previous = keptHere(u"credential-0"_s);

        row("kept", with(there, {}, kept), Action::Keep, Compared::Same, true);
        row("kept for another credential", with(there, {}, ofAnother), Action::Keep, Compared::NotKnown,
            true);
        row("kept for none", with(there, {}, ofNone), Action::Keep, Compared::NotKnown, true);
        row("not kept", with(there, {}, {}), Action::Keep, Compared::NotKnown, false);
        row("not entered", with(there, prompt, kept), Action::Keep, Compared::NotKnown, false);
        row("not allowed", with(there, env, kept), Action::Keep, Compared::NotKnown, false);

        KnownKeys same = kept;
        same.given = given("one").given;
        row("given, the same", with(there, env, same), Action::Keep, Compared::Same, true);
        row("entered, the same", with(there, prompt, same), Action::Keep, Compared::Same, true);
        KnownKeys changed = kept;
        changed.given = given("two").given;
        row("given, another", with(there, env, changed), Action::Replace, Compared::Changed, true);
        row("what is given beside a kept one", with(there, {}, changed), Action::Keep, Compared::Same, true);
        row("given, nothing to compare with", with(there, env, given({})), Action::Replace,
            Compared::NotKnown, true);
        KnownKeys stale = ofAnother;
        stale.given = given("one").given;
        row("given as that of the credential before", with(there, env, stale), Action::Replace,
            Compared::NotKnown, true);
        row("known to be of this credential", with(there, prompt, given({}, u"credential-1"_s)),
            Action::Adopt, Compared::NotKnown, true);
        row("known to be of an earlier one", with(there, prompt, given({}, u"credential-0"_s)),
            Action::Blocked, Compared::NotKnown, true);
        KnownKeys mistyped = changed;
        mistyped.current->entered = true;
        mistyped.givenFor = u"credential-1"_s;
        row("known to be of this one, for which others were entered", with(there, prompt, mistyped),
            Action::Adopt, Compared::Changed, true);
        KnownKeys contrary = changed;
        contrary.givenFor = u"credential-1"_s;
        row("said to be of this one, which was made with others", with(there, prompt, contrary),
            Action::Blocked, Compared::Changed, true);
        row("given in the place of a kept one", with(there, {}, given({}, u"credential-1"_s)), Action::Adopt,
            Compared::NotKnown, true);

        row("to create, kept", with(gone, {}, ofAnother), Action::Create, Compared::NotKnown, true);
        row("to create, kept before", with(gone, {}, earlier), Action::Create, Compared::NotKnown, true);
        row("to create, not kept", with(gone, {}, {}), Action::Create, Compared::NotKnown, false);
        row("to create, given", with(gone, env, given({})), Action::Create, Compared::NotKnown, true);
        row("to create, not given", with(gone, env, kept), Action::Create, Compared::NotKnown, false);
        row("to create, to be entered", with(gone, prompt, kept), Action::Create, Compared::NotKnown, false);
        KnownKeys lost = kept;
        lost.current->fingerprints[0].hmac.clear();
        lost.given = given("one").given;
        row("a fingerprint that is missing", with(there, env, lost), Action::Replace, Compared::NotKnown,
            true);
    }

    void keysAreComparedByFingerprints()
    {
        QFETCH(const PlanInput, input);
        QFETCH(const int, action);
        QFETCH(const int, comparison);
        QFETCH(const bool, given);
        const PlanRow row = onlyRow(input);
        QCOMPARE(planActionWord(row.action), planActionWord(static_cast<Action>(action)));
        QCOMPARE(row.headers.size(), 1);
        QCOMPARE(keyComparisonWord(row.headers.at(0).comparison),
                 keyComparisonWord(static_cast<Compared>(comparison)));
        QCOMPARE(row.headers.at(0).isGiven, given);
        const bool needs = row.action != Action::Keep && row.action != Action::Blocked && !given;
        QCOMPARE(row.missingKeys(), needs ? QStringList{u"DD-API-KEY"_s} : QStringList());
    }

    void anotherSetOfHeadersReplaces()
    {
        const QStringList both{u"DD-API-KEY"_s, u"DD-APPLICATION-KEY"_s};
        PlanInput input =
            inputOf({withTwoHeaders(recordOf(u"metrics"_s))}, {wishKeys(u"metrics"_s, {}, both)});
        keysOf(input).current = keptHere();
        const PlanRow row = onlyRow(input);
        QCOMPARE(row.action, Action::Replace);
        QCOMPARE(row.missingKeys(), QStringList{u"DD-APPLICATION-KEY"_s});
        // What is kept counts more than what the integration says by now.
        PlanInput asKept = inputOf({recordOf(u"metrics"_s)}, {wishKeys(u"metrics"_s, {}, both)});
        keysOf(asKept).current =
            versionOf({{u"dd-api-key"_s, "one"}, {u"DD-APPLICATION-KEY"_s, "two"}}, u"credential-1"_s);
        QCOMPARE(onlyRow(asKept).action, Action::Keep);
    }

    void oneKeyOfTwoChanges()
    {
        ConfiguredInstance wanted = wishKeys(u"metrics"_s, variable(u"DD"_s));
        wanted.credential.headers << ConfiguredHeader{u"DD-APPLICATION-KEY"_s, {}};
        PlanInput input = inputOf({withTwoHeaders(recordOf(u"metrics"_s))}, {wanted});
        KnownKeys &keys = keysOf(input);
        keys.current =
            versionOf({{u"DD-API-KEY"_s, "one"}, {u"DD-APPLICATION-KEY"_s, "two"}}, u"credential-1"_s);
        keys.given.insert(u"dd-api-key"_s, "new");
        const PlanRow row = onlyRow(input);
        QCOMPARE(row.action, Action::Replace);
        QCOMPARE(row.headers.at(0).comparison, Compared::Changed);
        QCOMPARE(row.headers.at(1).comparison, Compared::Same);
        QVERIFY(row.missingKeys().isEmpty());
        QVERIFY(row.wayBack);
    }

    void adoptingNeedsAllKeys()
    {
        const QStringList both{u"DD-API-KEY"_s, u"DD-APPLICATION-KEY"_s};
        PlanInput input = inputOf({withTwoHeaders(recordOf(u"metrics"_s))},
                                  {wishKeys(u"metrics"_s, {Kind::Prompt, {}}, both)});
        KnownKeys &keys = keysOf(input);
        keys.given.insert(u"dd-api-key"_s, {});
        keys.givenFor = u"credential-1"_s;
        const PlanRow row = onlyRow(input);
        QCOMPARE(row.action, Action::Adopt);
        QCOMPARE(row.missingKeys(), QStringList{u"DD-APPLICATION-KEY"_s});
    }

    void aNameIsTypedForWhatIsGuarded_data()
    {
        QTest::addColumn<bool>("production");
        QTest::addColumn<bool>("isProtected");
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<bool>("typed");
        QTest::newRow("neither") << false << false << true << false;
        QTest::newRow("production") << true << false << true << true;
        QTest::newRow("protected") << false << true << true << true;
        QTest::newRow("to create") << true << true << false << false;
    }

    void aNameIsTypedForWhatIsGuarded()
    {
        QFETCH(const bool, production);
        QFETCH(const bool, isProtected);
        QFETCH(const bool, isThere);
        QFETCH(const bool, typed);
        InstanceRecord record = recordOf(u"metrics"_s);
        record.production = production;
        record.isProtected = isProtected;
        PlanInput input = inputOf({isThere ? record : withoutCredential(record)},
                                  {wishKeys(u"metrics"_s, variable(u"DD"_s))});
        keysOf(input).given.insert(u"dd-api-key"_s, {});
        QCOMPARE(onlyRow(input).needsTypedName, typed);
    }

    void theWayBackIsSaid()
    {
        PlanInput input = inputOf({recordOf(u"metrics"_s)}, {wish(u"metrics"_s, Wish::None)});
        input.deletes = true;
        QVERIFY(!onlyRow(input).wayBack);
        keysOf(input).current = keptHere(u"credential-0"_s);
        QVERIFY(!onlyRow(input).wayBack);
        keysOf(input).current = keptHere();
        QVERIFY(onlyRow(input).wayBack);
        // An ARN is all that such a credential is made of.
        PlanInput role = inputOf({withRole(recordOf(u"metrics"_s), Arn)},
                                 {wishType(u"metrics"_s, CredentialType::AwsRole, OtherArn)});
        QVERIFY(onlyRow(role).wayBack);
    }

    void whatIsRecordedIsCompared_data()
    {
        QTest::addColumn<ConfiguredExpiry>("wanted");
        QTest::addColumn<ExpiryRecord>("recorded");
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<bool>("records");
        const QDate day(2026, 6, 1);
        const auto record = [](const QString &id, const QDate &date, int lives, const QString &owner) {
            ExpiryRecord expiry;
            expiry.credentialId = id;
            expiry.date = date;
            expiry.livesDays = lives;
            expiry.owner = owner;
            expiry.recordedAt = QDateTime({2026, 1, 1}, {0, 0}, Qt::UTC);
            return expiry;
        };
        const QString id = u"credential-1"_s;
        QTest::newRow("nothing is said")
            << ConfiguredExpiry() << record(id, day, 90, u"ops"_s) << true << false;
        QTest::newRow("the same") << ConfiguredExpiry{day, 90, u"ops"_s, {}} << record(id, day, 90, u"ops"_s)
                                  << true << false;
        QTest::newRow("more is recorded")
            << ConfiguredExpiry{{}, 0, u"ops"_s, {}} << record(id, day, 90, u"ops"_s) << true << false;
        QTest::newRow("another day") << ConfiguredExpiry{day.addDays(1), 0, {}, {}} << record(id, day, 0, {})
                                     << true << true;
        QTest::newRow("the day of the credential before")
            << ConfiguredExpiry{day, 0, {}, {}} << record(u"credential-0"_s, day, 0, {}) << true << true;
        QTest::newRow("another owner")
            << ConfiguredExpiry{day, 0, u"ops"_s, {}} << record(id, day, 0, u"dev"_s) << true << true;
        QTest::newRow("a note") << ConfiguredExpiry{{}, 0, {}, u"ask first"_s} << ExpiryRecord() << true
                                << true;
        QTest::newRow("a day of no credential")
            << ConfiguredExpiry{day, 0, {}, {}} << ExpiryRecord() << false << false;
        QTest::newRow("a life without a credential")
            << ConfiguredExpiry{day, 30, {}, {}} << ExpiryRecord() << false << true;
    }

    void whatIsRecordedIsCompared()
    {
        QFETCH(const ConfiguredExpiry, wanted);
        QFETCH(const ExpiryRecord, recorded);
        QFETCH(const bool, isThere);
        QFETCH(const bool, records);
        InstanceRecord record = recordOf(u"metrics"_s);
        record.expiry = recorded;
        ConfiguredInstance instance = wish(u"metrics"_s);
        instance.expiry = wanted;
        const PlanRow row = onlyRow(inputOf({isThere ? record : withoutCredential(record)}, {instance}));
        QCOMPARE(row.action, Action::Keep);
        QCOMPARE(row.recordsExpiry, records);
        QCOMPARE(row.isWork(), records);
    }

    void theDayOfANewCredentialIsRecorded()
    {
        InstanceRecord record = withoutCredential(recordOf(u"metrics"_s));
        record.expiry.credentialId = u"credential-0"_s;
        record.expiry.date = QDate(2026, 6, 1);
        ConfiguredInstance wanted = wishKeys(u"metrics"_s);
        wanted.expiry.date = QDate(2026, 6, 1);
        const PlanRow row = onlyRow(inputOf({record}, {wanted}));
        QCOMPARE(row.action, Action::Create);
        QVERIFY(row.recordsExpiry);
    }

    void aDocumentProtectsAndNeverUnprotects()
    {
        InstanceRecord record = recordOf(u"metrics"_s);
        ConfiguredInstance wanted = wish(u"metrics"_s);
        wanted.isProtected = true;
        QVERIFY(onlyRow(inputOf({record}, {wanted})).protects);
        record.isProtected = true;
        QVERIFY(!onlyRow(inputOf({record}, {wanted})).isWork());
        wanted.isProtected = false;
        QVERIFY(!onlyRow(inputOf({record}, {wanted})).isWork());
    }

    void whatIsBlockedRecordsNothing()
    {
        InstanceRecord record = recordOf(u"metrics"_s);
        record.changing = true;
        ConfiguredInstance wanted = wishKeys(u"metrics"_s);
        wanted.isProtected = true;
        wanted.expiry.owner = u"ops"_s;
        const PlanRow row = onlyRow(inputOf({record}, {wanted}));
        QCOMPARE(row.action, Action::Blocked);
        QVERIFY(!row.isWork());
    }

    void anInstanceThatTwoProfilesSeeIsDoneOnce()
    {
        PlanInput input = inputOf(
            {withoutCredential(recordOf(u"metrics"_s)), withoutCredential(recordOf(u"metrics"_s, u"test"_s))},
            {wishKeys(u"metrics"_s)});
        input.profiles << profileOf(u"test"_s);
        input.document.profiles << ConfiguredProfile{u"test"_s, {wishKeys(u"metrics"_s)}};
        const Plan same = makePlan(input);
        QCOMPARE(same.count(Action::Create), 1);
        QCOMPARE(same.count(Action::Keep), 1);
        QVERIFY(same.rows.constLast().reason.contains(u"“prod”"_s));

        input.document.profiles.last().instances.first().wish = Wish::None;
        const Plan torn = makePlan(input);
        QCOMPARE(torn.count(Action::Blocked), 2);

        // Nothing is to be done for either: no need to agree.
        for (InstanceRecord &record : input.records)
            record = recordOf(u"metrics"_s, record.profileName);
        QCOMPARE(makePlan(input).count(Action::Keep), 2);
    }

    void itIsDoneWhereItCanBe()
    {
        PlanInput input = inputOf(
            {withoutCredential(recordOf(u"metrics"_s)), withoutCredential(recordOf(u"metrics"_s, u"test"_s))},
            {wishKeys(u"metrics"_s)});
        input.profiles[0].organizationInDoubt = true;
        input.profiles << profileOf(u"test"_s);
        input.document.profiles << ConfiguredProfile{u"test"_s, {wishKeys(u"metrics"_s)}};
        const Plan plan = makePlan(input);
        QCOMPARE(plan.count(Action::Blocked), 1);
        QCOMPARE(plan.count(Action::Create), 1);
        QCOMPARE(plan.rows.constLast().profile, u"test"_s);
    }

    void aRoleThatIsNotShownIsLeftAlone()
    {
        const PlanRow row = onlyRow(inputOf({withRole(recordOf(u"metrics"_s), {})},
                                            {wishType(u"metrics"_s, CredentialType::AwsRole, Arn)}));
        QCOMPARE(row.action, Action::Keep);
        QVERIFY(!row.reason.isEmpty());
    }

    void keysOfAnEarlierCredentialAreSaid()
    {
        const QStringList both{u"DD-API-KEY"_s, u"DD-APPLICATION-KEY"_s};
        ConfiguredInstance wanted = wishKeys(u"metrics"_s, {}, both);
        wanted.credential.headers[1].source = variable(u"DD"_s);
        PlanInput input = inputOf({withTwoHeaders(recordOf(u"metrics"_s))}, {wanted});
        keysOf(input).current = keptHere(u"credential-0"_s);
        keysOf(input).given.insert(u"dd-application-key"_s, QByteArray());
        const PlanRow row = onlyRow(input);
        QCOMPARE(row.action, Action::Replace);
        QVERIFY2(row.reason.contains("earlier credential"_L1), qPrintable(row.reason));
    }

    void theNameOfTheProfileHereIsSaid()
    {
        PlanInput input = inputOf({recordOf(u"metrics"_s)}, {wishKeys(u"metrics"_s)});
        input.document.profiles[0].name = u"staging"_s;
        input.profileNames.insert(u"staging"_s, u"PROD"_s);
        QCOMPARE(onlyRow(input).profileText(), u"staging → prod"_s);
    }

    void theWorstComesFirst()
    {
        QList<InstanceRecord> records;
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s})
            records << recordOf(name);
        records[1] = withoutCredential(records[1]);
        records[3] = withRole(records[3], Arn);
        PlanInput input = inputOf(records, {wish(u"e"_s, Wish::None), wish(u"missing"_s), wishKeys(u"b"_s),
                                            wishType(u"d"_s, CredentialType::AwsRole, OtherArn), wish(u"c"_s),
                                            wish(u"a"_s, Wish::None)});
        input.deletes = true;
        const Plan plan = makePlan(input);
        QStringList said;
        for (const PlanRow &row : plan.rows)
            said << planActionWord(row.action) + u' ' + row.wanted.name;
        QCOMPARE(said, (QStringList{u"blocked missing"_s, u"delete a"_s, u"delete e"_s, u"replace d"_s,
                                    u"create b"_s, u"keep c"_s}));
        QCOMPARE(plan.document, inOrder(input.document));
        QCOMPARE(plan.madeAt, input.at);
        QVERIFY(!plan.isEmpty());
    }

    void whatWasExportedElsewhereHasNothingToDo()
    {
        // The same organization on a machine that keeps none of its keys.
        ConfiguredInstance protectedOne = wishKeys(u"metrics"_s, {Kind::Prompt, {}});
        const PlanInput input = inputOf(
            {recordOf(u"metrics"_s), withoutCredential(recordOf(u"traces"_s)),
             withRole(recordOf(u"role"_s), Arn)},
            {protectedOne, wish(u"traces"_s, Wish::None), wishType(u"role"_s, CredentialType::AwsRole, Arn)});
        const Plan plan = makePlan(input);
        QCOMPARE(plan.rows.size(), 3);
        QVERIFY(plan.isEmpty());
    }

    void tenThousandInstancesArePlanned()
    {
        QList<InstanceRecord> records;
        QList<ConfiguredInstance> wanted;
        PlanInput input = inputOf({}, {});
        constexpr int Many = 10'000;
        for (int i = 0; i < Many; ++i) {
            const QString name = u"instance-%1"_s.arg(i);
            records << recordOf(name);
            wanted << wishKeys(name, variable(u"DD"_s));
            KnownKeys &keys = keysOf(input, name);
            keys.current = keptHere();
            keys.given.insert(u"dd-api-key"_s, i % 2 == 0 ? "one" : "two");
        }
        input.records = records;
        input.document.profiles.first().instances = wanted;
        const Plan plan = makePlan(input);
        QCOMPARE(plan.count(Action::Replace), Many / 2);
        QCOMPARE(plan.count(Action::Keep), Many / 2);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstPlanner)
#include "tst_planner.moc"
