// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/networkproblem.h"

#include "models/konnect/problemcodec.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(NetworkProblem)
};

Problem failure(const TransferResult &answer, const QString &host)
{
    using enum Problem::Category;
    switch (answer.error) {
    case QNetworkReply::HostNotFoundError:
        return Problem::of(HostNotFound, Text::tr("The server name %1 is not known.").arg(host),
                           Text::tr("Check the profile's URL and whether this machine is online."));
    case QNetworkReply::ConnectionRefusedError:
        return Problem::of(Network, Text::tr("Nothing answers at %1: the connection was refused.").arg(host),
                           Text::tr("Check the port in the profile's URL and whether the service runs."));
    case QNetworkReply::SslHandshakeFailedError:
        return Problem::of(
            Tls, Text::tr("The secure connection to %1 could not be made, so nothing was sent.").arg(host),
            Text::tr("%1. If your network has a certificate authority of its own, add its PEM file to the "
                     "profile.")
                .arg(answer.errorText));
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return Problem::of(Network, Text::tr("The proxy on the way to %1 asks for a password.").arg(host),
                           Text::tr("Set the proxy and its password in the system's network settings."));
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return Problem::of(
            Network, Text::tr("The proxy on the way to %1 does not work.").arg(host),
            Text::tr("%1. Check the proxy in the system's network settings.").arg(answer.errorText));
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return Problem::of(
            Network, Text::tr("%1 closed the connection before the answer was complete.").arg(host),
            Text::tr("Try again; if it stays like this, a gateway in between may be the cause."));
    default:
        return Problem::of(Network, Text::tr("The connection to %1 failed.").arg(host), answer.errorText);
    }
}

} // namespace

Problem networkProblem(const TransferResult &answer, const QString &host)
{
    using enum Problem::Category;
    Problem problem;
    switch (answer.end) {
    case TransferResult::End::Canceled:
        problem = Problem::of(Canceled, Text::tr("Canceled."));
        break;
    case TransferResult::End::TimedOut:
        problem = Problem::of(TimedOut, Text::tr("%1 did not answer in time.").arg(host),
                              Text::tr("Check the network and try again."));
        break;
    case TransferResult::End::TooLarge:
        problem = badAnswer(host, Text::tr("It is longer than any that Konnect gives."), answer.status);
        break;
    case TransferResult::End::Answered:
    case TransferResult::End::Failed:
        problem = failure(answer, host);
        break;
    }
    problem.httpStatus = answer.status;
    return problem;
}

Problem outcomeUnknown(const TransferResult &answer, const QString &host, const Redactor &redactor)
{
    const Problem why =
        answer.isAnswered()
            ? (answer.isSuccess() ? badAnswer(host, Text::tr("The success cannot be read."), answer.status)
                                  : problemFromAnswer(answer, host, redactor))
            : networkProblem(answer, host);
    Problem problem =
        Problem::of(Problem::Category::OutcomeUnknown,
                    Text::tr("The change was sent to %1, but whether it was done is not known.").arg(host));
    problem.detail = why.category == Problem::Category::Canceled ? Text::tr("Its answer was not waited for.")
                     : why.detail.isEmpty() || !answer.isAnswered() ? why.caption
                                                                    : why.caption + u' ' + why.detail;
    problem.traceId = why.traceId;
    problem.httpStatus = answer.status;
    problem.retryAfterSeconds = why.retryAfterSeconds;
    return problem;
}

} // namespace latchkey
