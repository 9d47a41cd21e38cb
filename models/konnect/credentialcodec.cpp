// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/konnect/credentialcodec.h"

#include "models/konnect/jsonreading.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CredentialCodec)
};

QList<MissingPermission> missingPermissions(const QJsonArray &array, const Redactor &redactor)
{
    constexpr qsizetype most = 500;
    QList<MissingPermission> found;
    for (const QJsonValue &each : array) {
        if (!each.isObject() || found.size() >= most)
            continue;
        const QJsonObject object = each.toObject();
        MissingPermission missing;
        missing.message = json::text(object.value(u"message"), redactor);
        const QJsonArray scopes = object.value(u"scopes").toArray();
        for (const QJsonValue &scope : scopes) {
            const QString word = json::text(scope, redactor);
            if (!word.isEmpty() && missing.scopes.size() < most)
                missing.scopes.append(word);
        }
        found.append(missing);
    }
    return found;
}

/// The longest that `bytes` can become as a JSON string.
qsizetype escapedLength(QByteArrayView bytes)
{
    return 2 + 6 * bytes.size();
}

/// Never grows `out`, which has its full capacity from the start: a reallocation would leave a copy behind.
void appendEscaped(QByteArray &out, QByteArrayView bytes)
{
    constexpr char digits[] = "0123456789abcdef";
    out.append('"');
    for (const char c : bytes) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.append('\\');
            out.append(c);
        } else if (code < 0x20) {
            out.append("\\u00");
            out.append(digits[code >> 4]);
            out.append(digits[code & 0xf]);
        } else {
            out.append(c);
        }
    }
    out.append('"');
}

Outcome<Secret> multiKeyToJson(const HeaderKeys &headers)
{
    constexpr QByteArrayView start = R"({"type":"multi_key_auth","config":{"headers":[)";
    constexpr QByteArrayView name = R"({"name":)";
    constexpr QByteArrayView key = R"(,"key":)";
    constexpr QByteArrayView end = "]}}";
    qsizetype most = start.size() + end.size();
    for (const HeaderKey &header : headers) {
        if (!header.key.reveal().isValidUtf8()) {
            Problem problem;
            problem.category = Problem::Category::InvalidInput;
            problem.caption = Text::tr("The key of the header “%1” is not text in UTF-8.").arg(header.name);
            problem.detail = Text::tr("Konnect takes text only. Nothing was sent.");
            return problem;
        }
        most += name.size() + key.size() + 2 + escapedLength(header.name.toUtf8()) +
                escapedLength(header.key.reveal());
    }
    QByteArray body;
    body.reserve(most);
    body.append(start);
    for (const HeaderKey &header : headers) {
        if (body.size() > start.size())
            body.append(',');
        body.append(name);
        appendEscaped(body, header.name.toUtf8());
        body.append(key);
        appendEscaped(body, header.key.reveal());
        body.append('}');
    }
    body.append(end);
    Q_ASSERT(body.size() <= most);
    return Secret::takeFrom(body);
}

} // namespace

std::optional<AuthCredential> credentialFromJson(const QJsonValue &json, const Redactor &redactor)
{
    const QJsonObject object = json.toObject();
    AuthCredential credential;
    credential.id = json::id(object, u"id");
    if (credential.id.isEmpty())
        return std::nullopt;
    const QJsonObject config = object.value(u"config").toObject();
    credential.rawType = json::text(object.value(u"type"), redactor);
    credential.type = credentialTypeFromWord(credential.rawType);
    credential.missingPermissions =
        missingPermissions(object.value(u"missing_permissions").toArray(), redactor);
    credential.tainted = json::flag(object, u"tainted");
    credential.expiresAt = json::moment(object, u"expires_at");
    credential.createdAt = json::moment(object, u"created_at");
    credential.roleArn = json::text(config, u"role_arn");
    credential.installationId = json::text(config, u"installation_id");
    credential.appInstalledBy = json::text(config, u"app_installed_by");
    return credential;
}

Outcome<Secret> credentialToJson(const NewCredential &credential)
{
    if (credential.type == CredentialType::MultiKey)
        return multiKeyToJson(credential.headers);
    if (credential.type == CredentialType::AwsRole) {
        const QByteArray arn = credential.roleArn.toUtf8();
        constexpr QByteArrayView start = R"({"type":"aws_role_delegation","config":{"role_arn":)";
        constexpr QByteArrayView end = "}}";
        QByteArray body;
        body.reserve(start.size() + escapedLength(arn) + end.size());
        body.append(start);
        appendEscaped(body, arn);
        body.append(end);
        return Secret::takeFrom(body);
    }
    Problem problem;
    problem.category = Problem::Category::NotSupported;
    problem.caption =
        Text::tr("Latchkey cannot create a credential of this type: it needs a consent in the browser.");
    return problem;
}

} // namespace latchkey
