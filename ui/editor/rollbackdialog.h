// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/changedialog.h"

namespace latchkey {

/// Asks before the keys of an earlier credential are brought back. Enter never does it: Cancel is the default
/// button. Its services preview and run a roll back, whatever the kind in a request.
class RollBackDialog final : public ChangeDialog
{
    Q_OBJECT
public:
    RollBackDialog(const ChangePreview &preview, ChangeServices services, QWidget *parent = nullptr);

protected:
    [[nodiscard]] Words words() const override;
    [[nodiscard]] ChangeRequest request() const override;
    [[nodiscard]] QString missing() const override { return {}; }
    void setFormEnabled(bool) override {}
    bool takeProblem(const Problem &) override { return false; }
    void offerAgain() override;
};

} // namespace latchkey
