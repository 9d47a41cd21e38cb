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

void member(JsonLines &lines, QByteArrayView name, const QString &text)
{
    if (text.isEmpty())
        return;
    lines.name(name);
    lines.text(text);
}

void write(JsonLines &lines, const ConfiguredCredential &credential)
{
    lines.beginObject();
    member(lines, "type", credentialTypeWord(credential.type));
    member(lines, "role_arn", credential.roleArn);
    if (!credential.headers.isEmpty()) {
        lines.name("headers");
        lines.beginArray();
        for (const ConfiguredHeader &header : credential.headers) {
            lines.beginObject();
            member(lines, "name", header.name);
            member(lines, "source", sourceWord(header.source));
            lines.endObject();
        }
        lines.endArray();
    }
    lines.endObject();
}

void write(JsonLines &lines, const ConfiguredExpiry &expiry)
{
    lines.beginObject();
    member(lines, "date", expiry.date.toString(Qt::ISODate));
    if (expiry.livesDays > 0) {
        lines.name("lives_days");
        lines.number(expiry.livesDays);
    }
    member(lines, "owner", expiry.owner);
    member(lines, "note", expiry.note);
    lines.endObject();
}

void write(JsonLines &lines, const ConfiguredInstance &instance)
{
    lines.beginObject();
    member(lines, "integration", instance.integration);
    member(lines, "name", instance.name);
    member(lines, "endpoint", instance.endpoint);
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
    if (instance.isProtected) {
        lines.name("protected");
        lines.boolean(true);
    }
    lines.endObject();
}

} // namespace

QByteArray write(const ConfigurationDocument &document)
{
    const ConfigurationDocument ordered = inOrder(document);
    JsonLines lines;
    lines.beginObject();
    member(lines, "$schema", QString::fromUtf16(SchemaId));
    lines.name("version");
    lines.number(Version);
    lines.name("profiles");
    lines.beginArray();
    for (const ConfiguredProfile &profile : ordered.profiles) {
        lines.beginObject();
        member(lines, "name", profile.name);
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
