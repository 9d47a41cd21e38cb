// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/secrets/splittingsecretstore.h"

#include <QByteArray>
#include <QRandomGenerator>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

// Each part begins with `LKPART <tag> <index>/<count>\n`. The tag is new with every write, so that parts of
// two writes (one of them interrupted) are never put together.
constexpr QByteArrayView magic = "LKPART ";
constexpr qsizetype headerSize = 64; ///< Room that is kept for it.
constexpr int mostParts = 9999;

struct Part
{
    QByteArray tag;
    int index = 0;
    int count = 0;
    Secret body;
};

QString partName(const QString &name, int index)
{
    return index == 0 ? name : name + u'.' + QString::number(index);
}

/// The name of the entry that a part belongs to.
QString wholeName(const QString &part)
{
    const qsizetype dot = part.lastIndexOf(u'.');
    bool isNumber = false;
    const int index = dot < 0 ? 0 : QStringView(part).sliced(dot + 1).toInt(&isNumber);
    return isNumber && part == partName(part.first(dot), index) ? part.first(dot) : part;
}

Secret makePart(const QByteArray &tag, int index, int count, QByteArrayView body)
{
    QByteArray part;
    // Room for all of it at once: growing would leave copies of the secret behind.
    part.reserve(headerSize + body.size());
    part.append(magic).append(tag).append(' ');
    part.append(QByteArray::number(index)).append('/').append(QByteArray::number(count)).append('\n');
    part.append(body);
    return Secret::takeFrom(part);
}

std::optional<Part> parsePart(const Secret &entry)
{
    const QByteArrayView bytes = entry.reveal();
    const qsizetype end = bytes.first(std::min(bytes.size(), headerSize)).indexOf('\n');
    if (!bytes.startsWith(magic) || end < 0)
        return std::nullopt;
    const QByteArray header = bytes.sliced(magic.size(), end - magic.size()).toByteArray();
    const qsizetype space = header.indexOf(' ');
    const qsizetype slash = header.indexOf('/', space);
    if (space <= 0 || slash < 0)
        return std::nullopt;
    bool indexOk = false;
    bool countOk = false;
    Part part;
    part.tag = header.first(space);
    part.index = header.sliced(space + 1, slash - space - 1).toInt(&indexOk);
    part.count = header.sliced(slash + 1).toInt(&countOk);
    if (!indexOk || !countOk || part.count < 1 || part.count > mostParts)
        return std::nullopt;
    part.body = Secret(bytes.sliced(end + 1));
    return part;
}

Problem failed(const QString &detail)
{
    Problem problem;
    problem.category = Problem::Category::KeychainFailed;
    problem.caption = SplittingSecretStore::tr("An entry of the keychain is damaged.");
    problem.detail = detail;
    return problem;
}

} // namespace

SplittingSecretStore::SplittingSecretStore(SecretStore &below, QObject *parent)
    : SecretStore(parent)
    , m_below(below)
{
}

QCoro::Task<Outcome<Secret>> SplittingSecretStore::read(QString name)
{
    Outcome<Secret> first = co_await m_below.read(name);
    if (!first || m_below.largestEntry() == 0)
        co_return first;
    std::optional<Part> head = parsePart(first.value());
    if (!head || head->index != 0)
        co_return failed(tr("Its first part cannot be read."));
    if (head->count == 1)
        co_return std::move(head->body);

    std::vector<Secret> bodies;
    qsizetype size = head->body.size();
    bodies.push_back(std::move(head->body));
    for (int index = 1; index < head->count; ++index) {
        Outcome<Secret> entry = co_await m_below.read(partName(name, index));
        if (!entry && entry.problem().category == Problem::Category::KeychainEntryMissing)
            co_return failed(tr("Part %1 of %2 is missing.").arg(index + 1).arg(head->count));
        if (!entry)
            co_return entry;
        std::optional<Part> part = parsePart(entry.value());
        if (!part || part->tag != head->tag || part->index != index || part->count != head->count)
            co_return failed(tr("Part %1 of %2 belongs to something else.").arg(index + 1).arg(head->count));
        size += part->body.size();
        bodies.push_back(std::move(part->body));
    }
    QByteArray whole;
    whole.reserve(size);
    for (const Secret &body : bodies)
        whole.append(body.reveal());
    co_return Secret::takeFrom(whole);
}

QCoro::Task<Done> SplittingSecretStore::write(QString name, Secret value)
{
    const qsizetype largest = m_below.largestEntry();
    if (largest == 0) {
        Done done = co_await m_below.write(name, std::move(value));
        co_return done;
    }
    const qsizetype room = largest - headerSize;
    const qsizetype count = std::max<qsizetype>(1, (value.size() + room - 1) / room);
    if (room <= 0 || count > mostParts)
        co_return failed(tr("It is too long for this keychain."));
    // What a longer value left behind would stay for ever.
    Done cleared = co_await remove(name);
    if (!cleared)
        co_return cleared;

    const QByteArray tag = QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    // The first part last: while it is missing there is no entry, however many parts a crash left.
    for (qsizetype step = 1; step <= count; ++step) {
        const auto index = static_cast<int>(step % count);
        const qsizetype start = index * room;
        const QByteArrayView body = value.reveal().sliced(start, std::min(room, value.size() - start));
        Secret part = makePart(tag, index, static_cast<int>(count), body);
        Done done = co_await m_below.write(partName(name, index), std::move(part));
        if (!done) {
            // Best effort: whoever wrote asks for the removal again, and it finds the parts.
            Done undone = co_await remove(name);
            static_cast<void>(undone);
            co_return done;
        }
    }
    co_return Done();
}

QCoro::Task<Done> SplittingSecretStore::remove(QString name)
{
    if (m_below.largestEntry() == 0) {
        Done done = co_await m_below.remove(name);
        co_return done;
    }
    int known = 1;
    const Outcome<Secret> first = co_await m_below.read(name);
    if (first) {
        const std::optional<Part> head = parsePart(first.value());
        known = head ? head->count : 1;
    } else if (first.problem().category != Problem::Category::KeychainEntryMissing) {
        co_return Done(first.problem());
    }
    // Parts that an interrupted write left are there without a first one, without a gap.
    for (int index = known;; ++index) {
        const Outcome<Secret> further = co_await m_below.read(partName(name, index));
        if (!further && further.problem().category != Problem::Category::KeychainEntryMissing)
            co_return Done(further.problem());
        if (!further)
            break;
        known = index + 1;
    }
    // The first part last, so that an interrupted removal can be taken up again.
    for (int index = known - 1; index >= 0; --index) {
        Done done = co_await m_below.remove(partName(name, index));
        if (!done)
            co_return done;
    }
    co_return Done();
}

QCoro::Task<Done> SplittingSecretStore::probe()
{
    return m_below.probe();
}

QCoro::Task<Outcome<QStringList>> SplittingSecretStore::list()
{
    Outcome<QStringList> below = co_await m_below.list();
    if (!below || m_below.largestEntry() == 0)
        co_return below;
    QStringList names;
    for (const QString &name : std::as_const(below.value()))
        names.append(wholeName(name));
    names.sort();
    names.removeDuplicates();
    co_return names;
}

} // namespace latchkey
