// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/profilemenu.h"

#include "ui/common/colourdot.h"
#include "ui/common/icons.h"

using namespace Qt::StringLiterals;

namespace latchkey {

ProfileMenu::ProfileMenu(QAction *addProfile, QWidget *parent)
    : QMenu(tr("&Profiles"), parent)
    , m_add(addProfile)
{
    setObjectName(u"profileMenu"_s);
    setToolTipsVisible(true);
    setProfiles({});
}

void ProfileMenu::setProfiles(const QList<Profile> &profiles)
{
    const QList<QMenu *> old = findChildren<QMenu *>(Qt::FindDirectChildrenOnly);
    clear();
    qDeleteAll(old);
    addAction(m_add);
    if (!profiles.isEmpty())
        addSeparator();
    for (const Profile &profile : profiles) {
        QString title = profile.name;
        QMenu *menu = addMenu(colourDot(profile.colour), title.replace(u'&', u"&&"_s));
        menu->setObjectName(u"profile_"_s + profile.id);
        fill(*menu, profile.id);
    }
}

void ProfileMenu::fill(QMenu &menu, const QString &profileId)
{
    const auto add = [&menu](Icon what, const QString &text, const QString &name) {
        QAction *action = menu.addAction(latchkey::icon(what), text);
        action->setObjectName(name);
        return action;
    };
    connect(add(Icon::Refresh, tr("&Refresh"), u"refreshProfile"_s), &QAction::triggered, this,
            [this, profileId] { Q_EMIT refreshRequested(profileId); });
    connect(add(Icon::Edit, tr("&Edit…"), u"editProfile"_s), &QAction::triggered, this,
            [this, profileId] { Q_EMIT editRequested(profileId); });
    connect(add(Icon::Remove, tr("Re&move…"), u"removeProfile"_s), &QAction::triggered, this,
            [this, profileId] { Q_EMIT removeRequested(profileId); });
}

} // namespace latchkey
