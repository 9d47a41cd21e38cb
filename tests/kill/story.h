// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/kill/scene.h"

namespace latchkey::test {

/// A change that is killed, and what it is about.
struct Story
{
    QString name;
    QStringList instances;
    QList<Command> before; ///< What there was before it.
    Command change;
    QStringList steps;     ///< Commands of the next start.
    QByteArray keyAfter;   ///< Of the first instance; empty for none.
    bool isKnown = false;  ///< The keys from before are kept.
    bool watched = false;  ///< New credentials are watched.
    bool anyOrder = false; ///< Its places do not come in the same order each time.
};

[[nodiscard]] const QList<Story> &allStories();
[[nodiscard]] const Story &storyOf(const QString &name);

/// The scene of a story, and what its change passes when nobody kills it.
class Stage
{
public:
    explicit Stage(const Story &story);
    /// What there was before, and the change once to its end. Empty: it is ready; else why not.
    [[nodiscard]] QString prepare();

    [[nodiscard]] const Story &story() const { return m_story; }
    [[nodiscard]] Scene &scene() { return m_scene; }
    [[nodiscard]] const QStringList &idsBefore() const { return m_idsBefore; }
    [[nodiscard]] const QByteArray &keyBefore() const { return m_keyBefore; }

    /// All that the undisturbed change can be killed at.
    [[nodiscard]] QList<Kill> kills() const;
    /// The first place, or request, of this name.
    [[nodiscard]] Kill killAt(Kill::At at, const QString &name) const;
    /// Runs the change and kills it there. Empty: it died, and sent no more than it noted before; else what
    /// is wrong.
    [[nodiscard]] QString kill(const Kill &where);
    /// All that `next` can be killed at after that; empty where something fails.
    [[nodiscard]] QList<Kill> killsOf(const Command &next, const Kill &first);
    /// The same as kill(), and then kills `next` too.
    [[nodiscard]] QString killAgain(const Kill &first, const Command &next, const Kill &second);

private:
    /// A kill that many cases go on from.
    struct Remembered
    {
        QString name;
        Scene::Snapshot scene;
    };
    [[nodiscard]] static QList<Kill> killsAt(const QStringList &places, const QStringList &requests);
    [[nodiscard]] QString kill(const Scene::Snapshot &from, const Command &command, const Kill &where,
                               const QString &name, Remembered &remembered);

    const Story &m_story;
    Scene m_scene;
    Scene::Snapshot m_start;
    Remembered m_killed; ///< The last one.
    Remembered m_killedTwice;
    QStringList m_idsBefore;
    QByteArray m_keyBefore;
    QStringList m_places;
    QStringList m_requests;
};

} // namespace latchkey::test
