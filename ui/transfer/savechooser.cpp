// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/savechooser.h"

#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace latchkey {

QFileDialog *askWhereToSave(const QString &title, const QString &name, const QString &filter,
                            const QString &suffix, QWidget *parent)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setObjectName(u"transferFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(filter);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(name);
    dialog->open();
    return dialog;
}

} // namespace latchkey
