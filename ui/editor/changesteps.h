// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"

#include <QList>
#include <QWidget>

namespace latchkey {

class Note;

/// The steps of a change with a sign for each: done, under way, not yet, failed.
class ChangeSteps : public QWidget
{
    Q_OBJECT
public:
    explicit ChangeSteps(QWidget *parent = nullptr);
    /// Shows the steps of a change that is about to start.
    void start(ChangeKind kind, KeepKeys keep);
    void reach(ChangePhase phase);
    /// The step under way did not succeed.
    void fail();
    /// Past the point where it could be stopped.
    [[nodiscard]] bool hasSent() const { return m_sent; }
    /// The step under way, as a sentence.
    [[nodiscard]] QString current() const;

private:
    enum class Step { Prepare, Delete, Create, Verify };
    void show(Step active, bool failed);
    [[nodiscard]] QString label(Step step) const;

    ChangeKind m_kind = ChangeKind::Create;
    KeepKeys m_keep = KeepKeys::InKeychain;
    Step m_active = Step::Prepare;
    bool m_sent = false;
    QList<Step> m_steps;
    QList<Note *> m_notes;
};

} // namespace latchkey
