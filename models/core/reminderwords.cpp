// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/reminderwords.h"

#include "models/core/wording.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace latchkey::reminderwords {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(reminderwords)
};

constexpr const char *Context = "reminderwords";
constexpr qsizetype MostNames = 5;

QString counted(const char *one, const char *other, qsizetype n)
{
    return wording::counted(Context, one, other, n);
}

QString days(ReminderStep step)
{
    return QString::number(step == ReminderStep::Month ? 30 : step == ReminderStep::Fortnight ? 14 : 7);
}

QString ofCredentials(ReminderStep step, qsizetype n)
{
    switch (step) {
    case ReminderStep::OldKey:
        return counted("%n old key is still to be revoked",
                       QT_TRANSLATE_N_NOOP("reminderwords", "%n old keys are still to be revoked"), n);
    case ReminderStep::Month:
    case ReminderStep::Fortnight:
    case ReminderStep::Week:
        return counted("%n credential expires within %1 days",
                       QT_TRANSLATE_N_NOOP("reminderwords", "%n credentials expire within %1 days"), n)
            .arg(days(step));
    case ReminderStep::Day:
        return counted("%n credential expires within a day",
                       QT_TRANSLATE_N_NOOP("reminderwords", "%n credentials expire within a day"), n);
    case ReminderStep::Expired:
        return counted("%n credential has expired",
                       QT_TRANSLATE_N_NOOP("reminderwords", "%n credentials have expired"), n);
    case ReminderStep::Tainted:
        return counted("%n credential must be replaced",
                       QT_TRANSLATE_N_NOOP("reminderwords", "%n credentials must be replaced"), n);
    }
    Q_UNREACHABLE();
}

QString ofTokens(ReminderStep step, qsizetype n)
{
    if (step == ReminderStep::Tainted)
        return counted(
            "%n token of a profile is refused: expired or revoked",
            QT_TRANSLATE_N_NOOP("reminderwords", "%n tokens of profiles are refused: expired or revoked"), n);
    if (step == ReminderStep::Expired)
        return counted("%n token of a profile has expired",
                       QT_TRANSLATE_N_NOOP("reminderwords", "%n tokens of profiles have expired"), n);
    if (step == ReminderStep::Day)
        return counted("%n token of a profile expires within a day",
                       QT_TRANSLATE_N_NOOP("reminderwords", "%n tokens of profiles expire within a day"), n);
    return counted("%n token of a profile expires within %1 days",
                   QT_TRANSLATE_N_NOOP("reminderwords", "%n tokens of profiles expire within %1 days"), n)
        .arg(days(step));
}

/// A line for each kind and step, in the order of the reminders.
QStringList groups(const QList<Reminder> &reminders)
{
    QStringList lines;
    const auto add = [&](bool token, ReminderStep step) {
        const auto n = std::count_if(reminders.cbegin(), reminders.cend(), [=](const Reminder &each) {
            return each.subject.isToken() == token && each.step == step;
        });
        const QString line = token ? ofTokens(step, n) : ofCredentials(step, n);
        if (!lines.contains(line))
            lines.append(line);
    };
    for (const Reminder &reminder : reminders)
        add(reminder.subject.isToken(), reminder.step);
    return lines;
}

/// In one line, and short: somebody else chose the name.
QString named(const Reminder &reminder, const QDateTime &now)
{
    constexpr qsizetype Longest = 60;
    const auto cut = [](const QString &text) {
        const QString line = text.simplified();
        return line.size() > Longest ? line.left(Longest) + u'…' : line;
    };
    const QString who = reminder.subject.isToken()
                            ? Words::tr("Token of %1").arg(cut(reminder.profileName))
                            : u"%1 (%2)"_s.arg(cut(reminder.name), cut(reminder.profileName));
    QString what = wording::relative(reminder.ends, now);
    if (reminder.step == ReminderStep::OldKey)
        what = Words::tr("the old key is still valid");
    else if (reminder.step == ReminderStep::Tainted)
        what = reminder.subject.isToken() ? Words::tr("expired or revoked")
                                          : wording::stateLabel(HealthState::MustBeReplaced);
    return u"%1: %2"_s.arg(who, what);
}

ReminderNotice::Urgency urgencyOf(ReminderStep worst)
{
    return worst >= ReminderStep::Day ? ReminderNotice::Urgency::Critical : ReminderNotice::Urgency::Normal;
}

} // namespace

ReminderNotice notice(const QList<Reminder> &reminders, bool names, const QDateTime &now)
{
    QStringList lines = groups(reminders);
    ReminderNotice notice;
    notice.title = lines.takeFirst();
    notice.urgency = urgencyOf(reminders.constFirst().step);
    notice.reminders = reminders;
    if (names) {
        for (const Reminder &reminder : reminders.first(qMin(MostNames, reminders.size())))
            lines += named(reminder, now);
        if (const qsizetype more = reminders.size() - MostNames; more > 0)
            lines += counted("and %n more", QT_TRANSLATE_N_NOOP("reminderwords", "and %n more"), more);
    } else {
        lines += Words::tr("Latchkey shows which.");
    }
    notice.body = lines.join(u'\n');
    return notice;
}

ReminderNotice digest(const QMap<HealthState, int> &states)
{
    ReminderNotice notice;
    notice.urgency = ReminderNotice::Urgency::Low;
    notice.title = counted("%n credential needs attention",
                           QT_TRANSLATE_N_NOOP("reminderwords", "%n credentials need attention"),
                           std::accumulate(states.cbegin(), states.cend(), 0));
    QStringList lines;
    for (auto state = states.cbegin(); state != states.cend(); ++state)
        lines += u"%1: %2"_s.arg(wording::stateLabel(state.key()), QString::number(state.value()));
    notice.body = lines.join(u'\n');
    return notice;
}

} // namespace latchkey::reminderwords
