// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/bannerstack.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

BannerStack::BannerStack(QWidget *parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

Banner &BannerStack::banner(const QString &key, Banner::Kind kind)
{
    Banner *&banner = m_banners[key];
    if (banner == nullptr) {
        banner = new Banner(kind, {}, this);
        banner->setObjectName(u"banner_"_s + key);
        m_rows->addWidget(banner);
        banner->show();
    }
    banner->setKind(kind);
    return *banner;
}

void BannerStack::remove(const QString &key)
{
    if (Banner *banner = m_banners.take(key)) {
        banner->hide();
        // Its own button may be what asked for it.
        banner->deleteLater();
    }
}

void BannerStack::removeAll(const QString &prefix, const QStringList &keep)
{
    const QStringList keys = m_banners.keys();
    for (const QString &key : keys) {
        if (key.startsWith(prefix) && !keep.contains(key))
            remove(key);
    }
}

} // namespace latchkey
