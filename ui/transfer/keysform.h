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

/// Fields for the keys of one row of a plan. What was typed is taken with the button, with Enter, or by who
/// shows other fields.
class KeysForm : public QWidget
{
    Q_OBJECT
public:
    explicit KeysForm(QWidget *parent = nullptr);

    /// Wipes the fields that are there. Hidden where `headers` is empty.
    void setFields(const QString &instance, const QStringList &headers, bool isNeeded);
    [[nodiscard]] bool isEmpty() const;
    /// Those that were typed; empties their fields.
    [[nodiscard]] HeaderKeys take();

Q_SIGNALS:
    void edited();
    /// They are to be used now.
    void submitted();

private:
    struct Field
    {
        QString header;
        QLabel *label = nullptr;
        SecretEdit *edit = nullptr;
    };
    void addField(const QString &header);

    QLabel *m_caption;
    QPushButton *m_use;
    QVBoxLayout *m_column;
    QList<Field> m_fields;
};

} // namespace latchkey
