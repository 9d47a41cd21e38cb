// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/bulkdraft.h"

#include "models/core/wording.h"

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString whyNot(ChangeKind kind, const ChangePreview &preview)
{
    if (preview.obstacle)
        return preview.obstacle->caption;
    if (kind != ChangeKind::Delete && CredentialDraft::typeFor(preview.record) == CredentialType::Unknown)
        return BulkDraft::tr("Its credential cannot be made here.");
    return {};
}

QString machineName(const IntegrationInstance &instance)
{
    return instance.name.isEmpty() ? instance.title() : instance.name;
}

/// Equal for instances that can be given the same set of keys.
QStringList groupKey(const InstanceRecord &record)
{
    QStringList key{record.instance.integrationName, QString::number(int(CredentialDraft::typeFor(record)))};
    // Another organization may have an integration of that name with other headers.
    for (const HeaderDefinition &header : record.authorization.headers)
        key << header.name;
    return key;
}

} // namespace

BulkDraft::BulkDraft(ChangeKind kind, const BulkPreview &preview, QObject *parent)
    : QObject(parent)
    , m_kind(kind)
{
    for (const ChangePreview &each : preview.rows) {
        m_rows.append({each, whyNot(kind, each)});
        if (m_rows.last().whyNot.isEmpty() && each.needsTypedName)
            askFor(each.record);
    }
    m_typed.resize(m_confirmations.size());
    if (kind != ChangeKind::Delete)
        formGroups();
}

BulkDraft::~BulkDraft() = default;

void BulkDraft::formGroups()
{
    QList<QStringList> keys;
    QList<QList<InstanceRecord>> records;
    for (Row &row : m_rows) {
        if (!row.whyNot.isEmpty())
            continue;
        const QStringList key = groupKey(row.preview.record);
        row.group = static_cast<int>(keys.indexOf(key));
        if (row.group < 0) {
            row.group = static_cast<int>(keys.size());
            keys << key;
            records.append(QList<InstanceRecord>());
        }
        row.place = static_cast<int>(records.at(row.group).size());
        records[row.group].append(row.preview.record);
    }
    for (const QList<InstanceRecord> &each : std::as_const(records)) {
        m_groups.push_back(std::make_unique<BulkGroup>(each));
        m_groups.back()->setExpiry(ExpiryDate(m_rows.constFirst().preview.at));
        connect(m_groups.back().get(), &BulkGroup::changed, this, &BulkDraft::changed);
    }
}

void BulkDraft::askFor(const InstanceRecord &record)
{
    const Confirmation wanted{record.isProtected ? machineName(record.instance) : record.profileName,
                              wording::whyTypedName(record.instance.title(), record.profileName,
                                                    record.isProtected, record.production)};
    if (!m_confirmations.contains(wanted))
        m_confirmations << wanted;
}

int BulkDraft::taking() const
{
    return static_cast<int>(std::ranges::count_if(m_rows, &QString::isEmpty, &Row::whyNot));
}

bool BulkDraft::hasKeys() const
{
    return std::ranges::any_of(m_groups,
                               [](const auto &each) { return each->type() == CredentialType::MultiKey; });
}

void BulkDraft::setTyped(int index, const QString &text)
{
    m_typed[index] = text.trimmed();
    Q_EMIT changed();
}

bool BulkDraft::isConfirmed() const
{
    return std::ranges::equal(m_typed, m_confirmations, {}, {}, &Confirmation::name);
}

QString BulkDraft::missing() const
{
    if (taking() == 0)
        return tr("None of them can be changed now.");
    for (const auto &each : m_groups) {
        if (const QString lacking = each->missing(); !lacking.isEmpty())
            return m_groups.size() > 1 ? tr("%1: %2").arg(each->integration(), lacking) : lacking;
    }
    return isConfirmed() ? QString() : tr("Type the name to go on.");
}

bool BulkDraft::isTouched() const
{
    return std::ranges::any_of(m_groups, [](const auto &each) { return each->isTouched(); });
}

BulkRequest BulkDraft::request() const
{
    BulkRequest wanted;
    wanted.options = m_options;
    for (const Row &row : m_rows) {
        if (!row.whyNot.isEmpty())
            continue;
        ChangeRequest change;
        change.kind = m_kind;
        change.address = row.preview.record.address;
        change.expectedCredentialId = row.preview.oldCredentialId;
        change.keep = KeepKeys::Nowhere;
        if (row.group >= 0) {
            change.credential = group(row.group).copy(row.place);
            change.expires = group(row.group).expiry().date();
            if (change.credential.type == CredentialType::MultiKey)
                change.keep = m_keep;
        }
        // What was typed for its profile covers a row that is not protected.
        if (row.preview.needsTypedName && isConfirmed())
            change.typedName = machineName(row.preview.record.instance);
        wanted.rows.push_back(std::move(change));
    }
    return wanted;
}

} // namespace latchkey
