// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/plandraft.h"

#include "models/core/plandrift.h"
#include "models/core/wording.h"

#include <QCoreApplication>
#include <QMap>
#include <QSet>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::PlanDraft)
};

PlanRow refused(const DriftRow &drift)
{
    PlanRow row = drift.now;
    row.action = PlanAction::Blocked;
    row.recordsExpiry = false;
    row.protects = false;
    row.needsTypedName = false;
    row.reason = Text::tr("Refused, because it has changed since this was planned. %1").arg(drift.what);
    return row;
}

} // namespace

PlanDraft::PlanDraft(const Plan &opened, bool isPlanFile, const QStringList &profiles)
    : m_opened(opened)
    , m_isPlanFile(isPlanFile)
    , m_profiles(profiles)
{
}

QList<PlanDraft::UnknownProfile> PlanDraft::unknownProfiles() const
{
    QList<UnknownProfile> unknown;
    if (m_isPlanFile)
        return unknown;
    for (const ConfiguredProfile &profile : m_opened.document.profiles) {
        if (!m_profiles.contains(profile.name, Qt::CaseInsensitive))
            unknown << UnknownProfile{profile.name, m_opened.profileNames.value(profile.name)};
    }
    return unknown;
}

QStringList PlanDraft::meantProfiles() const
{
    QStringList meant;
    for (const QString &profile : m_profiles) {
        const auto means = [this, &profile](const ConfiguredProfile &each) {
            const QString name = m_opened.profileNames.value(each.name, each.name);
            return name.compare(profile, Qt::CaseInsensitive) == 0;
        };
        const QList<ConfiguredProfile> &named = m_opened.document.profiles;
        if (std::any_of(named.cbegin(), named.cend(), means))
            meant << profile;
    }
    return meant;
}

void PlanDraft::setMeant(const QString &name, const QString &profile)
{
    if (m_isPlanFile)
        return;
    if (profile.isEmpty())
        m_opened.profileNames.remove(name);
    else
        m_opened.profileNames.insert(name, profile);
}

void PlanDraft::setDeletes(bool deletes)
{
    if (!m_isPlanFile)
        m_opened.deletes = deletes;
}

PlanOptions PlanDraft::options() const
{
    PlanOptions options;
    options.profileNames = m_opened.profileNames;
    options.deletes = m_opened.deletes;
    return options;
}

QList<PlanDraft::Variable> PlanDraft::variables() const
{
    QMap<QString, int> counts;
    for (const ConfiguredProfile &profile : m_opened.document.profiles) {
        for (const ConfiguredInstance &instance : profile.instances) {
            const QStringList names = variablesOf(instance);
            for (const QString &name : names)
                ++counts[name];
        }
    }
    QList<Variable> variables;
    for (auto each = counts.cbegin(); each != counts.cend(); ++each)
        variables << Variable{each.key(), each.value()};
    return variables;
}

void PlanDraft::setFresh(const Plan &fresh)
{
    m_moved.clear();
    if (!m_isPlanFile) {
        m_shown = fresh;
        for (PlanRow &row : m_shown.rows) {
            const QString meant = m_opened.profileNames.value(row.profileName, row.profileName);
            if (!m_profiles.contains(meant, Qt::CaseInsensitive))
                row.reason = Text::tr("There is no profile “%1” here. Choose which one is meant.").arg(meant);
        }
        return;
    }
    m_shown = m_opened;
    m_shown.rows.clear();
    const QList<DriftRow> drift = driftOf(m_opened, fresh);
    for (const DriftRow &row : drift) {
        const bool isMoved = row.state == DriftRow::State::Moved;
        m_shown.rows << (isMoved ? refused(row) : row.now);
        if (isMoved)
            m_moved << (row.now.title.isEmpty() ? row.now.wanted.name : row.now.title);
    }
}

Plan PlanDraft::differences() const
{
    Plan plan = m_shown;
    plan.rows.removeIf([](const PlanRow &row) { return row.action != PlanAction::Blocked && !row.isWork(); });
    return plan;
}

QList<PlanDraft::Confirmation> PlanDraft::confirmations(const QList<int> &ticked, const Find &find) const
{
    QList<Confirmation> wanted;
    QSet<QString> subjects;
    for (const int position : ticked) {
        const PlanRow &row = m_shown.rows.at(position);
        if (!row.needsTypedName)
            continue;
        const std::optional<InstanceRecord> record = find(row.address);
        // One that is gone is refused when it is applied.
        const bool isProtected = !record || record->isProtected;
        const InstanceAddress &address = row.address;
        const QString subject =
            isProtected ? QStringList{address.profileId, address.origin, address.instanceId}.join(u' ')
                        : address.profileId;
        if (subjects.contains(subject))
            continue;
        subjects.insert(subject);
        const QString profile = record ? record->profileName : row.profileName;
        QString reason = wording::whyTypedName(row.title, profile, isProtected, record && record->production);
        if (isProtected)
            reason = Text::tr("%1: %2").arg(wording::planPlace(row), reason);
        wanted << Confirmation{subject, isProtected ? row.wanted.name : profile, reason};
    }
    return wanted;
}

ApplyRequest PlanDraft::request(const QList<int> &ticked) const
{
    ApplyRequest request;
    request.plan = m_isPlanFile ? m_opened : m_shown;
    for (const int position : ticked) {
        request.rows.insert(position);
        const PlanRow &row = m_shown.rows.at(position);
        // What was typed for its profile covers a row that is not protected.
        if (row.needsTypedName)
            request.typedNames.insert(row.address, row.wanted.name);
    }
    return request;
}

QStringList enterableHeaders(const PlanRow &row, const QStringList &supplied)
{
    QStringList names;
    if (row.action == PlanAction::Blocked || row.action == PlanAction::Delete || row.address.isNull())
        return names;
    for (const PlannedHeader &header : row.headers) {
        if (!header.isGiven || header.source.kind == KeySource::Kind::Prompt ||
            supplied.contains(header.name, Qt::CaseInsensitive))
            names << header.name;
    }
    return names;
}

} // namespace latchkey
