// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/expirytext.h"

#include "models/core/wording.h"
#include "ui/editor/changetext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::expirytext {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(expirytext)
};

using Kind = Note::Kind;

constexpr qsizetype MostNamed = 8; ///< More would push the question off the screen.

QString sentence(const ExpiryDraft::Sharing &sharing)
{
    const QString name = QString::fromUtf16(ExpiryLabel);
    const QString title = sharing.record.instance.title();
    if (!sharing.date.isValid())
        return Text::tr("“%1” loses its label %2=%3.").arg(title, name, sharing.present);
    const QString value = sharing.date.toString(Qt::ISODate);
    if (sharing.present.isEmpty())
        return Text::tr("“%1” gets the label %2=%3.").arg(title, name, value);
    return Text::tr("“%1” gets the label %2=%3, in the place of %4.")
        .arg(title, name, value, sharing.present);
}

} // namespace

QString heading(const QList<InstanceRecord> &records)
{
    if (records.size() == 1)
        return Text::tr("When does the credential of %1 expire?").arg(records.first().instance.title());
    return Text::tr("When do these %1 credentials expire?").arg(records.size());
}

QString subheading(const QList<InstanceRecord> &records)
{
    if (records.size() == 1)
        return changetext::subheading(records.first());
    QStringList titles;
    for (const InstanceRecord &record : records.mid(0, MostNamed))
        titles << record.instance.title();
    if (records.size() > MostNamed)
        titles << u"…"_s;
    return titles.join(u", "_s);
}

QString whatKonnectKnows(const QList<InstanceRecord> &records)
{
    const auto known = std::ranges::count_if(
        records, [](const InstanceRecord &record) { return record.credential.expiresAt.isKnown(); });
    return Text::tr("Konnect knows the expiry of %1 of these %2. Of each, the earlier of both dates counts.")
        .arg(known)
        .arg(records.size());
}

QList<NoteList::Entry> question(const QList<ExpiryDraft::Sharing> &sharings)
{
    QList<NoteList::Entry> entries{{Kind::Good, Text::tr("It is recorded on this machine.")}};
    const bool any = std::ranges::any_of(sharings, [](const auto &each) { return each.date.isValid(); });
    if (any)
        entries.append(
            {Kind::Warning, Text::tr("Everybody with access to the instance in Konnect will see the date.")});
    for (const ExpiryDraft::Sharing &each : sharings.mid(0, MostNamed))
        entries.append({Kind::Info, sentence(each)});
    if (sharings.size() > MostNamed)
        entries.append({Kind::Info, Text::tr("And so on, for %1 in all.").arg(sharings.size())});
    entries.append({Kind::Info, Text::tr("The other labels stay as they are.")});
    return entries;
}

QList<NoteList::Entry> report(const InstanceRecord &record, const LabelReport &report)
{
    QList<NoteList::Entry> entries;
    const QString title = record.instance.title();
    const auto add = [&](Kind kind, const QString &text, const QStringList &labels) {
        if (!labels.isEmpty())
            entries.append({kind, text.arg(title, labels.join(u", "_s))});
    };
    add(Kind::Error, Text::tr("“%1” has lost labels meanwhile, which could not be put back: %2"),
        report.lost);
    add(Kind::Info, Text::tr("“%1” had lost labels meanwhile, which were put back: %2"), report.restored);
    add(Kind::Info, Text::tr("Somebody else has changed labels of “%1” meanwhile, which stay so: %2"),
        report.changed);
    return entries;
}

} // namespace latchkey::expirytext
