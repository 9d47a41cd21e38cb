// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/konnectclient.h"

#include "models/core/redactor.h"
#include "models/konnect/credentialcodec.h"
#include "models/konnect/extratrust.h"
#include "models/konnect/instancecodec.h"
#include "models/konnect/integrationcodec.h"
#include "models/konnect/konnecturls.h"
#include "models/konnect/networkproblem.h"
#include "models/konnect/pagereader.h"
#include "models/konnect/problemcodec.h"
#include "models/konnect/requestscheduler.h"
#include "models/konnect/systemproxy.h"

#include <QCoroFuture>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

Problem refused(const QString &caption, const QString &detail = {})
{
    Problem problem;
    problem.category = Problem::Category::Refused;
    problem.caption = caption;
    problem.detail = detail;
    return problem;
}

/// Neither may be sent: https is what keeps the token to ourselves.
std::optional<Problem> objectionTo(const QUrl &url)
{
    if (url.isValid() && !url.host().isEmpty() &&
        (url.scheme() == u"https" || (url.scheme() == u"http" && isLoopback(url.host()))))
        return std::nullopt;
    return refused(
        KonnectClient::tr("Latchkey does not send a token to %1.")
            .arg(url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)),
        KonnectClient::tr("The address has to begin with https://; http:// is for this machine only."));
}

Problem notAnId()
{
    return refused(KonnectClient::tr("The instance has no usable id, so nothing was sent."));
}

/// A server may repeat in its message what it was sent.
Problem redacted(Problem problem, const Redactor &redactor)
{
    problem.detail = redactor.redact(problem.detail);
    problem.caption = redactor.redact(problem.caption);
    problem.traceId = redactor.redact(problem.traceId);
    for (InvalidParameter &parameter : problem.invalidParameters) {
        for (QString *text : {&parameter.field, &parameter.rule, &parameter.reason, &parameter.source})
            *text = redactor.redact(*text);
    }
    return problem;
}

} // namespace

/// What a call needs for as long as it runs.
struct KonnectClient::Line
{
    KonnectUrls urls;
    std::optional<Problem> obstacle; ///< Nothing can be sent.
    Redactor &redactor;              ///< Knows the token and each key that was sent.
    std::unique_ptr<RequestScheduler> scheduler;

    Line(const QUrl &baseUrl, Redactor &known)
        : urls(baseUrl)
        , redactor(known)
    {
    }

    [[nodiscard]] Problem problem(const TransferResult &answer) const
    {
        return redacted(answer.isAnswered() ? problemFromAnswer(answer, urls.host(), redactor)
                                            : networkProblem(answer, urls.host()),
                        redactor);
    }
    /// Of a list, which is always there: without it, the API is not at this address.
    [[nodiscard]] Problem listProblem(const TransferResult &answer) const
    {
        Problem missing = problem(answer);
        if (!answer.isAnswered() || answer.status != 404)
            return missing;
        missing.category = Problem::Category::BadAnswer;
        missing.caption = tr("Konnect's API is not at %1.").arg(urls.base().toDisplayString());
        missing.detail = tr("Check the URL: the address usually ends in /v1.");
        return missing;
    }
    /// Of a write: whether it was done is clear, or it is not.
    [[nodiscard]] Problem writeProblem(const TransferResult &answer) const
    {
        const bool unclear =
            answer.mayHaveArrived &&
            (answer.isAnswered() ? answer.status >= 500 || answer.status == 408 || answer.isSuccess()
                                 : answer.status < 300 || answer.status >= 500);
        if (unclear)
            return redacted(outcomeUnknown(answer, urls.host(), redactor), redactor);
        if (answer.isAnswered() || answer.status < 300)
            return problem(answer);
        // The body broke off, but the status alone says that nothing was done.
        return redacted(problemFromAnswer(answer, urls.host(), redactor), redactor);
    }
    /// nullopt also where it cannot be read, or is another one.
    [[nodiscard]] std::optional<IntegrationInstance> instanceIn(const TransferResult &answer,
                                                                const QString &id) const
    {
        if (!answer.isSuccess())
            return std::nullopt;
        const JsonAnswer json = jsonOf(answer, urls.host());
        std::optional<IntegrationInstance> found =
            json.problem ? std::nullopt : instanceFromJson(json.object);
        return found && found->id == id ? found : std::nullopt;
    }
    /// nullopt also where it cannot be read.
    [[nodiscard]] std::optional<AuthCredential> credentialIn(const TransferResult &answer) const
    {
        if (!answer.isSuccess())
            return std::nullopt;
        const JsonAnswer json = jsonOf(answer, urls.host());
        return json.problem ? std::nullopt : credentialFromJson(json.object, redactor);
    }
};

