// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/newcredential.h"

#include <QList>
#include <QStringList>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

class SecretEdit;

/// Fields for the keys of one row of a plan. What was typed is used with the button or with Enter, and not
/// before.
class KeysForm : public QWidget
{
    Q_OBJECT
public:
    explicit KeysForm(QWidget *parent = nullptr);

    /// Headers that have a field keep what was typed in it; all other fields are wiped. Hidden where there is
    /// neither a header nor anything to forget.
    void setFields(const QString &instance, const QStringList &headers, bool isNeeded);
    /// Keys were used that the user may want to take back.
    void setForgettable(bool isForgettable);
    /// Tab comes here from `before`.
    void setTabOrderAfter(QWidget *before);
    [[nodiscard]] const QString &instance() const { return m_instance; }
    [[nodiscard]] bool isEmpty() const;
    /// Those that were typed; empties their fields.
    [[nodiscard]] HeaderKeys take();

Q_SIGNALS:
    void edited();
    /// They are to be used now.
    void submitted();
    void forgetRequested();

private:
    struct Field
    {
        QString header;
        QLabel *label = nullptr;
        SecretEdit *edit = nullptr;
    };
    [[nodiscard]] Field newField(const QString &header);
    void showWhatThereIs();

    QString m_instance;
    QLabel *m_caption;
    QPushButton *m_use;
    QPushButton *m_forget;
    QVBoxLayout *m_column;
    QList<Field> m_fields;
};

} // namespace latchkey
