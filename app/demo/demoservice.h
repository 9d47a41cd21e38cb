// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demofault.h"
#include "app/demo/httprequest.h"
#include "models/core/clock.h"
#include "models/core/outcome.h"

#include <QByteArray>
#include <QFile>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <memory>

namespace latchkey {

class DemoApi;
class DemoOrganization;
class HttpServer;

/// A request as the demo service received it; every copy on the wire counts.
struct DemoRequest
{
    QByteArray method;
    QByteArray target; ///< Raw path and query.
    QByteArray authorization;
    QByteArray body;
    HttpHeaders headers; ///< All, in the order and case in which they came.
};

/// A Konnect of our own, for trying, rehearsing and testing: everything that Latchkey uses of the Service
/// Catalog API with its semantics, a seeded organization, and faults on the wire. Speaks HTTP/1.1 on loopback
/// only.
///
/// It has its own JSON code, so that a wrong field name of the client cannot agree with itself. Use it on the
/// thread that it lives on.
class DemoService : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        quint16 port = 0; ///< 0: the system picks one.
        QByteArray token; ///< The one token that is accepted; empty: any non-empty one.
        int instances = 40;
        int latencyMs = 0;  ///< Before each answer.
        QString recordFile; ///< One JSON line a request, bodies included, mode 0600; empty for none.
    };

    /// `clock` must outlive the service; expiry dates of the seeded data are relative to it.
    DemoService(Options options, const Clock &clock, QObject *parent = nullptr);
    ~DemoService() override;

    /// Problem Network: the port is taken; StorageFailed: the record cannot be written.
    [[nodiscard]] Done listen();
    [[nodiscard]] QUrl baseUrl() const; ///< `http://127.0.0.1:PORT/v1`

    void setFaults(QList<DemoFault> faults); ///< Also starts their counting anew.
    /// The last 100,000 at least; older ones are forgotten.
    [[nodiscard]] const QList<DemoRequest> &received() const { return m_received; }
    /// How often `method` arrived for `path` (below the base path, without query; exact).
    [[nodiscard]] int copies(const QByteArray &method, const QString &path) const;
    void forgetReceived();
    [[nodiscard]] DemoOrganization &organization() { return *m_organization; }

Q_SIGNALS:
    /// The last one of received() is here, and nothing was done for it yet: faults that are set now hold for
    /// it.
    void arrived();

private:
    [[nodiscard]] HttpResponse answer(const HttpRequest &request);
    [[nodiscard]] const DemoFault *faultFor(const HttpRequest &request);
    [[nodiscard]] HttpResponse misbehave(const DemoFault &fault, const HttpRequest &request);
    void note(const HttpRequest &request);
    void record(const HttpRequest &request);

    struct CountedFault
    {
        DemoFault fault;
        int matched = 0;
    };

    Options m_options;
    std::unique_ptr<DemoOrganization> m_organization;
    std::unique_ptr<DemoApi> m_api;
    QList<DemoRequest> m_received;
    QList<CountedFault> m_faults;
    QFile m_record;
    std::unique_ptr<HttpServer> m_server; ///< Last: its connections go before what they ask.
};

} // namespace latchkey
