// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace latchkey {

/// The search of the toolbar: Escape clears it, Down goes to what was found.
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchField(QWidget *parent = nullptr);

    void begin(); ///< Takes the keyboard and selects what is there.

Q_SIGNALS:
    void leaveDown();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace latchkey
