// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/icons.h"

#include <QLabel>

namespace latchkey {

/// An icon as a decoration: no focus, nothing for assistive technology; the text beside it says the same.
class IconLabel : public QLabel
{
    Q_OBJECT
public:
    IconLabel(Icon icon, Ink ink, int size, QWidget *parent = nullptr);

    void set(Icon icon, Ink ink);
    [[nodiscard]] QSize sizeHint() const override { return {m_size, m_size}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_image;
    int m_size;
};

} // namespace latchkey
