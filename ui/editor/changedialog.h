// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "models/core/outcome.h"
#include "ui/common/editordialog.h"
#include "ui/common/notelist.h"
#include "ui/editor/changeservices.h"

#include <stop_token>

namespace latchkey {

class ChangeSteps;
class Note;
class ProblemPanel;
class TypedName;

/// A dialog that runs one change: says before what it does, shows its steps while it runs, stays open with
/// the reason where it did not go well.
///
/// It can be stopped until the first write was sent. Destroying the dialog stops nothing that was sent: the
/// change belongs to its service.
class ChangeDialog : public EditorDialog
{
    Q_OBJECT
public:
    ChangeDialog(const ChangePreview &preview, ChangeServices services, QWidget *parent = nullptr);
    ~ChangeDialog() override;

    [[nodiscard]] const ChangePreview &preview() const { return m_preview; }

public Q_SLOTS:
    /// Connect to CredentialChanges::advanced; changes of other instances are ignored.
    void follow(const latchkey::Change &change);

Q_SIGNALS:
    /// Something was sent and the change has come to its end.
    void changeEnded(const latchkey::Change &change);

protected:
    /// Builds what is the same in both dialogs; `middle` stands between the consequences and the typed name.
    void build(QWidget *middle);
    /// Takes over what a change would do now, e.g. after one that got stuck half way.
    void setPreview(const ChangePreview &preview);
    void refresh();

    /// What the dialog says of its change.
    struct Words
    {
        QString heading;
        QString verb;
        bool destructive = false;
        QList<NoteList::Entry> consequences;
    };
    [[nodiscard]] virtual Words words() const;
    [[nodiscard]] virtual ChangeRequest request() const = 0;
    /// Why the change cannot be started yet; empty if it can.
    [[nodiscard]] virtual QString missing() const = 0;
    /// Nothing is sent from here: there is nothing to warn of, and nothing can stand in the way.
    [[nodiscard]] virtual bool sendsNothing() const { return false; }
    /// Whether Enter may act: only where the user has said something that it would send.
    [[nodiscard]] virtual bool mayBeDefault() const { return false; }
    virtual void setFormEnabled(bool enabled) = 0;
    /// True where the reasons are shown beside the fields.
    virtual bool takeProblem(const Problem &problem) = 0;
    /// What the dialog offers next after a change that got stuck, or where Konnect has another credential
    /// than the one that the user saw.
    virtual void offerAgain() = 0;

    [[nodiscard]] bool isBusy() const override { return m_running; }
    void stop() override;
    void act() override;

    [[nodiscard]] const ChangeServices &services() const { return m_services; }
    [[nodiscard]] bool isOver() const { return m_over; }

private:
    [[nodiscard]] QString obstacle() const;
    /// The instance has another credential now than the one that the dialog speaks of, or was protected
    /// since.
    [[nodiscard]] bool isOutdated() const;
    /// The user must read first: Enter does not act, and what was confirmed is over.
    void reconsider();
    void finish(Outcome<Change> outcome);
    void finishSent(const Change &change);
    /// Leaves nothing to do but to read and close.
    void conclude(const Change &change);
    void setRunning(bool running);

    ChangePreview m_preview;
    ChangeServices m_services;
    std::stop_source m_stop;
    bool m_running = false;
    bool m_over = false;       ///< Nothing more can be done here but to close.
    bool m_reconsider = false; ///< See reconsider().
    NoteList *m_consequences;
    Note *m_ending;
    NoteList *m_complaints;
    ChangeSteps *m_steps;
    TypedName *m_typedName = nullptr; ///< Made in build(): behind the form in the order of Tab.
};

} // namespace latchkey
