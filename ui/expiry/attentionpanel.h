// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/items/attentionmodel.h"
#include "ui/expiry/dashboardtext.h"

#include <QWidget>

class QCheckBox;
class QLabel;

namespace latchkey {

class AttentionActions;
class CompactTable;
class IconLabel;
class SectionHead;
class UiState;

/// What needs attention, soonest first, with the actions at hand and the steps to a new key.
class AttentionPanel : public QWidget
{
    Q_OBJECT
public:
    /// All must outlive the panel.
    AttentionPanel(AttentionModel &model, const Clock &clock, UiState &uiState, QWidget *parent = nullptr);

    void setFacts(const DashboardFacts &facts);

Q_SIGNALS:
    void replaceRequested(const latchkey::InstanceAddress &address);
    void createRequested(const latchkey::InstanceAddress &address);
    void recordExpiryRequested(const latchkey::InstanceAddress &address);
    void editProfileRequested(const QString &profileId);
    /// `credentialId`: the one that the user saw, empty for none.
    void snoozeRequested(const latchkey::InstanceAddress &address, const QString &credentialId,
                         const QDateTime &until);
    void acknowledgeRequested(const latchkey::InstanceAddress &address, const QString &credentialId,
                              const QList<latchkey::HealthState> &states);
    void remindRequested(const latchkey::InstanceAddress &address);
    /// The old key of this change was revoked at its service; or not after all.
    void revokedRequested(const QString &changeId, bool isRevoked);
    void openRequested(const QUrl &url);
    void checkAgainRequested(const QList<latchkey::InstanceAddress> &addresses);
    void instanceRequested(const latchkey::InstanceAddress &address);

private:
    void build();
    void connectActions();
    void keepCurrent();
    void actPrimarily(const AttentionItem &item);
    void activate(int row);
    void openMenu(const QPoint &position);
    void describe();
    [[nodiscard]] QString detailText(int row) const;
    [[nodiscard]] const AttentionItem *current() const;

    AttentionModel &m_model;
    UiState &m_uiState;
    DashboardFacts m_facts;
    AttentionActions *m_actions;
    SectionHead *m_head;
    QCheckBox *m_quiet;
    QCheckBox *m_ancient;
    QWidget *m_buttons;
    CompactTable *m_table;
    QLabel *m_detail; ///< What there is to do.
    QWidget *m_nothing;
    IconLabel *m_nothingIcon;
    QLabel *m_nothingText;
    InstanceAddress m_currentKey; ///< Before a reset.
};

} // namespace latchkey
