// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demoservice.h"
#include "models/core/clock.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QVariant>

#include <memory>
#include <optional>

namespace latchkey::test {

/// One thing that kill_victim does.
struct Command
{
    QString word;
    QByteArray key = "-"; ///< Where keys are entered.
};

/// Where a process dies.
struct Kill
{
    enum class At { Never, Place, BeforeWork, AfterWork };
    At at = At::Never;
    int nth = 0; ///< Place or request, from 1.
    [[nodiscard]] QString toText() const;
};

/// How a process of Latchkey ended.
struct Ended
{
    bool killed = false;
    QJsonObject result;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] int unfinished() const; ///< How many changes it found so.
    [[nodiscard]] QStringList places() const;
};

/// A folder of data and keychain, a service, and the processes of Latchkey on them, one after the other.
class Scene
{
public:
    static const QByteArray OldKey;
    static const QByteArray NewKey;
    static const QByteArray ThirdKey;

    /// `instances`: those that commands are about. `watched`: new credentials are watched.
    Scene(QStringList instances, bool watched);
    [[nodiscard]] bool listen() { return m_service.listen().ok(); }
    /// nullopt: it neither ended nor died.
    [[nodiscard]] std::optional<Ended> run(const Command &command, const Kill &kill = {});

    /// Everything outside Latchkey, as it is between two processes.
    struct Snapshot
    {
        std::shared_ptr<QTemporaryDir> folder;
        QList<std::optional<QJsonObject>> credentials; ///< By instance.
        QList<QHash<QString, QByteArray>> keys;
    };
    [[nodiscard]] Snapshot save();
    /// Requests from before are forgotten.
    [[nodiscard]] bool restore(const Snapshot &snapshot);
    void forgetRequests() { m_service.forgetReceived(); }

    [[nodiscard]] const QStringList &instances() const { return m_instances; }
    // Of the nth instance, at the service.
    [[nodiscard]] QString credentialId(int nth = 0);
    [[nodiscard]] QByteArray key(int nth = 0);
    [[nodiscard]] int writes(int nth); ///< POST and DELETE.
    [[nodiscard]] int writes();        ///< Of all.
    /// More was sent than the journal notes, beyond what it had noted earlier: see attempts().
    [[nodiscard]] bool sentMoreThan(const QList<int> &noted);
    /// How often the journal says that each kind of write of each instance may have been sent.
    [[nodiscard]] QList<int> attempts() const;
    [[nodiscard]] QStringList requests() const;                   ///< "POST", "GET", … in their order.
    [[nodiscard]] QVariant value(const QString &statement) const; ///< One value of the database.

    /// The key was entered here once.
    [[nodiscard]] static bool isOurs(const QByteArray &key);
    /// What must not be, whatever the last process was for, which was not killed; empty: nothing.
    /// `idsBefore`: the credentials that there were before everything.
    [[nodiscard]] QString wrongWith(const Ended &ended, const QStringList &idsBefore);

private:
    [[nodiscard]] QString instanceId(int nth);
    [[nodiscard]] int copies(const QByteArray &method, int nth);
    [[nodiscard]] int count() const { return static_cast<int>(m_instances.size()); }

    QStringList m_instances;
    bool m_watched;
    QTemporaryDir m_dir;
    SystemClock m_clock;
    DemoService m_service;
};

} // namespace latchkey::test
