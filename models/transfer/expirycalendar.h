// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/expiryreport.h"

#include <QByteArray>

namespace latchkey::expirycalendar {

/// iCalendar (RFC 5545): an event with alarms for each item whose end is known, all day where it is known as
/// a day. An event keeps its UID as long as the credential is the same, so that a calendar that reads this
/// again and again shows it once; profiles that see the same instance share it. No secrets.
[[nodiscard]] QByteArray toCalendar(const ExpiryReport &report);

} // namespace latchkey::expirycalendar
