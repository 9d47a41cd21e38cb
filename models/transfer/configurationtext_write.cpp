// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/configurationtext.h"
#include "models/transfer/jsonlines.h"

namespace latchkey::configurationtext {

using namespace Qt::StringLiterals;

namespace {

QString sourceWord(const KeySource &source)
{
    switch (source.kind) {
    case KeySource::Kind::Keychain:
        return u"keychain"_s;
    case KeySource::Kind::Environment:
        return u"env:"_s + source.variable;
    case KeySource::Kind::Prompt:
        return u"prompt"_s;
    }
    Q_UNREACHABLE();
}

void write(JsonLines &lines, const ConfiguredCredential &credential)
{
    lines.beginObject();
    lines.member("type", credentialTypeWord(credential.type));
    lines.member("role_arn", credential.roleArn);
    if (!credential.headers.isEmpty()) {
        lines.name("headers");
        lines.beginArray();
        for (const ConfiguredHeader &header : credential.headers) {
            lines.beginObject();
            lines.member("name", header.name);
            lines.member("source", sourceWord(header.source));
            lines.endObject();
        }
        lines.endArray();
    }
    lines.endObject();
}

void write(JsonLines &lines, const ConfiguredExpiry &expiry)
{
    lines.beginObject();
    lines.member("date", expiry.date.toString(Qt::ISODate));
    if (expiry.livesDays > 0) {
        lines.name("lives_days");
        lines.number(expiry.livesDays);
    }
    lines.member("owner", expiry.owner);
    lines.member("note", expiry.note);
    lines.endObject();
}

void write(JsonLines &lines, const ConfiguredInstance &instance)
{
    lines.beginObject();
    lines.member("integration", instance.integration);
    lines.member("name", instance.name);
    lines.member("endpoint", instance.endpoint);
    if (instance.wish != ConfiguredInstance::Wish::NotSaid)
        lines.name("credential");
    if (instance.wish == ConfiguredInstance::Wish::None)
        lines.null();
    if (instance.wish == ConfiguredInstance::Wish::Present)
        write(lines, instance.credential);
    if (!instance.expiry.isEmpty()) {
        lines.name("expiry");
        write(lines, instance.expiry);
    }
    lines.flag("protected", instance.isProtected);
    lines.endObject();
}

} // namespace

QByteArray write(const ConfigurationDocument &document)
{
    const ConfigurationDocument ordered = inOrder(document);
    JsonLines lines;
    lines.beginObject();
    lines.member("$schema", QString::fromUtf16(SchemaId));
    lines.name("version");
    lines.number(Version);
    lines.name("profiles");
    lines.beginArray();
    for (const ConfiguredProfile &profile : ordered.profiles) {
        lines.beginObject();
        lines.member("name", profile.name);
        lines.name("instances");
        lines.beginArray();
        for (const ConfiguredInstance &instance : profile.instances)
            write(lines, instance);
        lines.endArray();
        lines.endObject();
    }
    lines.endArray();
    lines.endObject();
    return lines.take();
}

} // namespace latchkey::configurationtext
