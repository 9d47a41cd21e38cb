// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/headerrules.h"
#include "models/core/instancerecord.h"
#include "models/core/newcredential.h"
#include "models/core/problem.h"
#include "models/forms/expirydate.h"

#include <QList>
#include <QObject>
#include <QString>

namespace latchkey {

/// What the user is typing into the credential form: one row a header, checked as it changes. Knows no
/// widgets.
///
/// Rows are fixed where the integration defines its headers, free (add, remove, move) where it defines none
/// or its catalog entry could not be read.
class CredentialDraft : public QObject
{
    Q_OBJECT
public:
    explicit CredentialDraft(const InstanceRecord &record, QObject *parent = nullptr);

    /// What can be made for the instance here: MultiKey or AwsRole; Unknown: nothing.
    [[nodiscard]] static CredentialType typeFor(const InstanceRecord &record);
    [[nodiscard]] const InstanceRecord &record() const { return m_record; }
    [[nodiscard]] CredentialType type() const { return m_type; } ///< See typeFor().
    [[nodiscard]] bool rowsAreFixed() const;
    [[nodiscard]] int rowCount() const;
    [[nodiscard]] QString name(int row) const;
    [[nodiscard]] HeaderDefinition definition(int row) const; ///< Only the name filled for free rows.
    [[nodiscard]] bool hasKey(int row) const;

    void setName(int row, const QString &name);
    void setKey(int row, Secret key);
    void setRoleArn(const QString &arn);
    /// What Konnect has now may be another credential than the one that the draft began with.
    void setPresent(const InstanceRecord &now);
    [[nodiscard]] QString roleArn() const { return m_roleArn; }
    /// The last day of the new keys; roles have none.
    [[nodiscard]] bool hasExpiry() const { return m_type == CredentialType::MultiKey; }
    [[nodiscard]] const ExpiryDate &expiry() const { return m_expiry; }
    void setExpiry(const ExpiryDate &expiry) { m_expiry = expiry; }
    /// What counts where no day is given, by what is recorded; empty for nothing. `now`: UTC.
    [[nodiscard]] QString expiryHint(const QDateTime &now) const;
    void addRow();
    void removeRow(int row);
    void moveRow(int from, int to);

    /// Row -1: about the form as a whole.
    [[nodiscard]] QList<HeaderFinding> findings() const { return m_findings; }
    /// Konnect's reasons, put to their rows by `config.headers[N].…` (and `config.role_arn`); the rest under
    /// -1. Those about a row are forgotten when it is edited.
    [[nodiscard]] QList<QString> serverReasons(int row) const;
    void setServerProblem(const Problem &problem);
    [[nodiscard]] bool isComplete() const; ///< No errors, in the expiry neither; warnings are allowed.
    /// It would make the credential that is there already: possible, but hardly what somebody means.
    [[nodiscard]] bool isUnchanged() const;

    /// Takes the keys out of the draft.
    [[nodiscard]] NewCredential take();
    /// A copy, so that the form can be sent again after a problem.
    [[nodiscard]] NewCredential copy() const;

Q_SIGNALS:
    void rowsChanged(); ///< Rows were added, removed or moved.
    void findingsChanged();

private:
    [[nodiscard]] bool isRow(int row) const;
    void check();
    void forgetServerProblem();
    void forgetServerReasons(int row);

    InstanceRecord m_record;
    CredentialType m_type = CredentialType::MultiKey;
    HeaderKeys m_rows;
    QString m_roleArn;
    ExpiryDate m_expiry;
    QList<HeaderFinding> m_findings;
    Problem m_serverProblem;
};

} // namespace latchkey
