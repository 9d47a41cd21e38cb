// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/configurationwords.h"

#include "models/services/configurationfiles.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ConfigurationWords)
};

constexpr qsizetype MostFindings = 50;

} // namespace

Problem findingsProblem(const QString &caption, const QList<DocumentFinding> &findings)
{
    QStringList lines;
    for (const DocumentFinding &finding : findings.first(std::min(findings.size(), MostFindings)))
        lines << finding.toText();
    if (findings.size() > MostFindings)
        lines << Text::tr("And %1 more.").arg(findings.size() - MostFindings);
    return Problem::of(Problem::Category::InvalidInput, caption, lines.join(u'\n'));
}

Done writeOut(CommandContext &context, const QByteArray &text)
{
    const QString file = context.arguments.value(u"out"_s);
    if (!file.isEmpty() && file != "-"_L1)
        return configurationfiles::write(file, context.console.redacted(QString::fromUtf8(text)).toUtf8());
    context.console.file(text);
    return {};
}

} // namespace latchkey
