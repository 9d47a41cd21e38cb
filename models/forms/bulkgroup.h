// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/forms/credentialdraft.h"

#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace latchkey {

/// The instances of one integration that are given credentials together: one set of keys for all of them, or
/// one for each, pasted as a column with a line for each instance. Knows no widgets.
class BulkGroup : public QObject
{
    Q_OBJECT
public:
    enum class Keys { OneForAll, OneForEach };

    /// At least one record; all of one integration, and of one type that can be made here.
    explicit BulkGroup(const QList<InstanceRecord> &records, QObject *parent = nullptr);
    ~BulkGroup() override;

    [[nodiscard]] const QList<InstanceRecord> &records() const { return m_records; }
    [[nodiscard]] QString integration() const; ///< For people.
    [[nodiscard]] CredentialType type() const { return m_all->type(); }
    /// What all get.
    [[nodiscard]] CredentialDraft &forAll() { return *m_all; }

    [[nodiscard]] Keys keys() const { return m_keys; }
    void setKeys(Keys keys);
    /// The last day of the new keys of all.
    [[nodiscard]] const ExpiryDate &expiry() const { return m_all->expiry(); }
    void setExpiry(const ExpiryDate &expiry);
    /// Columns need names: those that the integration defines, or the role.
    [[nodiscard]] bool canBeEach() const;

    /// One for each header, or one with the ARNs of roles.
    [[nodiscard]] int columnCount() const;
    [[nodiscard]] HeaderDefinition column(int column) const;
    /// One line an instance, in the order of records(); a line break after the last line is not a line.
    void setColumn(int column, const Secret &text);
    [[nodiscard]] int lineCount(int column) const;
    /// As many lines as instances.
    [[nodiscard]] bool isColumnFull(int column) const;

    /// What there is to say about what the record is given; `row` counts headers.
    [[nodiscard]] QList<HeaderFinding> findings(int record) const;
    [[nodiscard]] bool isComplete() const;
    /// Something was entered for the chosen way.
    [[nodiscard]] bool isTouched() const;
    /// The first reason why it is not complete; empty if it is.
    [[nodiscard]] QString missing() const;
    /// What the record is given.
    [[nodiscard]] NewCredential copy(int record) const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] const CredentialDraft &draftOf(int record) const;
    [[nodiscard]] bool isColumn(int column) const { return column >= 0 && column < columnCount(); }

    QList<InstanceRecord> m_records;
    Keys m_keys = Keys::OneForAll;
    std::unique_ptr<CredentialDraft> m_all;
    std::vector<std::unique_ptr<CredentialDraft>> m_each; ///< In the order of the records.
    QList<int> m_lines;                                   ///< In the order of the columns.
};

} // namespace latchkey
