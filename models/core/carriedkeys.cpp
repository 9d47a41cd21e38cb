// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/carriedkeys.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::CarriedKeys)
};

} // namespace

CarryResult CarryResult::of(const CarriedKeys &keys)
{
    CarryResult result;
    result.origin = keys.origin;
    result.instanceId = keys.instanceId;
    result.instanceName = keys.instanceName;
    result.integration = keys.integration;
    result.credentialId = keys.credentialId;
    result.headers = headerNames(keys.keys);
    return result;
}

QString carryStateWord(CarryResult::State state)
{
    switch (state) {
    case CarryResult::State::Carried:
        return u"carried"_s;
    case CarryResult::State::KeptAlready:
        return u"kept_already"_s;
    case CarryResult::State::UnknownInstance:
        return u"unknown_instance"_s;
    case CarryResult::State::AnotherCredential:
        return u"another_credential"_s;
    case CarryResult::State::Failed:
        return u"failed"_s;
    case CarryResult::State::NotTried:
        return u"not_tried"_s;
    }
    return {};
}

QString carryText(const CarryResult &result)
{
    switch (result.state) {
    case CarryResult::State::Carried:
        return Text::tr("carried");
    case CarryResult::State::KeptAlready:
        return Text::tr("left out: keys of this credential are kept here already");
    case CarryResult::State::UnknownInstance:
        return Text::tr("left out: no profile here knows this instance");
    case CarryResult::State::AnotherCredential:
        return Text::tr("left out: they are of another credential than the one that Konnect has");
    case CarryResult::State::Failed:
        return result.problem ? Text::tr("failed: %1").arg(result.problem->toText()) : Text::tr("failed");
    case CarryResult::State::NotTried:
        return Text::tr("not tried");
    }
    return {};
}

} // namespace latchkey
