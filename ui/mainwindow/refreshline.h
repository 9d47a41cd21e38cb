// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/refresh.h"

#include <QWidget>

namespace latchkey {

/// How far a refresh is, as a thin line below the toolbar. It keeps its place when nothing runs, so that
/// nothing jumps.
class RefreshLine : public QWidget
{
    Q_OBJECT
public:
    explicit RefreshLine(QWidget *parent = nullptr);

    void setProgress(const RefreshProgress &progress);
    [[nodiscard]] QSize sizeHint() const override { return {100, 3}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    RefreshProgress m_progress;
};

} // namespace latchkey
