// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/planresultcsv.h"

#include "models/transfer/csv.h"

namespace latchkey::planresultcsv {

using namespace Qt::StringLiterals;

QByteArray toCsv(const PlanResult &result)
{
    QString text = csv::line({u"profile"_s, u"integration"_s, u"instance"_s, u"title"_s, u"instance_id"_s,
                              u"origin"_s, u"action"_s, u"state"_s, u"old_credential_id"_s,
                              u"new_credential_id"_s, u"change_id"_s, u"note"_s, u"problem"_s});
    for (const PlanRowResult &each : result.rows) {
        const PlanRow &row = each.row;
        text += csv::line({row.profile, row.wanted.integration, row.wanted.name, row.title,
                           row.address.instanceId, row.address.origin, planActionWord(row.action),
                           planRowStateWord(each.state), row.credentialId, each.change.newCredentialId,
                           each.change.id, each.note, each.problem ? each.problem->toText() : QString()});
    }
    return text.toUtf8();
}

} // namespace latchkey::planresultcsv
