// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/banner.h"

#include <QHash>
#include <QWidget>

class QVBoxLayout;

namespace latchkey {

/// Banners below each other, each under a key, so that what says the same thing again replaces itself.
class BannerStack : public QWidget
{
    Q_OBJECT
public:
    explicit BannerStack(QWidget *parent = nullptr);

    /// The banner of this key, made if there is none. Its object name is `banner_<key>`.
    Banner &banner(const QString &key, Banner::Kind kind);
    [[nodiscard]] Banner *find(const QString &key) const { return m_banners.value(key); }
    void remove(const QString &key);
    /// Removes all whose key begins with `prefix`, but for `keep`.
    void removeAll(const QString &prefix, const QStringList &keep = {});

private:
    QVBoxLayout *m_rows;
    QHash<QString, Banner *> m_banners;
};

} // namespace latchkey
