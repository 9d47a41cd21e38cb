// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/clock.h"
#include "models/core/oldkey.h"
#include "models/core/profile.h"
#include "models/core/refresh.h"
#include "models/items/instancefiltermodel.h"

#include <QSet>
#include <QWidget>

class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace latchkey {

class AttentionModel;
class AttentionPanel;
class CompactTable;
class EmptyState;
class ExpiryBreakdownModel;
class ExpiryTimelineModel;
class FlowGrid;
class PermissionScopesModel;
class PermissionsPanel;
class SidebarModel;
class StateTile;
class TaintedPanel;
class TimelinePanel;
class UiState;
struct DashboardFacts;

/// What expires when and what needs attention, at a glance and with what can be done about it. Knows no
/// services: it is told how a refresh stands, and says what the user wishes. While something is still being
/// read, it says so instead of numbers that look like an all-clear.
class DashboardPage : public QWidget
{
    Q_OBJECT
public:
    /// All must outlive the page. `counts` are those of the sidebar, so that both say the same.
    DashboardPage(InstanceTableModel &instances, const SidebarModel &counts, const Clock &clock,
                  const QTimeZone &zone, UiState &uiState, QWidget *parent = nullptr);
    ~DashboardPage() override;

public Q_SLOTS:
    void setProfiles(const QList<latchkey::Profile> &profiles);
    void setProgress(const latchkey::RefreshProgress &progress);
    void setEndpoints(const QList<latchkey::EndpointState> &endpoints);
    void setOldKeys(const QList<latchkey::OldKey> &oldKeys);
    /// Time has passed.
    void tick();
    /// At its top.
    void takeFocus();

Q_SIGNALS:
    void viewRequested(latchkey::InstanceView view);
    void profileRequested(const QString &profileId);
    void narrowingRequested(const latchkey::InstanceNarrowing &narrowing);
    void instanceRequested(const latchkey::InstanceAddress &address);
    void replaceRequested(const latchkey::InstanceAddress &address);
    void createRequested(const latchkey::InstanceAddress &address);
    void changeRequested(latchkey::ChangeKind kind, const QList<latchkey::InstanceAddress> &addresses);
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
    void refreshRequested();
    /// Once, after the first paint that holds figures.
    void rowsPainted(int rows);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addTiles();
    void addPanels(QVBoxLayout &column, const Clock &clock, UiState &uiState);
    void connectPanels();
    /// The row that the keys have come to: each table is on the page, and the page itself scrolls.
    void showRow(const CompactTable &table);
    void describe();
    void describeEmptiness();
    [[nodiscard]] int countOf(InstanceView view) const;
    [[nodiscard]] bool isChecking() const;
    [[nodiscard]] DashboardFacts facts() const;

    InstanceTableModel &m_instances;
    const SidebarModel &m_counts;
    AttentionModel *m_attention;
    AttentionModel *m_tainted; ///< What must be replaced, and nothing else.
    ExpiryTimelineModel *m_timeline;
    ExpiryBreakdownModel *m_integrations;
    ExpiryBreakdownModel *m_profiles;
    PermissionScopesModel *m_scopes;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QScrollArea *m_scroll;
    FlowGrid *m_board; ///< The tiles.
    QList<StateTile *> m_tiles;
    FlowGrid *m_breakdowns = nullptr;
    TimelinePanel *m_timelinePanel = nullptr;
    AttentionPanel *m_attentionPanel = nullptr;
    TaintedPanel *m_taintedPanel = nullptr;
    PermissionsPanel *m_permissionsPanel = nullptr;
    QWidget *m_retry;
    RefreshProgress m_progress;
    QList<EndpointState> m_endpoints;
    QSet<QString> m_inDoubt; ///< Profiles whose token sees another organization, as it seems.
    bool m_painted = false;
};

} // namespace latchkey
