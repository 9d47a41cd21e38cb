// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/profile.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

/// What is there as files for others to keep: never with a key. Without state.
namespace latchkey::configurationexports {

enum class Form {
    Json,      ///< Latchkey's own: it can be compared and applied again.
    Terraform, ///< HCL
    Pulumi,    ///< YAML
};

struct File
{
    QString title;    ///< Of what it has; empty where there is one file for all.
    QString fileName; ///< A proposal, without a folder.
    QByteArray text;
    QStringList notes;     ///< What was left out, and what to know. Translated.
    bool readsBack = true; ///< Of Latchkey's own form: it can be read as it is. Else `notes` say why not.
};

/// One file in Latchkey's own form; in that of another tool one for each profile and endpoint, or none.
[[nodiscard]] QList<File> of(Form form, const QList<Profile> &profiles, const QList<InstanceRecord> &records);

} // namespace latchkey::configurationexports
