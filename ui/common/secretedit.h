// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/secret.h"

#include <QString>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace latchkey {

class SecretLine;

/// A field for a key or token with buttons to reveal, paste and clear it.
///
/// Masked until revealed, and masked again as soon as the focus leaves it or the window is left. Its text is
/// wiped when it is cleared, taken or destroyed; Qt's own copies of single characters while typing are out of
/// reach.
class SecretEdit : public QWidget
{
    Q_OBJECT
public:
    explicit SecretEdit(QWidget *parent = nullptr);
    ~SecretEdit() override;

    [[nodiscard]] bool isEmpty() const;
    /// A copy; the field keeps what was typed.
    [[nodiscard]] Secret secret() const;
    /// Empties the field.
    [[nodiscard]] Secret takeSecret();
    void clear();

    /// What it holds, for assistive tools and tooltips, e.g. "Key of DD-API-KEY". Never the key.
    void setSubject(const QString &subject);
    void setPlaceholderText(const QString &text);
    void setReadOnly(bool readOnly);
    /// For the focus, buddies and the tab order. The edit has no focus proxy: with one, setTabOrder() makes a
    /// circle of its children.
    [[nodiscard]] QLineEdit *lineEdit() const;

    [[nodiscard]] bool isRevealed() const;
    void setRevealed(bool revealed);

Q_SIGNALS:
    void edited();

private:
    QToolButton *addButton(const QString &objectName);
    void updateButtons();

    QString m_subject;
    SecretLine *m_line;
    QToolButton *m_reveal;
    QToolButton *m_paste;
    QToolButton *m_clear;
};

} // namespace latchkey
