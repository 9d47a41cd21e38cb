// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"
#include "models/forms/bulkgroup.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace latchkey {

/// What the user is deciding for several instances: which of them take part, the keys that they get, and how
/// the run goes. Knows no widgets.
class BulkDraft : public QObject
{
    Q_OBJECT
public:
    struct Row
    {
        ChangePreview preview;
        QString whyNot; ///< Why it takes no part; empty for those that do.
        int group = -1; ///< Index into groups(); -1 for Delete and for those that take no part.
        int place = -1; ///< Among the records of its group.
    };

    /// `preview`: in the order in which they are shown and run.
    BulkDraft(ChangeKind kind, const BulkPreview &preview, QObject *parent = nullptr);
    ~BulkDraft() override;

    [[nodiscard]] ChangeKind kind() const { return m_kind; }
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }
    [[nodiscard]] int taking() const; ///< How many take part.
    /// By integration, in the order of their first rows; none for Delete.
    [[nodiscard]] int groupCount() const { return static_cast<int>(m_groups.size()); }
    [[nodiscard]] BulkGroup &group(int group) { return *m_groups[static_cast<size_t>(group)]; }
    [[nodiscard]] const BulkGroup &group(int group) const { return *m_groups[static_cast<size_t>(group)]; }
    /// Keys are kept: not only roles, and nothing to delete.
    [[nodiscard]] bool hasKeys() const;

    struct Confirmation
    {
        QString name;   ///< To be typed.
        QString reason; ///< See wording::whyTypedName().
        bool operator==(const Confirmation &) const = default;
    };
    /// What has to be typed before: the name of each protected instance, and once that of each production
    /// profile with others.
    [[nodiscard]] const QList<Confirmation> &confirmations() const { return m_confirmations; }
    /// What was typed for `confirmations().at(index)`.
    void setTyped(int index, const QString &text);
    [[nodiscard]] bool isConfirmed() const;

    /// Where the new keys are kept. Roles are kept nowhere.
    void setKeep(KeepKeys keep) { m_keep = keep; }
    [[nodiscard]] const BulkOptions &options() const { return m_options; }
    void setOptions(const BulkOptions &options) { m_options = options; }

    /// The first reason why the run cannot begin yet; empty if it can.
    [[nodiscard]] QString missing() const;
    /// Something was typed that would be lost.
    [[nodiscard]] bool isTouched() const;
    /// The rows that take part, each with its own copy of its keys. Only where nothing is missing.
    [[nodiscard]] BulkRequest request() const;

Q_SIGNALS:
    void changed();

private:
    void formGroups();
    void askFor(const InstanceRecord &record);

    ChangeKind m_kind;
    QList<Row> m_rows;
    std::vector<std::unique_ptr<BulkGroup>> m_groups;
    QList<Confirmation> m_confirmations;
    QStringList m_typed; ///< In the order of `m_confirmations`.
    KeepKeys m_keep = KeepKeys::InKeychain;
    BulkOptions m_options;
};

} // namespace latchkey
