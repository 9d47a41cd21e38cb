// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/items/attentionmodel.h"

#include <QObject>

class QAction;
class QMenu;

namespace latchkey {

/// What can be done about one line of what needs attention: the same for its buttons and its context menu.
class AttentionActions : public QObject
{
    Q_OBJECT
public:
    /// `clock` must outlive this.
    AttentionActions(const Clock &clock, QWidget *parent);

    /// nullptr for none.
    void setItem(const AttentionItem *item, const QUrl &upstream);
    void fill(QMenu &menu) const;

    QAction *primary; ///< Replace, create, edit the profile, or tick off: by what the item allows.
    QAction *recordExpiry;
    QAction *snooze; ///< Has a menu.
    QAction *acknowledge;
    QAction *remind; ///< In the place of the two, where the item is quiet.
    QAction *openUpstream;
    QAction *checkAgain;
    QAction *show; ///< Among the instances.

Q_SIGNALS:
    void snoozeChosen(const QDateTime &until);

private:
    void fillSnoozeMenu();
    void setPrimary(AttentionItem::Actions allowed, bool isOldKey);

    const Clock &m_clock;
    QMenu *m_snoozeMenu;
    QDateTime m_ends; ///< Of the item.
};

} // namespace latchkey
