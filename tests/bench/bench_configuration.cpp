// SPDX-License-Identifier: GPL-3.0-or-later
// bench_configuration [INSTANCES]: how long it takes to read a configuration and to plan it. Where each is
// wanted as it is, nothing may be left to do.
#include "models/transfer/configurationtext.h"
#include "models/transfer/planner.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString First = u"DD-API-KEY"_s;
const QString Second = u"DD-APPLICATION-KEY"_s;

struct Setup
{
    ConfigurationDocument document;
    PlanInput input; ///< Without the document.
};

InstanceRecord recordOf(int number)
{
    InstanceRecord record;
    record.address = {u"the-profile"_s, u"https://eu.api.konghq.com:443"_s, u"id-of-%1"_s.arg(number)};
    record.profileName = u"Acme production"_s;
    record.endpointLabel = u"eu"_s;
    record.instance.id = record.address.instanceId;
    record.instance.name = u"datadog-of-team-%1"_s.arg(number);
    record.instance.displayName = u"Datadog of team %1"_s.arg(number);
    record.instance.integrationName = u"datadog"_s;
    record.authorization.strategy = Authorization::Strategy::MultiKey;
    record.authorization.headers = {{First, {}, {}}, {Second, {}, {}}};
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.credential.id = u"credential-%1"_s.arg(number);
    record.credential.type = CredentialType::MultiKey;
    return record;
}

KnownKeys keysOf(const InstanceRecord &record)
{
    KeyVersion version;
    version.id = u"version-of-"_s + record.address.instanceId;
    version.state = KeyVersion::State::Current;
    version.origin = record.address.origin;
    version.instanceId = record.address.instanceId;
    version.credentialId = record.credential.id;
    version.fingerprints = {{First, QByteArray(32, 'a')}, {Second, QByteArray(32, 'b')}};
    KnownKeys known;
    known.current = version;
    return known;
}

Setup setupOf(int instances)
{
    Setup setup;
    Profile profile;
    profile.id = u"the-profile"_s;
    profile.name = u"Acme production"_s;
    profile.endpoints = {endpointOfGeo(u"eu"_s)};
    setup.input.profiles = {profile};
    setup.input.at = QDateTime(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);
    ConfiguredProfile wanted;
    wanted.name = profile.name;
    for (int number = 0; number < instances; ++number) {
        const InstanceRecord record = recordOf(number);
        ConfiguredInstance instance;
        instance.integration = record.instance.integrationName;
        instance.name = record.instance.name;
        instance.wish = ConfiguredInstance::Wish::Present;
        instance.credential.headers = {{First, {KeySource::Kind::Keychain, {}}},
                                       {Second, {KeySource::Kind::Environment, u"KEY_%1"_s.arg(number)}}};
        wanted.instances << instance;
        setup.input.keys.insert({record.address.origin, record.address.instanceId}, keysOf(record));
        setup.input.records << record;
    }
    setup.document.profiles = {wanted};
    return setup;
}

qint64 peakKib()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int instances = argc > 1 ? std::atoi(argv[1]) : 10'000;
    Setup setup = setupOf(instances);
    QByteArray text = configurationtext::write(setup.document);
    const qint64 before = peakKib();
    std::printf("instances: %d, text: %lld KiB, memory before: %lld KiB\n", instances,
                static_cast<long long>(text.size() / 1024), static_cast<long long>(before));

    QElapsedTimer timer;
    timer.start();
    const configurationtext::Reading reading = configurationtext::read(std::move(text));
    const qint64 read = timer.elapsed();
    if (!reading.document || !reading.findings.isEmpty()) {
        std::puts("the configuration cannot be read");
        return 1;
    }
    setup.input.document = *reading.document;
    const Plan plan = makePlan(setup.input);
    const qint64 all = timer.elapsed();
    std::printf("read: %lld ms, planned: %lld ms, both: %lld ms, memory: %lld KiB more\n",
                static_cast<long long>(read), static_cast<long long>(all - read), static_cast<long long>(all),
                static_cast<long long>(peakKib() - before));
    if (plan.rows.size() != instances || !plan.isEmpty()) {
        std::puts("the plan is not the expected one");
        return 1;
    }
    return 0;
}
