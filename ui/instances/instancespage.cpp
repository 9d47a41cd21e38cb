// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instancespage.h"

#include "ui/common/banner.h"
#include "ui/common/emptystate.h"
#include "ui/common/uistate.h"
#include "ui/instances/detailpane.h"
#include "ui/instances/instancetableview.h"
#include "ui/instances/selectionpane.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

InstancesPage::InstancesPage(InstanceTableModel &instances, const Clock &clock, UiState &uiState,
                             QWidget *parent)
    : QWidget(parent)
    , m_instances(instances)
    , m_uiState(uiState)
    , m_filter(new InstanceFilterModel(instances, this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_narrowed(new Banner(Banner::Kind::Info, {}, this))
    , m_stack(new QStackedWidget(m_splitter))
    , m_table(new InstanceTableView(*m_filter, uiState, m_stack))
    , m_empty(new EmptyState(m_stack))
    , m_side(new QStackedWidget(m_splitter))
    , m_details(new DetailPane(clock, m_side))
    , m_selection(new SelectionPane(m_side))
{
    setObjectName(u"instancesPage"_s);
    m_splitter->setObjectName(u"detailsSplitter"_s);
    m_empty->setObjectName(u"instancesEmpty"_s);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_stack->setMinimumSize(280, 120);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_side->addWidget(m_details);
    m_side->addWidget(m_selection);
    m_side->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_narrowed);
    layout->addWidget(m_splitter, 1);
    m_narrowed->setObjectName(u"narrowed"_s);
    m_narrowed->hide();
    connect(m_narrowed->addButton(tr("C&lear Filter"), u"clearNarrowing"_s), &QPushButton::clicked, this,
            &InstancesPage::clearNarrowing);

    m_retry = m_empty->addButton(tr("Refresh"), u"emptyRefresh"_s);
    m_clearSearch = m_empty->addButton(tr("Clear Search"), u"emptyClearSearch"_s);
    m_showAll = m_empty->addButton(tr("Show All Instances"), u"emptyShowAll"_s);
    connect(static_cast<QPushButton *>(m_retry), &QPushButton::clicked, this,
            &InstancesPage::refreshRequested);
    connect(static_cast<QPushButton *>(m_clearSearch), &QPushButton::clicked, this,
            &InstancesPage::clearSearchRequested);
    connect(static_cast<QPushButton *>(m_showAll), &QPushButton::clicked, this, [this] {
        clearNarrowing();
        Q_EMIT showAllRequested();
    });
    connectTable();
    connectDetails();
    m_uiState.restore(u"details"_s, *m_splitter);
    updateState();
}

QList<InstanceRecord> InstancesPage::selected() const
{
    return m_table->selectedRecords();
}

int InstancesPage::selectedCount() const
{
    int count = 0;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        count += range.height();
    return count;
}

AllowedActions InstancesPage::allowed() const
{
    return selectedCount() > MostAtOnce ? allowedForTooMany() : allowedActions(selected());
}

void InstancesPage::fillColumnMenu(QMenu &menu)
{
    m_table->fillColumnMenu(menu, m_table->currentIndex().column());
}

void InstancesPage::fillSortMenu(QMenu &menu)
{
    m_table->fillSortMenu(menu);
}

void InstancesPage::addTableActions(const QList<QAction *> &actions)
{
    m_table->addActions(actions);
}

void InstancesPage::saveArrangement()
{
    m_table->saveColumns();
    if (m_side->isVisibleTo(this))
        m_uiState.save(u"details"_s, *m_splitter);
}

void InstancesPage::setNeedle(const QString &needle)
{
    m_filter->setNeedle(needle);
    updateState();
}

void InstancesPage::setView(InstanceView view)
{
    if (view != m_filter->view() || !m_filter->profileId().isEmpty())
        clearNarrowing();
    m_filter->setScope({});
    m_filter->setView(view);
    updateState();
}

void InstancesPage::setScope(const QString &profileId, const QString &origin)
{
    if (profileId != m_filter->profileId() || origin != m_filter->origin())
        clearNarrowing();
    m_filter->setView(InstanceView::All);
    m_filter->setScope(profileId, origin);
    updateState();
}

void InstancesPage::setNarrowing(const InstanceNarrowing &narrowing)
{
    m_narrowed->setText(tr("Only: %1").arg(narrowing.caption));
    m_narrowed->setVisible(narrowing.isActive());
    m_filter->setNarrowing(narrowing);
    updateState();
}

void InstancesPage::clearNarrowing()
{
    if (m_filter->narrowing().isActive())
        setNarrowing({});
}

void InstancesPage::setProgress(const RefreshProgress &progress)
{
    if (progress.running && !m_inputs.refreshing)
        m_endpointsBefore = m_endpoints;
    m_inputs.refreshing = progress.running;
    updateState();
}

void InstancesPage::setEndpoints(const QList<EndpointState> &endpoints)
{
    m_endpoints = endpoints;
    updateState();
}

void InstancesPage::setDetailsWanted(bool wanted)
{
    m_detailsWanted = wanted;
    updateDetails();
}

void InstancesPage::setSeveralOrganizations(bool several)
{
    m_table->setSeveralOrganizations(several);
}

void InstancesPage::showAddress(const InstanceAddress &address)
{
    m_table->showAddress(address);
    m_table->setFocus();
}

void InstancesPage::copyRows()
{
    if (const QString text = m_table->selectedText(); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void InstancesPage::copyIds()
{
    QStringList ids;
    for (const InstanceRecord &record : selected())
        ids.append(record.address.instanceId);
    if (!ids.isEmpty())
        QGuiApplication::clipboard()->setText(ids.join(u'\n'));
}

void InstancesPage::focusTable()
{
    m_table->setFocus(Qt::ShortcutFocusReason);
    // The focus alone gives the table a current row, which is not a selected one.
    if (!m_table->selectionModel()->hasSelection() && m_filter->rowCount() > 0)
        m_table->selectRow(qMax(0, m_table->currentIndex().row()));
}

void InstancesPage::takeFocus()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

void InstancesPage::requestChange(ChangeKind kind)
{
    if (selectedCount() <= MostAtOnce)
        Q_EMIT changeRequested(kind, selectedAddresses());
}

void InstancesPage::requestExpiry()
{
    if (selectedCount() <= MostAtOnce)
        Q_EMIT recordExpiryRequested(selectedAddresses());
}

QList<InstanceAddress> InstancesPage::selectedAddresses() const
{
    QList<InstanceAddress> addresses;
    const QList<InstanceRecord> records = selected();
    for (const InstanceRecord &record : records)
        addresses.append(record.address);
    return addresses;
}

void InstancesPage::tick()
{
    m_details->tick();
}

void InstancesPage::connectTable()
{
    connect(m_table, &InstanceTableView::selectedChanged, this, [this] {
        updateDetails();
        Q_EMIT selectionChanged();
    });
    connect(m_table, &InstanceTableView::rowsPainted, this, &InstancesPage::rowsPainted);
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        Q_EMIT menuRequested(m_table->viewport()->mapToGlobal(position));
    });
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT activated(index.data(AddressRole).value<InstanceAddress>());
    });
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &InstancesPage::updateState);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &InstancesPage::updateState);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &InstancesPage::updateState);
    connect(m_filter, &QAbstractItemModel::dataChanged, this, [this] {
        updateDetails();
        Q_EMIT selectionChanged(); // what is selected may allow other actions now
    });
    connect(&m_instances, &QAbstractItemModel::rowsInserted, this, &InstancesPage::updateState);
    connect(&m_instances, &QAbstractItemModel::rowsRemoved, this, &InstancesPage::updateState);
}

