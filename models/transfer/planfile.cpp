// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/planfile.h"

#include "models/transfer/configurationtext.h"
#include "models/transfer/jsonlines.h"
#include "models/transfer/stamp.h"

#include <algorithm>

namespace latchkey::planfile {

using namespace Qt::StringLiterals;

namespace {

void member(JsonLines &lines, QByteArrayView name, const QString &text)
{
    if (text.isEmpty())
        return;
    lines.name(name);
    lines.text(text);
}

void member(JsonLines &lines, QByteArrayView name, bool isSo)
{
    if (!isSo)
        return;
    lines.name(name);
    lines.boolean(true);
}

void write(JsonLines &lines, const QList<PlannedHeader> &headers)
{
    lines.beginArray();
    for (const PlannedHeader &header : headers) {
        lines.beginObject();
        member(lines, "name", header.name);
        member(lines, "comparison", keyComparisonWord(header.comparison));
        member(lines, "given", header.isGiven);
        lines.endObject();
    }
    lines.endArray();
}

void write(JsonLines &lines, const PlanRow &row)
{
    lines.beginObject();
    member(lines, "action", planActionWord(row.action));
    member(lines, "profile", row.profileName);
    member(lines, "integration", row.wanted.integration);
    member(lines, "name", row.wanted.name);
    member(lines, "endpoint", row.wanted.endpoint);
    member(lines, "title", row.title);
    member(lines, "origin", row.address.origin);
    member(lines, "instance_id", row.address.instanceId);
    member(lines, "credential_id", row.credentialId);
    member(lines, "credential_type", credentialTypeWord(row.type));
    if (!row.headers.isEmpty()) {
        lines.name("headers");
        write(lines, row.headers);
    }
    member(lines, "records_expiry", row.recordsExpiry);
    member(lines, "protects", row.protects);
    member(lines, "needs_typed_name", row.needsTypedName);
    member(lines, "way_back", row.wayBack);
    member(lines, "reason", row.reason);
    lines.endObject();
}

QByteArray headOf(const Plan &plan)
{
    JsonLines lines;
    lines.beginObject();
    member(lines, "$schema", QString::fromUtf16(SchemaId));
    lines.name("version");
    lines.number(Version);
    member(lines, "made_at", stamp(plan.madeAt));
    member(lines, "deletes", plan.deletes);
    if (!plan.profileNames.isEmpty()) {
        lines.name("profile_names");
        lines.beginObject();
        for (auto name = plan.profileNames.cbegin(); name != plan.profileNames.cend(); ++name)
            member(lines, name.key().toUtf8(), name.value());
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
