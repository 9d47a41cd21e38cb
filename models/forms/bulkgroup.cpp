// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/bulkgroup.h"

#include "models/core/lines.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString firstError(const QList<HeaderFinding> &findings)
{
    for (const HeaderFinding &finding : findings) {
        if (finding.severity == HeaderFinding::Severity::Error)
            return finding.message;
    }
    return {};
}

/// Without what the present credential suggests: all would get it.
std::unique_ptr<CredentialDraft> blankDraft(const InstanceRecord &record)
{
    auto draft = std::make_unique<CredentialDraft>(record);
    draft->setRoleArn({});
    return draft;
}

} // namespace

BulkGroup::BulkGroup(const QList<InstanceRecord> &records, QObject *parent)
    : QObject(parent)
    , m_records(records)
    , m_all(blankDraft(records.first()))
{
    m_lines.resize(columnCount());
    for (const InstanceRecord &record : records)
        m_each.push_back(blankDraft(record));
    connect(m_all.get(), &CredentialDraft::findingsChanged, this, &BulkGroup::changed);
}

BulkGroup::~BulkGroup() = default;

QString BulkGroup::integration() const
{
    return m_records.first().instance.integrationTitle();
}

void BulkGroup::setKeys(Keys keys)
{
    if (keys == m_keys || (keys == Keys::OneForEach && !canBeEach()))
        return;
    m_keys = keys;
    Q_EMIT changed();
}

void BulkGroup::setExpiry(const ExpiryDate &expiry)
{
    m_all->setExpiry(expiry);
    Q_EMIT changed();
}

bool BulkGroup::canBeEach() const
{
    return m_records.size() > 1 && (type() == CredentialType::AwsRole || m_all->rowsAreFixed());
}

int BulkGroup::columnCount() const
{
    return type() == CredentialType::AwsRole ? 1 : m_all->rowCount();
}

HeaderDefinition BulkGroup::column(int column) const
{
    return type() == CredentialType::AwsRole ? HeaderDefinition{tr("Role ARN"), {}, {}}
                                             : m_all->definition(column);
}

void BulkGroup::setColumn(int column, const Secret &text)
{
    if (!isColumn(column))
        return;
    const std::vector<QByteArrayView> lines = linesOf(text.reveal());
    m_lines[column] = static_cast<int>(lines.size());
    // A line too few or too many would shift the keys to other instances: then none has one.
    for (size_t record = 0; record < m_each.size(); ++record) {
        const QByteArrayView line = isColumnFull(column) ? lines[record] : QByteArrayView();
        if (type() == CredentialType::AwsRole)
            m_each[record]->setRoleArn(QString::fromUtf8(line));
        else
            m_each[record]->setKey(column, Secret(line));
    }
    Q_EMIT changed();
}

int BulkGroup::lineCount(int column) const
{
    return isColumn(column) ? m_lines.at(column) : 0;
}

bool BulkGroup::isColumnFull(int column) const
{
    return lineCount(column) == m_records.size();
}

const CredentialDraft &BulkGroup::draftOf(int record) const
{
    return m_keys == Keys::OneForAll ? *m_all : *m_each[static_cast<size_t>(record)];
}

QList<HeaderFinding> BulkGroup::findings(int record) const
{
    return draftOf(record).findings();
}

bool BulkGroup::isComplete() const
{
    if (m_keys == Keys::OneForAll)
        return m_all->isComplete();
    return expiry().error().isEmpty() &&
           std::ranges::all_of(m_each, [](const auto &draft) { return draft->isComplete(); });
}

bool BulkGroup::isTouched() const
{
    if (!expiry().isEmpty())
        return true;
    if (m_keys == Keys::OneForEach)
        return std::ranges::any_of(m_lines, [](int lines) { return lines > 0; });
    bool touched = !m_all->roleArn().isEmpty();
    for (int row = 0; row < m_all->rowCount(); ++row)
        touched = touched || m_all->hasKey(row);
    return touched;
}

QString BulkGroup::missing() const
{
    if (m_keys == Keys::OneForAll) {
        const QString error = firstError(m_all->findings());
        return error.isEmpty() ? expiry().error() : error;
    }
    for (int each = 0; each < columnCount(); ++each) {
        if (!isColumnFull(each)) {
            return tr("%1: paste one line for each of the %n instances.", nullptr,
                      static_cast<int>(m_records.size()))
                .arg(column(each).name);
        }
    }
    for (int record = 0; record < int(m_records.size()); ++record) {
        if (const QString error = firstError(findings(record)); !error.isEmpty())
            return tr("%1: %2").arg(m_records.at(record).instance.title(), error);
    }
    return expiry().error();
}

NewCredential BulkGroup::copy(int record) const
{
    return draftOf(record).copy();
}

} // namespace latchkey
