// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QString>
#include <QStringList>

namespace latchkey {

/// The file with which the desktop starts Latchkey: `$XDG_CONFIG_HOME/autostart/<name>.desktop`. One that
/// somebody else wrote, or that the desktop's own settings switched off, is left alone.
class Autostart
{
public:
    /// `name`: another one for each data folder. `program` is absolute; `arguments` follow it.
    Autostart(QString folder, const QString &name, QString program, QStringList arguments);

    /// `$XDG_CONFIG_HOME/autostart`
    [[nodiscard]] static QString defaultFolder();

    [[nodiscard]] const QString &file() const { return m_file; }
    [[nodiscard]] bool isWritten() const;
    /// Writes or removes it.
    [[nodiscard]] Done set(bool on);

private:
    [[nodiscard]] QByteArray content() const;

    QString m_folder;
    QString m_file;
    QString m_program;
    QStringList m_arguments;
};

} // namespace latchkey
