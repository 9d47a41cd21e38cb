// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFileDialog;
class QWidget;

namespace latchkey {

/// The open dialog that asks where to save a file, called `transferFileDialog`. Connect to fileSelected().
/// `name`: a proposal.
[[nodiscard]] QFileDialog *askWhereToSave(const QString &title, const QString &name, const QString &filter,
                                          const QString &suffix, QWidget *parent);

} // namespace latchkey
