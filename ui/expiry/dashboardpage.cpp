// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/dashboardpage.h"

#include "models/items/attentionmodel.h"
#include "models/items/expirybreakdownmodel.h"
#include "models/items/expirytimelinemodel.h"
#include "models/items/permissionscopesmodel.h"
#include "models/items/sidebarmodel.h"
#include "ui/common/emptystate.h"
#include "ui/expiry/attentionpanel.h"
#include "ui/expiry/breakdownpanel.h"
#include "ui/expiry/compacttable.h"
#include "ui/expiry/dashboardtext.h"
#include "ui/expiry/flowgrid.h"
#include "ui/expiry/permissionspanel.h"
#include "ui/expiry/statetile.h"
#include "ui/expiry/taintedpanel.h"
#include "ui/expiry/timelinepanel.h"

#include <QEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr std::array TileViews{InstanceView::Tainted,       InstanceView::Expired,
                               InstanceView::Expiring,      InstanceView::MissingPermissions,
                               InstanceView::NoCredential,  InstanceView::NotChecked,
                               InstanceView::NoKnownExpiry, InstanceView::All};

/// In average characters.
constexpr int LeastTile = 21;
constexpr int LeastBreakdown = 88;

int inPixels(const QWidget &widget, int characters)
{
    return widget.fontMetrics().averageCharWidth() * characters;
}

} // namespace

