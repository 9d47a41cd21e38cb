// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"

#include <QList>
#include <QWidget>

#include <optional>

class QComboBox;
class QSpinBox;
class QTreeWidget;
class QVBoxLayout;

namespace latchkey {

class BulkDraft;
class BulkGroupForm;
class KeepBanner;

/// The first step of a bulk run: what becomes of each instance, the keys that they get, and how the run goes.
class BulkPlanPage : public QWidget
{
    Q_OBJECT
public:
    /// `draft` must outlive this.
    explicit BulkPlanPage(BulkDraft &draft, QWidget *parent = nullptr);

    void setKeychainProblem(const std::optional<Problem> &problem);
    /// Why the run cannot begin yet; empty if it can.
    [[nodiscard]] QString missing() const;
    void focusFirst();

Q_SIGNALS:
    void edited();
    void keychainRetryRequested();

private:
    [[nodiscard]] QTreeWidget *buildList();
    [[nodiscard]] QWidget *buildOptions();
    void addGroups(QVBoxLayout *column);
    void addConfirmations(QVBoxLayout *column);
    void takeOptions();

    BulkDraft &m_draft;
    KeepBanner *m_keep;
    QList<BulkGroupForm *> m_groups;
    QTreeWidget *m_list = nullptr;
    QSpinBox *m_atOnce = nullptr;
    QComboBox *m_failure = nullptr;
};

} // namespace latchkey
