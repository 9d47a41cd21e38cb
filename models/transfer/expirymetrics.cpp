// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/expirymetrics.h"

#include "models/core/wording.h"
#include "models/transfer/plaintext.h"

#include <QList>
#include <QString>

#include <utility>

namespace latchkey::expirymetrics {

using namespace Qt::StringLiterals;

namespace {

using Labels = QList<std::pair<QString, QString>>;

QString escaped(const QString &value)
{
    return plainLines(value).replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
}

QString seconds(const QDateTime &moment)
{
    const qint64 milliseconds = moment.toMSecsSinceEpoch();
    if (milliseconds % 1000 == 0)
        return QString::number(milliseconds / 1000);
    return QString::number(static_cast<double>(milliseconds) / 1000, 'f', 3);
}

/// A metric and its samples; nothing at all where it has none.
class Family
{
public:
    Family(QString name, QString help)
        : m_name(std::move(name))
        , m_help(std::move(help))
    {
    }

    void add(const Labels &labels, const QString &value)
    {
        QStringList texts;
        for (const auto &[label, text] : labels)
            texts += u"%1=\"%2\""_s.arg(label, escaped(text));
        m_samples += m_name;
        if (!texts.isEmpty())
            m_samples += u'{' + texts.join(u',') + u'}';
        m_samples += u' ' + value + u'\n';
    }
    void add(const Labels &labels, int value) { add(labels, QString::number(value)); }

    [[nodiscard]] QString toText() const
    {
        if (m_samples.isEmpty())
            return {};
        return u"# HELP %1 %2\n# TYPE %1 gauge\n"_s.arg(m_name, m_help) + m_samples;
    }

private:
    QString m_name;
    QString m_help;
    QString m_samples;
};

/// Not `instance`: Prometheus gives every sample a label of that name.
Labels labelsOf(const InstanceRecord &record)
{
    return {{u"profile"_s, record.profileName},
            {u"endpoint"_s, record.endpointLabel},
            {u"origin"_s, record.address.origin},
            {u"integration"_s, record.instance.integrationName},
            {u"integration_instance"_s, record.instance.name},
            {u"integration_instance_id"_s, record.address.instanceId}};
}

QString ofCredentials(const ExpiryReport &report)
{
    Family expiry(u"latchkey_credential_expiry_timestamp_seconds"_s,
                  u"When the credential expires: the earliest date that Konnect or the user knows."_s);
    Family checked(u"latchkey_credential_checked_timestamp_seconds"_s,
                   u"When Konnect last answered about the credential."_s);
    Family state(u"latchkey_credential_state"_s, u"1 for each state that holds for the credential."_s);
    Family token(u"latchkey_profile_token_expiry_timestamp_seconds"_s,
                 u"When the token of the profile expires, as the user recorded it."_s);
    for (const ExpiryItem &item : report.items) {
        const InstanceRecord &record = item.record;
        if (item.kind == ExpiryItem::Kind::ProfileToken) {
            token.add({{u"profile"_s, record.profileName}}, seconds(item.expiry.at.utc));
            continue;
        }
        const Labels labels = labelsOf(record);
        if (item.expiry.isKnown())
            expiry.add(labels, seconds(item.expiry.at.utc));
        if (record.checkedAt.isValid())
            checked.add(labels, seconds(record.checkedAt));
        for (int each = 0; each < HealthStateCount; ++each) {
            const auto one = static_cast<HealthState>(each);
            state.add(labels + Labels{{u"state"_s, wording::stateWord(one)}}, item.health.has(one) ? 1 : 0);
        }
    }
    return expiry.toText() + checked.toText() + state.toText() + token.toText();
}

QString ofReport(const ExpiryReport &report)
{
    const ExpiryReport::Counts &counts = report.counts;
    Family states(u"latchkey_credentials"_s, u"Instances, each under its worst state."_s);
    for (int each = 0; each < HealthStateCount; ++each)
        states.add({{u"state"_s, wording::stateWord(static_cast<HealthState>(each))}},
                   counts.states.at(static_cast<size_t>(each)));
    QString text = states.toText();
    const auto one = [&text](const QString &name, const QString &help, const QString &value) {
        Family family(name, help);
        family.add({}, value);
        text += family.toText();
    };
    one(u"latchkey_credentials_checked"_s, u"Credentials that the last refresh read."_s,
        QString::number(counts.checked));
    one(u"latchkey_credentials_unchecked"_s, u"Credentials that the last refresh could not read."_s,
        QString::number(counts.unchecked));
    one(u"latchkey_credentials_no_known_expiry"_s, u"Credentials whose expiry nobody knows."_s,
        QString::number(counts.noKnownExpiry));
    one(u"latchkey_credentials_due"_s, u"Credentials and tokens that the verdict counts."_s,
        QString::number(counts.due));
    one(u"latchkey_endpoints_unread"_s, u"Endpoints whose instances could not all be listed."_s,
        QString::number(report.unread.size()));
    one(u"latchkey_report_verdict"_s, u"The exit code of latchkeyctl expiry."_s,
        QString::number(static_cast<int>(report.verdict)));
    one(u"latchkey_report_timestamp_seconds"_s, u"When this was written."_s, seconds(report.at));
    return text;
}

} // namespace

QByteArray toMetrics(const ExpiryReport &report)
{
    return (ofCredentials(report) + ofReport(report)).toUtf8();
}

} // namespace latchkey::expirymetrics