DashboardPage::DashboardPage(InstanceTableModel &instances, const SidebarModel &counts, const Clock &clock,
                             const QTimeZone &zone, UiState &uiState, QWidget *parent)
    : QWidget(parent)
    , m_instances(instances)
    , m_counts(counts)
    , m_attention(new AttentionModel(instances, clock, Playbooks::builtIn(), this))
    , m_tainted(new AttentionModel(instances, clock, {}, this))
    , m_timeline(new ExpiryTimelineModel(instances, clock, zone, this))
    , m_integrations(new ExpiryBreakdownModel(ExpiryBreakdownModel::By::Integration, instances, this))
    , m_profiles(new ExpiryBreakdownModel(ExpiryBreakdownModel::By::Profile, instances, this))
    , m_scopes(new PermissionScopesModel(instances, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(m_stack))
    , m_scroll(new QScrollArea(m_stack))
    , m_board(new FlowGrid(inPixels(*this, LeastTile), this))
    , m_retry(m_empty->addButton(tr("Refresh"), u"dashboardRefresh"_s))
{
    setObjectName(u"dashboardPage"_s);
    m_empty->setObjectName(u"dashboardEmpty"_s);
    m_board->setObjectName(u"tileBoard"_s);
    // Also what is known: it waits all the same.
    m_tainted->setQuietShown(true);
    m_tainted->setOnly(HealthState::MustBeReplaced);
    addTiles();
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(spacing::wide, spacing::wide, spacing::wide, spacing::wide);
    column->setSpacing(spacing::wide);
    addPanels(*column, clock, uiState);
    m_scroll->setObjectName(u"dashboardScroll"_s);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(content);
    m_stack->addWidget(m_scroll);
    m_stack->addWidget(m_empty);
    m_stack->setMinimumSize(280, 120);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_board->installEventFilter(this);
    connectPanels();
    describe();
}

DashboardPage::~DashboardPage() = default;

void DashboardPage::addTiles()
{
    for (const InstanceView view : TileViews) {
        auto *tile = new StateTile(view, m_counts.indexOfView(view).data().toString(), m_board);
        m_tiles.append(tile);
        m_board->add(tile);
        connect(tile, &QAbstractButton::clicked, this, [this, view] { Q_EMIT viewRequested(view); });
    }
}

void DashboardPage::addPanels(QVBoxLayout &column, const Clock &clock, UiState &uiState)
{
    // In this order: it is the one in which Tab goes through them.
    m_timelinePanel = new TimelinePanel(*m_timeline, this);
    m_attentionPanel = new AttentionPanel(*m_attention, clock, uiState, this);
    m_taintedPanel = new TaintedPanel(*m_tainted, this);
    m_permissionsPanel = new PermissionsPanel(*m_scopes, this);
    m_breakdowns = new FlowGrid(inPixels(*this, LeastBreakdown), this);
    auto *integrations = new BreakdownPanel(tr("By integration"), *m_integrations, m_breakdowns);
    auto *profiles = new BreakdownPanel(tr("By profile"), *m_profiles, m_breakdowns);
    // One alone stands as all of the instances do.
    profiles->hideBelow(2);
    integrations->setObjectName(u"integrationsPanel"_s);
    profiles->setObjectName(u"profilesPanel"_s);
    m_breakdowns->add(integrations);
    m_breakdowns->add(profiles);
    connect(integrations, &BreakdownPanel::rowActivated, this,
            [this](int row) { Q_EMIT narrowingRequested(m_integrations->narrowingOf(row)); });
    connect(profiles, &BreakdownPanel::rowActivated, this, [this](int row) {
        if (const BreakdownRow *profile = m_profiles->at(row))
            Q_EMIT profileRequested(profile->key);
    });
    column.addWidget(m_board);
    column.addWidget(m_timelinePanel);
    column.addWidget(m_attentionPanel);
    column.addWidget(m_taintedPanel);
    column.addWidget(m_permissionsPanel);
    column.addWidget(m_breakdowns);
    column.addStretch(1);
}

void DashboardPage::connectPanels()
{
    connect(m_timelinePanel, &TimelinePanel::narrowingRequested, this, &DashboardPage::narrowingRequested);
    connect(m_timeline, &ExpiryTimelineModel::counted, this, &DashboardPage::describe);
    connect(m_attention, &AttentionModel::counted, this, &DashboardPage::describe);
    connect(&m_counts, &QAbstractItemModel::dataChanged, this, &DashboardPage::describe);
    connect(m_attentionPanel, &AttentionPanel::replaceRequested, this, &DashboardPage::replaceRequested);
    connect(m_attentionPanel, &AttentionPanel::createRequested, this, &DashboardPage::createRequested);
    connect(m_attentionPanel, &AttentionPanel::recordExpiryRequested, this,
            &DashboardPage::recordExpiryRequested);
    connect(m_attentionPanel, &AttentionPanel::editProfileRequested, this,
            &DashboardPage::editProfileRequested);
    connect(m_attentionPanel, &AttentionPanel::snoozeRequested, this, &DashboardPage::snoozeRequested);
    connect(m_attentionPanel, &AttentionPanel::acknowledgeRequested, this,
            &DashboardPage::acknowledgeRequested);
    connect(m_attentionPanel, &AttentionPanel::remindRequested, this, &DashboardPage::remindRequested);
    connect(m_attentionPanel, &AttentionPanel::revokedRequested, this, &DashboardPage::revokedRequested);
    connect(m_attentionPanel, &AttentionPanel::openRequested, this, &DashboardPage::openRequested);
    connect(m_attentionPanel, &AttentionPanel::checkAgainRequested, this,
            &DashboardPage::checkAgainRequested);
    connect(m_attentionPanel, &AttentionPanel::instanceRequested, this, &DashboardPage::instanceRequested);
    connect(m_taintedPanel, &TaintedPanel::instanceRequested, this, &DashboardPage::instanceRequested);
    connect(m_taintedPanel, &TaintedPanel::replaceAllRequested, this,
            [this](const QList<InstanceAddress> &addresses) {
                Q_EMIT changeRequested(ChangeKind::Replace, addresses);
            });
    connect(m_permissionsPanel, &PermissionsPanel::checkAgainRequested, this,
            &DashboardPage::checkAgainRequested);
    connect(m_permissionsPanel, &PermissionsPanel::narrowingRequested, this,
            &DashboardPage::narrowingRequested);
    connect(&m_instances, &QAbstractItemModel::rowsInserted, this, &DashboardPage::describe);
    connect(&m_instances, &QAbstractItemModel::rowsRemoved, this, &DashboardPage::describe);
    connect(static_cast<QPushButton *>(m_retry), &QPushButton::clicked, this,
            &DashboardPage::refreshRequested);
    const QList<CompactTable *> tables = m_scroll->widget()->findChildren<CompactTable *>();
    for (const CompactTable *table : tables)
        connect(table, &CompactTable::currentRowChanged, this, [this, table] { showRow(*table); });
}

void DashboardPage::showRow(const CompactTable &table)
{
    if (!table.hasFocus() || !table.currentIndex().isValid())
        return;
    const QRect line = table.visualRect(table.currentIndex());
    const QPoint middle = table.viewport()->mapTo(m_scroll->widget(), line.center());
    // With some of what is said of it below the table.
    constexpr int Lines = 5;
    m_scroll->ensureVisible(table.mapTo(m_scroll->widget(), QPoint()).x(), middle.y(), 0,
                            fontMetrics().height() * Lines);
}

void DashboardPage::setProfiles(const QList<Profile> &profiles)
{
    m_inDoubt.clear();
    for (const Profile &profile : profiles) {
        if (profile.organizationInDoubt)
            m_inDoubt.insert(profile.id);
    }
    m_attention->setProfiles(profiles);
    describe();
}

void DashboardPage::setProgress(const RefreshProgress &progress)
{
    m_progress = progress;
    describe();
}

void DashboardPage::setEndpoints(const QList<EndpointState> &endpoints)
{
    m_endpoints = endpoints;
    m_attention->setEndpoints(endpoints);
    describe();
}

void DashboardPage::setOldKeys(const QList<OldKey> &oldKeys)
{
    m_attention->setOldKeys(oldKeys);
}

void DashboardPage::tick()
{
    m_attention->tick();
    m_tainted->tick();
    m_timeline->tick();
}

void DashboardPage::takeFocus()
{
    m_tiles.first()->setFocus(Qt::OtherFocusReason);
    m_scroll->verticalScrollBar()->setValue(0);
}

bool DashboardPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_board && event->type() == QEvent::Paint && !m_painted && m_instances.rowCount() > 0) {
        m_painted = true;
        // After the tiles: they are painted after what they stand on.
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT rowsPainted(m_instances.rowCount()); }, Qt::QueuedConnection);
    }
    return QWidget::eventFilter(watched, event);
}