KonnectClient::KonnectClient(Connection connection, Redactor &redactor, const Clock &clock, QObject *parent)
    : QObject(parent)
{
    auto line = std::make_shared<Line>(connection.baseUrl, redactor);
    line->obstacle = objectionTo(connection.baseUrl);
    line->redactor.learn(connection.token);
    std::optional<QSslConfiguration> tls;
    if (!connection.extraCaPem.isEmpty()) {
        const Outcome<QSslConfiguration> trust = trustAlso(connection.extraCaPem);
        if (trust)
            tls = trust.value();
        else if (!line->obstacle)
            line->obstacle = trust.problem();
    }
    line->scheduler = std::make_unique<RequestScheduler>(connection, std::move(tls), clock);
    // Queued: who listens may throw this client away.
    connect(line->scheduler.get(), &RequestScheduler::waiting, this, &KonnectClient::waiting,
            Qt::QueuedConnection);
    m_line = std::move(line);
}

KonnectClient::~KonnectClient()
{
    m_line->scheduler->shutDown();
}

QDateTime KonnectClient::lastServerDate() const
{
    return m_line->scheduler->lastServerDate();
}

int KonnectClient::heldBackSeconds() const
{
    return m_line->scheduler->heldBackSeconds();
}

QCoro::Task<Outcome<Listing<Integration>>> KonnectClient::integrations(std::stop_token stop)
{
    const std::shared_ptr<const Line> line = m_line;
    PageReader<Integration> reader(line->urls.host(), &integrationFromJson,
                                   [](const Integration &each) { return each.name; });
    if (line->obstacle)
        co_return *line->obstacle;
    while (!reader.isAtEnd()) {
        const QUrl url = line->urls.integrations(reader.page(), reader.size());
        const TransferResult answer = co_await line->scheduler->get(url, stop);
        if (!answer.isSuccess())
            co_return line->listProblem(answer);
        if (const std::optional<Problem> problem = reader.take(answer))
            co_return redacted(*problem, line->redactor);
    }
    Listing<Integration> listing = reader.result();
    co_return listing;
}

QCoro::Task<Outcome<Listing<IntegrationInstance>>>
KonnectClient::instances(InstanceQuery query, PageArrived arrived, std::stop_token stop)
{
    const std::shared_ptr<const Line> line = m_line;
    PageReader<IntegrationInstance> reader(line->urls.host(), &instanceFromJson,
                                           [](const IntegrationInstance &each) { return each.id; });
    if (line->obstacle)
        co_return *line->obstacle;
    while (!reader.isAtEnd()) {
        const QUrl url = line->urls.instances(query, reader.page(), reader.size());
        const TransferResult answer = co_await line->scheduler->get(url, stop);
        if (!answer.isSuccess())
            co_return line->listProblem(answer);
        if (const std::optional<Problem> problem = reader.take(answer))
            co_return redacted(*problem, line->redactor);
        if (arrived)
            arrived(reader.fresh(), reader.count(), reader.total());
    }
    Listing<IntegrationInstance> listing = reader.result();
    co_return listing;
}

QCoro::Task<Outcome<IntegrationInstance>> KonnectClient::instance(QString instanceId, std::stop_token stop)
{
    const std::shared_ptr<const Line> line = m_line;
    const std::optional<QUrl> url = line->urls.instance(instanceId);
    if (line->obstacle || !url)
        co_return line->obstacle ? *line->obstacle : notAnId();
    const TransferResult answer = co_await line->scheduler->get(*url, stop);
    if (answer.isAnswered() && answer.status == 404) {
        Problem gone = line->problem(answer);
        gone.caption = tr("%1 does not know this integration instance (any more).").arg(line->urls.host());
        co_return gone;
    }
    if (!answer.isSuccess())
        co_return line->problem(answer);
    const JsonAnswer json = jsonOf(answer, line->urls.host());
    if (json.problem)
        co_return redacted(*json.problem, line->redactor);
    const std::optional<IntegrationInstance> found = instanceFromJson(json.object);
    if (!found)
        co_return badAnswer(line->urls.host(), tr("The integration instance has no id."));
    co_return IntegrationInstance(*found);
}

QCoro::Task<Outcome<std::optional<AuthCredential>>> KonnectClient::credential(QString instanceId,
                                                                              std::stop_token stop)
{
    const std::shared_ptr<const Line> line = m_line;
    const std::optional<QUrl> url = line->urls.credential(instanceId);
    if (line->obstacle || !url)
        co_return line->obstacle ? *line->obstacle : notAnId();
    const TransferResult answer = co_await line->scheduler->get(*url, stop);
    if (answer.isAnswered() && answer.status == 404)
        co_return std::optional<AuthCredential>();
    if (!answer.isSuccess())
        co_return line->problem(answer);
    const JsonAnswer json = jsonOf(answer, line->urls.host());
    if (json.problem)
        co_return redacted(*json.problem, line->redactor);
    std::optional<AuthCredential> found = credentialFromJson(json.object, line->redactor);
    if (!found)
        co_return badAnswer(line->urls.host(), tr("The credential has no id."));
    co_return found;
}

