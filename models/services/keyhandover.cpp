// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/keyhandover.h"

#include "models/services/changechecks.h"
#include "models/services/changewords.h"
#include "models/services/credentialchanges.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/services/profiles.h"

#include <algorithm>
#include <utility>

namespace latchkey {

namespace {

/// What stands in the way of handing over the keys of `from`, as far as they themselves go.
std::optional<Problem> obstacleHere(const InstanceRecord &from, const std::optional<KeyVersion> &kept)
{
    const auto tr = [](const char *text) { return KeyHandover::tr(text); };
    const QString title = from.instance.title();
    if (!kept) {
        return Problem::of(Problem::Category::Refused, tr("The keys of “%1” are not known here.").arg(title),
                           tr("Konnect never returns keys. Enter them first, or create the other credential "
                              "with keys that you type."));
    }
    if (from.knowledge != InstanceRecord::Knowledge::Present)
        return std::nullopt;
    if (!kept->credentialId.isEmpty() && kept->credentialId != from.credential.id) {
        return Problem::of(
            Problem::Category::Refused,
            tr("The keys that are kept of “%1” are not those of its credential.").arg(title),
            tr("Somebody replaced it elsewhere, and Konnect never returns keys. Enter them first."));
    }
    return std::nullopt;
}

} // namespace

KeyHandover::KeyHandover(Profiles &profiles, Inventory &inventory, KeyVault &vault,
                         CredentialChanges &changes, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_inventory(inventory)
    , m_vault(vault)
    , m_changes(changes)
{
}

QList<InstanceRecord> KeyHandover::targets(const InstanceAddress &from) const
{
    QList<InstanceRecord> found;
    const std::optional<InstanceRecord> source = m_inventory.find(from);
    if (!source)
        return found;
    const QList<InstanceRecord> all = m_inventory.records();
    std::ranges::copy_if(all, std::back_inserter(found), [&](const InstanceRecord &each) {
        return each.address != from && each.instance.integrationName == source->instance.integrationName;
    });
    std::ranges::stable_sort(found, [](const InstanceRecord &left, const InstanceRecord &right) {
        return left.instance.title().localeAwareCompare(right.instance.title()) < 0;
    });
    return found;
}

HandoverPreview KeyHandover::preview(HandoverKind kind, const InstanceAddress &from,
                                     const InstanceAddress &to) const
{
    HandoverPreview preview;
    preview.kind = kind;
    const std::optional<InstanceRecord> target = m_inventory.find(to);
    const bool isReplaced = target && target->knowledge == InstanceRecord::Knowledge::Present;
    preview.there = m_changes.preview(isReplaced ? ChangeKind::Replace : ChangeKind::Create, to);
    preview.here = m_changes.preview(ChangeKind::Delete, from);
    preview.crossesProfiles = from.profileId != to.profileId;
    preview.crossesOrigins = from.origin != to.origin;
    const InstanceRecord &source = preview.here.record;
    if (kind == HandoverKind::Copy) {
        preview.here.obstacle = {};
        preview.here.needsTypedName = false;
    }
    if (source.address != from) {
        preview.obstacle =
            Problem::of(Problem::Category::NotFound, tr("Latchkey does not know this instance."));
    } else if (from == to) {
        preview.obstacle =
            Problem::of(Problem::Category::Refused,
                        tr("The keys are kept for “%1” already.").arg(source.instance.title()));
    } else if (auto refusal = obstacleHere(source, m_vault.current(from))) {
        preview.obstacle = refusal;
    } else if (target && target->instance.integrationName != source.instance.integrationName) {
        preview.obstacle =
            Problem::of(Problem::Category::Refused,
                        tr("“%1” is an instance of another integration.").arg(target->instance.title()),
                        tr("Keys go only to an instance of the same integration."));
    } else {
        preview.obstacle = preview.there.obstacle ? preview.there.obstacle : preview.here.obstacle;
    }
    return preview;
}

QCoro::Task<Outcome<HandoverResult>> KeyHandover::run(HandoverRequest request, std::stop_token stop)
{
    const RunningCount::Guard running = m_running.enter();
    const std::stop_token stopAll = m_stop.get_token();
    const HandoverPreview shown = preview(request.kind, request.from, request.to);
    if (shown.obstacle)
        co_return *shown.obstacle;
    ChangeRequest here;
    here.kind = ChangeKind::Delete;
    here.address = request.from;
    here.expectedCredentialId = request.expectedHere;
    here.typedName = request.typedHere;
    if (request.kind == HandoverKind::Move) {
        // Before anything is sent: the deletion itself would ask only when the other credential is there.
        const InstanceRecord &source = shown.here.record;
        if (auto refusal = changechecks::typedName(*m_profiles.find(request.from.profileId), here,
                                                   source.instance, source.isProtected))
            co_return *std::move(refusal);
        if (auto refusal = changechecks::expectedCredential(here, source.credential, source.instance.title()))
            co_return *std::move(refusal);
    }
    ChangeRequest there;
    there.kind = request.expectedThere.isEmpty() ? ChangeKind::Create : ChangeKind::Replace;
    there.address = request.to;
    there.expectedCredentialId = request.expectedThere;
    there.typedName = request.typedThere;
    there.fromVersion = m_vault.current(request.from)->id;
    there.keysOf = request.from;
    // The same keys end on the same day, however that is known here.
    there.expires = shown.here.record.expiry.lastDay(shown.here.record.credential);
    there.keep = shown.here.record.keptKeys.inMemoryOnly ? KeepKeys::InMemory : KeepKeys::InKeychain;
    const Outcome<Change> created = co_await m_changes.run(std::move(there), stop);
    if (!created)
        co_return created.problem();
    HandoverResult result;
    result.there = created.value();
    if (request.kind == HandoverKind::Copy || !result.isDone(HandoverKind::Copy))
        co_return result;
    if (stopAll.stop_requested() || stop.stop_requested()) {
        result.problemHere = changewords::stopped();
        co_return result;
    }
    const Outcome<Change> deleted = co_await m_changes.run(std::move(here), stop);
    if (deleted) {
        result.here = deleted.value();
        result.problemHere = deleted.value().problem;
    } else {
        result.problemHere = deleted.problem();
    }
    co_return result;
}

void KeyHandover::stop()
{
    // A fresh one for those that come after.
    std::exchange(m_stop, std::stop_source()).request_stop();
}

} // namespace latchkey
