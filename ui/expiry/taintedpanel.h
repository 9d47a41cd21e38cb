// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/attentionmodel.h"

#include <QWidget>

class QPushButton;

namespace latchkey {

class CompactTable;
class SectionHead;

/// What must be replaced, as a queue that goes into one bulk run. Hidden while there is nothing.
class TaintedPanel : public QWidget
{
    Q_OBJECT
public:
    /// `queue` has nothing but what must be replaced, and must outlive the panel.
    explicit TaintedPanel(AttentionModel &queue, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The first ones of the queue, as many as can be changed together.
    void replaceAllRequested(const QList<latchkey::InstanceAddress> &addresses);
    void instanceRequested(const latchkey::InstanceAddress &address);

private:
    void describe();
    [[nodiscard]] QList<InstanceAddress> first() const;

    AttentionModel &m_queue;
    SectionHead *m_head;
    QPushButton *m_replaceAll;
    CompactTable *m_table;
};

} // namespace latchkey
