// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/bulktext.h"

#include "models/core/wording.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::bulktext {

namespace {

using Kind = Note::Kind;

constexpr const char *Context = "bulktext";

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(bulktext)
};

QString counted(const char *one, const char *other, qint64 n)
{
    return wording::counted(Context, one, other, n);
}

qint64 count(const QList<BulkRow> &rows, BulkRowState state)
{
    return std::ranges::count(rows, state, &BulkRow::state);
}

/// Its change waits for somebody to finish it, roll it back or leave it.
bool isOpen(const BulkRow &row)
{
    return !row.change.id.isEmpty() && row.state != BulkRowState::Succeeded &&
           row.change.phase != ChangePhase::NotHealthy && !isFinal(row.kind, row.change.phase);
}

} // namespace

QString heading(ChangeKind kind, int instances)
{
    switch (kind) {
    case ChangeKind::Create:
        return counted("New credential for %n instance",
                       QT_TRANSLATE_N_NOOP("bulktext", "New credentials for %n instances"), instances);
    case ChangeKind::Replace:
        return counted("Replace the credential of %n instance",
                       QT_TRANSLATE_N_NOOP("bulktext", "Replace the credentials of %n instances"), instances);
    case ChangeKind::Delete:
        return counted("Delete the credential of %n instance",
                       QT_TRANSLATE_N_NOOP("bulktext", "Delete the credentials of %n instances"), instances);
    case ChangeKind::Adopt:
        break;
    }
    return {};
}

QString verb(ChangeKind kind, int credentials)
{
    switch (kind) {
    case ChangeKind::Create:
        return counted("Create %n credential", QT_TRANSLATE_N_NOOP("bulktext", "Create %n credentials"),
                       credentials);
    case ChangeKind::Replace:
        return counted("Replace %n credential", QT_TRANSLATE_N_NOOP("bulktext", "Replace %n credentials"),
                       credentials);
    case ChangeKind::Delete:
        return counted("Delete %n credential", QT_TRANSLATE_N_NOOP("bulktext", "Delete %n credentials"),
                       credentials);
    case ChangeKind::Adopt:
        break;
    }
    return {};
}

QList<NoteList::Entry> consequences(ChangeKind kind, const QList<ChangePreview> &taking)
{
    QList<NoteList::Entry> entries;
    if (kind == ChangeKind::Replace) {
        entries.append(
            {Kind::Warning,
             Text::tr(
                 "Konnect cannot change a credential: each of these is deleted and a new one is created. "
                 "In between, its instance is not authorized for a moment. What it has discovered "
                 "stays.")});
    }
    if (kind == ChangeKind::Delete) {
        entries.append(
            {Kind::Warning,
             Text::tr(
                 "The credentials are deleted at Konnect. From then on the instances are not authorized: "
                 "nothing new is discovered. What they have discovered stays.")});
    }
    const qint64 without = std::ranges::count_if(
        taking, [](const ChangePreview &preview) { return wayBack(preview).kind == Kind::Error; });
    if (without > 0) {
        entries.append({Kind::Warning,
                        counted("%n has no way back: its old keys are not known here.",
                                QT_TRANSLATE_N_NOOP(
                                    "bulktext", "%n have no way back: their old keys are not known here."),
                                without)});
    } else if (kind != ChangeKind::Create && !taking.isEmpty()) {
        entries.append({Kind::Good, Text::tr("There is a way back for each of them.")});
    }
    return entries;
}

QString whatGoes(const ChangePreview &preview)
{
    if (preview.kind == ChangeKind::Create)
        return Text::tr("Gets its first credential");
    // Enough to tell it from others; the tooltip has all of it.
    constexpr qsizetype Telling = 8;
    const QString &id = preview.oldCredentialId;
    const QString shown = id.size() > Telling ? id.left(Telling) + u'…' : id;
    const Timestamp &created = preview.record.credential.createdAt;
    if (!created.isKnown())
        return Text::tr("Credential %1").arg(shown);
    return Text::tr("Credential %1 of %2")
        .arg(shown, QLocale().toString(created.utc.toLocalTime().date(), QLocale::ShortFormat));
}

