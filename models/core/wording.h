// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/authcredential.h"
#include "models/core/change.h"
#include "models/core/expiry.h"
#include "models/core/health.h"
#include "models/core/instancerecord.h"
#include "models/core/integration.h"

#include <QDate>
#include <QDateTime>
#include <QString>
#include <QTimeZone>

namespace latchkey {

enum class KeyComparison;
enum class PlanAction;
enum class PlanRowState;
struct PlanRow;

} // namespace latchkey

/// Words for states and dates, shared by the window, latchkeyctl and the feeds. All are translated.
///
/// Plurals read well with no translation loaded (tests, latchkeyctl) and still leave every plural form to
/// translators: only `other`, the form with "%n days", is marked for translation; `one` is used for 1 where
/// nothing translates it.
namespace latchkey::wording {

/// `counted("wording", "%n day", QT_TRANSLATE_N_NOOP("wording", "%n days"), n)`: "1 day", "3 days",
/// "5,000 days", or as translated.
[[nodiscard]] QString counted(const char *context, const char *one, const char *other, qint64 n);

[[nodiscard]] QString stateLabel(HealthState state);       ///< "Must be replaced", "Expiring", …
[[nodiscard]] QString stateExplanation(HealthState state); ///< One sentence with the next step.
[[nodiscard]] QString
stateWord(HealthState state); ///< Stable machine word, e.g. `must_be_replaced`; not translated.
[[nodiscard]] QString typeLabel(const AuthCredential &credential);
[[nodiscard]] QString strategyLabel(Authorization::Strategy strategy);

/// "in 6 days", "5 hours ago", "just now". Rounded down; from two days on in whole days.
[[nodiscard]] QString relative(const QDateTime &moment, const QDateTime &now);
/// Local and UTC time, exact to the second, with the zone: for tooltips.
[[nodiscard]] QString exact(const QDateTime &moment, const QTimeZone &zone);
/// "in 6 days", "no known expiry", or the raw text with "(time zone missing)" where it cannot be read.
[[nodiscard]] QString expiry(const Timestamp &expiresAt, const QDateTime &now);
/// The same of the date that counts for the credential, with who says so: "in 6 days (recorded)".
[[nodiscard]] QString expiry(const InstanceRecord &record, const QDateTime &now);
[[nodiscard]] QString expirySourceWord(Expiry::Source source);  ///< Stable machine word, e.g. `recorded`.
[[nodiscard]] QString expirySourceLabel(Expiry::Source source); ///< "Konnect says so", …
[[nodiscard]] QString profileToken(const QString &profile);     ///< "Token of “Acme”"
/// For a calendar: "Datadog EU expires". Of a token, its words as `title`.
[[nodiscard]] QString expiryEvent(const QString &title);
[[nodiscard]] QString day(const QDate &date); ///< "3 Mar 2027"
/// "3 Mar 2027, in 95 days": a day on which something ends, until which is counted as endOfDay() has it.
[[nodiscard]] QString lastDay(const QDate &date, const QDateTime &now);
/// "90 days"
[[nodiscard]] QString days(int count);
/// What each of the three says about the record's credential, as what it is: also of an earlier credential,
/// no date at all, or nothing.
[[nodiscard]] QString konnectExpiry(const InstanceRecord &record, const QDateTime &now,
                                    const QTimeZone &zone);
[[nodiscard]] QString recordedExpiry(const InstanceRecord &record, const QDateTime &now);
[[nodiscard]] QString labelledExpiry(const InstanceRecord &record, const QDateTime &now);
/// "Checked 3 minutes ago", "Not checked yet".
[[nodiscard]] QString age(const QDateTime &checkedAt, const QDateTime &now);
/// "1 missing permission", "None", or empty where it is not known.
[[nodiscard]] QString permissions(const InstanceRecord &record);
/// "Kept here since 3 Nov 2026", "Not known here", …
[[nodiscard]] QString keptKeys(const KeptKeys &kept, const QTimeZone &zone);
/// Why the name has to be typed: "“datadog-eu” is protected.", "“Acme” is a production profile.", or both.
[[nodiscard]] QString whyTypedName(const QString &instance, const QString &profile, bool isProtected,
                                   bool production);
[[nodiscard]] QString protectedLabel(); ///< "Protected"
[[nodiscard]] QString phaseLabel(ChangePhase phase);
[[nodiscard]] QString planActionLabel(PlanAction action);
/// "Acme · eu": the profile of a row, and the endpoint where the document names it.
[[nodiscard]] QString planPlace(const PlanRow &row);
[[nodiscard]] QString keyComparisonLabel(KeyComparison comparison); ///< "same", …
[[nodiscard]] QString planRowStateLabel(PlanRowState state);
/// That the file which keys are imported from still has them for everybody to read, and what to do about it.
[[nodiscard]] QString keysInClear(const QString &file);
/// "Revoke the old key of “Datadog EU” at Datadog: it is still valid there."
[[nodiscard]] QString revokeOldKey(const QString &instance, const QString &service);
[[nodiscard]] QString notGiven(); ///< "not given", where Konnect said null.

} // namespace latchkey::wording
