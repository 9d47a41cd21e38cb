// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/problemcodec.h"

#include "models/core/redactor.h"
#include "models/konnect/jsonreading.h"
#include "models/konnect/retryafter.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <algorithm>
#include <limits>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(KonnectProblem)
};

/// Fit for a message: one paragraph without control characters, bounded.
QString tidy(const QString &raw)
{
    constexpr qsizetype longest = 1000;
    QString text = raw.left(4 * longest);
    std::ranges::replace_if(
        text, [](QChar c) { return c.category() == QChar::Other_Control; }, QChar(u' '));
    text = text.simplified();
    return text.size() <= longest ? text : text.left(longest) + u'…';
}

/// What a server wrote, without secrets: they are taken out first, because half of one is no longer found.
QString said(const QString &raw, const Redactor &redactor)
{
    return tidy(redactor.redact(raw));
}

QString said(const QJsonObject &object, QStringView name, const Redactor &redactor)
{
    return tidy(json::text(object.value(name), redactor));
}

bool looksLikeHtml(const TransferResult &answer)
{
    const QByteArray start = answer.body.left(200).trimmed().toLower();
    return answer.contentType.toLower().contains("html") || start.startsWith("<!doctype") ||
           start.startsWith("<html");
}

QString mediaType(const QByteArray &contentType)
{
    return QString::fromLatin1(contentType.left(100)).section(u';', 0, 0).trimmed().toLower();
}

/// As it was sent, or nothing of it.
QString shownType(const QByteArray &contentType)
{
    return contentType.size() <= 100 ? tidy(QString::fromLatin1(contentType)) : u"…"_s;
}

QList<InvalidParameter> invalidParameters(const QJsonValue &json, const Redactor &redactor)
{
    constexpr qsizetype most = 100;
    QList<InvalidParameter> found;
    const QJsonArray array = json.toArray();
    for (const QJsonValue &each : array) {
        const QJsonObject object = each.toObject();
        InvalidParameter parameter;
        parameter.field = said(object, u"field", redactor);
        parameter.rule = said(object, u"rule", redactor);
        parameter.reason = said(object, u"reason", redactor);
        parameter.source = said(object, u"source", redactor);
        if (!parameter.field.isEmpty() || !parameter.reason.isEmpty())
            found.append(parameter);
        if (found.size() == most)
            break;
    }
    return found;
}

/// Without what may be secret in it: user, password, query.
QString redirectTarget(const QByteArray &location, const Redactor &redactor)
{
    // Also before it is taken apart: a key may have a `?` in it.
    const QUrl url = QUrl::fromEncoded(redactor.redact(QString::fromUtf8(location)).toUtf8());
    return said(url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment),
                redactor);
}

void describeRedirect(Problem &problem, const TransferResult &answer, const QString &host,
                      const Redactor &redactor)
{
    const QString target = redirectTarget(answer.location, redactor);
    problem.category = Problem::Category::Redirected;
    problem.caption = target.isEmpty() ? Text::tr("%1 redirects to another address.").arg(host)
                                       : Text::tr("%1 redirects to %2.").arg(host, target);
    problem.detail =
        Text::tr("Latchkey follows no redirect, because the token would go there too. If that is the right "
                 "address, enter it as the profile's URL.");
}

void describeRateLimit(Problem &problem, const TransferResult &answer, const QString &host)
{
    problem.category = Problem::Category::RateLimited;
    problem.caption = Text::tr("%1 answers no more requests for now, because there were too many.").arg(host);
    const auto wait = retryAfterOf(answer.retryAfter, answer.date);
    if (!wait)
        return;
    problem.retryAfterSeconds =
        static_cast<int>(std::min<qint64>(wait->count(), std::numeric_limits<int>::max()));
    problem.detail = Text::tr("It asks to wait %n second(s).", nullptr, *problem.retryAfterSeconds);
}