NoteList::Entry wayBack(const ChangePreview &preview)
{
    if (preview.kind == ChangeKind::Create)
        return {};
    const InstanceRecord &record = preview.record;
    switch (record.credential.type) {
    case CredentialType::AwsRole:
        return {Kind::Info, Text::tr("The present role, typed again")};
    case CredentialType::OAuth:
    case CredentialType::GitHubApp:
        return {Kind::Error, Text::tr("None: a consent in the browser")};
    case CredentialType::MultiKey:
    case CredentialType::Unknown:
        break;
    }
    if (!preview.wayBack)
        return {Kind::Error, Text::tr("None: keys not known here")};
    if (record.keptKeys.inMemoryOnly)
        return {Kind::Warning, Text::tr("Keys in memory only")};
    if (record.keptKeys.entered)
        return {Kind::Warning, Text::tr("Keys kept, not verified")};
    return {Kind::Good, Text::tr("Keys kept here")};
}

NoteList::Entry lines(int given, int instances)
{
    if (given == instances)
        return {Kind::Good,
                counted("%n line, one for each instance.",
                        QT_TRANSLATE_N_NOOP("bulktext", "%n lines, one for each instance."), given)};
    return {
        Kind::Error,
        counted("%n line was pasted, but there are %1 instances. Nothing of it is used.",
                QT_TRANSLATE_N_NOOP(
                    "bulktext", "%n lines were pasted, but there are %1 instances. Nothing of it is used."),
                given)
            .arg(instances)};
}

QString progress(const QList<BulkRow> &rows)
{
    const qint64 done = count(rows, BulkRowState::Succeeded);
    const qint64 failed = count(rows, BulkRowState::Failed);
    const qint64 waiting = count(rows, BulkRowState::Waiting) + count(rows, BulkRowState::Preparing);
    if (waiting > 0)
        return Text::tr("Checking everything before the first change: %1 of %2. Nothing is sent yet.")
            .arg(rows.size() - waiting)
            .arg(rows.size());
    if (failed > 0)
        return Text::tr("%1 of %2 done, %3 failed.").arg(done).arg(rows.size()).arg(failed);
    return Text::tr("%1 of %2 done.").arg(done).arg(rows.size());
}

NoteList::Entry summary(const QList<BulkRow> &rows)
{
    const qint64 done = count(rows, BulkRowState::Succeeded);
    const qint64 failed = count(rows, BulkRowState::Failed);
    const qint64 notStarted = count(rows, BulkRowState::NotStarted);
    const qint64 skipped = count(rows, BulkRowState::Skipped);
    if (done == rows.size())
        return {Kind::Good, counted("Done.", QT_TRANSLATE_N_NOOP("bulktext", "All %n done."), done)};
    QStringList parts{Text::tr("%1 of %2 done").arg(done).arg(rows.size())};
    if (failed > 0)
        parts.append(Text::tr("%1 failed").arg(failed));
    if (notStarted > 0)
        parts.append(Text::tr("%1 not begun").arg(notStarted));
    if (skipped > 0)
        parts.append(Text::tr("%1 skipped").arg(skipped));
    return {failed > 0 ? Kind::Error : Kind::Warning, parts.join(u", "_s) + u'.'};
}

QString afterwards(const QList<BulkRow> &rows)
{
    if (!hasSent(rows) && count(rows, BulkRowState::NotStarted) == 0)
        return Text::tr("Nothing was sent: everything is as before.");
    const qint64 open = std::ranges::count_if(rows, isOpen);
    if (open == 0)
        return {};
    return counted(
        "%n is waiting among the interrupted changes: it can be finished there. New keys stay kept.",
        QT_TRANSLATE_N_NOOP("bulktext", "%n are waiting among the interrupted changes: they can be "
                                        "finished there. New keys stay kept."),
        open);
}

bool hasSent(const QList<BulkRow> &rows)
{
    return std::ranges::any_of(rows, [](const BulkRow &row) {
        return row.state == BulkRowState::Running || row.state == BulkRowState::Succeeded ||
               (!row.change.id.isEmpty() && row.change.phase != ChangePhase::Prepared &&
                row.change.phase != ChangePhase::Abandoned);
    });
}

} // namespace latchkey::bulktext
