// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/attentionactions.h"

#include "models/core/wording.h"
#include "ui/common/icons.h"

#include <QAction>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QAction *make(QObject *owner, const QString &name, const QString &text, Icon sign, const QString &tip)
{
    auto *action = new QAction(icon(sign), text, owner);
    action->setObjectName(name);
    action->setToolTip(tip);
    return action;
}

} // namespace

AttentionActions::AttentionActions(const Clock &clock, QWidget *parent)
    : QObject(parent)
    , primary(make(this, u"attentionPrimary"_s, {}, Icon::Replace, {}))
    , recordExpiry(make(this, u"attentionRecord"_s, tr("Record E&xpiry…"), Icon::Edit,
                        tr("Write down when this credential ends")))
    , snooze(make(this, u"attentionSnooze"_s, tr("Snoo&ze"), Icon::Wait, tr("Say nothing of it for a while")))
    , acknowledge(make(this, u"attentionAcknowledge"_s, tr("&Acknowledge"), Icon::Check,
                       tr("It is known: say nothing of it until its state changes")))
    , remind(make(this, u"attentionRemind"_s, tr("Re&mind Me Again"), Icon::Attention,
                  tr("Take back that it is snoozed, acknowledged or revoked")))
    , openUpstream(make(this, u"attentionUpstream"_s, tr("&Open Upstream"), Icon::External,
                        tr("Open the web page where keys are made and revoked")))
    , checkAgain(make(this, u"attentionCheck"_s, tr("Check A&gain"), Icon::Refresh,
                      tr("Read this credential from Konnect now")))
    , show(make(this, u"attentionShow"_s, tr("&Show in Instances"), Icon::All, {}))
    , m_clock(clock)
    , m_snoozeMenu(new QMenu(parent))
{
    m_snoozeMenu->setObjectName(u"snoozeMenu"_s);
    snooze->setMenu(m_snoozeMenu);
    connect(m_snoozeMenu, &QMenu::aboutToShow, this, &AttentionActions::fillSnoozeMenu);
    setItem(nullptr, {});
}

void AttentionActions::setItem(const AttentionItem *item, const QUrl &upstream)
{
    const AttentionItem::Actions allowed = item == nullptr ? AttentionItem::Actions() : item->actions;
    const bool isToken = item != nullptr && item->kind == AttentionItem::Kind::Token;
    const bool isOldKey = item != nullptr && item->kind == AttentionItem::Kind::OldKey;
    const bool isQuiet = item != nullptr && item->quiet != AttentionItem::Quiet::No;
    m_ends = item == nullptr ? QDateTime() : item->expiry.at.utc;
    setPrimary(allowed, isOldKey);
    recordExpiry->setEnabled(allowed.testFlag(AttentionItem::RecordExpiry));
    snooze->setEnabled(allowed.testFlag(AttentionItem::Snooze));
    snooze->setVisible(!isQuiet);
    acknowledge->setEnabled(allowed.testFlag(AttentionItem::Acknowledge));
    acknowledge->setVisible(!isQuiet && !isOldKey);
    remind->setEnabled(allowed.testFlag(AttentionItem::Remind));
    remind->setVisible(isQuiet);
    openUpstream->setEnabled(upstream.isValid() && !upstream.isEmpty());
    openUpstream->setStatusTip(upstream.toDisplayString());
    checkAgain->setEnabled(allowed.testFlag(AttentionItem::CheckAgain));
    show->setEnabled(item != nullptr && !isToken);
}

void AttentionActions::setPrimary(AttentionItem::Actions allowed, bool isOldKey)
{
    if (isOldKey) {
        primary->setText(tr("Mark as Re&voked"));
        primary->setIcon(icon(Icon::Check));
    } else if (allowed.testFlag(AttentionItem::EditProfile)) {
        primary->setText(tr("&Edit Profile…"));
        primary->setIcon(icon(Icon::Profile));
    } else if (allowed.testFlag(AttentionItem::Create)) {
        primary->setText(tr("&New Credential…"));
        primary->setIcon(icon(Icon::NewCredential));
    } else {
        primary->setText(tr("&Replace…"));
        primary->setIcon(icon(Icon::Replace));
    }
    primary->setEnabled((allowed & (AttentionItem::EditProfile | AttentionItem::Create |
                                    AttentionItem::Replace | AttentionItem::Revoked)) != 0);
}

void AttentionActions::fill(QMenu &menu) const
{
    menu.addAction(primary);
    menu.addAction(recordExpiry);
    menu.addAction(openUpstream);
    menu.addAction(checkAgain);
    menu.addSeparator();
    menu.addAction(snooze);
    menu.addAction(acknowledge);
    menu.addAction(remind);
    menu.addSeparator();
    menu.addAction(show);
}

void AttentionActions::fillSnoozeMenu()
{
    m_snoozeMenu->clear();
    const QDateTime now = m_clock.now();
    const bool hasExpired = m_ends.isValid() && m_ends <= now;
    for (const int days : {1, 7, 30}) {
        const QDateTime until = now.addDays(days);
        QAction *action = m_snoozeMenu->addAction(wording::counted(
            "AttentionActions", "For %n day", QT_TRANSLATE_N_NOOP("AttentionActions", "For %n days"), days));
        action->setObjectName(u"snooze%1"_s.arg(days));
        // Nobody sleeps through an expiry.
        action->setEnabled(!m_ends.isValid() || hasExpired || until < m_ends);
        connect(action, &QAction::triggered, this, [this, until] { Q_EMIT snoozeChosen(until); });
    }
}

} // namespace latchkey
