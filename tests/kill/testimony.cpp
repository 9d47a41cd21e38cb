// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kill/testimony.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>

namespace latchkey::test {

using namespace Qt::StringLiterals;

namespace {

QStringList list(const QJsonValue &array)
{
    QStringList texts;
    const QJsonArray values = array.toArray();
    for (const QJsonValue &value : values)
        texts.append(value.toString());
    return texts;
}

/// What it did is what Konnect has.
bool isInEffect(const QString &kind, const QString &phase)
{
    return phase == u"verified"_s || (kind == u"delete"_s && phase == u"deleted"_s);
}

} // namespace

Testimony::Testimony(const QJsonObject &told)
    : m_history(told["history"_L1].toString())
{
    const QJsonArray kept = told["kept"_L1].toArray();
    for (const QJsonValue &each : kept) {
        m_kept.append({each["instance"_L1].toString(), each["state"_L1].toString(),
                       each["credential"_L1].toString(), each["key"_L1].toString().toUtf8()});
    }
    const QJsonArray changes = told["changes"_L1].toArray();
    for (const QJsonValue &each : changes) {
        Told change;
        change.id = each["id"_L1].toString();
        change.instance = each["instance"_L1].toString();
        change.kind = each["kind"_L1].toString();
        change.phase = each["phase"_L1].toString();
        change.undoes = each["undoes"_L1].toString();
        change.hasEnded = each["ended"_L1].toBool();
        change.isListed = each["listed"_L1].toBool();
        change.phases = list(each["phases"_L1]);
        change.toldPhases = list(each["told phases"_L1]);
        change.toldPhase = each["told phase"_L1].toString();
        m_changes.append(change);
    }
}

QString Testimony::complaint() const
{
    if (m_history != u"sound"_s)
        return u"the history is not sound: "_s + m_history;
    for (const Told &change : m_changes) {
        const QString complaint = complaintAbout(change);
        if (!complaint.isEmpty())
            return u"of the %1 of %2 that is %3: %4"_s.arg(change.kind, change.instance, change.phase,
                                                           complaint);
    }
    return {};
}

QString Testimony::complaintAbout(const Told &change) const
{
    if (change.phases.isEmpty() || change.phases.constLast() != change.phase)
        return u"its phases end with another one: "_s + change.phases.join(u", "_s);
    if (change.hasEnded == change.isListed)
        return change.hasEnded ? u"it has ended and is listed"_s : u"it has not ended, and is not listed"_s;
    if (change.hasEnded && (change.toldPhase != change.phase || change.toldPhases != change.phases)) {
        return u"the history tells %1 (%2)"_s.arg(change.toldPhase, change.toldPhases.join(u", "_s));
    }
    return complaintAboutWayBack(change);
}

QString Testimony::complaintAboutWayBack(const Told &change) const
{
    bool isUndone = false;
    bool mayBeUndone = false;
    bool staysDone = false;
    for (const Told &back : m_changes) {
        if (back.undoes != change.id)
            continue;
        isUndone = isUndone || isInEffect(back.kind, back.phase);
        mayBeUndone = mayBeUndone || back.isListed;
        staysDone = staysDone || back.phase == u"rolled_back"_s;
    }
    if (change.phase == u"rolling_back"_s && !mayBeUndone)
        return u"no unfinished change goes on with it"_s;
    if (isUndone && change.phase != u"rolled_back"_s)
        return u"its way back is in effect"_s;
    if (staysDone && !isUndone && change.phase == u"rolled_back"_s)
        return u"its way back was rolled back itself"_s;
    return {};
}

bool Testimony::isKept(const QString &instance, const QByteArray &key) const
{
    return std::ranges::any_of(
        m_kept, [&](const Version &version) { return version.instance == instance && version.key == key; });
}

bool Testimony::isCurrent(const QString &instance, const QByteArray &key, const QString &credential) const
{
    const auto current = std::ranges::find_if(m_kept, [&](const Version &version) {
        return version.instance == instance && version.state == u"current"_s;
    });
    return current != m_kept.end() && current->key == key && current->credential == credential;
}

int Testimony::open(const QString &instance) const
{
    return static_cast<int>(std::ranges::count_if(m_changes, [&](const Told &change) {
        return change.isListed && (instance.isEmpty() || change.instance == instance);
    }));
}

bool Testimony::knowsOfGap(const QString &instance) const
{
    return std::ranges::any_of(m_changes, [&](const Told &change) {
        return change.instance == instance &&
               (change.phase == u"left"_s || (change.kind == u"delete"_s && change.phase == u"deleted"_s));
    });
}

QString Testimony::lastPhase(const QString &instance) const
{
    const auto last = std::ranges::find(m_changes, instance, &Told::instance);
    return last == m_changes.end() ? QString() : last->phase;
}

} // namespace latchkey::test
