// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/expirylabels.h"

#include "models/core/expiry.h"
#include "models/konnect/konnectclient.h"
#include "models/services/changechecks.h"
#include "models/services/credentialchanges.h"
#include "models/services/inventory.h"
#include "models/services/konnectclients.h"
#include "models/services/profiles.h"

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int MostAttempts = 3;
constexpr qsizetype MostLabels = 50;
constexpr qsizetype LongestPart = 63;

const QString Name = QString::fromUtf16(ExpiryLabel);

QString written(const QString &name, const QString &value)
{
    return name + u'=' + value;
}

QStringList written(const QMap<QString, QString> &labels)
{
    QStringList all;
    for (auto label = labels.cbegin(); label != labels.cend(); ++label)
        all << written(label.key(), *label);
    return all;
}

/// Those of `labels`, but for our own, whose names are not in `there`.
QMap<QString, QString> missing(QMap<QString, QString> labels, const QMap<QString, QString> &there)
{
    labels.removeIf(
        [&there](const auto &label) { return label.key() == Name || there.contains(label.key()); });
    return labels;
}

bool canBeSent(const QMap<QString, QString> &labels)
{
    return std::all_of(labels.keyValueBegin(), labels.keyValueEnd(), [](const auto &label) {
        return label.first.size() <= LongestPart && label.second.size() <= LongestPart;
    });
}

Problem notKnown(const QString &title, const Problem &why)
{
    return Problem::of(
        Problem::Category::OutcomeUnknown,
        ExpiryLabels::tr("The labels of “%1” were sent, but it could not be read what became of them.")
            .arg(title),
        why.caption);
}

QString listOfLost(const QStringList &lost)
{
    return lost.isEmpty() ? QString()
                          : ExpiryLabels::tr(" These labels are gone: %1.").arg(lost.join(u", "_s));
}

} // namespace

