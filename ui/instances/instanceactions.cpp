// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instanceactions.h"

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

} // namespace

AllowedActions allowedActions(const QList<InstanceRecord> &selected)
{
    AllowedActions allowed;
    allowed.copy = !selected.isEmpty();
    if (selected.size() != 1)
        return allowed;
    const InstanceRecord &record = selected.first();
    allowed.refresh = !record.changing;
    allowed.whyNoRollBack = whyNoRollBack(record);
    allowed.rollBack = allowed.whyNoRollBack.isEmpty();
    allowed.whyNoHandover = whyNoHandover(record);
    allowed.handOver = allowed.whyNoHandover.isEmpty();
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

} // namespace latchkey
