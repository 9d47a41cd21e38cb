// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"

#include <QFrame>

#include <optional>

class QCheckBox;

namespace latchkey {

class Note;

/// Says that the keychain cannot be used, and offers to hold what is typed in memory instead. Hidden while
/// all is well.
class KeepBanner : public QFrame
{
    Q_OBJECT
public:
    /// `choice`: what the check box offers; empty where only the keychain will do.
    KeepBanner(const QString &choice, QWidget *parent = nullptr);
    void setProblem(const std::optional<Problem> &problem);
    [[nodiscard]] bool hasProblem() const { return m_hasProblem; }
    /// The user chose memory; false where there is nothing to choose.
    [[nodiscard]] bool holdsInMemory() const;
    /// There is a keychain, or the user has chosen.
    [[nodiscard]] bool isSettled() const { return !m_hasProblem || holdsInMemory(); }

Q_SIGNALS:
    void changed();
    void retryRequested();

private:
    bool m_hasProblem = false;
    Note *m_text;
    QCheckBox *m_hold;
};

} // namespace latchkey