void InstancesPage::connectDetails()
{
    connect(m_details, &DetailPane::createRequested, this, &InstancesPage::createRequested);
    connect(m_details, &DetailPane::replaceRequested, this, &InstancesPage::replaceRequested);
    connect(m_details, &DetailPane::deleteRequested, this, &InstancesPage::deleteRequested);
    connect(m_details, &DetailPane::rollBackRequested, this, &InstancesPage::rollBackRequested);
    connect(m_details, &DetailPane::enterKeysRequested, this, &InstancesPage::enterKeysRequested);
    connect(m_details, &DetailPane::recordExpiryRequested, this, &InstancesPage::requestExpiry);
    connect(m_details, &DetailPane::protectRequested, this, &InstancesPage::protectRequested);
    connect(m_details, &DetailPane::dismissed, this, &InstancesPage::detailsDismissed);
    connect(m_selection, &SelectionPane::createRequested, this,
            [this] { requestChange(ChangeKind::Create); });
    connect(m_selection, &SelectionPane::replaceRequested, this,
            [this] { requestChange(ChangeKind::Replace); });
    connect(m_selection, &SelectionPane::deleteRequested, this,
            [this] { requestChange(ChangeKind::Delete); });
    connect(m_selection, &SelectionPane::recordExpiryRequested, this, &InstancesPage::requestExpiry);
    connect(m_selection, &SelectionPane::dismissed, this, &InstancesPage::detailsDismissed);
}

