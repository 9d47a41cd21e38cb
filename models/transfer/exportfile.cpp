// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/exportfile.h"

#include <QCoreApplication>
#include <QSaveFile>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ExportFile)
};

} // namespace

Done writeExport(const QString &file, const QByteArray &bytes)
{
    QSaveFile target(file);
    // Only write() says why it failed.
    const bool written =
        target.open(QSaveFile::WriteOnly) && target.write(bytes) == bytes.size() && target.commit();
    if (!written) {
        return Problem::of(Problem::Category::StorageFailed,
                           Text::tr("The file %1 could not be written.").arg(file), target.errorString());
    }
    return {};
}

} // namespace latchkey
