// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/editordialog.h"
#include "ui/common/note.h"
#include "ui/editor/recoveryservices.h"

#include <optional>
#include <stop_token>

class QPushButton;
class QTreeView;

namespace latchkey {

class ChangeSteps;
class RecoveryChoices;
class RunBox;
class UnfinishedModel;

/// Shows the changes that were interrupted, each with what Konnect has now, and lets the user finish, roll
/// back or leave them; what is left of a run of several can be finished together. Asks Konnect when it is
/// made, after each step, and when the user wants to.
///
/// Enter never takes a step. A step can be stopped until its first write was sent; destroying the dialog
/// stops nothing that was sent.
class RecoveryDialog final : public EditorDialog
{
    Q_OBJECT
public:
    explicit RecoveryDialog(RecoveryServices services, QWidget *parent = nullptr);
    ~RecoveryDialog() override;

public Q_SLOTS:
    /// Connect to CredentialChanges::advanced; changes of other instances are ignored.
    void follow(const latchkey::Change &change);

Q_SIGNALS:
    /// A step was taken and has come to its end.
    void changeEnded(const latchkey::Change &change);

protected:
    [[nodiscard]] bool hasUnsaved() const override;
    [[nodiscard]] bool isBusy() const override { return m_running; }
    void stop() override;
    void act() override {}
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    /// Asks Konnect anew; what was said of the last step stays.
    void look();
    void fill(const QList<UnfinishedChange> &changes);
    void showCurrent();
    void take(RecoveryStep step);
    void end(const Outcome<Change> &outcome);
    void finishRun(const QString &runId);
    void giveUpRun(const QString &runId);
    void endRun(Note::Kind kind, const QString &text, const std::optional<Problem> &problem);
    void setRunning(bool running);
    void refresh();
    [[nodiscard]] bool hasSent() const;

    RecoveryServices m_services;
    std::stop_source m_lookStop;
    std::stop_source m_stop;
    bool m_looking = false;
    bool m_running = false;
    InstanceAddress m_address; ///< Of the step that runs.
    QString m_followed;        ///< Id of the change that the step runs; empty until it has begun.
    UnfinishedModel *m_model;
    QTreeView *m_list;
    QPushButton *m_lookAgain;
    Note *m_state;  ///< What is being asked, or that nothing is left.
    Note *m_ending; ///< How the last step ended.
    RunBox *m_run;
    RecoveryChoices *m_choices;
    ChangeSteps *m_steps;
};

} // namespace latchkey
