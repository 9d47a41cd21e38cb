// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/faults/fault.h"
#include "tests/support/stack.h"

#include <memory>
#include <optional>

namespace latchkey::test {

/// A change of one instance, with a fault at one of its places, and what is left of it.
class Scene
{
public:
    enum class Kind {
        Create,
        Replace,        ///< The old keys are kept here.
        ReplaceUnknown, ///< They are not.
        Delete,
        RollBack, ///< To the keys before.
    };
    static const QByteArray OldKey;
    static const QByteArray NewKey;

    explicit Scene(Kind kind);
    ~Scene();
    /// Everything as it is before the change, and a fresh Latchkey on it.
    [[nodiscard]] bool prepare();
    /// Runs the change; `fault` begins at the nth place (from 1). Latchkey has ended when it returns.
    /// nullopt: the change never answers.
    [[nodiscard]] std::optional<Outcome<Change>> change(const std::optional<Fault> &fault = {}, int nth = 0);
    /// Opens the database while this fault lasts, instead of a change. Latchkey has ended when it returns.
    [[nodiscard]] std::optional<Done> start(const Fault &fault);
    /// Starts Latchkey again, a minute later in a healthy world.
    [[nodiscard]] bool restart();

    [[nodiscard]] const QList<Place> &places() const { return m_places; } ///< That the change passed.
    [[nodiscard]] Stack &stack() { return *m_stack; }
    [[nodiscard]] int attempts(ChangePhase phase) const; ///< How often it was journaled.
    [[nodiscard]] InstanceAddress address() const;
    [[nodiscard]] HeaderKeys typedKeys() const; ///< As a user would enter them who finishes the change.
    /// What the service shall have before and after; empty where there shall be no credential.
    [[nodiscard]] QByteArray keyBefore() const { return m_keyBefore; }
    [[nodiscard]] QByteArray keyAfter() const;
    /// The key was entered here once.
    [[nodiscard]] static bool isOurs(const QByteArray &key) { return key == OldKey || key == NewKey; }

    [[nodiscard]] QString credentialId() const; ///< At the service now.
    [[nodiscard]] QByteArray key() const;
    [[nodiscard]] int writes(const QByteArray &method) const { return m_world.copies(method, m_instance); }
    [[nodiscard]] bool keychainHas(const QByteArray &key);
    /// It was told of rows of the history.
    [[nodiscard]] bool keychainKnowsRows();
    /// A version of the instance with this key is listed and can be read.
    [[nodiscard]] bool isKept(const QByteArray &key);
    /// One value of the database, by a connection of its own.
    [[nodiscard]] QString value(const QString &statement) const;

private:
    [[nodiscard]] bool replace(const QString &instance, const QByteArray &key);
    [[nodiscard]] bool keepYesterday() const;
    void pass(Place::Kind kind, const QString &name);
    void begin();
    void end();
    void beginBusy();
    void loseDatabase(bool restore);
    [[nodiscard]] QString newEntry() const;
    [[nodiscard]] QString yesterday() const
    {
        return m_world.dir.filePath(QStringLiteral("yesterday.sqlite"));
    }

    Kind m_kind;
    QString m_instance;
    World m_world;
    std::unique_ptr<Stack> m_stack;
    QByteArray m_keyBefore;
    QString m_credentialBefore;
    QString m_oldVersion;
    QString m_versionToGoBackTo;
    QStringList m_entriesBefore;
    QStringList m_headers;
    TransportLimits m_usualLimits;

    bool m_running = false;
    QList<Place> m_places;
    QList<ChangePhase> m_phases;
    std::optional<Fault> m_fault;
    int m_at = 0;
    bool m_hasBegun = false;
};

[[nodiscard]] QString sceneWord(Scene::Kind kind);

} // namespace latchkey::test
