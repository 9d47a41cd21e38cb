// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/changedialog.h"

namespace latchkey {

/// Asks before a credential is deleted at Konnect. Enter never deletes: Cancel is the default button.
class DeleteDialog final : public ChangeDialog
{
    Q_OBJECT
public:
    DeleteDialog(const ChangePreview &preview, ChangeServices services, QWidget *parent = nullptr);

protected:
    [[nodiscard]] ChangeRequest request() const override;
    [[nodiscard]] QString missing() const override { return {}; }
    void setFormEnabled(bool) override {}
    bool takeProblem(const Problem &) override { return false; }
    void offerAgain() override;
};

} // namespace latchkey
