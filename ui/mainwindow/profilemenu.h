// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/profile.h"

#include <QList>
#include <QMenu>

namespace latchkey {

/// Add a profile; and for each that there is: refresh, edit, remove.
class ProfileMenu : public QMenu
{
    Q_OBJECT
public:
    explicit ProfileMenu(QAction *addProfile, QWidget *parent = nullptr);

    void setProfiles(const QList<Profile> &profiles);
    /// The entries for one profile, e.g. for the sidebar's context menu.
    void fill(QMenu &menu, const QString &profileId);

Q_SIGNALS:
    void refreshRequested(const QString &profileId);
    void editRequested(const QString &profileId);
    void removeRequested(const QString &profileId);

private:
    QAction *m_add;
};

} // namespace latchkey
