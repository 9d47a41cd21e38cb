// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/history.h"

#include "models/core/clock.h"
#include "models/core/mac.h"
#include "models/secrets/secretstore.h"
#include "models/services/historynote.h"
#include "models/storage/changejournal.h"
#include "models/storage/historystore.h"
#include "models/transfer/exportfile.h"
#include "models/transfer/historyexport.h"

#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Row = HistoryStore::Row;
using Rows = QList<HistoryStore::Row>;

const QString keyEntry = u"history-key"_s;
constexpr qsizetype keySize = 32;
constexpr qsizetype mostMissing = 1000; ///< That are told: a forged number may be any.

bool isMissing(const Problem &problem)
{
    return problem.category == Problem::Category::KeychainEntryMissing;
}

bool isCsv(const QString &file)
{
    return file.endsWith(u".csv"_s, Qt::CaseInsensitive);
}

bool isSealed(const Row &row)
{
    return !row.seal.isEmpty();
}

HistoryHead endOf(const Rows &rows)
{
    return rows.isEmpty() ? HistoryHead() : HistoryHead{rows.constLast().number, rows.constLast().digest};
}

/// Whether the row comes next, as it was written. An unsealed one proves nothing, and contradicts nothing.
bool follows(const Row &row, const HistoryHead &before, const Secret *key)
{
    return row.number == before.count + 1 &&
           HistoryStore::digestOf(before.digest, row.number, row.body) == row.digest &&
           (!isSealed(row) || key == nullptr || hmacSha256(*key, row.digest) == row.seal);
}

/// The first number at which the rows are not those that the keychain knew, or do not go on from them;
/// nullopt where they do.
std::optional<qint64> breakIn(const Rows &rows, const HistoryHead &known, const Secret *key)
{
    auto row = rows.cbegin();
    if (known.count > 0) {
        row = std::ranges::find(rows, known.count, &Row::number);
        if (row == rows.cend())
            return std::min(endOf(rows).count + 1, known.count);
        if (row->digest != known.digest)
            return known.count;
        ++row;
    }
    HistoryHead before = known;
    for (; row != rows.cend(); ++row) {
        if (!follows(*row, before, key))
            return before.count + 1;
        before = {row->number, row->digest};
    }
    return std::nullopt;
}

/// What the rows say of themselves.
HistoryReport judge(const Rows &rows, const Secret *key)
{
    HistoryReport report;
    report.rows = rows.size();
    QByteArray before;
    qint64 number = 0;
    for (const Row &row : rows) {
        for (++number; number < row.number && report.missing.size() < mostMissing; ++number)
            report.missing.append(number);
        number = row.number;
        bool good = HistoryStore::digestOf(before, row.number, row.body) == row.digest;
        // Where rows are missing, the chain begins anew: what is gone is told once.
        good = good || (!report.missing.isEmpty() && report.missing.constLast() == row.number - 1);
        if (!isSealed(row))
            ++report.unsealed;
        else if (key != nullptr)
            good = good && hmacSha256(*key, row.digest) == row.seal;
        if (!good)
            report.damaged.append(row.number);
        before = row.digest;
    }
    return report;
}

} // namespace

/// What a look at everything found.
struct History::Finding
{
    HistoryReport report;
    std::optional<HistoryNote> behind; ///< What a keychain that is behind should be told.

    /// A change that came in between can look like this, but not twice. A keychain that does not answer is
    /// not asked again.
    [[nodiscard]] bool isWorthASecondLook() const
    {
        return behind || (!report.isSound() && (!report.keychain || isMissing(*report.keychain)));
    }
};

History::History(HistoryStore &rows, ChangeJournal &journal, SecretStore &keychain, const Clock &clock,
                 QString headEntry, QObject *parent)
    : QObject(parent)
    , m_rows(rows)
    , m_journal(journal)
    , m_keychain(keychain)
    , m_clock(clock)
    , m_headEntry(std::move(headEntry))
{
}

