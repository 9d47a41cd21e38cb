// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/credentialdraft.h"

#include "models/core/wording.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// Row of `config.headers[N].…`, -1 for anything else.
int rowOfField(const QString &field)
{
    static const QRegularExpression pattern(
        u"\\A(?:config\\.)?headers(?:\\[|\\.)([0-9]{1,4})\\]?(?:\\.|\\z)"_s);
    const QRegularExpressionMatch match = pattern.match(field);
    return match.hasMatch() ? match.capturedView(1).toInt() : -1;
}

} // namespace

CredentialType CredentialDraft::typeFor(const InstanceRecord &record)
{
    switch (record.authorization.strategy) {
    case Authorization::Strategy::MultiKey:
        return CredentialType::MultiKey;
    case Authorization::Strategy::AwsRole:
        return CredentialType::AwsRole;
    case Authorization::Strategy::NotRead:
        break;
    case Authorization::Strategy::None:
    case Authorization::Strategy::OAuth:
    case Authorization::Strategy::GitHubApp:
    case Authorization::Strategy::Unknown:
        return CredentialType::Unknown;
    }
    if (record.builtIn)
        return CredentialType::Unknown;
    // Nothing is known about the integration: what is there now says best what can be there.
    if (record.knowledge != InstanceRecord::Knowledge::Present)
        return CredentialType::MultiKey;
    const CredentialType present = record.credential.type;
    const bool canBeMade = present == CredentialType::MultiKey || present == CredentialType::AwsRole;
    return canBeMade ? present : CredentialType::Unknown;
}

CredentialDraft::CredentialDraft(const InstanceRecord &record, QObject *parent)
    : QObject(parent)
    , m_record(record)
    , m_type(typeFor(record))
{
    if (m_type == CredentialType::MultiKey) {
        for (const HeaderDefinition &header : record.authorization.headers)
            m_rows.push_back({header.name, Secret()});
        if (m_rows.empty()) {
            // The names that were kept with the present keys are the best guess there is.
            for (const QString &name : record.keptKeys.headers)
                m_rows.push_back({name, Secret()});
        }
        if (m_rows.empty())
            m_rows.push_back({});
    }
    if (m_type == CredentialType::AwsRole && record.knowledge == InstanceRecord::Knowledge::Present)
        m_roleArn = record.credential.roleArn;
    check();
}

bool CredentialDraft::rowsAreFixed() const
{
    return m_type == CredentialType::MultiKey && !m_record.authorization.headers.isEmpty();
}

int CredentialDraft::rowCount() const
{
    return static_cast<int>(m_rows.size());
}

bool CredentialDraft::isRow(int row) const
{
    return row >= 0 && std::cmp_less(row, m_rows.size());
}

QString CredentialDraft::name(int row) const
{
    return isRow(row) ? m_rows[static_cast<size_t>(row)].name : QString();
}

HeaderDefinition CredentialDraft::definition(int row) const
{
    const QString header = name(row);
    for (const HeaderDefinition &definition : m_record.authorization.headers) {
        if (definition.name.compare(header, Qt::CaseInsensitive) == 0)
            return definition;
    }
    return {header, {}, {}};
}

bool CredentialDraft::hasKey(int row) const
{
    return isRow(row) && !m_rows[static_cast<size_t>(row)].key.isEmpty();
}

void CredentialDraft::setName(int row, const QString &name)
{
    if (!isRow(row) || rowsAreFixed())
        return;
    m_rows[static_cast<size_t>(row)].name = name.trimmed();
    forgetServerReasons(row);
    check();
}

void CredentialDraft::setKey(int row, Secret key)
{
    if (!isRow(row))
        return;
    m_rows[static_cast<size_t>(row)].key = std::move(key);
    forgetServerReasons(row);
    check();
}

void CredentialDraft::setRoleArn(const QString &arn)
{
    m_roleArn = arn.trimmed();
    forgetServerReasons(-1);
    check();
}

void CredentialDraft::setPresent(const InstanceRecord &now)
{
    m_record.knowledge = now.knowledge;
    m_record.credential = now.credential;
    check();
}

