// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/emptystate.h"

namespace latchkey {

/// What stands in the window as long as there is no profile.
class FirstRunPage : public EmptyState
{
    Q_OBJECT
public:
    explicit FirstRunPage(QWidget *parent = nullptr);

Q_SIGNALS:
    void addProfileRequested();
    void openDemoRequested();
};

} // namespace latchkey
