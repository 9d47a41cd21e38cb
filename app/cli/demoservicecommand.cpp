// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/demoservicecommand.h"

#include "app/demo/demofault.h"
#include "app/demo/demoservice.h"

#include <QCoreApplication>
#include <QCoroSignal>
#include <QFile>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::DemoServiceCommand)
};

constexpr int mostInstances = 100'000;
constexpr int mostLatency = 600'000;

/// The number of an option within its bounds; `usual` where it was not given.
Outcome<int> number(const Arguments &arguments, const QString &option, int usual, int most)
{
    if (!arguments.has(option))
        return usual;
    bool ok = false;
    const int value = arguments.value(option).toInt(&ok);
    if (!ok || value < 0 || value > most)
        return usageProblem(Text::tr("The option --%1 needs a number from 0 to %2.").arg(option).arg(most));
    return value;
}

Outcome<DemoService::Options> serviceOptions(const Arguments &arguments)
{
    DemoService::Options options;
    Outcome<int> port = number(arguments, u"port"_s, 0, 65'535);
    if (!port)
        return std::move(port).problem();
    Outcome<int> instances = number(arguments, u"instances"_s, options.instances, mostInstances);
    if (!instances)
        return std::move(instances).problem();
    Outcome<int> latency = number(arguments, u"latency-ms"_s, 0, mostLatency);
    if (!latency)
        return std::move(latency).problem();
    options.port = static_cast<quint16>(port.value());
    options.instances = instances.value();
    options.latencyMs = latency.value();
    options.recordFile = arguments.value(u"record"_s);
    return options;
}

Outcome<QList<DemoFault>> readFaults(const QString &name)
{
    QFile file(name);
    if (!file.open(QFile::ReadOnly))
        return usageProblem(Text::tr("The faults file %1 cannot be read.").arg(name), file.errorString());
    return parseFaults(file.readAll());
}

} // namespace

QString DemoServiceCommand::synopsis() const
{
    return u"[--port N] [--token-env VARIABLE] [--instances N] [--latency-ms M] [--faults FILE] [--record FILE]"_s;
}

QString DemoServiceCommand::summary() const
{
    return Text::tr(
        "Run a Konnect of our own on 127.0.0.1, with a seeded organization and faults on the wire.");
}

QStringList DemoServiceCommand::options() const
{
    return {u"port"_s,       u"token-env"_s, u"token-stdin"_s, u"instances"_s,
            u"latency-ms"_s, u"faults"_s,    u"record"_s};
}

Done DemoServiceCommand::check(const Arguments &arguments) const
{
    Outcome<DemoService::Options> options = serviceOptions(arguments);
    if (!options)
        return std::move(options).problem();
    return {};
}

QCoro::Task<ExitCode> DemoServiceCommand::run(CommandContext &context)
{
    DemoService::Options options = serviceOptions(context.arguments).value();
    if (SecretSource::tokenGiven(context.arguments)) {
        const Outcome<Secret> token = context.secrets.token(context.arguments);
        if (!token)
            co_return context.console.failUsage(token.problem());
        options.token = token.value().reveal().toByteArray();
    }
    QList<DemoFault> faults;
    if (context.arguments.has(u"faults"_s)) {
        Outcome<QList<DemoFault>> read = readFaults(context.arguments.value(u"faults"_s));
        if (!read)
            co_return context.console.failUsage(read.problem());
        faults = std::move(read).value();
    }
    DemoService service(std::move(options), context.clock);
    const Done listening = service.listen();
    if (!listening)
        co_return context.console.fail(listening.problem());
    service.setFaults(std::move(faults));
    context.console.out(service.baseUrl().toString());
    context.console.json(QJsonDocument(QJsonObject{{u"url"_s, service.baseUrl().toString()}}));
    if (!context.stop.stop_requested())
        co_await qCoro(&context.signals, &StopSignals::stopRequested);
    co_return ExitCode::Success;
}

} // namespace latchkey
