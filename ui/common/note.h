// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLabel;

namespace latchkey {

class IconLabel;

/// A sentence with a sign before it, so that its weight does not hang on a colour.
class Note : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { Info, Good, Warning, Error, Active, Pending };

    explicit Note(QWidget *parent = nullptr);
    Note(Kind kind, const QString &text, QWidget *parent = nullptr);

    /// Hides the note where `text` is empty. Plain text.
    void say(Kind kind, const QString &text);
    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const { return m_kind; }

private:
    Kind m_kind = Kind::Info;
    IconLabel *m_sign;
    QLabel *m_text;
};

} // namespace latchkey
