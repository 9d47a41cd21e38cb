// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/configurationfile.h"

#include "models/core/secret.h"
#include "models/transfer/configurationtext.h"
#include "models/transfer/exportfile.h"
#include "models/transfer/jsontree.h"
#include "models/transfer/planfile.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ConfigurationFile)
};

constexpr qsizetype MostFindings = 50;

Problem refused(const QString &caption, const QList<DocumentFinding> &findings)
{
    QStringList lines;
    for (const DocumentFinding &finding : findings.first(std::min(findings.size(), MostFindings)))
        lines << finding.toText();
    if (findings.size() > MostFindings)
        lines << Text::tr("And %1 more.").arg(findings.size() - MostFindings);
    return Problem::of(Problem::Category::InvalidInput, caption, lines.join(u'\n'));
}

Outcome<QByteArray> readAll(const QString &file)
{
    QFile source(file);
    const bool isOpen = file == "-"_L1 ? source.open(stdin, QFile::ReadOnly | QFile::Unbuffered)
                                       : source.open(QFile::ReadOnly | QFile::Unbuffered);
    if (!isOpen) {
        return Problem::of(Problem::Category::NotFound, Text::tr("The file %1 cannot be read.").arg(file),
                           source.errorString());
    }
    // One byte more than is read at all: the reader says what the limit is. One allocation, as there may be
    // keys in it that nobody meant to be there.
    constexpr qint64 Most = JsonTree::MostBytes + 1;
    QByteArray text;
    text.reserve(static_cast<qsizetype>(source.isSequential() ? Most : std::min(Most, source.size() + 1)));
    while (text.size() < Most) {
        QByteArray part = source.read(std::min<qint64>(Most - text.size(), 65'536));
        if (part.isEmpty())
            break;
        text += part;
        wipe(part);
    }
    if (source.error() == QFile::NoError)
        return text;
    wipe(text);
    return Problem::of(Problem::Category::StorageFailed, Text::tr("The file %1 cannot be read.").arg(file),
                       source.errorString());
}

} // namespace

Outcome<ConfigurationFile> readConfigurationFile(const QString &file)
{
    Outcome<QByteArray> read = readAll(file);
    if (!read)
        return std::move(read).problem();
    QByteArray text = std::move(read).value();
    ConfigurationFile found;
    found.isPlan = planfile::isOne(text);
    if (found.isPlan) {
        planfile::Reading reading = planfile::read(std::move(text));
        if (!reading.plan)
            return refused(Text::tr("The plan %1 cannot be used.").arg(file), reading.findings);
        found.plan = *std::move(reading.plan);
        return found;
    }
    configurationtext::Reading reading = configurationtext::read(std::move(text));
    if (!reading.document)
        return refused(Text::tr("The configuration %1 cannot be used.").arg(file), reading.findings);
    found.plan.document = *std::move(reading.document);
    return found;
}

Done checkConfiguration(const QByteArray &text)
{
    const configurationtext::Reading reading =
        configurationtext::read(QByteArray(text.constData(), text.size()));
    if (reading.document)
        return {};
    return refused(Text::tr("Something in it has to be changed before it can be read again."),
                   reading.findings);
}

Done writeOut(CommandContext &context, const QByteArray &text)
{
    const QString file = context.arguments.value(u"out"_s);
    if (!file.isEmpty() && file != "-"_L1)
        return writeExport(file, context.console.redacted(QString::fromUtf8(text)).toUtf8());
    context.console.file(text);
    return {};
}

} // namespace latchkey
