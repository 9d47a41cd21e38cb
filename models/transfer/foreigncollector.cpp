// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/foreigncollector.h"

#include "models/transfer/plaintext.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(foreigncollector)
};

constexpr qsizetype LongestShown = 200;

/// A member that stands twice, anywhere within; null for none.
const JsonMember *twice(const JsonNode &node)
{
    std::vector<const JsonMember *> members;
    for (const JsonMember &member : node.members)
        members.push_back(&member);
    const auto byName = [](const JsonMember *one, const JsonMember *other) {
        return one->name < other->name;
    };
    std::ranges::stable_sort(members, byName);
    const auto same = std::ranges::adjacent_find(
        members, [](const JsonMember *one, const JsonMember *other) { return one->name == other->name; });
    if (same != members.end())
        return *std::next(same);
    for (const JsonMember &member : node.members) {
        if (const JsonMember *found = twice(member.value))
            return found;
    }
    for (const JsonNode &item : node.items) {
        if (const JsonMember *found = twice(item))
            return found;
    }
    return nullptr;
}

/// What tells the instances apart; empty where nothing does.
QString instanceKey(const ForeignCredential &credential)
{
    if (!credential.instanceId.isEmpty())
        return credential.instanceId;
    if (credential.instanceName.isEmpty())
        return {};
    return credential.integration + u'/' + credential.instanceName;
}

void fillIn(QString &text, const QString &known)
{
    if (text.isEmpty())
        text = known;
}

} // namespace

ForeignCollector::ForeignCollector(MakeFinding makeFinding)
    : m_makeFinding(std::move(makeFinding))
{
}

bool ForeignCollector::isClear(const JsonNode &resource, const Place &place)
{
    const JsonMember *member = twice(resource);
    if (!member)
        return true;
    Place there = place;
    there.offset = member->offset;
    leaveOut(there, Words::tr("a member stands twice in it, and nothing says which one counts."));
    return false;
}

bool ForeignCollector::isClear(const JsonNode &resource)
{
    return twice(resource) == nullptr;
}

void ForeignCollector::add(const Place &place, ForeignCredential credential)
{
    if (m_keys + credential.keys.size() > MostKeys) {
        credential.keys.clear();
        const QString why =
            Words::tr("The file has more than %1 keys, the most that are taken at once. Split it.")
                .arg(MostKeys);
        credential.note += credential.note.isEmpty() ? why : u' ' + why;
    }
    m_keys += credential.keys.size();
    m_added.push_back({place, std::move(credential)});
}

void ForeignCollector::leaveOut(const Place &place, const QString &why)
{
    if (m_findings.size() >= MostFindings) {
        ++m_untold;
        return;
    }
    const QString message = place.name.isEmpty() ? why : u"%1: %2"_s.arg(place.name, why);
    m_findings << m_makeFinding(place.offset, place.path, message);
}

void ForeignCollector::knowInstance(const QString &id, const Instance &instance)
{
    if (!id.isEmpty())
        m_instances.insert(id, instance);
}

ForeignConfiguration ForeignCollector::finish(ForeignConfiguration::Kind kind)
{
    ForeignConfiguration result;
    result.kind = kind;
    QSet<QString> seen;
    for (Added &added : m_added) {
        ForeignCredential &credential = added.credential;
        const Instance known = m_instances.value(credential.instanceId);
        fillIn(credential.instanceName, known.name);
        fillIn(credential.instanceTitle, known.title);
        fillIn(credential.integration, known.integration);
        const QString key = instanceKey(credential);
        if (!key.isEmpty() && seen.contains(key)) {
            leaveOut(added.place, Words::tr("its instance has another credential further up in the file."));
            continue;
        }
        seen.insert(key);
        result.credentials.push_back(std::move(credential));
    }
    m_added.clear();
    if (m_untold > 0)
        m_findings << DocumentFinding{u"$"_s, 0, 0, Words::tr("%n more, not listed.", "", m_untold)};
    result.findings = std::exchange(m_findings, {});
    return result;
}

QString ForeignCollector::shown(QByteArrayView name)
{
    QString text = plainText(QString::fromUtf8(name)).simplified();
    if (text.size() > LongestShown)
        text = text.left(LongestShown) + u'…';
    return text;
}

} // namespace latchkey
