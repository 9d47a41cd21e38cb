// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/instancenarrowing.h"
#include "ui/expiry/dashboardtext.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace latchkey {

class CompactTable;
class ExpiryTimelineModel;
class TimelineChart;

/// The time to come as bars or, with the same content, as a table; how far is the user's choice.
class TimelinePanel : public QWidget
{
    Q_OBJECT
public:
    /// `model` must outlive the panel.
    explicit TimelinePanel(ExpiryTimelineModel &model, QWidget *parent = nullptr);

    void setFacts(const DashboardFacts &facts);

Q_SIGNALS:
    /// Other days are looked at.
    void daysChanged();
    void narrowingRequested(const latchkey::InstanceNarrowing &narrowing);

private:
    void build();
    void choose(int row);
    void describe();

    ExpiryTimelineModel &m_model;
    DashboardFacts m_facts;
    QComboBox *m_range;
    TimelineChart *m_chart;
    CompactTable *m_table;
    QLabel *m_detail;
};

} // namespace latchkey