void describeStatus(Problem &problem, const TransferResult &answer, const QString &host,
                    const Redactor &redactor)
{
    using enum Problem::Category;
    const int status = answer.status;
    switch (status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return describeRedirect(problem, answer, host, redactor);
    case 400:
    case 422:
        problem.category = InvalidInput;
        problem.caption = Text::tr("%1 refused the request, because something in it is not valid.").arg(host);
        return;
    case 401:
        problem.category = Unauthorized;
        problem.caption =
            Text::tr("%1 does not accept the token: it is wrong, expired or revoked.").arg(host);
        return;
    case 403:
        problem.category = Forbidden;
        problem.caption =
            Text::tr("The token may not do this at %1: it lacks the Integration Admin role.").arg(host);
        return;
    case 404:
        problem.category = NotFound;
        problem.caption = Text::tr("%1 does not have what was asked for.").arg(host);
        return;
    case 409:
        problem.category = Conflict;
        problem.caption = Text::tr("%1 refused the change, because something is there already.").arg(host);
        return;
    case 429:
        return describeRateLimit(problem, answer, host);
    default:
        problem.category = ServerError;
        problem.caption = status >= 500
                              ? Text::tr("%1 has a problem of its own (status %2).").arg(host).arg(status)
                              : Text::tr("%1 answered with the unexpected status %2.").arg(host).arg(status);
    }
}

} // namespace

bool isJsonType(const QByteArray &contentType)
{
    const QString type = mediaType(contentType);
    return type.isEmpty() || type == u"application/json" || type == u"text/json" || type.endsWith(u"+json");
}

Problem badAnswer(const QString &host, const QString &what, int status)
{
    Problem problem;
    problem.category = Problem::Category::BadAnswer;
    problem.caption = Text::tr("%1 gave an answer that Latchkey cannot read.").arg(host);
    problem.detail = what;
    problem.httpStatus = status;
    return problem;
}

JsonAnswer jsonOf(const TransferResult &answer, const QString &host)
{
    if (!isJsonType(answer.contentType) || looksLikeHtml(answer)) {
        Problem problem =
            badAnswer(host,
                      Text::tr("Check the profile's URL; a proxy or a sign-in page of your network "
                               "may also stand in between."),
                      answer.status);
        problem.caption = looksLikeHtml(answer)
                              ? Text::tr("%1 answered with a web page, not with Konnect's JSON.").arg(host)
                              : Text::tr("%1 answered with “%2”, not with Konnect's JSON.")
                                    .arg(host, shownType(answer.contentType));
        return {{}, problem};
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(answer.body, &error);
    if (answer.body.trimmed().isEmpty())
        return {{}, badAnswer(host, Text::tr("The answer is empty."), answer.status)};
    if (error.error != QJsonParseError::NoError) {
        return {{},
                badAnswer(host,
                          Text::tr("It is not JSON: %1 at byte %2 of %3.")
                              .arg(error.errorString())
                              .arg(error.offset)
                              .arg(answer.body.size()),
                          answer.status)};
    }
    if (!document.isObject())
        return {{}, badAnswer(host, Text::tr("The JSON is not an object."), answer.status)};
    return {document.object(), std::nullopt};
}

Problem problemFromAnswer(const TransferResult &answer, const QString &host, const Redactor &redactor)
{
    Problem problem;
    problem.httpStatus = answer.status;
    describeStatus(problem, answer, host, redactor);
    const QJsonObject object =
        isJsonType(answer.contentType) ? QJsonDocument::fromJson(answer.body).object() : QJsonObject();
    problem.invalidParameters = invalidParameters(object.value(u"invalid_parameters"), redactor);
    const QString instance = said(object, u"instance", redactor);
    problem.traceId = instance.startsWith(u"kong:trace:") ? instance : QString();
    QString words = said(object, u"detail", redactor);
    if (words.isEmpty())
        words = said(object, u"title", redactor);
    if (words.isEmpty())
        words = said(object, u"message", redactor);
    if (words.isEmpty() && mediaType(answer.contentType) == u"text/plain" && !looksLikeHtml(answer))
        words = said(QString::fromUtf8(answer.body), redactor);
    if (words.isEmpty() && looksLikeHtml(answer) && problem.category != Problem::Category::Redirected)
        words = Text::tr("It answered with a web page, so that a gateway in between may have said this.");
    if (!words.isEmpty())
        problem.detail = problem.detail.isEmpty() ? words : words + u' ' + problem.detail;
    return problem;
}

} // namespace latchkey
