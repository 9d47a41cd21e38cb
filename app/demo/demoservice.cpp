// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoservice.h"

#include "app/demo/demoapi.h"
#include "app/demo/demoorganization.h"
#include "app/demo/httpserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostReceived = 200'000;

/// `*` is any run of characters, everything else is itself.
bool matches(const QString &pattern, const QString &text)
{
    if (!pattern.contains(u'*'))
        return pattern == text;
    QStringList parts = pattern.split(u'*');
    for (QString &part : parts)
        part = QRegularExpression::escape(part);
    const QRegularExpression expression(QRegularExpression::anchoredPattern(parts.join(u".*"_s)),
                                        QRegularExpression::DotMatchesEverythingOption);
    return expression.match(text).hasMatch();
}

QString queryOf(const QByteArray &target)
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QString() : QString::fromUtf8(QByteArray::fromPercentEncoding(target.mid(mark + 1)));
}

void addBytes(QJsonObject &line, const QString &member, const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(bytes);
    if (decoder.hasError())
        line.insert(member + "_base64"_L1, QString::fromLatin1(bytes.toBase64()));
    else
        line.insert(member, text);
}

} // namespace

DemoService::DemoService(Options options, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_organization(std::make_unique<DemoOrganization>(m_options.instances, clock))
    , m_api(std::make_unique<DemoApi>(*m_organization, clock, m_options.token))
    , m_server(
          std::make_unique<HttpServer>([this](const HttpRequest &request) { return answer(request); }, this))
{
}

DemoService::~DemoService() = default;

Done DemoService::listen()
{
    Problem problem;
    if (!m_options.recordFile.isEmpty()) {
        m_record.setFileName(m_options.recordFile);
        const QFile::Permissions onlyMe = QFile::ReadOwner | QFile::WriteOwner;
        // The second call is for a file that was there before with other permissions.
        if (!m_record.open(QIODevice::WriteOnly | QIODevice::Append, onlyMe) ||
            !m_record.setPermissions(onlyMe)) {
            problem.category = Problem::Category::StorageFailed;
            problem.caption = tr("The record %1 cannot be written.").arg(m_options.recordFile);
            problem.detail = m_record.errorString();
            return problem;
        }
    }
    if (m_server->listen(m_options.port))
        return {};
    problem.category = Problem::Category::Network;
    problem.caption = tr("The demo service cannot listen on port %1.").arg(m_options.port);
    problem.detail = m_server->errorText();
    return problem;
}

QUrl DemoService::baseUrl() const
{
    return QUrl(u"http://127.0.0.1:%1/v1"_s.arg(m_server->port()));
}

void DemoService::setFaults(QList<DemoFault> faults)
{
    m_faults.clear();
    for (DemoFault &fault : faults)
        m_faults.append({std::move(fault), 0});
}

int DemoService::copies(const QByteArray &method, const QString &path) const
{
    return int(std::count_if(m_received.begin(), m_received.end(), [&](const DemoRequest &request) {
        return request.method == method && DemoApi::pathOf(request.target) == path;
    }));
}

void DemoService::forgetReceived()
{
    m_received.clear();
}

HttpResponse DemoService::answer(const HttpRequest &request)
{
    note(request);
    Q_EMIT arrived();
    const DemoFault *fault = faultFor(request);
    HttpResponse answer = fault ? misbehave(*fault, request) : m_api->handle(request);
    answer.delayMs = m_options.latencyMs + (fault ? fault->delayMs : 0);
    m_api->finish(answer);
    return answer;
}

const DemoFault *DemoService::faultFor(const HttpRequest &request)
{
    const QString path = DemoApi::pathOf(request.target);
    const QString pathAndQuery = path + u'?' + queryOf(request.target);
    const DemoFault *first = nullptr;
    for (auto &[fault, matched] : m_faults) {
        const QString &subject = fault.path.contains(u'?') ? pathAndQuery : path;
        if ((!fault.method.isEmpty() && fault.method != request.method) ||
            (!fault.path.isEmpty() && !matches(fault.path, subject)))
            continue;
        ++matched;
        if (!first && (fault.nth == 0 || fault.nth == matched))
            first = &fault;
    }
    return first;
}

HttpResponse DemoService::misbehave(const DemoFault &fault, const HttpRequest &request)
{
    using Action = DemoFault::Action;
    using Wire = HttpResponse::Wire;
    HttpResponse answer;
    switch (fault.action) {
    case Action::Status:
        answer = m_api->problem(fault.status, tr("A fault of the demo service"));
        if (!fault.retryAfter.isEmpty())
            answer.addHeader("Retry-After", fault.retryAfter);
        break;
    case Action::CloseBefore:
        answer.wire = Wire::Close;
        break;
    case Action::ResetBefore:
        answer.wire = Wire::Reset;
        break;
    case Action::Never:
        answer.wire = Wire::Nothing;
        break;
    case Action::CloseAfter:
        answer = m_api->handle(request);
        answer.wire = Wire::Close;
        break;
    case Action::ResetAfter:
        answer = m_api->handle(request);
        answer.wire = Wire::Reset;
        break;
    case Action::HalfBody:
        answer = m_api->handle(request);
        answer.wire = Wire::HalfBody;
        break;
    case Action::Delay:
        answer = m_api->handle(request);
        break;
    case Action::WrongType:
        answer.headers = {{"Content-Type", "text/html; charset=utf-8"}};
        answer.body = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>"
                      "<body><h1>Sign in to the guest network</h1></body></html>\n";
        break;
    case Action::Body:
        answer.status = fault.status;
        answer.headers = {{"Content-Type", "application/json"}};
        answer.body = fault.body;
        if (!fault.retryAfter.isEmpty())
            answer.addHeader("Retry-After", fault.retryAfter);
        break;
    case Action::Redirect:
        answer.status = 307;
        answer.headers = {{"Location", fault.location}};
        break;
    }
    return answer;
}

void DemoService::note(const HttpRequest &request)
{
    if (m_received.size() >= mostReceived)
        m_received.remove(0, mostReceived / 2);
    m_received.append(
        {request.method, request.target, request.header("Authorization"), request.body, request.headers});
    if (m_record.isOpen())
        record(request);
}

void DemoService::record(const HttpRequest &request)
{
    QJsonArray headers;
    for (const auto &[name, value] : request.headers)
        headers.append(QJsonArray{QString::fromLatin1(name), QString::fromLatin1(value)});
    QJsonObject line{{u"method"_s, QString::fromLatin1(request.method)},
                     {u"target"_s, QString::fromLatin1(request.target)},
                     {u"headers"_s, headers}};
    addBytes(line, u"body"_s, request.body);
    m_record.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    m_record.flush(); // a test reads it while the service runs
}

} // namespace latchkey
