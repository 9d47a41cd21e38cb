// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/rollbackdialog.h"

#include "ui/editor/changetext.h"

#include <QLocale>
#include <QPushButton>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace latchkey {

RollBackDialog::RollBackDialog(const ChangePreview &preview, ChangeServices services, QWidget *parent)
    : ChangeDialog(preview, std::move(services), parent)
{
    setObjectName(u"rollBackDialog"_s);
    build(new QWidget(this));
    if (!preview.needsTypedName)
        cancelButton()->setFocus();
}

ChangeDialog::Words RollBackDialog::words() const
{
    const InstanceRecord &record = preview().record;
    const QDateTime since = record.keptKeys.previousSince;
    const QString when = since.isValid() ? QLocale().toString(since.toLocalTime().date(), u"d MMM yyyy"_s)
                                         : tr("an unknown day");
    // Several may have been kept on one day.
    const QString exactly =
        since.isValid() ? QLocale().toString(since.toLocalTime(), QLocale::ShortFormat) : when;
    Words words;
    words.heading = tr("Roll %1 back to the keys of %2").arg(record.instance.title(), when);
    words.verb = tr("Roll back");
    words.destructive = true;
    words.consequences.append({Note::Kind::Good, tr("The keys of %1 are kept here: nothing has to be typed. "
                                                    "Whether they still work is seen only afterwards.")
                                                     .arg(exactly)});
    words.consequences += changetext::consequences(preview());
    return words;
}

ChangeRequest RollBackDialog::request() const
{
    ChangeRequest wanted;
    wanted.kind = preview().kind;
    wanted.address = preview().record.address;
    wanted.expectedCredentialId = preview().oldCredentialId;
    wanted.keep = KeepKeys::Nowhere; // What is kept is kept already.
    return wanted;
}

void RollBackDialog::offerAgain()
{
    setPreview(services().preview(preview().kind, preview().record.address));
}

} // namespace latchkey
