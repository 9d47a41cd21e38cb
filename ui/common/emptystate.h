// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/icons.h"

#include <QString>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace latchkey {

class IconLabel;

/// What stands where data would: an icon, a heading, a sentence with the next step, and buttons for it.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    void set(Icon icon, const QString &heading, const QString &text);
    /// The first one added is the one that stands out.
    QPushButton *addButton(const QString &text, const QString &objectName);
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString text() const;

private:
    IconLabel *m_icon;
    QLabel *m_heading;
    QLabel *m_text;
    QHBoxLayout *m_buttons;
};

} // namespace latchkey
