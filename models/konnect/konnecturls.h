// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <optional>
#include <utility>

namespace latchkey {

struct InstanceQuery;

/// The addresses below a base URL. Everything that is not ours is percent-encoded.
class KonnectUrls
{
public:
    using Query = QList<std::pair<QString, QString>>;

    explicit KonnectUrls(const QUrl &baseUrl);

    [[nodiscard]] const QUrl &base() const { return m_base; }
    /// The host, with its port where it is not the usual one: for people.
    [[nodiscard]] QString host() const;
    [[nodiscard]] QUrl integrations(int page, int size) const;
    [[nodiscard]] QUrl instances(const InstanceQuery &query, int page, int size) const;
    /// nullopt for an id that cannot be part of a path (empty, `.` or `..`): it would name something else.
    [[nodiscard]] std::optional<QUrl> instance(const QString &id) const;
    [[nodiscard]] std::optional<QUrl> credential(const QString &instanceId) const;

private:
    [[nodiscard]] QUrl below(const QByteArray &path, const Query &query = {}) const;

    QUrl m_base;
};

} // namespace latchkey
