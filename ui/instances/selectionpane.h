// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/instances/instanceactions.h"
#include "ui/instances/selectionsummary.h"

#include <QWidget>

#include <optional>

class QGridLayout;
class QLabel;
class QPushButton;

namespace latchkey {

class Badge;

/// Takes the place of the details where several instances are selected: what they are, and what can be done
/// with all of them.
class SelectionPane : public QWidget
{
    Q_OBJECT
public:
    explicit SelectionPane(QWidget *parent = nullptr);

    /// `summary`: nullopt where there are too many to look at each; `count` says how many.
    void setSelection(int count, const std::optional<SelectionSummary> &summary,
                      const AllowedActions &allowed);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void createRequested();
    void replaceRequested();
    void deleteRequested();
    void recordExpiryRequested();
    void dismissed();

private:
    void build();
    void fill();
    void addHeading(const QString &text);
    /// Nothing for a count of zero.
    void addFact(const QString &name, const QString &text, int count);
    static void allow(QPushButton &button, bool allowed, const QString &whyNot);

    std::optional<SelectionSummary> m_summary;
    QLabel *m_title = nullptr;
    Badge *m_production = nullptr;
    QPushButton *m_create = nullptr;
    QPushButton *m_replace = nullptr;
    QPushButton *m_delete = nullptr;
    QPushButton *m_recordExpiry = nullptr;
    QWidget *m_facts = nullptr;
    QGridLayout *m_grid = nullptr;
};

} // namespace latchkey
