// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/problem.h"

#include <QList>
#include <QString>

namespace latchkey {

class Session;

/// Something that a refresh could not do.
struct RefreshNote
{
    QString text;
    Problem problem;
};

/// What the last refresh of the profile (of all where empty) could not do: which endpoints did not answer
/// whole, and which token may belong to another organization.
[[nodiscard]] QList<RefreshNote> refreshNotes(Session &session, const QString &profileId);

} // namespace latchkey
