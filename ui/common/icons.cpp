// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/icons.h"

#include "ui/common/tintediconengine.h"

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString fileName(Icon what)
{
    switch (what) {
    case Icon::StateMustBeReplaced:
        return u"state-must-be-replaced"_s;
    case Icon::StateExpired:
        return u"state-expired"_s;
    case Icon::StateExpiringSoon:
        return u"state-expiring-soon"_s;
    case Icon::StateExpiringLater:
        return u"state-expiring-later"_s;
    case Icon::StateMissingPermissions:
        return u"state-missing-permissions"_s;
    case Icon::StateNoCredential:
        return u"state-no-credential"_s;
    case Icon::StateNotChecked:
        return u"state-not-checked"_s;
    case Icon::StateNoKnownExpiry:
        return u"state-no-known-expiry"_s;
    case Icon::StateHealthy:
        return u"state-healthy"_s;
    case Icon::StateNotNeeded:
        return u"state-not-needed"_s;
    case Icon::Add:
        return u"add"_s;
    case Icon::All:
        return u"all"_s;
    case Icon::Attention:
        return u"attention"_s;
    case Icon::Check:
        return u"check"_s;
    case Icon::Clear:
        return u"clear"_s;
    case Icon::Close:
        return u"close"_s;
    case Icon::Columns:
        return u"columns"_s;
    case Icon::Conceal:
        return u"conceal"_s;
    case Icon::Copy:
        return u"copy"_s;
    case Icon::Dashboard:
        return u"dashboard"_s;
    case Icon::Delete:
        return u"delete"_s;
    case Icon::Demo:
        return u"demo"_s;
    case Icon::Details:
        return u"details"_s;
    case Icon::Down:
        return u"down"_s;
    case Icon::Edit:
        return u"edit"_s;
    case Icon::Empty:
        return u"empty"_s;
    case Icon::Error:
        return u"error"_s;
    case Icon::External:
        return u"external"_s;
    case Icon::Geo:
        return u"geo"_s;
    case Icon::History:
        return u"history"_s;
    case Icon::Info:
        return u"info"_s;
    case Icon::Key:
        return u"key"_s;
    case Icon::KeyUnknown:
        return u"key-unknown"_s;
    case Icon::Locked:
        return u"locked"_s;
    case Icon::NewCredential:
        return u"new-credential"_s;
    case Icon::Offline:
        return u"offline"_s;
    case Icon::Paste:
        return u"paste"_s;
    case Icon::Production:
        return u"production"_s;
    case Icon::Profile:
        return u"profile"_s;
    case Icon::Question:
        return u"question"_s;
    case Icon::Refresh:
        return u"refresh"_s;
    case Icon::Remove:
        return u"remove"_s;
    case Icon::Replace:
        return u"replace"_s;
    case Icon::Reveal:
        return u"reveal"_s;
    case Icon::Search:
        return u"search"_s;
    case Icon::Settings:
        return u"settings"_s;
    case Icon::Sidebar:
        return u"sidebar"_s;
    case Icon::Stop:
        return u"stop"_s;
    case Icon::Undo:
        return u"undo"_s;
    case Icon::Up:
        return u"up"_s;
    case Icon::Wait:
        return u"wait"_s;
    case Icon::Warning:
        return u"warning"_s;
    case Icon::IconCount:
        break;
    }
    return {};
}

} // namespace

QString iconFile(Icon what)
{
    return u":/icons/%1.svg"_s.arg(fileName(what));
}

QIcon icon(Icon what, Ink ink)
{
    return QIcon(new TintedIconEngine(iconFile(what), ink)); // QIcon owns the engine
}

QIcon applicationIcon()
{
    return QIcon(u":/icons/" LATCHKEY_APP_ID ".svg"_s);
}

} // namespace latchkey
