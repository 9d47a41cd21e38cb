// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/playbook.h"

#include "models/core/integrationinstance.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::Playbook)
};

QStringList textsOf(const QJsonValue &value)
{
    QStringList texts;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &each : array) {
        if (!each.toString().isEmpty())
            texts << each.toString();
    }
    return texts;
}

/// With the fields filled in; nullopt where one is missing, or stands where the host is.
std::optional<QUrl> filled(const QString &page, const QJsonObject &config)
{
    static const QRegularExpression field(u"\\{([a-z_]+)\\}"_s);
    constexpr qsizetype SchemeLength = 8; // "https://"
    QString url;
    qsizetype end = 0;
    for (auto match = field.globalMatch(page); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        const QString value = config.value(found.captured(1)).toString();
        const bool isInPath = page.lastIndexOf(u'/', found.capturedStart()) >= SchemeLength;
        if (value.isEmpty() || !isInPath)
            return std::nullopt;
        url += QStringView(page).sliced(end, found.capturedStart() - end);
        url += QString::fromLatin1(QUrl::toPercentEncoding(value));
        end = found.capturedEnd();
    }
    url += QStringView(page).sliced(end);
    const QUrl made(url, QUrl::StrictMode);
    return made.isValid() && made.scheme() == "https"_L1 && !made.host().isEmpty() ? std::optional(made)
                                                                                   : std::nullopt;
}

} // namespace

QUrl Playbook::pageFor(const IntegrationInstance &instance) const
{
    if (const std::optional<QUrl> url = filled(page, instance.config))
        return *url;
    return filled(otherwise, {}).value_or(QUrl());
}

QStringList Playbook::steps() const
{
    if (consent)
        return {Text::tr("Authorize the integration again in Konnect, as a user who stays."),
                Text::tr("Then take away at the service what the earlier user had consented to.")};
    QStringList steps{Text::tr("Make a new %1 at the service.").arg(key)};
    if (!scopes.isEmpty())
        steps << Text::tr("Give it these scopes: %1.").arg(scopes.join(u", "_s));
    if (livesDays > 0)
        steps << Text::tr("It lives %n days at most: record when it ends.", nullptr, livesDays);
    steps << Text::tr(
                 "Replace the credential here. Leave the old one valid at the service until the new one is "
                 "verified.")
          << Text::tr("Then revoke the old one at the service.");
    return steps;
}

QStringList Playbook::stepsToRevoke() const
{
    if (consent)
        return {};
    return {Text::tr("Find the old %1 at the service.").arg(key),
            Text::tr("See that nothing else uses it, then revoke it there."), Text::tr("Tick it off here.")};
}

Playbooks Playbooks::builtIn()
{
    QFile file(u":/playbooks.json"_s);
    return file.open(QIODevice::ReadOnly) ? fromJson(file.readAll()) : Playbooks();
}

Playbooks Playbooks::fromJson(const QByteArray &json)
{
    Playbooks books;
    const QJsonArray all = QJsonDocument::fromJson(json).object().value("playbooks"_L1).toArray();
    for (const QJsonValue &value : all) {
        const QJsonObject entry = value.toObject();
        Playbook book;
        book.integration = entry.value("integration"_L1).toString();
        book.key = entry.value("key"_L1).toString();
        book.page = entry.value("page"_L1).toString();
        book.otherwise = entry.value("otherwise"_L1).toString();
        book.scopes = textsOf(entry.value("scopes"_L1));
        book.consent = entry.value("consent"_L1).toBool();
        book.livesDays = qMax(0, entry.value("livesDays"_L1).toInt());
        if (!book.integration.isEmpty() && (book.consent || !book.key.isEmpty()))
            books.m_all.insert(book.integration, book);
    }
    return books;
}

const Playbook *Playbooks::find(const QString &integration) const
{
    const auto found = m_all.constFind(integration);
    return found == m_all.cend() ? nullptr : &*found;
}

QStringList Playbooks::integrations() const
{
    QStringList names = m_all.keys();
    names.sort();
    return names;
}

} // namespace latchkey
