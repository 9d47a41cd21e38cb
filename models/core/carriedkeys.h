// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/newcredential.h"
#include "models/core/problem.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace latchkey {

/// A set of header keys on its way to another machine, with where it belongs. Move-only: it carries keys.
struct CarriedKeys
{
    QString origin;       ///< See Endpoint::origin().
    QString instanceId;   ///< Never empty.
    QString instanceName; ///< Machine name; may be empty.
    QString integration;  ///< Machine name; may be empty.
    QString profileName;  ///< On the machine that it comes from; may be empty.
    QString credentialId; ///< The credential at Konnect that has these keys.
    QDateTime since;      ///< UTC, when they were kept there.
    HeaderKeys keys;
};

/// What became of one set of keys on its way out of a machine, or into one. No secrets.
struct CarryResult
{
    enum class State {
        Carried,           ///< It is in the file, or it is kept here now.
        KeptAlready,       ///< Keys of that credential are kept here: left as they are.
        UnknownInstance,   ///< No profile here knows the instance.
        AnotherCredential, ///< Konnect has another credential by now, or none: they would be of no use.
        Failed,            ///< `problem` says why.
        NotTried,          ///< An earlier one failed in a way that this one would too, or it was stopped.
    };
    State state = State::NotTried;
    QString origin;
    QString instanceId;
    QString instanceName;
    QString integration;
    QString profileName; ///< Here.
    QString credentialId;
    QStringList headers; ///< Names.
    std::optional<Problem> problem;

    bool operator==(const CarryResult &) const = default;
    [[nodiscard]] bool isFine() const { return state == State::Carried || state == State::KeptAlready; }
    /// The instance's name, else its id.
    [[nodiscard]] QString title() const { return instanceName.isEmpty() ? instanceId : instanceName; }
    /// With the names of `keys`, and not tried yet.
    [[nodiscard]] static CarryResult of(const CarriedKeys &keys);
};

[[nodiscard]] QString carryStateWord(CarryResult::State state); ///< `carried`, `kept_already`, …
/// What became of it, translated, with the words of its problem.
[[nodiscard]] QString carryText(const CarryResult &result);

} // namespace latchkey
