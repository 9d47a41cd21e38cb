// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/timelinepanel.h"

#include "models/core/wording.h"
#include "models/items/expirytimelinemodel.h"
#include "ui/common/icons.h"
#include "ui/expiry/compacttable.h"
#include "ui/expiry/sectionhead.h"
#include "ui/expiry/timelinechart.h"
#include "ui/expiry/timelinelegend.h"

#include <QComboBox>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {
constexpr int MostRows = 8;
} // namespace

TimelinePanel::TimelinePanel(ExpiryTimelineModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_range(new QComboBox(this))
    , m_chart(new TimelineChart(model, this))
    , m_table(new CompactTable(MostRows, this))
    , m_detail(new QLabel(this))
{
    setObjectName(u"timelinePanel"_s);
    for (const int days : {30, 90, 180, 365})
        m_range->addItem(wording::counted("TimelinePanel", "Next %n day",
                                          QT_TRANSLATE_N_NOOP("TimelinePanel", "Next %n days"), days),
                         days);
    m_range->setObjectName(u"timelineRange"_s);
    m_range->setAccessibleName(tr("How far to look ahead"));
    m_range->setCurrentIndex(m_range->findData(model.days()));
    m_table->setObjectName(u"timelineTable"_s);
    m_table->setAccessibleName(tr("What expires when"));
    m_table->setModel(&model);
    m_table->setWidths({28, 11, 11, 20, 11, 0});
    m_detail->setObjectName(u"timelineDetail"_s);
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setWordWrap(true);
    m_detail->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    // Two lines, so that what is below stays where it is.
    m_detail->setMinimumHeight(2 * fontMetrics().lineSpacing());
    build();
    connect(m_range, &QComboBox::currentIndexChanged, this, [this] {
        m_model.setDays(m_range->currentData().toInt());
        Q_EMIT daysChanged();
    });
    connect(m_chart, &TimelineChart::currentRowChanged, this, &TimelinePanel::describe);
    connect(m_chart, &TimelineChart::rowActivated, this, &TimelinePanel::choose);
    connect(m_table, &CompactTable::currentRowChanged, this, &TimelinePanel::describe);
    connect(m_table, &CompactTable::rowActivated, this, &TimelinePanel::choose);
    connect(&m_model, &ExpiryTimelineModel::counted, this, &TimelinePanel::describe);
    describe();
}

void TimelinePanel::build()
{
    auto *head = new SectionHead(tr("Coming expiries"), this);
    auto *asTable = new QToolButton(this);
    asTable->setObjectName(u"timelineAsTable"_s);
    asTable->setText(tr("As &Table"));
    asTable->setIcon(icon(Icon::Columns));
    asTable->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    asTable->setToolTip(tr("The same as a table, for the keyboard and screen readers"));
    asTable->setCheckable(true);
    asTable->setFocusPolicy(Qt::TabFocus);
    head->add(asTable);
    head->add(m_range);
    m_table->hide();
    connect(asTable, &QToolButton::toggled, this, [this](bool on) {
        m_table->setVisible(on);
        m_chart->setVisible(!on);
        describe();
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::normal);
    column->addWidget(head);
    column->addWidget(m_chart);
    column->addWidget(m_table);
    auto *below = new QHBoxLayout;
    below->setSpacing(spacing::wide);
    below->addWidget(m_detail, 1);
    below->addWidget(new TimelineLegend(this), 0, Qt::AlignTop);
    column->addLayout(below);
    setTabOrder(asTable, m_range);
    setTabOrder(m_range, m_chart);
    setTabOrder(m_chart, m_table);
}

void TimelinePanel::setFacts(const DashboardFacts &facts)
{
    m_facts = facts;
    describe();
}

void TimelinePanel::choose(int row)
{
    if (const TimelineBucket *bucket = m_model.at(row); bucket != nullptr && bucket->total() > 0)
        Q_EMIT narrowingRequested(m_model.narrowingOf(row));
}

void TimelinePanel::describe()
{
    const int row = m_table->isVisibleTo(this) ? m_table->currentRow() : m_chart->currentRow();
    m_detail->setText(row < 0 ? dashboardtext::outlook(m_facts) : m_model.sentence(row));
}

} // namespace latchkey
