// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/clock.h"
#include "models/core/refresh.h"
#include "models/items/instancefiltermodel.h"
#include "ui/instances/instanceactions.h"
#include "ui/instances/pagestate.h"

#include <QWidget>

class QAction;
class QMenu;
class QSplitter;
class QStackedWidget;

namespace latchkey {

class Banner;
class DetailPane;
class EmptyState;
class InstanceTableView;
class SelectionPane;
class UiState;

/// The instances of the chosen view as a table, with the details of the selected one, or a summary of the
/// selected ones, beside it. Knows no
/// services: it is told how a refresh stands, and says what the user wishes.
class InstancesPage : public QWidget
{
    Q_OBJECT
public:
    /// All must outlive the page.
    InstancesPage(InstanceTableModel &instances, const Clock &clock, UiState &uiState,
                  QWidget *parent = nullptr);

    [[nodiscard]] const InstanceFilterModel &filter() const { return *m_filter; }
    /// In the order on screen.
    [[nodiscard]] QList<InstanceRecord> selected() const;
    [[nodiscard]] int selectedCount() const;
    [[nodiscard]] AllowedActions allowed() const;
    [[nodiscard]] PageState state() const { return m_state; }
    void fillColumnMenu(QMenu &menu);
    void fillSortMenu(QMenu &menu);
    /// Their keys work while the table has the focus.
    void addTableActions(const QList<QAction *> &actions);
    void saveArrangement();

public Q_SLOTS:
    void setNeedle(const QString &needle);
    /// Another view, profile or geo than before ends a narrowing.
    void setView(latchkey::InstanceView view);
    void setScope(const QString &profileId, const QString &origin);
    /// Besides view or profile. It is said above the table, where it can be cleared.
    void setNarrowing(const latchkey::InstanceNarrowing &narrowing);
    void clearNarrowing();
    void setProgress(const latchkey::RefreshProgress &progress);
    void setEndpoints(const QList<latchkey::EndpointState> &endpoints);
    /// Whether details are wanted at all; they show while something is selected.
    void setDetailsWanted(bool wanted);
    /// Whether rows of more than one profile or geo can be there.
    void setSeveralOrganizations(bool several);
    void showAddress(const latchkey::InstanceAddress &address);
    void copyRows();
    void copyIds();
    void focusTable();
    /// Without selecting anything.
    void takeFocus();
    /// Announces `changeRequested` for what is selected, be it one or several.
    void requestChange(latchkey::ChangeKind kind);
    /// Announces `recordExpiryRequested` for what is selected.
    void requestExpiry();
    /// Time has passed.
    void tick();

Q_SIGNALS:
    void selectionChanged();
    void countsChanged();
    void menuRequested(const QPoint &globalPosition);
    /// Enter or a double click.
    void activated(const latchkey::InstanceAddress &address);
    void createRequested(const latchkey::InstanceAddress &address);
    void replaceRequested(const latchkey::InstanceAddress &address);
    void deleteRequested(const latchkey::InstanceAddress &address);
    void rollBackRequested(const latchkey::InstanceAddress &address);
    void enterKeysRequested(const latchkey::InstanceAddress &address);
    /// For all that are selected, in the order on screen.
    void changeRequested(latchkey::ChangeKind kind, const QList<latchkey::InstanceAddress> &addresses);
    void protectRequested(const latchkey::InstanceAddress &address);
    /// For all that are selected, in the order on screen.
    void recordExpiryRequested(const QList<latchkey::InstanceAddress> &addresses);
    void refreshRequested();
    void clearSearchRequested();
    void showAllRequested();
    void detailsDismissed();
    void rowsPainted(int rows);

private:
    void connectTable();
    void connectDetails();
    void updateState();
    void updateDetails();
    [[nodiscard]] QList<InstanceAddress> selectedAddresses() const;
    void describeEmptiness();
    /// Of the chosen profile or geo.
    [[nodiscard]] QList<EndpointState> inScope(const QList<EndpointState> &endpoints) const;

    InstanceTableModel &m_instances;
    UiState &m_uiState;
    InstanceFilterModel *m_filter;
    QSplitter *m_splitter;
    Banner *m_narrowed;
    QStackedWidget *m_stack;
    InstanceTableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_side; ///< Details or selection; hidden while nothing is selected.
    DetailPane *m_details;
    SelectionPane *m_selection;
    QWidget *m_retry = nullptr;
    QWidget *m_clearSearch = nullptr;
    QWidget *m_showAll = nullptr;
    QList<EndpointState> m_endpoints;
    QList<EndpointState> m_endpointsBefore; ///< When the refresh began that runs.
    PageInputs m_inputs;
    PageState m_state = PageState::Loading;
    bool m_detailsWanted = true;
};

} // namespace latchkey
