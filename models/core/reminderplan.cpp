// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/reminderplan.h"

#include "models/core/attention.h"
#include "models/core/expiry.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <tuple>

namespace latchkey {

namespace {

constexpr qint64 Trust = 7; // Days: how far ahead of now something may have been said.

std::optional<ReminderStep> stepOf(const QDateTime &ends, const QDateTime &now)
{
    if (ends <= now)
        return ReminderStep::Expired;
    static constexpr std::array<std::pair<int, ReminderStep>, 4> Steps{{{1, ReminderStep::Day},
                                                                        {7, ReminderStep::Week},
                                                                        {14, ReminderStep::Fortnight},
                                                                        {30, ReminderStep::Month}}};
    for (const auto &[days, step] : Steps) {
        if (ends.addDays(-days) <= now)
            return step;
    }
    return std::nullopt;
}

class Planner
{
public:
    Planner(const SaidReminders &said, const ReminderRules &rules, const QDateTime &now)
        : m_said(said)
        , m_rules(rules)
        , m_now(now)
    {
    }

    void look(const InstanceRecord &record)
    {
        const Health health = assess(record, m_now, m_rules.health);
        if (record.changing || !wantsAttention(record, health, m_now))
            return;
        const ReminderSubject subject{
            record.address.origin, record.address.instanceId, record.credential.id, {}};
        // Several profiles may see it.
        if (!m_counted.contains(subject)) {
            m_counted.insert(subject);
            ++m_states[health.worst];
        }
        Reminder reminder;
        reminder.address = record.address;
        reminder.name = record.instance.title();
        reminder.profileName = record.profileName;
        reminder.subject = subject;
        const AttentionMark mark =
            record.attention.credentialId == subject.credentialId ? record.attention : AttentionMark();
        const auto isNew = [&health, &mark](HealthState state) {
            return health.has(state) && !mark.acknowledged.contains(state);
        };
        if (isNew(HealthState::Expired) || isNew(HealthState::ExpiringSoon) ||
            isNew(HealthState::ExpiringLater)) {
            reminder.ends = expiryOf(record).at.utc;
            reminder.subject.ends = reminder.ends.date();
            if (const auto step = stepOf(reminder.ends, m_now))
                consider(reminder, *step, mark.snoozedUntil);
        }
        reminder.subject = subject;
        if (isNew(HealthState::MustBeReplaced))
            consider(reminder, ReminderStep::Tainted, mark.snoozedUntil);
    }

    void look(const Profile &profile, bool refused)
    {
        Reminder reminder;
        reminder.profileName = profile.name;
        std::optional<ReminderStep> step;
        if (refused) {
            // When it was to end is no news any more.
            reminder.subject = {{}, profile.id, profile.tokenVersion, {}};
            step = ReminderStep::Tainted;
        } else if (profile.tokenExpires.isValid()) {
            reminder.ends = endOfDay(profile.tokenExpires).utc;
            reminder.subject = {{}, profile.id, {}, reminder.ends.date()};
            step = stepOf(reminder.ends, m_now);
        }
        const QDateTime snoozedUntil = m_said.value(reminder.subject).snoozedUntil;
        if (step && !(snoozedUntil.isValid() && m_now < snoozedUntil))
            consider(reminder, *step, snoozedUntil);
    }

    void look(const OldKey &old)
    {
        const Change &change = old.replacement;
        if (!old.isOpen() || old.isSnoozed(m_now) || m_now < change.updatedAt.addDays(OldKeyReminderDays))
            return;
        Reminder reminder;
        reminder.address = old.key();
        reminder.subject = {reminder.address.origin, reminder.address.instanceId, change.oldCredentialId, {}};
        reminder.name = change.instanceTitle;
        reminder.profileName = change.profileName;
        consider(reminder, ReminderStep::OldKey, old.attention.snoozedUntil);
    }

    ReminderPlan plan()
    {
        std::sort(m_plan.due.begin(), m_plan.due.end(), [](const Reminder &a, const Reminder &b) {
            return std::tie(b.step, a.ends, a.name, a.subject.id) <
                   std::tie(a.step, b.ends, b.name, b.subject.id);
        });
        if (m_plan.due.isEmpty())
            planDigest();
        return m_plan;
    }

private:
    /// nullptr where nothing was said that counts.
    [[nodiscard]] const SaidReminder *saidOf(const ReminderSubject &subject) const
    {
        const auto said = m_said.constFind(subject);
        return said == m_said.cend() || said->at > m_now.addDays(Trust) ? nullptr : &*said;
    }

    [[nodiscard]] bool isNews(const ReminderSubject &subject, ReminderStep step,
                              const QDateTime &snoozedUntil) const
    {
        const SaidReminder *said = saidOf(subject);
        if (said == nullptr || said->step < step)
            return true;
        return snoozedUntil.isValid() && said->at < snoozedUntil && snoozedUntil <= m_now;
    }

    void consider(Reminder reminder, ReminderStep step, const QDateTime &snoozedUntil)
    {
        if (!isNews(reminder.subject, step, snoozedUntil) || m_taken.contains(reminder.subject))
            return;
        m_taken.insert(reminder.subject);
        m_plan.marks.append({reminder.subject, step, m_now, {}});
        reminder.step = step;
        // One that expires and is tainted is one thing to say.
        const auto same =
            std::find_if(m_plan.due.begin(), m_plan.due.end(), [&reminder](const Reminder &other) {
                return !reminder.address.isNull() && other.address == reminder.address;
            });
        if (same == m_plan.due.end())
            m_plan.due.append(reminder);
        else if (same->step < step)
            *same = reminder;
    }

    void planDigest()
    {
        if (m_rules.digestDay < 1 || m_rules.digestDay > 7)
            return;
        const QDate today = dayOf(m_now);
        const QDate last = today.addDays(-((today.dayOfWeek() - m_rules.digestDay + 7) % 7));
        const SaidReminder *said = saidOf({});
        if (said != nullptr && dayOf(said->at) >= last)
            return;
        m_plan.marks.append({{}, ReminderStep::Month, m_now, {}});
        // The first week begins with the first look.
        if (said != nullptr)
            m_plan.digest = m_states;
    }

    /// The day that began at nine.
    [[nodiscard]] QDate dayOf(const QDateTime &moment) const
    {
        // By the clock on the wall: a day on which it is put forward or back has not begun earlier or later.
        const QDateTime there = moment.toTimeZone(m_rules.zone);
        return there.date().addDays(there.time() < QTime(9, 0) ? -1 : 0);
    }

    const SaidReminders &m_said;
    const ReminderRules &m_rules;
    const QDateTime &m_now;
    QSet<ReminderSubject> m_counted;
    QSet<ReminderSubject> m_taken;
    QMap<HealthState, int> m_states;
    ReminderPlan m_plan;
};

} // namespace

ReminderPlan planReminders(const QList<InstanceRecord> &records, const QList<Profile> &profiles,
                           const QList<EndpointState> &endpoints, const SaidReminders &said,
                           const ReminderRules &rules, const QDateTime &now, const QList<OldKey> &oldKeys)
{
    Planner planner(said, rules, now);
    for (const InstanceRecord &record : records)
        planner.look(record);
    for (const Profile &profile : profiles)
        planner.look(profile, isTokenRefused(profile, endpoints));
    for (const OldKey &old : oldKeys)
        planner.look(old);
    return planner.plan();
}

QDateTime putOffUntil(const Reminder &reminder, const QDateTime &wanted, const QDateTime &now)
{
    return reminder.ends.isValid() && reminder.ends > now ? std::min(wanted, reminder.ends) : wanted;
}

} // namespace latchkey