ExpiryLabels::ExpiryLabels(Profiles &profiles, Inventory &inventory, KonnectClients &clients,
                           CredentialChanges &changes, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_inventory(inventory)
    , m_clients(clients)
    , m_changes(changes)
{
}

QCoro::Task<Outcome<LabelReport>> ExpiryLabels::share(InstanceAddress address, QDate date)
{
    const QString value = date.toString(Qt::ISODate);
    if (!dateFromText(value).isValid())
        co_return Problem::of(Problem::Category::InvalidInput, tr("There is no date to share."));
    Outcome<LabelReport> report = co_await set(std::move(address), value);
    co_return report;
}

QCoro::Task<Outcome<LabelReport>> ExpiryLabels::unshare(InstanceAddress address)
{
    return set(std::move(address), {});
}

QCoro::Task<Outcome<LabelReport>> ExpiryLabels::set(InstanceAddress address, QString value)
{
    const RunningCount::Guard running = m_running.enter();
    const std::optional<Profile> profile = m_profiles.find(address.profileId);
    if (!profile)
        co_return Problem::of(Problem::Category::NotFound, tr("There is no such profile any more."));
    if (auto refusal = changechecks::organization(*profile))
        co_return *std::move(refusal);
    // Two of ours would take each other's labels away.
    const Outcome<std::shared_ptr<void>> reserved = m_changes.reserve(address);
    if (!reserved)
        co_return reserved.problem();
    const Outcome<std::shared_ptr<KonnectClient>> client =
        co_await m_clients.client(*profile, address.origin);
    if (!client)
        co_return client.problem();
    const std::optional<InstanceRecord> known = m_inventory.find(address);
    Task task;
    task.address = address;
    task.title = known ? known->instance.title() : address.instanceId;
    task.value = value;
    task.client = client.value();
    const Outcome<Sent> sent = co_await send(task);
    if (!sent)
        co_return sent.problem();
    if (sent.value().nothing)
        co_return LabelReport();
    Outcome<LabelReport> report = co_await compare(task, sent.value());
    co_return report;
}

QCoro::Task<Outcome<ExpiryLabels::Sent>> ExpiryLabels::send(Task task)
{
    for (int attempt = 1; attempt <= MostAttempts; ++attempt) {
        const Outcome<Labels> present = co_await read(task);
        if (!present)
            co_return present.problem();
        Sent sent;
        sent.wanted = with(task, present.value());
        sent.nothing = sent.wanted == present.value();
        if (sent.nothing)
            co_return sent;
        if (sent.wanted.size() > MostLabels) {
            co_return Problem::of(
                Problem::Category::Refused,
                tr("“%1” has %2 labels already, and Konnect takes no more.").arg(task.title).arg(MostLabels),
                tr("Nothing was sent. Remove a label of it in Konnect, or keep the date on this machine "
                   "alone."));
        }
        if (!canBeSent(present.value())) {
            co_return Problem::of(
                Problem::Category::Refused,
                tr("“%1” has a label that is longer than Konnect takes.").arg(task.title),
                tr("Nothing was sent, because all labels are sent together. Shorten it in Konnect first."));
        }
        const Outcome<IntegrationInstance> answer =
            co_await task.client->setLabels(task.address.instanceId, present.value(), sent.wanted);
        if (answer)
            co_return sent;
        const Problem &problem = answer.problem();
        if (problem.category == Problem::Category::OutcomeUnknown) {
            sent.unclear = problem;
            co_return sent;
        }
        // Refused: they are others by now, and nothing was sent.
        if (problem.category != Problem::Category::Refused)
            co_return problem;
    }
    co_return Problem::of(Problem::Category::Refused,
                          tr("Somebody is changing the labels of “%1” all the time.").arg(task.title),
                          tr("Nothing was sent. Try again later."));
}

QCoro::Task<Outcome<ExpiryLabels::Labels>> ExpiryLabels::read(Task task)
{
    const Outcome<IntegrationInstance> answer = co_await task.client->instance(task.address.instanceId);
    if (!answer)
        co_return answer.problem();
    m_inventory.setInstance(task.address, answer.value());
    const Labels labels = answer.value().labels;
    co_return labels;
}

QCoro::Task<Outcome<LabelReport>> ExpiryLabels::compare(Task task, Sent sent)
{
    const Outcome<Labels> read = co_await this->read(task);
    if (!read)
        co_return notKnown(task.title, read.problem());
    const Labels &there = read.value();
    const Labels lost = missing(sent.wanted, there);
    if (sent.unclear && !isDone(task, there)) {
        co_return Problem::of(
            Problem::Category::OutcomeUnknown,
            tr("The labels of “%1” are not changed, as far as Konnect shows.").arg(task.title),
            sent.unclear->caption + u' ' + tr("Nothing is sent again by itself.") +
                listOfLost(written(lost)));
    }
    LabelReport report;
    for (auto label = sent.wanted.cbegin(); label != sent.wanted.cend(); ++label) {
        if (label.key() != Name && there.contains(label.key()) && there.value(label.key()) != *label)
            report.changed << written(label.key(), there.value(label.key()));
    }
    if (lost.isEmpty() && isDone(task, there))
        co_return report;
    Outcome<LabelReport> repaired = co_await repair(task, there, lost, report);
    co_return repaired;
}

QCoro::Task<Outcome<LabelReport>> ExpiryLabels::repair(Task task, Labels there, Labels lost,
                                                       LabelReport report)
{
    Labels whole = there;
    whole.insert(lost);
    whole = with(task, whole);
    if (whole.size() <= MostLabels) {
        // Whatever its answer is: what is there then counts.
        co_await task.client->setLabels(task.address.instanceId, there, whole);
    }
    const Outcome<Labels> read = co_await this->read(task);
    if (!read) {
        Problem unread = notKnown(task.title, read.problem());
        unread.detail += listOfLost(written(lost));
        co_return unread;
    }
    report.lost = written(missing(lost, read.value()));
    report.restored = written(lost);
    report.restored.removeIf([&report](const QString &label) { return report.lost.contains(label); });
    if (isDone(task, read.value()))
        co_return report;
    co_return Problem::of(
        Problem::Category::Conflict,
        tr("Somebody else changes the labels of “%1” at the same time: the date did not stay.")
            .arg(task.title),
        tr("Look at its labels in Konnect.") + listOfLost(report.lost));
}

bool ExpiryLabels::isDone(const Task &task, const Labels &there)
{
    return with(task, there) == there;
}

ExpiryLabels::Labels ExpiryLabels::with(const Task &task, Labels labels)
{
    if (task.value.isEmpty())
        labels.remove(Name);
    else
        labels.insert(Name, task.value);
    return labels;
}

} // namespace latchkey