QCoro::Task<Outcome<CreateAnswer>> KonnectClient::createCredential(QString instanceId,
                                                                   NewCredential credential)
{
    const std::shared_ptr<const Line> line = m_line;
    const std::optional<QUrl> url = line->urls.credential(instanceId);
    if (line->obstacle || !url)
        co_return line->obstacle ? *line->obstacle : notAnId();
    Outcome<Secret> body = credentialToJson(credential);
    if (!body)
        co_return std::move(body).problem();
    for (const HeaderKey &header : credential.headers)
        line->redactor.learn(header.key);
    // The URL that whoever creates has just looked at: no service besides it has to work for this.
    const TransferResult answer =
        co_await line->scheduler->write("POST", *url, std::move(body.value()), *url);

    const bool created = answer.isSuccess() && (answer.status == 201 || answer.status == 200);
    const std::optional<AuthCredential> made =
        created ? credentialFromJson(jsonOf(answer, line->urls.host()).object, line->redactor) : std::nullopt;
    if (!made) {
        Problem problem = line->writeProblem(answer);
        if (problem.category == Problem::Category::Conflict)
            problem.caption = tr("The instance has a credential already, so no new one was created.");
        else if (problem.category == Problem::Category::NotFound)
            problem.caption =
                tr("%1 does not know this integration instance (any more).").arg(line->urls.host());
        co_return problem;
    }
    CreateAnswer created201;
    created201.credential = *made;
    created201.serverDate = answer.date;
    co_return created201;
}

QCoro::Task<Outcome<DeleteAnswer>> KonnectClient::deleteCredential(QString instanceId, QString expectedId)
{
    const std::shared_ptr<const Line> line = m_line;
    const std::optional<QUrl> url = line->urls.credential(instanceId);
    if (line->obstacle || !url)
        co_return line->obstacle ? *line->obstacle : notAnId();
    Secret nothing;
    std::function<bool(const TransferResult &)> isExpected = [line, expectedId](const TransferResult &seen) {
        const std::optional<AuthCredential> found = line->credentialIn(seen);
        return found && found->id == expectedId;
    };
    const TransferResult answer =
        co_await line->scheduler->write("DELETE", *url, std::move(nothing), *url, std::move(isExpected));
    // Only the write's own status counts; that of the warm-up, where it failed, does not carry
    // mayHaveArrived. Another success is not Konnect's: a gateway's sign-in page says 200 too.
    if (answer.mayHaveArrived && answer.status == 204)
        co_return DeleteAnswer::Deleted;
    if (answer.isAnswered() && answer.status == 404)
        co_return DeleteAnswer::WasNotThere;
    if (!answer.mayHaveArrived && answer.isSuccess()) {
        const std::optional<AuthCredential> found = line->credentialIn(answer);
        if (!found)
            co_return badAnswer(line->urls.host(), tr("The credential has no id."));
        const Problem other = refused(tr("The instance has another credential now, so nothing was deleted."),
                                      tr("Expected was %1, found was %2.").arg(expectedId, found->id));
        co_return redacted(other, line->redactor);
    }
    co_return line->writeProblem(answer);
}

QCoro::Task<Outcome<IntegrationInstance>>
KonnectClient::setLabels(QString instanceId, QMap<QString, QString> expected, QMap<QString, QString> labels)
{
    const std::shared_ptr<const Line> line = m_line;
    const std::optional<QUrl> url = line->urls.instance(instanceId);
    if (line->obstacle || !url)
        co_return line->obstacle ? *line->obstacle : notAnId();
    Secret body = labelsToJson(expected, labels);
    std::function<bool(const TransferResult &)> isExpected = [line, instanceId,
                                                              expected](const TransferResult &seen) {
        const std::optional<IntegrationInstance> found = line->instanceIn(seen, instanceId);
        return found && found->labels == expected;
    };
    const TransferResult answer =
        co_await line->scheduler->write("PATCH", *url, std::move(body), *url, std::move(isExpected));
    std::optional<IntegrationInstance> found = line->instanceIn(answer, instanceId);
    if (answer.mayHaveArrived && answer.status == 200 && found)
        co_return IntegrationInstance(*found);
    if (!answer.mayHaveArrived && answer.isSuccess()) {
        if (!found)
            co_return badAnswer(line->urls.host(), tr("The integration instance has no id."));
        co_return refused(tr("The labels of the instance were changed meanwhile, so nothing was sent."));
    }
    Problem problem = line->writeProblem(answer);
    if (problem.category == Problem::Category::NotFound)
        problem.caption = tr("%1 does not know this integration instance (any more).").arg(line->urls.host());
    co_return problem;
}

} // namespace latchkey
