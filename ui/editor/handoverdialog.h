// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/handover.h"
#include "ui/common/editordialog.h"
#include "ui/common/notelist.h"
#include "ui/editor/handoverservices.h"

#include <optional>
#include <stop_token>

class QLineEdit;
class QListWidget;

namespace latchkey {

class ChangeSteps;
class Note;
class TypedName;

/// Chooses the instance that gets the keys that are kept for another, says what goes at either place, and
/// hands them over. Enter never does it: Cancel is the default button.
///
/// It can be stopped until something was sent; destroying it stops nothing that was.
class HandoverDialog final : public EditorDialog
{
    Q_OBJECT
public:
    HandoverDialog(HandoverKind kind, const InstanceRecord &source, HandoverServices services,
                   QWidget *parent = nullptr);
    ~HandoverDialog() override;

public Q_SLOTS:
    /// Connect to CredentialChanges::advanced; changes of other instances are ignored.
    void follow(const latchkey::Change &change);

Q_SIGNALS:
    /// Something was sent, and this change has come to its end; of a move there are two.
    void changeEnded(const latchkey::Change &change);

protected:
    [[nodiscard]] bool isBusy() const override { return m_running; }
    void stop() override;
    void act() override;

private:
    void buildChooser();
    void fillTargets();
    void filter(const QString &text);
    /// Says what handing over to the chosen instance would do.
    void choose();
    void askForNames();
    [[nodiscard]] QList<NoteList::Entry> consequences() const;
    [[nodiscard]] QString lacking() const;
    void refresh();
    void setRunning(bool running);
    void finish(Outcome<HandoverResult> outcome);
    void finishSent(const HandoverResult &result);

    HandoverKind m_kind;
    InstanceRecord m_source;
    HandoverServices m_services;
    QList<InstanceRecord> m_targets;
    std::optional<HandoverPreview> m_preview; ///< Of what is chosen.
    std::stop_source m_stop;
    bool m_running = false;
    bool m_over = false; ///< Nothing more can be done here but to close.
    QWidget *m_chooser;
    QLineEdit *m_search = nullptr;
    QListWidget *m_list = nullptr;
    NoteList *m_consequences;
    QWidget *m_names;
    TypedName *m_nameThere = nullptr; ///< Both only where a name must be typed.
    TypedName *m_nameHere = nullptr;
    Note *m_ending;
    ChangeSteps *m_steps;
};

} // namespace latchkey
