// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/demohost.h"

#include "app/demo/demoservice.h"

#include <QCoroFuture>
#include <QFuture>
#include <QPromise>

#include <memory>

namespace latchkey {

using namespace Qt::StringLiterals;

DemoHost::DemoHost(int instances, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_instances(instances)
    , m_clock(clock)
{
    m_thread.setObjectName(u"demo"_s);
}

DemoHost::~DemoHost()
{
    m_thread.quit();
    m_thread.wait();
}

QCoro::Task<Outcome<DemoHost::Running>> DemoHost::start()
{
    const auto promise = std::make_shared<QPromise<Outcome<Running>>>();
    QFuture<Outcome<Running>> started = promise->future();
    promise->start();

    DemoService::Options options;
    options.instances = m_instances;
    auto *service = new DemoService(options, m_clock);
    service->moveToThread(&m_thread);
    // Deleted on its own thread: sockets belong to the thread that made them.
    connect(&m_thread, &QThread::finished, service, &QObject::deleteLater);
    connect(&m_thread, &QThread::started, service, [service, promise] {
        Done listening = service->listen();
        if (listening)
            promise->addResult(Running{service->baseUrl(), service->organization().knownKeys()});
        else
            promise->addResult(std::move(listening).problem());
        promise->finish();
    });
    m_thread.start();
    co_return co_await started;
}

} // namespace latchkey
