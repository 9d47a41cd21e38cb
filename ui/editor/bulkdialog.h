// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/bulkplan.h"
#include "models/core/outcome.h"
#include "models/forms/bulkdraft.h"
#include "models/items/bulkrunmodel.h"
#include "ui/common/editordialog.h"

#include <QCoroTask>

#include <functional>
#include <optional>
#include <stop_token>

namespace latchkey {

class BulkPlanPage;
class BulkRunPage;
class Note;

/// Creates, replaces or deletes the credentials of several instances: one plan, one confirmation that lists
/// them, then each with its result.
///
/// A run stops at safe points only: what is under way comes to its end. Closing the dialog meanwhile asks
/// first; destroying it stops the run at its next safe point, and the run belongs to its service.
class BulkDialog final : public EditorDialog
{
    Q_OBJECT
public:
    using Run = std::function<QCoro::Task<Outcome<BulkResult>>(BulkRequest, std::stop_token)>;

    BulkDialog(ChangeKind kind, const BulkPreview &preview, Run run, QWidget *parent = nullptr);
    ~BulkDialog() override;

    void reject() override;

public Q_SLOTS:
    /// Connect to BulkChanges::advanced.
    void follow(const QString &runId, const latchkey::BulkRow &row);
    /// Connect to CredentialChanges::advanced: a new credential is looked at after its row is done.
    void followChange(const latchkey::Change &change);
    /// Why the keychain cannot be used; nullopt when it can.
    void setKeychainProblem(const std::optional<latchkey::Problem> &problem);

Q_SIGNALS:
    void keychainRetryRequested();

protected:
    [[nodiscard]] bool hasUnsaved() const override;
    [[nodiscard]] bool isBusy() const override { return m_step == Step::Run; }
    void stop() override;
    void act() override;

private:
    enum class Step { Plan, Run, Result };
    void turnTo(Step step);
    void refresh();
    void start();
    void finish(const Outcome<BulkResult> &outcome);
    void copyResult() const;

    BulkDraft m_draft;
    Run m_run;
    BulkRunModel m_rows;
    std::stop_source m_stop;
    Step m_step = Step::Plan;
    Note *m_ending; ///< On the first page, after a run that was stopped before anything was sent.
    BulkPlanPage *m_planPage;
    BulkRunPage *m_runPage;
};

} // namespace latchkey
