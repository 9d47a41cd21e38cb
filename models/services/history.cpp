// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/history.h"

#include "models/core/mac.h"
#include "models/secrets/secretstore.h"
#include "models/storage/changejournal.h"
#include "models/storage/historystore.h"
#include "models/transfer/exportfile.h"
#include "models/transfer/historyexport.h"

#include <QJsonDocument>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString keyEntry = u"history-key"_s;
const QString headEntry = u"history-head"_s;
constexpr qsizetype keySize = 32;

bool isMissing(const Problem &problem)
{
    return problem.category == Problem::Category::KeychainEntryMissing;
}

bool isCsv(const QString &file)
{
    return file.endsWith(u".csv"_s, Qt::CaseInsensitive);
}

Secret write(const HistoryStore::Head &head)
{
    QByteArray text = QByteArray::number(head.count) + ' ' + head.digest.toHex();
    return Secret::takeFrom(text);
}

std::optional<HistoryStore::Head> readHead(const Secret &entry)
{
    const QList<QByteArray> words = entry.reveal().toByteArray().split(' ');
    bool ok = false;
    const qint64 count = words.value(0).toLongLong(&ok);
    if (!ok || words.size() != 2)
        return std::nullopt;
    return HistoryStore::Head{count, QByteArray::fromHex(words.at(1))};
}

} // namespace

History::History(HistoryStore &rows, ChangeJournal &journal, SecretStore &keychain, QObject *parent)
    : QObject(parent)
    , m_rows(rows)
    , m_journal(journal)
    , m_keychain(keychain)
{
}

QCoro::Task<Outcome<std::shared_ptr<const Secret>>> History::key(bool make)
{
    using Key = std::shared_ptr<const Secret>;
    if (m_key)
        co_return Key(m_key);
    Outcome<Secret> kept = co_await m_keychain.read(keyEntry);
    if (!kept && make && isMissing(kept.problem())) {
        Secret fresh = randomMacKey();
        const Done written = co_await m_keychain.write(keyEntry, std::move(fresh));
        if (!written)
            co_return written.problem();
        kept = co_await m_keychain.read(keyEntry);
        // A crash before the end of the very first change must not look like a head that was removed.
        if (kept)
            co_await writeHead();
    }
    if (!kept)
        co_return std::move(kept).problem();
    if (kept.value().size() != keySize) {
        co_return Problem::of(Problem::Category::KeychainFailed,
                              tr("The keychain's entry of the key that seals the history is damaged."));
    }
    m_key = std::make_shared<const Secret>(std::move(kept).value());
    co_return Key(m_key);
}

QCoro::Task<void> History::prepare()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<std::shared_ptr<const Secret>> found = co_await key(true);
    m_journal.sealWith(found ? found.value() : nullptr);
}

QCoro::Task<void> History::keepHead()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<HistoryStore::Head> head = co_await m_rows.head();
    if (!head || head.value().count == m_kept)
        co_return;
    if (m_journal.isSealing())
        co_await writeHead();
    Q_EMIT changed();
}

QCoro::Task<void> History::writeHead()
{
    const Outcome<HistoryStore::Head> head = co_await m_rows.head();
    if (!head)
        co_return;
    Secret text = write(head.value());
    const Done written = co_await m_keychain.write(headEntry, std::move(text));
    m_kept = written ? head.value().count : -1;
}

QCoro::Task<Outcome<QList<HistoryEntry>>> History::entries()
{
    const RunningCount::Guard running = m_running.enter();
    Outcome<QList<HistoryEntry>> all = co_await m_rows.entries();
    co_return all;
}

bool History::canExportTo(const QString &file)
{
    return isCsv(file) || file.endsWith(u".json"_s, Qt::CaseInsensitive);
}

QCoro::Task<Outcome<qint64>> History::exportTo(QString file)
{
    const RunningCount::Guard running = m_running.enter();
    if (!canExportTo(file)) {
        co_return Problem::of(Problem::Category::Refused,
                              tr("The history cannot be written to %1.").arg(file),
                              tr("Name a file that ends in .csv or .json."));
    }
    const Outcome<QList<HistoryEntry>> read = co_await m_rows.entries();
    if (!read)
        co_return read.problem();
    const QByteArray bytes = isCsv(file) ? historyexport::toCsv(read.value())
                                         : QJsonDocument(historyexport::toJson(read.value())).toJson();
    const Done written = writeExport(file, bytes);
    if (!written)
        co_return written.problem();
    co_return qint64(read.value().size());
}

QCoro::Task<Outcome<HistoryReport>> History::verify()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<QList<HistoryStore::Row>> read = co_await m_rows.rows();
    if (!read)
        co_return read.problem();
    const QList<HistoryStore::Row> &rows = read.value();
    const Outcome<std::shared_ptr<const Secret>> found = co_await key(false);

    HistoryReport report;
    report.rows = rows.size();
    if (!found && !(isMissing(found.problem()) && rows.isEmpty()))
        report.keychain = found.problem();
    QByteArray before;
    qint64 number = 0;
    bool isLastSealed = false;
    for (const HistoryStore::Row &row : rows) {
        for (++number; number < row.number; ++number)
            report.missing.append(number);
        bool good = HistoryStore::digestOf(before, row.number, row.body) == row.digest;
        // Where rows are missing, the chain begins anew: what is gone is told once.
        good = good || (!report.missing.isEmpty() && report.missing.constLast() == row.number - 1);
        isLastSealed = false;
        if (row.seal.isEmpty()) {
            ++report.unsealed;
        } else if (found) {
            isLastSealed = hmacSha256(*found.value(), row.digest) == row.seal;
            good = good && isLastSealed;
        }
        if (!good)
            report.damaged.append(row.number);
        before = row.digest;
    }
    if (!found)
        co_return report;

    const Outcome<Secret> entry = co_await m_keychain.read(headEntry);
    const std::optional<HistoryStore::Head> head = entry ? readHead(entry.value()) : std::nullopt;
    if (!head) {
        report.headMissing = report.unsealed < report.rows;
        co_return report;
    }
    const qint64 last = rows.isEmpty() ? 0 : rows.constLast().number;
    if (last < head->count) {
        report.cutTail = head->count - last;
        co_return report;
    }
    for (const HistoryStore::Row &row : rows) {
        const bool edited = row.number == head->count && row.digest != head->digest;
        if (edited && !report.damaged.contains(row.number))
            report.damaged.append(row.number);
    }
    // A crash between the row and the keychain leaves it one behind; the row's own seal says that it is ours.
    if (last == head->count + 1 && isLastSealed && report.isSound()) {
        Secret text = write({last, rows.constLast().digest});
        const Done written = co_await m_keychain.write(headEntry, std::move(text));
        report.headRepaired = written.ok();
    }
    co_return report;
}

} // namespace latchkey
