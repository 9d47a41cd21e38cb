// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demoorganization.h"
#include "app/demo/demoproblems.h"
#include "app/demo/httprequest.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace latchkey {

class DemoList;

/// The Service Catalog API over a DemoOrganization: routes a request, checks it, does the work, answers.
class DemoApi
{
public:
    /// `organization` and `clock` must outlive this. An empty token accepts any that is not empty.
    DemoApi(DemoOrganization &organization, const Clock &clock, QByteArray token);

    [[nodiscard]] HttpResponse handle(const HttpRequest &request);

    /// The decoded path below `/v1`; empty for a path that is not below it.
    [[nodiscard]] static QString pathOf(const QByteArray &target);
    /// `Date` and what else goes with every answer.
    void finish(HttpResponse &answer) const;
    /// An `application/problem+json` answer.
    [[nodiscard]] HttpResponse problem(int status, const QString &detail,
                                       const QJsonArray &invalidParameters = {});

private:
    /// A request with its path cut into decoded parts and its body read.
    struct Call
    {
        QByteArray method;
        QStringList path;
        QByteArray query;
        QJsonObject body;
    };

    [[nodiscard]] HttpResponse route(const Call &call);
    [[nodiscard]] HttpResponse listIntegrations(const Call &call);
    [[nodiscard]] HttpResponse listInstances(const Call &call);
    [[nodiscard]] HttpResponse page(const DemoList &list, const QList<QJsonObject> &items,
                                    const QString &collection);
    [[nodiscard]] HttpResponse createInstance(const Call &call);
    [[nodiscard]] HttpResponse updateInstance(const Call &call, QJsonObject instance);
    [[nodiscard]] HttpResponse deleteInstance(const QJsonObject &instance);
    [[nodiscard]] HttpResponse credential(const Call &call, const QJsonObject &instance);
    [[nodiscard]] HttpResponse createCredential(const Call &call, const QJsonObject &instance);
    [[nodiscard]] HttpResponse authConfig(const Call &call, const QJsonObject &instance);
    [[nodiscard]] HttpResponse putAuthConfig(const Call &call, const QJsonObject &instance);

    [[nodiscard]] HttpResponse json(int status, const QJsonObject &object) const;
    [[nodiscard]] HttpResponse notFound();
    [[nodiscard]] HttpResponse invalid(const DemoProblems &problems);
    [[nodiscard]] HttpResponse notAllowed(const QByteArray &allowed);
    [[nodiscard]] QJsonObject integrationOf(const QJsonObject &instance) const;

    DemoOrganization &m_organization;
    const Clock &m_clock;
    QByteArray m_token;
    quint64 m_traces = 0;
    /// Order of the last listings, so that a thousand pages do not mean a thousand sorts.
    QHash<QString, QList<qsizetype>> m_listings;
    quint64 m_listedRevision = 0;
};

} // namespace latchkey