QList<EndpointState> InstancesPage::inScope(const QList<EndpointState> &endpoints) const
{
    QList<EndpointState> chosen = endpoints;
    chosen.removeIf([this](const EndpointState &state) {
        return !m_filter->isInScope({state.profileId, state.origin, {}});
    });
    return chosen;
}

void InstancesPage::updateState()
{
    m_inputs.shown = m_filter->rowCount();
    // Only an empty table asks how many there are.
    m_inputs.rows = m_inputs.shown > 0 ? m_inputs.shown : m_filter->rowsInScope();
    m_inputs.endpoints = inScope(m_endpoints);
    m_inputs.before = inScope(m_endpointsBefore);
    m_inputs.needle = m_filter->needle();
    m_inputs.view = m_filter->view();
    m_state = pageState(m_inputs);
    if (m_state != PageState::Table)
        describeEmptiness();
    m_stack->setCurrentWidget(m_state == PageState::Table ? static_cast<QWidget *>(m_table) : m_empty);
    updateDetails();
    Q_EMIT countsChanged();
}

void InstancesPage::updateDetails()
{
    const int count = selectedCount();
    const bool show = m_detailsWanted && m_state == PageState::Table && count > 0;
    if (show && count == 1) {
        const InstanceRecord record = selected().constFirst();
        const QModelIndex row = m_instances.indexOf(record.address);
        m_details->setRecord(record, row.isValid() ? m_instances.health(row.row()) : Health());
        m_side->setCurrentWidget(m_details);
    } else if (show) {
        // The records of 100,000 selected rows are not needed to know that there are too many.
        if (count > MostAtOnce)
            m_selection->setSelection(count, {}, allowedForTooMany());
        else
            m_selection->setSelection(count, summaryOf(selected()), allowedActions(selected()));
        m_side->setCurrentWidget(m_selection);
    }
    m_side->setVisible(show);
}

void InstancesPage::describeEmptiness()
{
    QStringList reasons;
    for (const EndpointState &endpoint : std::as_const(m_inputs.endpoints)) {
        if (endpoint.problem && !reasons.contains(endpoint.problem->caption))
            reasons.append(endpoint.problem->caption);
    }
    const QString reason = reasons.mid(0, 3).join(u'\n');
    const bool someListed = std::ranges::any_of(
        m_inputs.endpoints, [](const EndpointState &e) { return e.listedAt.isValid() && !e.problem; });
    switch (m_state) {
    case PageState::Table:
        break;
    case PageState::Loading:
        m_empty->set(Icon::Wait, tr("Reading the instances…"),
                     tr("The first rows appear as soon as Konnect has answered."));
        break;
    case PageState::NotRead:
        m_empty->set(Icon::Empty, tr("Not read yet"),
                     tr("Which instances there are is known as soon as Konnect has answered. Refresh to "
                        "ask."));
        break;
    case PageState::Offline:
        m_empty->set(Icon::Offline, tr("Konnect cannot be reached"),
                     reason + u'\n' + tr("Check the network or the proxy, then refresh."));
        break;
    case PageState::Failed:
        m_empty->set(Icon::Error,
                     someListed ? tr("Not every geo could be read")
                                : tr("Konnect did not answer with instances"),
                     reason);
        break;
    case PageState::NoInstances:
        m_empty->set(
            Icon::Empty, tr("No integration instances"),
            tr("Konnect has none that this token can see. Instances are added in Konnect, in the Service "
               "Catalog under Integrations."));
        break;
    case PageState::NoMatch:
        m_empty->set(Icon::Search, tr("Nothing matches “%1”").arg(m_inputs.needle.trimmed()),
                     tr("The search looks at every column, at labels and at ids."));
        break;
    case PageState::ViewEmpty:
        // A tick only where it is known.
        if (allListed(m_inputs.endpoints))
            m_empty->set(Icon::Check, tr("Nothing here"), tr("No instance belongs to this view."));
        else
            m_empty->set(Icon::Empty, tr("Nothing here so far"),
                         tr("No instance that was read belongs to this view, but not every geo was read.") +
                             u'\n' + reason);
        break;
    }
    m_retry->setVisible(m_state == PageState::Offline || m_state == PageState::Failed ||
                        m_state == PageState::NotRead || m_state == PageState::NoInstances);
    m_clearSearch->setVisible(m_state == PageState::NoMatch);
    m_showAll->setVisible(m_state == PageState::ViewEmpty);
}

} // namespace latchkey
