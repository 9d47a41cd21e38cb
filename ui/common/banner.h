// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/icons.h"

#include <QFrame>
#include <QString>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace latchkey {

/// A line across the page that says something about the whole, with the actions that help. Announced to
/// assistive technology when it appears.
class Banner : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Info, Demo, Question, Wait, Warning, Error };

    explicit Banner(Kind kind, const QString &text = {}, QWidget *parent = nullptr);

    void setKind(Kind kind);
    void setText(const QString &text); ///< Plain text; wraps.
    [[nodiscard]] QString text() const;
    /// In the order of the calls. Connect to its `clicked`.
    QPushButton *addButton(const QString &text, const QString &objectName);
    /// What the button `copyDetails` copies; without it there is no such button.
    void setDetails(const QString &details);
    void setDismissible(bool dismissible);

Q_SIGNALS:
    /// The user closed it; it is hidden already.
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QHBoxLayout *m_layout;
    QLabel *m_icon;
    QLabel *m_text;
    QToolButton *m_close;
    QPushButton *m_copy = nullptr;
    QString m_details;
    Kind m_kind;
};

} // namespace latchkey
