// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/deletedialog.h"

#include <QPushButton>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace latchkey {

DeleteDialog::DeleteDialog(const ChangePreview &preview, ChangeServices services, QWidget *parent)
    : ChangeDialog(preview, std::move(services), parent)
{
    setObjectName(u"deleteDialog"_s);
    build(new QWidget(this));
    if (!preview.needsTypedName)
        cancelButton()->setFocus();
}

ChangeRequest DeleteDialog::request() const
{
    ChangeRequest wanted;
    wanted.kind = ChangeKind::Delete;
    wanted.address = preview().record.address;
    wanted.expectedCredentialId = preview().oldCredentialId;
    wanted.keep = KeepKeys::Nowhere;
    return wanted;
}

void DeleteDialog::offerAgain()
{
    setPreview(services().preview(ChangeKind::Delete, preview().record.address));
}

} // namespace latchkey
