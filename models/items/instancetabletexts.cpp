// SPDX-License-Identifier: GPL-3.0-or-later
// What InstanceTableModel shows in its cells.
#include "models/core/wording.h"
#include "models/items/instancetablemodel.h"

#include <QLocale>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

bool hasCredential(const InstanceRecord &record)
{
    return record.knowledge == InstanceRecord::Knowledge::Present;
}

QString profileOf(const InstanceRecord &record)
{
    return record.endpointLabel.isEmpty() ? record.profileName
                                          : record.profileName + u" · "_s + record.endpointLabel;
}

QString typeOf(const InstanceRecord &record)
{
    if (hasCredential(record))
        return wording::typeLabel(record.credential);
    if (record.builtIn)
        return wording::strategyLabel(Authorization::Strategy::None);
    if (record.authorization.strategy == Authorization::Strategy::NotRead)
        return {};
    return wording::strategyLabel(record.authorization.strategy);
}

QString dayOf(const Timestamp &moment, const QTimeZone &zone)
{
    if (!moment.isKnown())
        return moment.raw.left(40);
    const QDateTime local = zone.isValid() ? moment.utc.toTimeZone(zone) : moment.utc;
    return QLocale().toString(local.date(), u"d MMM yyyy"_s);
}

QString labelsOf(const InstanceRecord &record)
{
    QStringList all;
    const QMap<QString, QString> &labels = record.instance.labels;
    for (auto label = labels.cbegin(); label != labels.cend(); ++label)
        all << label.key() + u'=' + label.value();
    return all.join(u", "_s);
}

/// All dates, with who says so where that is not Konnect alone.
QString expiryToolTip(const InstanceRecord &record, const QString &otherwise, const QTimeZone &zone)
{
    if (!expiryOf(record).isKnown())
        return otherwise;
    QStringList lines;
    const QString exactly = wording::exact(record.credential.expiresAt.utc, zone);
    if (record.credential.expiresAt.isKnown())
        lines << InstanceTableModel::tr("Konnect: %1").arg(exactly);
    if (const Timestamp recorded = record.expiry.of(record.credential); recorded.isKnown())
        lines << InstanceTableModel::tr("Recorded: %1").arg(wording::exact(recorded.utc, zone));
    else if (const Timestamp labelled = labelledExpiry(record); labelled.isKnown())
        lines << InstanceTableModel::tr("Label: %1").arg(wording::exact(labelled.utc, zone));
    return lines.size() == 1 && record.credential.expiresAt.isKnown() ? exactly : lines.join(u'\n');
}

QString permissionsToolTip(const InstanceRecord &record)
{
    QStringList lines;
    for (const MissingPermission &missing : record.credential.missingPermissions) {
        QString line = missing.message;
        if (!missing.scopes.isEmpty())
            line += u" ("_s + missing.scopes.join(u", "_s) + u')';
        lines << line;
    }
    return lines.join(u'\n');
}

} // namespace

QVariant InstanceTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<InstanceColumn>(section)) {
    case InstanceColumn::State:
        return tr("State");
    case InstanceColumn::Instance:
        return tr("Instance");
    case InstanceColumn::Integration:
        return tr("Integration");
    case InstanceColumn::Profile:
        return tr("Profile");
    case InstanceColumn::Type:
        return tr("Type");
    case InstanceColumn::Expiry:
        return tr("Expiry");
    case InstanceColumn::Permissions:
        return tr("Missing permissions");
    case InstanceColumn::Created:
        return tr("Created");
    case InstanceColumn::Labels:
        return tr("Labels");
    case InstanceColumn::ColumnCount:
        break;
    }
    return {};
}

QString InstanceTableModel::text(const Row &row, InstanceColumn column) const
{
    const InstanceRecord &record = row.record;
    switch (column) {
    case InstanceColumn::State:
        return wording::stateLabel(row.health.worst);
    case InstanceColumn::Instance:
        return record.instance.title();
    case InstanceColumn::Integration:
        return record.instance.integrationTitle();
    case InstanceColumn::Profile:
        return profileOf(record);
    case InstanceColumn::Type:
        return typeOf(record);
    case InstanceColumn::Expiry:
        return hasCredential(record) ? wording::expiry(record, m_now) : QString();
    case InstanceColumn::Permissions:
        return wording::permissions(record);
    case InstanceColumn::Created:
        return hasCredential(record) ? dayOf(record.credential.createdAt, m_zone) : QString();
    case InstanceColumn::Labels:
        return labelsOf(record);
    case InstanceColumn::ColumnCount:
        break;
    }
    return {};
}

