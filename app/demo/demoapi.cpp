// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoapi.h"

#include "app/demo/demochecks.h"
#include "app/demo/demolist.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QUrl>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView basePath("/v1");

QString titleOf(int status)
{
    switch (status) {
    case 400:
        return u"Bad Request"_s;
    case 401:
        return u"Unauthorized"_s;
    case 403:
        return u"Forbidden"_s;
    case 404:
        return u"Not Found"_s;
    case 405:
        return u"Method Not Allowed"_s;
    case 409:
        return u"Conflict"_s;
    case 415:
        return u"Unsupported Media Type"_s;
    case 429:
        return u"Too Many Requests"_s;
    default:
        return status >= 500 ? u"Server Error"_s : u"Error"_s;
    }
}

QByteArray pathPart(const QByteArray &target)
{
    return target.left(
        std::min(target.indexOf('?') < 0 ? target.size() : target.indexOf('?'), target.size()));
}

} // namespace

DemoApi::DemoApi(DemoOrganization &organization, const Clock &clock, QByteArray token)
    : m_organization(organization)
    , m_clock(clock)
    , m_token(std::move(token))
{
}

QString DemoApi::pathOf(const QByteArray &target)
{
    const QByteArray path = pathPart(target);
    if (!path.startsWith(basePath))
        return {};
    return QString::fromUtf8(QByteArray::fromPercentEncoding(path.mid(basePath.size())));
}

HttpResponse DemoApi::handle(const HttpRequest &request)
{
    const QByteArray authorization = request.header("Authorization");
    const QByteArray token =
        authorization.startsWith("Bearer ") ? authorization.mid(7).trimmed() : QByteArray();
    if (token.isEmpty() || (token != m_token && !m_token.isEmpty() && !token.startsWith("kpat_noadmin"))) {
        HttpResponse answer = problem(401, u"Unauthorized"_s);
        answer.addHeader("WWW-Authenticate", "Bearer realm=\"konnect\"");
        return answer;
    }
    if (token.startsWith("kpat_noadmin"))
        return problem(403, u"You do not have permission to perform this action"_s);

    Call call;
    call.method = request.method;
    const QByteArray path = pathPart(request.target);
    call.query = request.target.mid(path.size() + 1);
    if (!path.startsWith(QByteArray(basePath.data(), basePath.size()) + '/'))
        return notFound();
    // Cut before decoding: an encoded slash belongs to an id.
    for (const QByteArray &part : path.mid(basePath.size() + 1).split('/'))
        call.path.append(QString::fromUtf8(QByteArray::fromPercentEncoding(part)));
    if (call.method == "POST" || call.method == "PUT" || call.method == "PATCH") {
        if (!request.header("Content-Type").toLower().startsWith("application/json"))
            return problem(415, u"The body must be application/json"_s);
        const QJsonDocument document = QJsonDocument::fromJson(request.body);
        if (!document.isObject()) {
            DemoProblems problems(u"body"_s);
            problems.add(u"body"_s, u"is_object"_s, u"must be a JSON object"_s);
            return invalid(problems);
        }
        call.body = document.object();
    }
    return route(call);
}

HttpResponse DemoApi::route(const Call &call)
{
    const QStringList &path = call.path;
    if (path == QStringList{u"integrations"_s})
        return call.method == "GET" ? listIntegrations(call) : notAllowed("GET");
    if (path.first() != "integration-instances"_L1 || path.size() > 3)
        return notFound();
    if (path.size() == 1) {
        if (call.method == "GET")
            return listInstances(call);
        return call.method == "POST" ? createInstance(call) : notAllowed("GET, POST");
    }
    const std::optional<QJsonObject> instance = m_organization.instance(path.at(1));
    if (!instance)
        return notFound();
    if (path.size() == 3) {
        if (path.at(2) == "auth-credential"_L1)
            return credential(call, *instance);
        return path.at(2) == "auth-config"_L1 ? authConfig(call, *instance) : notFound();
    }
    if (call.method == "GET")
        return json(200, *instance);
    if (call.method == "PATCH")
        return updateInstance(call, *instance);
    return call.method == "DELETE" ? deleteInstance(*instance) : notAllowed("GET, PATCH, DELETE");
}

HttpResponse DemoApi::listIntegrations(const Call &call)
{
    return page(DemoList(DemoList::integrations(), call.query), m_organization.integrations(),
                u"integrations"_s);
}

HttpResponse DemoApi::listInstances(const Call &call)
{
    return page(DemoList(DemoList::instances(), call.query), m_organization.instances(), u"instances"_s);
}

HttpResponse DemoApi::page(const DemoList &list, const QList<QJsonObject> &items, const QString &collection)
{
    if (!list.problems().isEmpty())
        return invalid(list.problems());
    if (m_listedRevision != m_organization.revision() || m_listings.size() > 50) {
        m_listings.clear();
        m_listedRevision = m_organization.revision();
    }
    const QString key = collection + u'?' + list.key();
    auto listing = m_listings.find(key);
    if (listing == m_listings.end())
        listing = m_listings.insert(key, list.apply(items));
    const qint64 first = qint64(list.number() - 1) * list.size();
    QJsonArray data;
    for (qint64 place = first; place < std::min<qint64>(first + list.size(), listing->size()); ++place)
        data.append(items.at(listing->at(place)));
    return json(200, {{u"meta"_s, QJsonObject{{u"page"_s, QJsonObject{{u"number"_s, list.number()},
                                                                      {u"size"_s, list.size()},
                                                                      {u"total"_s, listing->size()}}}}},
                      {u"data"_s, data}});
}

HttpResponse DemoApi::json(int status, const QJsonObject &object) const
{
    HttpResponse answer;
    answer.status = status;
    answer.headers = {{"Content-Type", "application/json; charset=utf-8"}};
    answer.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return answer;
}

HttpResponse DemoApi::problem(int status, const QString &detail, const QJsonArray &invalidParameters)
{
    // Looks like one of Konnect's, and is the same in every run.
    const quint64 trace = (++m_traces * 0x9e3779b97f4a7c15ULL) >> 1;
    QJsonObject body{{u"status"_s, status},
                     {u"title"_s, titleOf(status)},
                     {u"type"_s, u"https://httpstatuses.com/%1"_s.arg(status)},
                     {u"instance"_s, u"kong:trace:%1"_s.arg(trace)},
                     {u"detail"_s, detail}};
    if (!invalidParameters.isEmpty())
        body.insert("invalid_parameters"_L1, invalidParameters);
    HttpResponse answer = json(status, body);
    answer.headers = {{"Content-Type", "application/problem+json; charset=utf-8"}};
    return answer;
}

HttpResponse DemoApi::notFound()
{
    return problem(404, u"Not Found"_s);
}

HttpResponse DemoApi::invalid(const DemoProblems &problems)
{
    return problem(400, u"Invalid Parameters"_s, problems.items());
}

HttpResponse DemoApi::notAllowed(const QByteArray &allowed)
{
    HttpResponse answer = problem(405, u"Method Not Allowed"_s);
    answer.addHeader("Allow", allowed);
    return answer;
}

void DemoApi::finish(HttpResponse &answer) const
{
    const QString date = QLocale::c().toString(m_clock.now().toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    answer.addHeader("Date", date.toLatin1());
    answer.addHeader("Server", "latchkey-demo");
}

QJsonObject DemoApi::integrationOf(const QJsonObject &instance) const
{
    return m_organization.integration(instance.value("integration"_L1).toObject().value("name"_L1).toString())
        .value_or(QJsonObject());
}

} // namespace latchkey
