// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/fault.h"

#include <cerrno>

namespace latchkey::test {

using namespace Qt::StringLiterals;

namespace {

using What = Fault::What;
using Action = DemoFault::Action;
using Category = Problem::Category;

Fault wire(const QString &name, Action action)
{
    Fault fault;
    fault.name = name;
    fault.wire.action = action;
    return fault;
}

Fault status(int code, const QByteArray &retryAfter = {})
{
    Fault fault = wire(u"status %1"_s.arg(code), Action::Status);
    fault.wire.status = code;
    fault.wire.retryAfter = retryAfter;
    if (!retryAfter.isEmpty())
        fault.name += u" with Retry-After: %1"_s.arg(QString::fromLatin1(retryAfter));
    return fault;
}

Fault body(const QByteArray &text)
{
    Fault fault = wire(u"the body %1"_s.arg(QString::fromLatin1(text)), Action::Body);
    fault.wire.status = 200;
    fault.wire.body = text;
    return fault;
}

Fault lasting(Fault fault)
{
    fault.lasting = true;
    fault.name += u" from then on"_s;
    return fault;
}

QList<Fault> wireFaults()
{
    QList<Fault> faults;
    for (const int code : {400, 401, 403, 404, 409, 429, 500, 502, 503})
        faults << status(code);
    faults << status(429, "1") << status(503, "1") << status(429, "3600");
    Fault late = wire(u"an answer after the time-out"_s, Action::Delay);
    late.wire.delayMs = 1'000;
    Fault redirect = wire(u"redirect"_s, Action::Redirect);
    redirect.wire.location = "http://127.0.0.1:9/elsewhere";
    const Fault closed = wire(u"closed before the work"_s, Action::CloseBefore);
    const Fault closedAfter = wire(u"closed after the work"_s, Action::CloseAfter);
    const Fault never = wire(u"no answer"_s, Action::Never);
    faults << closed << closedAfter << wire(u"reset before the work"_s, Action::ResetBefore)
           << wire(u"reset after the work"_s, Action::ResetAfter) << wire(u"half a body"_s, Action::HalfBody)
           << wire(u"HTML"_s, Action::WrongType) << never << late << redirect << body("{}") << body("[]");
    faults << lasting(status(403)) << lasting(status(429)) << lasting(status(503)) << lasting(closed)
           << lasting(closedAfter) << lasting(never) << lasting(wire(u"HTML"_s, Action::WrongType));
    return faults;
}

QList<Fault> keychainFaults()
{
    QList<Fault> faults;
    const auto add = [&faults](What what, const QString &name, Category category) {
        Fault fault;
        fault.what = what;
        fault.name = name;
        fault.category = category;
        faults << fault;
    };
    add(What::Keychain, u"keychain absent"_s, Category::KeychainUnavailable);
    add(What::Keychain, u"keychain locked"_s, Category::KeychainLocked);
    add(What::Keychain, u"keychain refused"_s, Category::KeychainRefused);
    add(What::Keychain, u"keychain hung"_s, Category::KeychainHung);
    add(What::Keychain, u"keychain full"_s, Category::KeychainFailed);
    const QList<Fault> once = faults;
    for (const Fault &fault : once)
        faults << lasting(fault);
    add(What::KeychainAfterDoing, u"keychain hung, the work done,"_s, Category::KeychainHung);
    add(What::ReadsOther, u"read-back mismatch"_s, Category::KeychainFailed);
    Fault always = faults.constLast();
    faults << lasting(always);
    add(What::LosesOld, u"entry of the old keys deleted"_s, Category::KeychainEntryMissing);
    add(What::LosesNew, u"entry of the new keys deleted"_s, Category::KeychainEntryMissing);
    return faults;
}

} // namespace

bool Fault::canBeginAt(const Place &place) const
{
    switch (what) {
    case What::Wire:
        return place.kind == Place::Kind::Request;
    case What::Keychain:
    case What::KeychainAfterDoing:
        return place.kind == Place::Kind::Keychain;
    case What::ReadsOther:
        return place.kind == Place::Kind::Keychain && place.name.startsWith("read"_L1);
    case What::LosesOld:
    case What::LosesNew:
    case What::Busy:
    case What::BusyForAMoment:
    case What::DiskRefuses:
    case What::Deleted:
    case What::Restored:
        return true;
    }
    Q_UNREACHABLE();
}

QList<Fault> storageFaults()
{
    QList<Fault> faults;
    const auto add = [&faults](What what, const QString &name, int systemError = 0) {
        Fault fault;
        fault.what = what;
        fault.name = name;
        fault.systemError = systemError;
        faults << fault;
    };
    add(What::BusyForAMoment, u"database busy for a moment"_s);
    add(What::Busy, u"database busy"_s);
    add(What::DiskRefuses, u"disk full"_s, ENOSPC);
    add(What::DiskRefuses, u"disk broken"_s, EIO);
    add(What::DiskRefuses, u"database read-only"_s, EROFS);
    const QList<Fault> once = faults;
    for (const Fault &fault : once) {
        if (fault.what != What::BusyForAMoment)
            faults << lasting(fault);
    }
    add(What::Deleted, u"database deleted"_s);
    add(What::Restored, u"database restored from yesterday"_s);
    return faults;
}

QList<Fault> allFaults()
{
    return wireFaults() + keychainFaults() + storageFaults();
}

} // namespace latchkey::test