QCoro::Task<Outcome<History::Key>> History::key(bool make)
{
    if (m_key)
        co_return Key(m_key);
    Outcome<Secret> kept = co_await m_keychain.read(keyEntry);
    if (!kept && make && isMissing(kept.problem())) {
        const Outcome<Rows> rows = co_await m_rows.rows();
        if (!rows)
            co_return rows.problem();
        if (std::ranges::any_of(rows.value(), isSealed))
            co_return kept.problem();
        Secret fresh = randomMacKey();
        const Done written = co_await m_keychain.write(keyEntry, std::move(fresh));
        if (!written)
            co_return written.problem();
        kept = co_await m_keychain.read(keyEntry);
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
    const Outcome<Key> found = co_await key(true);
    if (found)
        co_await keepUp();
    // Sealed rows without a note of their end would look like a note that was removed, after a crash too.
    m_journal.sealWith(found && m_isNoted ? found.value() : nullptr);
}

QCoro::Task<void> History::keepHead()
{
    const RunningCount::Guard running = m_running.enter();
    const Outcome<HistoryHead> head = co_await m_rows.head();
    if (!head || m_seen == head.value())
        co_return;
    if (m_journal.isSealing())
        co_await keepUp();
    m_seen = head.value();
    Q_EMIT changed();
}

QCoro::Task<void> History::keepUp()
{
    // Another Latchkey may note fewer rows at the same time: whoever notes last looks at the rows once more,
    // so that what stays is never behind them.
    std::optional<HistoryHead> told = m_told;
    for (;;) {
        const Outcome<HistoryHead> head = co_await m_rows.head();
        if (!head || told == head.value())
            co_return;
        told = co_await tell();
        m_told = told;
        if (!told)
            co_return;
    }
}

QCoro::Task<std::optional<HistoryHead>> History::tell()
{
    // The note before the rows: those that it speaks of are there by then, and others do no harm.
    const Outcome<Secret> entry = co_await m_keychain.read(m_headEntry);
    if (!entry && !isMissing(entry.problem()))
        co_return std::nullopt;
    m_isNoted = entry.ok();
    std::optional<HistoryNote> note = entry ? HistoryNote::read(entry.value()) : HistoryNote();
    if (!note) // A newer Latchkey's, or damaged: verify() says so as long as it is there.
        co_return std::nullopt;
    Outcome<Rows> read = co_await m_rows.rows(note->head.count);
    if (read && read.value().isEmpty())
        read = co_await m_rows.rows();
    if (!read)
        co_return std::nullopt;
    const Rows rows = read.value();
    const HistoryHead end = endOf(rows);
    std::optional<qint64> broken;
    if (entry)
        broken = breakIn(rows, note->head, m_key.get());
    else if (std::ranges::any_of(rows, isSealed))
        broken = end.count + 1;
    if (entry && !broken && note->head == end)
        co_return end;
    if (broken)
        note->breaks.append({*broken, m_clock.now()});
    note->head = end;
    Secret text = note->write();
    const Done written = co_await m_keychain.write(m_headEntry, std::move(text));
    if (!written)
        co_return std::nullopt;
    m_isNoted = true;
    co_return end;
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
    Outcome<Finding> finding = co_await look();
    if (finding && finding.value().isWorthASecondLook())
        finding = co_await look();
    if (!finding)
        co_return std::move(finding).problem();
    HistoryReport report = finding.value().report;
    if (finding.value().behind) {
        Secret text = finding.value().behind->write();
        const Done written = co_await m_keychain.write(m_headEntry, std::move(text));
        report.headRepaired = written.ok();
    }
    co_return report;
}

QCoro::Task<Outcome<History::Finding>> History::look()
{
    // As in tell(). The key after the rows that it seals.
    const Outcome<Secret> entry = co_await m_keychain.read(m_headEntry);
    const bool isAnswering = entry || isMissing(entry.problem());
    const Outcome<Rows> read = co_await m_rows.rows();
    if (!read)
        co_return read.problem();
    const Rows &rows = read.value();
    Outcome<Key> found = Key();
    if (isAnswering)
        found = co_await key(false);
    else
        found = entry.problem();
    const Secret *sealing = found ? found.value().get() : nullptr;

    Finding finding;
    finding.report = judge(rows, sealing);
    HistoryReport &report = finding.report;
    if (!found && !(isMissing(found.problem()) && rows.isEmpty()))
        report.keychain = found.problem();
    if (!isAnswering)
        co_return finding;
    const std::optional<HistoryNote> note = entry ? HistoryNote::read(entry.value()) : std::nullopt;
    if (!note) {
        report.headMissing = entry.ok() || report.unsealed < report.rows;
        co_return finding;
    }
    report.breaks = note->breaks;
    const HistoryHead &known = note->head;
    const HistoryHead end = endOf(rows);
    if (end.count < known.count) {
        report.cutTail = known.count - end.count;
        co_return finding;
    }
    const auto last = std::ranges::find(rows, known.count, &Row::number);
    if (last != rows.cend() && last->digest != known.digest && !report.damaged.contains(last->number))
        report.damaged.append(last->number);
    // A crash between a row and the keychain leaves it behind; the rows' own seals say that they are ours.
    const auto isOurs = [&known](const Row &row) { return row.number <= known.count || isSealed(row); };
    if (sealing != nullptr && end.count > known.count && !breakIn(rows, known, sealing) &&
        std::ranges::all_of(rows, isOurs))
        finding.behind = HistoryNote{end, note->breaks};
    co_return finding;
}

} // namespace latchkey
