// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QTextEdit>

namespace latchkey {

/// Read-only plain text that can be selected and copied and that breaks anywhere if it must: a QLabel cuts
/// off an id or ARN that is wider than itself. Takes the height that its width asks for.
class SelectableText : public QTextEdit
{
    Q_OBJECT
public:
    explicit SelectableText(QWidget *parent = nullptr);

    /// Keeps a selection where the text is the same.
    void setContent(const QString &text, Ink ink = Ink::Text);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void applyInk();

    Ink m_ink = Ink::Text;
};

} // namespace latchkey
