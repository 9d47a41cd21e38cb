// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instanceactions.h"

#include "models/forms/credentialdraft.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::InstanceActions)
};

/// Empty where it can be rolled back.
QString whyNoRollBack(const InstanceRecord &record)
{
    using Knowledge = InstanceRecord::Knowledge;
    using Strategy = Authorization::Strategy;
    if (record.builtIn || record.authorization.strategy == Strategy::None)
        return Text::tr("This integration is built into Konnect and needs no credential.");
    if (record.changing)
        return Text::tr("A change of this instance is under way.");
    if (record.knowledge == Knowledge::NotChecked)
        return Text::tr("The credential was not read yet. Refresh first.");
    if (record.keptKeys.previous)
        return {};
    if (record.authorization.strategy == Strategy::OAuth ||
        record.authorization.strategy == Strategy::GitHubApp)
        return Text::tr("The credential comes from a consent in the browser: authorize it there again.");
    if (record.authorization.strategy == Strategy::AwsRole)
        return Text::tr("A role has no kept keys: replace it and give the ARN of the earlier role.");
    return Text::tr("No earlier keys of this instance are kept here, and Konnect never returns them.");
}

/// Empty where its keys can go to another instance.
QString whyNoHandover(const InstanceRecord &record)
{
    if (record.changing)
        return Text::tr("A change of this instance is under way.");
    if (record.knowledge != InstanceRecord::Knowledge::Present)
        return Text::tr("This instance has no credential, as far as known here.");
    if (record.credential.type != CredentialType::MultiKey)
        return Text::tr("Its credential is not made of keys.");
    if (!record.keptKeys.current)
        return Text::tr("Its keys are not known here, and Konnect never returns them. Enter them first.");
    return {};
}

/// Empty where an expiry can be recorded for its credential.
QString whyNoExpiry(const InstanceRecord &record)
{
    if (record.builtIn)
        return Text::tr("This integration is built into Konnect and needs no credential.");
    if (record.knowledge != InstanceRecord::Knowledge::Present)
        return Text::tr("This instance has no credential, as far as known here.");
    return {};
}

AllowedActions allowedForOne(const InstanceRecord &record)
{
    AllowedActions allowed;
    allowed.copy = true;
    allowed.refresh = !record.changing;
    allowed.whyNoRollBack = whyNoRollBack(record);
    allowed.rollBack = allowed.whyNoRollBack.isEmpty();
    allowed.whyNoHandover = whyNoHandover(record);
    allowed.handOver = allowed.whyNoHandover.isEmpty();
    allowed.whyNoExpiry = whyNoExpiry(record);
    allowed.recordExpiry = allowed.whyNoExpiry.isEmpty();
    allowed.forgetKeys = record.keptKeys.previous && !record.changing;
    allowed.protect = !record.builtIn;
    allowed.isProtected = record.isProtected;
    if (record.changing || record.builtIn)
        return allowed;
    allowed.create = record.knowledge == InstanceRecord::Knowledge::Absent;
    allowed.replace = record.knowledge == InstanceRecord::Knowledge::Present;
    allowed.remove = allowed.replace;
    // Those that Latchkey sent itself are known to be the right ones.
    allowed.enterKeys = allowed.replace && record.credential.type == CredentialType::MultiKey &&
                        (!record.keptKeys.current || record.keptKeys.entered);
    return allowed;
}

AllowedActions allowedForSeveral(const QList<InstanceRecord> &selected)
{
    AllowedActions allowed;
    allowed.copy = true;
    for (const InstanceRecord &record : selected) {
        const AllowedActions one = allowedForOne(record);
        // One alone would be sent to the browser.
        const bool typed = CredentialDraft::typeFor(record) != CredentialType::Unknown;
        allowed.create = allowed.create || (one.create && typed);
        allowed.replace = allowed.replace || (one.replace && typed);
        allowed.remove = allowed.remove || one.remove;
        allowed.recordExpiry = allowed.recordExpiry || one.recordExpiry;
    }
    if (!allowed.recordExpiry)
        allowed.whyNoExpiry = Text::tr("None of them has a credential, as far as known here.");
    if (!allowed.create)
        allowed.whyNoCreate = Text::tr("None of them lacks a credential that can be made here.");
    if (!allowed.replace)
        allowed.whyNoReplace = Text::tr("None of them has a credential that can be replaced from here.");
    if (!allowed.remove)
        allowed.whyNoRemove = Text::tr("None of them has a credential that can be deleted now.");
    return allowed;
}

} // namespace

AllowedActions allowedActions(const QList<InstanceRecord> &selected)
{
    if (selected.isEmpty())
        return {};
    return selected.size() == 1 ? allowedForOne(selected.first()) : allowedForSeveral(selected);
}

AllowedActions allowedForTooMany()
{
    AllowedActions allowed;
    allowed.copy = true;
    allowed.whyNoCreate =
        Text::tr("Not more than %n instances can be changed together.", nullptr, MostAtOnce);
    allowed.whyNoReplace = allowed.whyNoCreate;
    allowed.whyNoRemove = allowed.whyNoCreate;
    allowed.whyNoExpiry = allowed.whyNoCreate;
    return allowed;
}

} // namespace latchkey
