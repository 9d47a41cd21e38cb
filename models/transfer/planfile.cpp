// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/planfile.h"

#include "models/transfer/configurationtext.h"
#include "models/transfer/jsonlines.h"
#include "models/transfer/stamp.h"

#include <algorithm>

namespace latchkey::planfile {

using namespace Qt::StringLiterals;

namespace {

void write(JsonLines &lines, const QList<PlannedHeader> &headers)
{
    lines.beginArray();
    for (const PlannedHeader &header : headers) {
        lines.beginObject();
        lines.member("name", header.name);
        lines.member("comparison", keyComparisonWord(header.comparison));
        lines.flag("given", header.isGiven);
        lines.endObject();
    }
    lines.endArray();
}

void write(JsonLines &lines, const PlanRow &row)
{
    lines.beginObject();
    lines.member("action", planActionWord(row.action));
    lines.member("profile", row.profileName);
    lines.member("integration", row.wanted.integration);
    lines.member("name", row.wanted.name);
    lines.member("endpoint", row.wanted.endpoint);
    lines.member("title", row.title);
    lines.member("origin", row.address.origin);
    lines.member("instance_id", row.address.instanceId);
    lines.member("credential_id", row.credentialId);
    lines.member("credential_type", credentialTypeWord(row.type));
    if (!row.headers.isEmpty()) {
        lines.name("headers");
        write(lines, row.headers);
    }
    lines.flag("records_expiry", row.recordsExpiry);
    lines.flag("protects", row.protects);
    lines.flag("needs_typed_name", row.needsTypedName);
    lines.flag("way_back", row.wayBack);
    lines.member("reason", row.reason);
    lines.endObject();
}

QByteArray headOf(const Plan &plan)
{
    JsonLines lines;
    lines.beginObject();
    lines.member("$schema", QString::fromUtf16(SchemaId));
    lines.name("version");
    lines.number(Version);
    lines.member("made_at", stamp(plan.madeAt));
    lines.flag("deletes", plan.deletes);
    if (!plan.profileNames.isEmpty()) {
        lines.name("profile_names");
        lines.beginObject();
        for (auto name = plan.profileNames.cbegin(); name != plan.profileNames.cend(); ++name)
            lines.member(name.key().toUtf8(), name.value());
        lines.endObject();
    }
    lines.endObject();
    return lines.take();
}

QByteArray rowsOf(const Plan &plan)
{
    JsonLines lines;
    lines.beginArray();
    for (const PlanRow &row : plan.rows)
        write(lines, row);
    lines.endArray();
    return lines.take();
}

/// A text of lines as the value of a member, one level deeper. A text in JSON has no line breaks of its own.
QByteArray asMember(QByteArrayView name, QByteArray lines)
{
    lines.chop(1); // The line break at its end.
    return ",\n  \"" + name.toByteArray() + "\": " + lines.replace('\n', "\n  ");
}

} // namespace

QByteArray write(const Plan &plan)
{
    QByteArray text = headOf(plan);
    text.chop(qsizetype(qstrlen("\n}\n")));
    text += asMember("document", configurationtext::write(plan.document));
    text += asMember("rows", rowsOf(plan));
    return text + "\n}\n";
}

bool isOne(QByteArrayView text)
{
    constexpr qsizetype Start = 1000; // With room for a BOM and spaces.
    return text.first(std::min(text.size(), Start)).contains(QString::fromUtf16(SchemaId).toUtf8());
}

} // namespace latchkey::planfile