QString InstanceTableModel::toolTip(const Row &row, InstanceColumn column) const
{
    const InstanceRecord &record = row.record;
    switch (column) {
    case InstanceColumn::State: {
        QStringList lines;
        for (const HealthState state : row.health.reasons)
            lines << u"%1: %2"_s.arg(wording::stateLabel(state), wording::stateExplanation(state));
        if (!record.builtIn)
            lines << wording::age(record.checkedAt, m_now);
        if (record.lastProblem)
            lines << record.lastProblem->caption;
        return lines.join(u'\n');
    }
    case InstanceColumn::Instance: {
        QStringList lines{record.instance.title(), record.instance.name, record.instance.id};
        if (record.isProtected)
            lines << tr("Protected: replacing and deleting its credential need its name.");
        return lines.join(u'\n');
    }
    case InstanceColumn::Expiry:
        return expiryToolTip(record, text(row, column), m_zone);
    case InstanceColumn::Created:
        return hasCredential(record) && record.credential.createdAt.isKnown()
                   ? wording::exact(record.credential.createdAt.utc, m_zone)
                   : text(row, column);
    case InstanceColumn::Permissions:
        return permissionsToolTip(record);
    case InstanceColumn::Integration:
    case InstanceColumn::Profile:
    case InstanceColumn::Type:
    case InstanceColumn::Labels:
    case InstanceColumn::ColumnCount:
        break;
    }
    return text(row, column);
}

QString InstanceTableModel::accessibleText(const Row &row, InstanceColumn column) const
{
    QString shown = text(row, column);
    if (column == InstanceColumn::State) {
        QStringList reasons;
        for (const HealthState state : row.health.reasons)
            reasons << wording::stateLabel(state);
        shown = reasons.join(u", "_s);
        if (row.record.changing)
            shown += u", "_s + tr("change under way");
        if (row.record.lastProblem)
            shown += u", "_s + tr("not up to date");
    }
    if (column == InstanceColumn::Instance && row.record.isProtected)
        shown += u", "_s + tr("protected");
    if (shown.isEmpty())
        shown = tr("none");
    const QString header = headerData(static_cast<int>(column), Qt::Horizontal, Qt::DisplayRole).toString();
    return u"%1: %2"_s.arg(header, shown);
}

QVariant InstanceTableModel::rawValue(const Row &row, InstanceColumn column) const
{
    const InstanceRecord &record = row.record;
    switch (column) {
    case InstanceColumn::State:
        return static_cast<int>(row.health.worst);
    case InstanceColumn::Expiry:
        return expiryOf(record).at.utc;
    case InstanceColumn::Created:
        return hasCredential(record) ? record.credential.createdAt.utc : QDateTime();
    case InstanceColumn::Permissions:
        return hasCredential(record) ? QVariant(static_cast<int>(record.credential.missingPermissions.size()))
                                     : QVariant();
    case InstanceColumn::Instance:
        return row.foldedTitle;
    case InstanceColumn::Integration:
    case InstanceColumn::Profile:
    case InstanceColumn::Type:
    case InstanceColumn::Labels:
        return text(row, column).toLower();
    case InstanceColumn::ColumnCount:
        break;
    }
    return {};
}

InstanceTableModel::SortKey InstanceTableModel::sortKey(int row, InstanceColumn column) const
{
    const Row &source = m_rows.at(static_cast<size_t>(row));
    const auto ofDate = [](const InstanceRecord &record, const Timestamp &moment) {
        const bool known = hasCredential(record) && moment.isKnown();
        return SortKey{known ? 0 : 1, known ? moment.utc.toMSecsSinceEpoch() : 0, {}};
    };
    const auto ofText = [](const QString &text) { return SortKey{text.isEmpty() ? 1 : 0, 0, text}; };
    const InstanceRecord &record = source.record;
    switch (column) {
    case InstanceColumn::State:
        return {0, static_cast<qint64>(source.health.worst), {}};
    case InstanceColumn::Expiry:
        return ofDate(record, expiryOf(record).at);
    case InstanceColumn::Created:
        return ofDate(record, record.credential.createdAt);
    case InstanceColumn::Permissions:
        return {hasCredential(record) ? 0 : 1, record.credential.missingPermissions.size(), {}};
    case InstanceColumn::Instance:
        return ofText(source.foldedTitle);
    case InstanceColumn::Integration:
    case InstanceColumn::Profile:
    case InstanceColumn::Type:
    case InstanceColumn::Labels:
        return ofText(text(source, column).toLower());
    case InstanceColumn::ColumnCount:
        break;
    }
    return {};
}

QString InstanceTableModel::makeHaystack(const Row &row) const
{
    const InstanceRecord &record = row.record;
    const IntegrationInstance &instance = record.instance;
    QStringList parts{instance.displayName,
                      instance.name,
                      instance.id,
                      instance.integrationName,
                      record.instance.integrationTitle(),
                      profileOf(record),
                      labelsOf(record),
                      instance.description,
                      typeOf(record)};
    for (const HealthState state : row.health.reasons)
        parts << wording::stateLabel(state) << wording::stateWord(state);
    if (record.isProtected)
        parts << wording::protectedLabel();
    if (hasCredential(record)) {
        const AuthCredential &credential = record.credential;
        parts << credential.id << credential.rawType << credential.roleArn << credential.installationId
              << credential.appInstalledBy << text(row, InstanceColumn::Expiry) << credential.expiresAt.raw
              << text(row, InstanceColumn::Permissions) << dayOf(credential.createdAt, m_zone);
        for (const MissingPermission &missing : credential.missingPermissions)
            parts << missing.message << missing.scopes;
    }
    // A line break, so that no word is found across two values.
    return parts.join(u'\n').toLower();
}

} // namespace latchkey
