// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/secret.h"

#include <QCoroTask>
#include <QObject>
#include <QString>
#include <QStringList>

namespace latchkey {

/// A place for secrets under names. Every operation answers exactly once, within a deadline; problems are of
/// the Keychain… categories. `KeychainEntryMissing` is only said when the store is open and surely has no
/// such entry.
class SecretStore : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QCoro::Task<Outcome<Secret>> read(QString name) = 0;
    /// Overwrites.
    virtual QCoro::Task<Done> write(QString name, Secret value) = 0;
    /// Removing what is not there is no problem.
    virtual QCoro::Task<Done> remove(QString name) = 0;
    /// Whether the store can be used now. Shows no prompt.
    virtual QCoro::Task<Done> probe() = 0;
    /// The names of all entries, sorted. Shows no prompt. NotSupported where the platform has no way to ask.
    virtual QCoro::Task<Outcome<QStringList>> list() = 0;
    /// Bytes that one entry may hold; 0 for no limit.
    [[nodiscard]] virtual qsizetype largestEntry() const { return 0; }
};

} // namespace latchkey
