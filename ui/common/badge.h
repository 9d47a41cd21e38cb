// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/icons.h"

#include <QString>
#include <QWidget>

#include <optional>

namespace latchkey {

/// A short word with an icon on a tinted ground, e.g. "Production" or "Key kept here". Not interactive.
class Badge : public QWidget
{
    Q_OBJECT
public:
    explicit Badge(QWidget *parent = nullptr);
    Badge(Icon icon, Ink ink, const QString &text, QWidget *parent = nullptr);

    void set(Icon icon, Ink ink, const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
    Ink m_ink = Ink::Muted;
    QString m_text;
};

} // namespace latchkey