QString CredentialDraft::expiryHint(const QDateTime &now) const
{
    const int days = m_record.expiry.livesDays;
    if (days <= 0 || !now.isValid())
        return {};
    return tr("It is recorded that each key of this instance lives %1: the new one until %2, if no earlier "
              "day is given.")
        .arg(wording::days(days), wording::day(now.addDays(days).date()));
}

void CredentialDraft::addRow()
{
    if (rowsAreFixed() || m_type != CredentialType::MultiKey)
        return;
    m_rows.push_back({});
    Q_EMIT rowsChanged();
    check();
}

void CredentialDraft::removeRow(int row)
{
    if (rowsAreFixed() || !isRow(row))
        return;
    m_rows.erase(m_rows.begin() + row);
    forgetServerProblem();
    Q_EMIT rowsChanged();
    check();
}

void CredentialDraft::moveRow(int from, int to)
{
    if (rowsAreFixed() || !isRow(from) || !isRow(to) || from == to)
        return;
    const auto begin = m_rows.begin();
    if (from < to)
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    forgetServerProblem();
    Q_EMIT rowsChanged();
    check();
}

void CredentialDraft::forgetServerProblem()
{
    // Konnect's reasons name rows by their place, which is another one now.
    m_serverProblem = {};
}

void CredentialDraft::forgetServerReasons(int row)
{
    m_serverProblem.invalidParameters.removeIf([this, row](const InvalidParameter &parameter) {
        const int named = rowOfField(parameter.field);
        return (isRow(named) ? named : -1) == row;
    });
}

void CredentialDraft::check()
{
    m_findings.clear();
    using Kind = HeaderFinding::Kind;
    using Severity = HeaderFinding::Severity;
    if (m_type == CredentialType::MultiKey) {
        m_findings = checkHeaders(m_rows, m_record.authorization.headers);
    } else if (m_type == CredentialType::AwsRole && m_roleArn.isEmpty()) {
        m_findings << HeaderFinding{-1, Kind::KeyEmpty, Severity::Error, tr("Enter the role's ARN.")};
    } else if (m_type == CredentialType::AwsRole && !isRoleArn(m_roleArn)) {
        m_findings << HeaderFinding{
            -1, Kind::KeyInvalid, Severity::Error,
            tr("This is no role ARN. One looks like arn:aws:iam::123456789012:role/name.")};
    } else if (isUnchanged()) {
        m_findings << HeaderFinding{
            -1, Kind::Unchanged, Severity::Warning,
            tr("This is the role that the credential has now. Replacing it by itself only "
               "makes Konnect look at the role again.")};
    }
    Q_EMIT findingsChanged();
}

QList<QString> CredentialDraft::serverReasons(int row) const
{
    QList<QString> reasons;
    for (const InvalidParameter &parameter : m_serverProblem.invalidParameters) {
        const int named = rowOfField(parameter.field);
        if ((isRow(named) ? named : -1) != row)
            continue;
        // Under the form as a whole nothing else says what the reason is about.
        const bool explained =
            isRow(named) || parameter.field.isEmpty() || parameter.field.endsWith("role_arn"_L1);
        reasons << (explained ? parameter.reason : parameter.field + u": "_s + parameter.reason);
    }
    return reasons;
}

void CredentialDraft::setServerProblem(const Problem &problem)
{
    m_serverProblem = problem;
    Q_EMIT findingsChanged();
}

bool CredentialDraft::isComplete() const
{
    return m_type != CredentialType::Unknown && !hasErrors(m_findings) && m_expiry.error().isEmpty();
}

bool CredentialDraft::isUnchanged() const
{
    return m_type == CredentialType::AwsRole && m_record.knowledge == InstanceRecord::Knowledge::Present &&
           m_roleArn == m_record.credential.roleArn;
}

NewCredential CredentialDraft::take()
{
    NewCredential credential{m_type, std::exchange(m_rows, {}), m_roleArn};
    for (const HeaderKey &header : credential.headers)
        m_rows.push_back({header.name, Secret()});
    check();
    return credential;
}

NewCredential CredentialDraft::copy() const
{
    return {m_type, latchkey::clone(m_rows), m_roleArn};
}

} // namespace latchkey