int DashboardPage::countOf(InstanceView view) const
{
    return m_counts.indexOfView(view).data(SidebarModel::CountRole).toInt();
}

bool DashboardPage::isChecking() const
{
    return m_progress.running && (m_instances.rowCount() == 0 || countOf(InstanceView::NotChecked) > 0);
}

DashboardFacts DashboardPage::facts() const
{
    DashboardFacts facts;
    facts.expiring = m_timeline->total();
    facts.days = m_timeline->days();
    facts.notChecked = countOf(InstanceView::NotChecked);
    facts.noKnownExpiry = countOf(InstanceView::NoKnownExpiry);
    facts.unread = m_attention->unread();
    facts.checking = isChecking();
    facts.unreadEndpoints =
        static_cast<int>(std::ranges::count_if(m_endpoints, [this](const EndpointState &endpoint) {
            return endpoint.problem || endpoint.shortfall || m_inDoubt.contains(endpoint.profileId);
        }));
    return facts;
}

void DashboardPage::describe()
{
    for (StateTile *tile : std::as_const(m_tiles)) {
        // How many there are is known with the list.
        tile->setCount(countOf(tile->view()), isChecking() && tile->view() != InstanceView::All);
    }
    const DashboardFacts now = facts();
    m_timelinePanel->setFacts(now);
    m_attentionPanel->setFacts(now);
    // A token that is refused is worth a line where nothing else could be read.
    const bool hasContent = m_instances.rowCount() > 0 || m_attention->rowCount() > 0;
    if (!hasContent)
        describeEmptiness();
    m_stack->setCurrentIndex(hasContent ? 0 : 1);
}

void DashboardPage::describeEmptiness()
{
    QStringList reasons;
    for (const EndpointState &endpoint : std::as_const(m_endpoints)) {
        if (endpoint.problem && !reasons.contains(endpoint.problem->caption))
            reasons.append(endpoint.problem->caption);
    }
    const bool allListed =
        !m_endpoints.isEmpty() &&
        std::ranges::all_of(m_endpoints, [](const EndpointState &e) { return e.listedAt.isValid(); });
    if (m_progress.running)
        m_empty->set(Icon::Wait, tr("Checking…"),
                     tr("What expires and what needs attention is known as soon as Konnect has answered."));
    else if (!reasons.isEmpty())
        m_empty->set(Icon::Error, tr("Konnect could not be read"), reasons.mid(0, 3).join(u'\n'));
    else if (allListed)
        m_empty->set(Icon::Empty, tr("No integration instances"),
                     tr("Konnect has none that this token can see, so nothing can expire."));
    else
        m_empty->set(Icon::Empty, tr("Not read yet"), tr("Refresh to ask Konnect what expires."));
    m_retry->setVisible(!m_progress.running);
}

} // namespace latchkey
