// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"

#include <QDialog>
#include <QString>

class QDialogButtonBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace latchkey {

class ProblemPanel;

/// What all editors look like: a heading, a body that scrolls when the screen is small, a problem that stays
/// in sight, and the buttons. Leaving with something typed asks in the dialog itself.
class EditorDialog : public QDialog
{
    Q_OBJECT
public:
    explicit EditorDialog(QWidget *parent = nullptr);

    /// Escape, Cancel and the window's close button. Asks first where something was typed.
    void reject() override;

protected:
    void setHeading(const QString &title, const QString &subtitle);
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    [[nodiscard]] QPushButton *actButton() const { return m_act; }
    [[nodiscard]] QPushButton *cancelButton() const { return m_cancel; }
    /// What is missing or under way, beside the buttons.
    void setHint(const QString &hint);
    void showProblem(const Problem &problem, bool reasonsBesideFields = false);
    void clearProblem();
    /// Scrolls the body until `widget`, a part of it, can be seen.
    void bringIntoSight(QWidget *widget);
    /// Before it is shown; a dialog that holds a table wants more than the usual one.
    void setPreferredWidth(int width) { m_preferredWidth = width; }
    /// The verb of the act button. A destructive one is never the default button.
    void setAct(const QString &verb, bool destructive = false);
    void setActEnabled(bool enabled, bool asDefault = true);

    /// Something typed would be lost.
    [[nodiscard]] virtual bool hasUnsaved() const { return false; }
    /// Something runs; leaving means stopping it where that is possible.
    [[nodiscard]] virtual bool isBusy() const { return false; }
    virtual void stop() {}
    virtual void act() = 0;

    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildFooter(QVBoxLayout *column);
    void askToDiscard(bool ask);
    /// Of all but the body, at this width.
    [[nodiscard]] int heightAround(int width) const;
    void fit();

    QLabel *m_title;
    QLabel *m_subtitle;
    QScrollArea *m_scroll;
    QVBoxLayout *m_body;
    ProblemPanel *m_problem;
    QWidget *m_footer;
    QLabel *m_hint;
    QDialogButtonBox *m_buttons;
    QPushButton *m_act;
    QPushButton *m_cancel;
    QWidget *m_discardFooter;
    QPushButton *m_keepEditing;
    int m_preferredWidth = 620;
    bool m_destructive = false;
    bool m_actIsDefault = false;
    bool m_fitPending = false;
    bool m_fitted = false; ///< Once, when it is first shown.
};

} // namespace latchkey
