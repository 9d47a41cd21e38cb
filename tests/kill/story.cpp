// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kill/story.h"

#include <algorithm>
#include <utility>

namespace latchkey::test {

using namespace Qt::StringLiterals;

const QList<Story> &allStories()
{
    static const QStringList empty{u"swaggerhub-sandbox"_s};
    static const QStringList taken{u"datadog-staging"_s};
    static const QStringList two{u"datadog-staging"_s, u"datadog-checkout"_s};
    static const QStringList moving{u"swaggerhub-internal"_s, u"swaggerhub-sandbox"_s};
    static const Command replaceOld{u"replace"_s, Scene::OldKey};
    static const Command replaceNew{u"replace"_s, Scene::NewKey};
    static const Command create{u"create"_s, Scene::NewKey};
    static const Command remove{u"delete"_s};
    static const Command back{u"back"_s};
    static const QStringList single{u"finish"_s, u"rollback"_s, u"leave"_s};
    static const QStringList several{u"resume"_s, u"giveup"_s};
    static const QList<Story> stories{
        {u"create"_s, empty, {}, create, single, Scene::NewKey},
        {u"replace"_s, taken, {replaceOld}, replaceNew, single, Scene::NewKey, true},
        {u"replace unknown keys"_s, taken, {}, replaceNew, single, Scene::NewKey},
        {u"delete"_s, taken, {replaceOld}, remove, single, {}, true},
        {u"roll back"_s, taken, {replaceOld, replaceNew}, back, single, Scene::OldKey, true},
        {u"undo a deletion"_s, taken, {replaceOld, remove}, back, single, Scene::OldKey},
        {u"create, watched"_s, empty, {}, create, single, Scene::NewKey, false, true},
        {u"replace, watched"_s, taken, {replaceOld}, replaceNew, single, Scene::NewKey, true, true},
        {u"adopt"_s, taken, {}, {u"adopt"_s, Scene::OldKey}, {u"look"_s, u"adopt"_s}, {}},
        {u"copy"_s, two, {replaceOld}, {u"copy"_s}, single, Scene::OldKey, true},
        {u"move"_s, moving, {replaceOld}, {u"move"_s}, single, {}, true},
        {u"run"_s, two, {}, {u"bulk"_s, Scene::NewKey}, several, Scene::NewKey},
        {u"run, two at once"_s,
         two,
         {},
         {u"both"_s, Scene::NewKey},
         several,
         Scene::NewKey,
         false,
         false,
         true},
    };
    return stories;
}

const Story &storyOf(const QString &name)
{
    return *std::ranges::find(allStories(), name, &Story::name);
}

Stage::Stage(const Story &story)
    : m_story(story)
    , m_scene(story.instances, story.watched)
{
}

QString Stage::prepare()
{
    if (!m_scene.listen())
        return u"the service does not listen"_s;
    QList<Command> commands{Command{u"seed"_s}};
    commands += m_story.before;
    for (const Command &command : std::as_const(commands)) {
        const auto ended = m_scene.run(command);
        if (!ended || ended->killed || !ended->problem().isEmpty())
            return u"%1: %2"_s.arg(command.word, ended ? ended->problem() : u"it hangs"_s);
    }
    m_start = m_scene.save();
    for (int nth = 0; nth < m_story.instances.size(); ++nth)
        m_idsBefore.append(m_scene.credentialId(nth));
    m_keyBefore = m_scene.key();
    if (!m_scene.restore(m_start))
        return u"the folder cannot be copied"_s;
    const auto whole = m_scene.run(m_story.change);
    if (!whole || whole->killed || !whole->problem().isEmpty())
        return u"%1: %2"_s.arg(m_story.name, whole ? whole->problem() : u"it hangs"_s);
    m_places = whole->places();
    m_requests = m_scene.requests();
    if (m_scene.key() != m_story.keyAfter && !m_story.steps.contains(u"look"_s))
        return u"%1 does not come to its end"_s.arg(m_story.name);
    return m_scene.wrongWith(*whole, m_idsBefore);
}

QList<Kill> Stage::killsAt(const QStringList &places, const QStringList &requests)
{
    QList<Kill> kills;
    for (int nth = 1; nth <= places.size(); ++nth)
        kills.append({Kill::At::Place, nth});
    for (int nth = 1; nth <= requests.size(); ++nth) {
        kills.append({Kill::At::BeforeWork, nth});
        kills.append({Kill::At::AfterWork, nth});
    }
    return kills;
}

QList<Kill> Stage::kills() const
{
    return killsAt(m_places, m_requests);
}

Kill Stage::killAt(Kill::At at, const QString &name) const
{
    const QStringList &names = at == Kill::At::Place ? m_places : m_requests;
    return {at, static_cast<int>(names.indexOf(name)) + 1};
}

QString Stage::kill(const Kill &where)
{
    return kill(m_start, m_story.change, where, where.toText(), m_killed);
}

QList<Kill> Stage::killsOf(const Command &next, const Kill &first)
{
    if (!kill(first).isEmpty())
        return {};
    const auto whole = m_scene.run(next);
    if (!whole || whole->killed)
        return {};
    return killsAt(whole->places(), m_scene.requests());
}

QString Stage::killAgain(const Kill &first, const Command &next, const Kill &second)
{
    const QString name = u"%1, %2 %3"_s.arg(first.toText(), next.word, second.toText());
    if (name != m_killedTwice.name) {
        const QString wrong = kill(first);
        if (!wrong.isEmpty())
            return wrong;
    }
    return kill(m_killed.scene, next, second, name, m_killedTwice);
}

QString Stage::kill(const Scene::Snapshot &from, const Command &command, const Kill &where,
                    const QString &name, Remembered &remembered)
{
    if (name == remembered.name)
        return m_scene.restore(remembered.scene) ? QString() : u"the folder cannot be copied"_s;
    if (!m_scene.restore(from))
        return u"the folder cannot be copied"_s;
    const QList<int> noted = m_scene.attempts();
    const auto ended = m_scene.run(command, where);
    if (!ended)
        return u"it hangs"_s;
    if (!ended->killed && !m_story.anyOrder)
        return u"it was not killed"_s;
    if (m_scene.sentMoreThan(noted))
        return u"more was sent than was noted before"_s;
    if (m_scene.value(u"PRAGMA integrity_check"_s).toString() != u"ok"_s)
        return u"the database is damaged"_s;
    m_scene.forgetRequests();
    remembered = {name, m_scene.save()};
    return {};
}

} // namespace latchkey::test
