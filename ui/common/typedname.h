// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLineEdit;

namespace latchkey {

class Note;

/// Asks to type a name before something is changed that is protected, or in a production profile.
class TypedName : public QWidget
{
    Q_OBJECT
public:
    TypedName(const QString &name, QWidget *parent = nullptr);
    /// Why: see wording::whyTypedName().
    void setReason(const QString &reason);
    [[nodiscard]] bool matches() const;
    [[nodiscard]] QString text() const;
    void clear();

Q_SIGNALS:
    void edited();

private:
    QString m_name;
    Note *m_reason;
    QLineEdit *m_edit;
};

} // namespace latchkey
