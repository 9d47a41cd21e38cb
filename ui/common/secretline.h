// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace latchkey {

/// The line inside a SecretEdit: masked, without undo, and with no way for its text to the clipboard, to the
/// primary selection or into a drag. Without focus it shows a mask of one fixed length.
class SecretLine : public QLineEdit
{
    Q_OBJECT
public:
    explicit SecretLine(QWidget *parent = nullptr);
    ~SecretLine() override;

    [[nodiscard]] bool isRevealed() const { return m_revealed; }
    void setRevealed(bool revealed);
    /// At the cursor, in place of what is selected. Strips nothing, line breaks neither.
    void pasteText();
    /// Overwrites the characters before they are let go.
    void wipeText();

Q_SIGNALS:
    /// By the user, by pasting or by wipeText().
    void edited();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyEcho();
    void forgetHistory();

    bool m_revealed = false;
};

} // namespace latchkey
