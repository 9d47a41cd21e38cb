// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/toolcomments.h"

#include "models/transfer/toolnames.h"

#include <QCoreApplication>

namespace latchkey::toolcomments {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(toolcomments)
};

} // namespace

QString lines(const QString &text)
{
    QString comment;
    const QStringList split = text.split(u'\n');
    for (const QString &line : split)
        comment += u"# %1\n"_s.arg(oneLine(line));
    return comment;
}

QString title(const ToolExport &file)
{
    const QString profile = oneLine(file.profileName);
    return lines(
        file.endpoint.isEmpty()
            ? Words::tr("Auth credentials of “%1”, written by Latchkey without their keys.").arg(profile)
            : Words::tr("Auth credentials of “%1” (%2), written by Latchkey without their keys.")
                  .arg(profile, oneLine(file.endpoint)));
}

QString warning()
{
    return u"#\n"_s +
           lines(Words::tr(
               "Warning: Konnect never returns keys, so what is imported has none in the state. The "
               "first plan may replace each credential: delete it, then create it with the keys that "
               "you give. Read the plan before you apply it."));
}

QString server(const ToolExport &file, const QString &setting)
{
    if (file.endpoint.isEmpty() || !file.serverUrl.isEmpty())
        return {};
    return lines(
        Words::tr("%1 is no address of Konnect's own, and its URL may have a path. Set %2 to what stands "
                  "in the profile, without the “/v1” at its end: until then, the token goes where the "
                  "provider sends it.")
            .arg(oneLine(file.endpoint), setting));
}

QString leftOut(const ToolExport &file)
{
    if (file.leftOut.isEmpty())
        return {};
    QString comment = u"#\n"_s + lines(Words::tr("Not in here:"));
    for (const ToolExport::LeftOut &each : file.leftOut)
        comment += lines(u"- %1: %2"_s.arg(oneLine(each.title), oneLine(each.why)));
    return comment;
}

} // namespace latchkey::toolcomments
