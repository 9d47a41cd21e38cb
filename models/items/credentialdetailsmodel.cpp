// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/credentialdetailsmodel.h"

#include "models/core/wording.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString jsonText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    // QJsonDocument writes only objects and arrays: one element, without its brackets.
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.sliced(1, array.size() - 2));
}

QString joinedLabels(const QMap<QString, QString> &labels)
{
    QStringList all;
    for (auto label = labels.cbegin(); label != labels.cend(); ++label)
        all << label.key() + u'=' + label.value();
    return all.join(u", "_s);
}

} // namespace

CredentialDetailsModel::CredentialDetailsModel(const Clock &clock, const QTimeZone &zone, QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
    , m_zone(zone)
{
}

CredentialDetailsModel::~CredentialDetailsModel() = default;

void CredentialDetailsModel::setRecord(const InstanceRecord &record)
{
    m_record = record;
    show(rowsOf(record));
}

void CredentialDetailsModel::clear()
{
    m_record.reset();
    show({});
}

void CredentialDetailsModel::tick()
{
    if (m_record)
        show(rowsOf(*m_record));
}

QModelIndex CredentialDetailsModel::indexOfField(const QString &field) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).field == field)
            return index(row, ValueColumn);
    }
    return {};
}

void CredentialDetailsModel::show(const QList<Row> &rows)
{
    const auto sameField = [](const Row &a, const Row &b) { return a.field == b.field; };
    if (!std::equal(rows.cbegin(), rows.cend(), m_rows.cbegin(), m_rows.cend(), sameField)) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    for (int row = 0; row < rows.size(); ++row) {
        if (rows.at(row) == m_rows.at(row))
            continue;
        m_rows[row] = rows.at(row);
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

QList<CredentialDetailsModel::Row> CredentialDetailsModel::rowsOf(const InstanceRecord &record) const
{
    QList<Row> rows = credentialRows(record);
    rows += instanceRows(record);
    Row checked{u"checked_at"_s, tr("Last answer"), wording::age(record.checkedAt, m_clock.now()),
                Timestamp::fromUtc(record.checkedAt).raw, wording::exact(record.checkedAt, m_zone)};
    if (record.lastProblem)
        checked.value += u" · "_s + record.lastProblem->caption;
    rows << checked;
    return rows;
}

QList<CredentialDetailsModel::Row> CredentialDetailsModel::credentialRows(const InstanceRecord &record) const
{
    if (record.knowledge != InstanceRecord::Knowledge::Present)
        return {};
    const AuthCredential &credential = record.credential;
    QString tainted;
    if (credential.tainted)
        tainted = *credential.tainted ? tr("Yes: it must be replaced") : tr("No");
    const QString typeWord =
        credential.rawType.isEmpty() ? credentialTypeWord(credential.type) : credential.rawType;
    QList<Row> rows{
        plain(u"credential_id"_s, tr("Credential id"), credential.id),
        // Copied is Konnect's own word.
        {u"type"_s, tr("Type"), wording::typeLabel(credential), typeWord, typeWord},
        date(u"credential_created_at"_s, tr("Created"), credential.createdAt),
        date(u"expires_at"_s, tr("Expires (Konnect)"), credential.expiresAt),
    };
    if (!credential.expiresAt.isGiven())
        rows.last().value = tr("not given: no known expiry");
    rows += expiryRows(record);
    rows << plain(u"tainted"_s, tr("Tainted"), tainted);
    if (credential.type == CredentialType::AwsRole)
        rows << plain(u"role_arn"_s, tr("Role ARN"), credential.roleArn);
    if (credential.type == CredentialType::GitHubApp) {
        rows << plain(u"installation_id"_s, tr("Installation id"), credential.installationId)
             << plain(u"app_installed_by"_s, tr("App installed by"), credential.appInstalledBy);
    }
    return rows;
}

/// What is known of its end here and by its label, each as what it is.
QList<CredentialDetailsModel::Row> CredentialDetailsModel::expiryRows(const InstanceRecord &record) const
{
    const ExpiryRecord &recorded = record.expiry;
    const QDateTime now = m_clock.now();
    QList<Row> rows;
    const QString day = recorded.lastDay(record.credential).toString(Qt::ISODate);
    rows << Row{
        u"recorded_expiry"_s, tr("Expires (recorded)"), wording::recordedExpiry(record, now), day, {}};
    if (!recorded.owner.isEmpty())
        rows << plain(u"recorded_owner"_s, tr("Who is to be asked"), recorded.owner);
    if (!recorded.note.isEmpty())
        rows << plain(u"recorded_note"_s, tr("Note"), recorded.note);
    const auto label = record.instance.labels.constFind(QString::fromUtf16(ExpiryLabel));
    if (label != record.instance.labels.cend())
        rows << Row{
            u"labelled_expiry"_s, tr("Expires (label)"), wording::labelledExpiry(record, now), *label, {}};
    return rows;
}

QList<CredentialDetailsModel::Row> CredentialDetailsModel::instanceRows(const InstanceRecord &record) const
{
    const IntegrationInstance &instance = record.instance;
    QString authorized;
    if (instance.authorized)
        authorized = *instance.authorized ? tr("Yes") : tr("No");
    QList<Row> rows{
        plain(u"instance_id"_s, tr("Instance id"), instance.id),
        plain(u"name"_s, tr("Machine name"), instance.name),
        plain(u"display_name"_s, tr("Display name"), instance.displayName),
        plain(u"integration"_s, tr("Integration"), instance.integrationDisplayName),
        plain(u"integration_name"_s, tr("Integration name"), instance.integrationName),
        plain(u"authorized"_s, tr("Authorized"), authorized),
        plain(u"profile"_s, tr("Profile"), record.profileName),
        plain(u"geo"_s, tr("Geo"), record.endpointLabel),
        plain(u"description"_s, tr("Description"), instance.description),
        plain(u"labels"_s, tr("Labels"), joinedLabels(instance.labels)),
        date(u"created_at"_s, tr("Instance created"), instance.createdAt),
        date(u"updated_at"_s, tr("Instance changed"), instance.updatedAt),
    };
    if (instance.config.isEmpty())
        rows << plain(u"config"_s, tr("Configuration"), {});
    for (auto entry = instance.config.constBegin(); entry != instance.config.constEnd(); ++entry)
        rows << plain(u"config."_s + entry.key(), tr("Configuration: %1").arg(entry.key()),
                      jsonText(entry.value()));
    return rows;
}

CredentialDetailsModel::Row CredentialDetailsModel::plain(const QString &field, const QString &label,
                                                          const QString &value) const
{
    return {field, label, value.isEmpty() ? wording::notGiven() : value, value, value};
}

CredentialDetailsModel::Row CredentialDetailsModel::date(const QString &field, const QString &label,
                                                         const Timestamp &moment) const
{
    if (!moment.isGiven())
        return plain(field, label, {});
    if (!moment.isKnown())
        return {field, label, wording::expiry(moment, m_clock.now()), moment.raw, {}};
    const QString exact = wording::exact(moment.utc, m_zone);
    const QString shown =
        u"%1 (%2)"_s.arg(exact.section(u'\n', 0, 0), wording::relative(moment.utc, m_clock.now()));
    return {field, label, shown, moment.raw, exact};
}

int CredentialDetailsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CredentialDetailsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CredentialDetailsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == LabelColumn ? row.label : row.value;
    case Qt::ToolTipRole:
        return index.column() == LabelColumn ? QString() : row.toolTip;
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(row.label, row.value);
    case CopyRole:
        return row.copy;
    case FieldRole:
        return row.field;
    case GivenRole:
        return !row.copy.isEmpty();
    default:
        return {};
    }
}

QVariant CredentialDetailsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case LabelColumn:
        return tr("Field");
    case ValueColumn:
        return tr("Value");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace latchkey
