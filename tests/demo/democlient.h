// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSignalSpy>
#include <QString>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

#include <memory>

namespace latchkey::test {

/// One answer as an independent client sees it.
struct DemoAnswer
{
    int status = 0; ///< 0 where no answer came.
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QByteArray body;
    QJsonObject json;
    QList<QNetworkReply::RawHeaderPair> headers;

    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers)
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        return {};
    }
    [[nodiscard]] QStringList names(const QString &member = QStringLiteral("name")) const
    {
        QStringList found;
        for (const QJsonValue &item : json.value(QLatin1String("data")).toArray())
            found.append(item.toObject().value(member).toString());
        return found;
    }
    /// `field` of each entry of `invalid_parameters`.
    [[nodiscard]] QStringList invalidFields() const
    {
        QStringList found;
        for (const QJsonValue &item : json.value(QLatin1String("invalid_parameters")).toArray())
            found.append(item.toObject().value(QLatin1String("field")).toString());
        return found;
    }
};

/// Asks the service with Qt's network access and nothing of Latchkey's.
class DemoClient
{
public:
    explicit DemoClient(QUrl base, QByteArray token = "kpat_demo")
        : m_base(std::move(base))
        , m_token(std::move(token))
    {
    }

    /// `path` below the base and its query, as they shall be on the wire.
    DemoAnswer send(const QByteArray &verb, const QByteArray &path, const QByteArray &body = {},
                    int timeoutMs = 10'000)
    {
        QNetworkRequest request(QUrl::fromEncoded(m_base.toEncoded() + path));
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        if (!m_token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + m_token);
        if (!body.isEmpty())
            request.setRawHeader("Content-Type", "application/json");
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, verb, body));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        DemoAnswer answer;
        if (!finished.wait(timeoutMs))
            return answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.error = reply->error();
        answer.body = reply->readAll();
        answer.json = QJsonDocument::fromJson(answer.body).object();
        answer.headers = reply->rawHeaderPairs();
        return answer;
    }
    DemoAnswer get(const QByteArray &path) { return send("GET", path); }
    DemoAnswer send(const QByteArray &verb, const QByteArray &path, const QJsonObject &body)
    {
        return send(verb, path, QJsonDocument(body).toJson(QJsonDocument::Compact));
    }

    [[nodiscard]] static QJsonObject multiKey(const QList<std::pair<QString, QString>> &headers)
    {
        QJsonArray list;
        for (const auto &[name, key] : headers)
            list.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("key"), key}});
        return {{QStringLiteral("type"), QStringLiteral("multi_key_auth")},
                {QStringLiteral("config"), QJsonObject{{QStringLiteral("headers"), list}}}};
    }

private:
    QUrl m_base;
    QByteArray m_token;
    QNetworkAccessManager m_network;
};

} // namespace latchkey::test
