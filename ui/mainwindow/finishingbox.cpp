// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/finishingbox.h"

#include "models/services/inventory.h"

using namespace Qt::StringLiterals;

namespace latchkey {

FinishingBox::FinishingBox(const Inventory &inventory, QWidget *parent)
    : QMessageBox(parent)
    , m_inventory(inventory)
{
    setObjectName(u"finishingBox"_s);
    setWindowTitle(tr("Latchkey is finishing a change"));
    setIcon(QMessageBox::Information);
    setTextFormat(Qt::PlainText);
    setStandardButtons(QMessageBox::NoButton);
    setInformativeText(tr("Latchkey closes by itself as soon as that is done."));
    connect(&inventory, &Inventory::recordsChanged, this, &FinishingBox::follow);
    follow();
}

void FinishingBox::follow()
{
    QStringList titles;
    const QList<InstanceRecord> records = m_inventory.records();
    for (const InstanceRecord &record : records) {
        if (record.changing && !titles.contains(record.instance.title()))
            titles.append(record.instance.title());
    }
    // When the last one has ended, the box goes with the next turn of the event loop.
    if (!titles.isEmpty())
        setText(tr("Finishing the change of %1…").arg(titles.join(u", "_s)));
    else if (text().isEmpty())
        setText(tr("Finishing a change…"));
}

} // namespace latchkey
