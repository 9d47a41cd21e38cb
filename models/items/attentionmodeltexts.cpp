// SPDX-License-Identifier: GPL-3.0-or-later
// What AttentionModel shows in its cells, and says of a row.
#include "models/core/profile.h"
#include "models/core/wording.h"
#include "models/items/attentionmodel.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString serviceOf(const AttentionItem &item)
{
    return item.integrationTitle.isEmpty() ? item.integration : item.integrationTitle;
}

QString placeOf(const AttentionItem &item)
{
    if (item.kind == AttentionItem::Kind::Token)
        return AttentionModel::tr("Profile");
    QStringList parts{serviceOf(item), item.profileName, item.endpointLabel};
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

/// Where Konnect makes tokens.
QUrl tokenPage()
{
    return QUrl(u"https://cloud.konghq.com/global/account/tokens"_s);
}

} // namespace

QString AttentionModel::text(const AttentionItem &item, Column column) const
{
    switch (column) {
    case StateColumn:
        return stateText(item);
    case TitleColumn:
        return item.title;
    case ExpiryColumn:
        return expiryText(item);
    case PlaceColumn:
        return placeOf(item);
    case ColumnCount:
        break;
    }
    return {};
}

QString AttentionModel::stateText(const AttentionItem &item) const
{
    if (item.quiet == AttentionItem::Quiet::Revoked)
        return tr("Old key revoked");
    const QList<HealthState> reasons = item.attentionReasons();
    QStringList states;
    if (item.kind == AttentionItem::Kind::OldKey)
        states << tr("Old key still valid");
    for (const HealthState state : reasons)
        states << wording::stateLabel(state);
    if (item.quiet == AttentionItem::Quiet::Snoozed)
        states << tr("snoozed");
    if (item.quiet == AttentionItem::Quiet::Acknowledged)
        states << tr("acknowledged");
    return states.join(u", "_s);
}

QString AttentionModel::expiryText(const AttentionItem &item) const
{
    if (const OldKey *oldKey = oldKeyOf(item))
        return tr("replaced %1").arg(wording::relative(oldKey->replacement.updatedAt, m_now));
    if (item.kind == AttentionItem::Kind::OldKey)
        return {};
    if (item.refused)
        return tr("expired or revoked");
    if (item.kind == AttentionItem::Kind::Token)
        return wording::relative(item.expiry.at.utc, m_now);
    const InstanceRecord *record = recordOf(item);
    return record != nullptr && record->knowledge == InstanceRecord::Knowledge::Present
               ? wording::expiry(*record, m_now)
               : QString();
}

QVariant AttentionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case StateColumn:
        return tr("State");
    case TitleColumn:
        return tr("Credential of");
    case ExpiryColumn:
        return tr("Expiry");
    case PlaceColumn:
        return tr("Where");
    case ColumnCount:
        break;
    }
    return {};
}

QStringList AttentionModel::adviceOf(int row) const
{
    const AttentionItem *item = at(row);
    if (item == nullptr)
        return {};
    if (item->refused)
        return {
            tr("Konnect refuses the token: it expired or was revoked. Make a new one in Konnect and enter it "
               "in the profile.")};
    if (item->kind == AttentionItem::Kind::Token)
        return {tr("Make a new token in Konnect and enter it in the profile.")};
    if (const OldKey *oldKey = oldKeyOf(*item))
        return adviceOf(*item, *oldKey);
    const QList<HealthState> reasons = item->attentionReasons();
    QStringList advice;
    for (const HealthState state : reasons)
        advice << wording::stateExplanation(state);
    if (const InstanceRecord *record = recordOf(*item); record != nullptr && record->lastProblem)
        advice << tr("%1; the last try failed: %2")
                      .arg(wording::age(record->checkedAt, m_now), record->lastProblem->caption);
    return advice;
}

QStringList AttentionModel::adviceOf(const AttentionItem &item, const OldKey &oldKey) const
{
    if (!oldKey.isOpen())
        return {tr("You said that it is revoked. “Remind Me Again” takes that back.")};
    QStringList advice{wording::revokeOldKey(item.title, serviceOf(item))};
    if (oldKey.usedElsewhere > 0)
        advice << wording::counted(
            "latchkey::AttentionModel", "%n other instance still has it: replace it there first.",
            QT_TRANSLATE_N_NOOP("latchkey::AttentionModel",
                                "%n other instances still have it: replace it there first."),
            oldKey.usedElsewhere);
    advice << tr("Afterwards there is no way back to it.");
    return advice;
}

QStringList AttentionModel::stepsOf(int row) const
{
    const AttentionItem *item = at(row);
    const Playbook *playbook = item == nullptr ? nullptr : m_playbooks.find(item->integration);
    if (playbook == nullptr || item->quiet == AttentionItem::Quiet::Revoked)
        return {};
    return item->kind == AttentionItem::Kind::OldKey ? playbook->stepsToRevoke() : playbook->steps();
}

QUrl AttentionModel::upstreamOf(int row) const
{
    const AttentionItem *item = at(row);
    if (item == nullptr)
        return {};
    if (item->kind == AttentionItem::Kind::Token)
        return tokenPage();
    const InstanceRecord *record = recordOf(*item);
    const bool isOldKey = item->kind == AttentionItem::Kind::OldKey;
    if (record == nullptr && !isOldKey)
        return {};
    const IntegrationInstance instance = record == nullptr ? IntegrationInstance() : record->instance;
    const Playbook *playbook = m_playbooks.find(item->integration);
    const QUrl page = playbook == nullptr ? QUrl() : playbook->pageFor(instance);
    // At Konnect nothing can be done about an old key.
    return isOldKey || (page.isValid() && !page.isEmpty()) ? page
                                                           : konnectIntegrationsPage(record->endpointLabel);
}

} // namespace latchkey
