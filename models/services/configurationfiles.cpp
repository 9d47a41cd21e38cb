// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/configurationfiles.h"

#include "models/core/secret.h"
#include "models/transfer/configurationtext.h"
#include "models/transfer/exportfile.h"
#include "models/transfer/foreignreader.h"
#include "models/transfer/jsontree.h"
#include "models/transfer/planfile.h"
#include "models/transfer/planresultcsv.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace latchkey::configurationfiles {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ConfigurationFiles)
};

Problem unreadable(Problem::Category category, const QString &file, const QString &why)
{
    return Problem::of(category, Text::tr("The file %1 cannot be read.").arg(file), why);
}

/// One byte more than is read at all: the reader says what the limit is. In one allocation, as there may be
/// keys in it that nobody meant to be there.
Outcome<QByteArray> bytesOf(const QString &file)
{
    QFile source(file);
    const bool isOpen = file == "-"_L1 ? source.open(stdin, QFile::ReadOnly | QFile::Unbuffered)
                                       : source.open(QFile::ReadOnly | QFile::Unbuffered);
    if (!isOpen)
        return unreadable(Problem::Category::NotFound, file, source.errorString());
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
    return unreadable(Problem::Category::StorageFailed, file, source.errorString());
}

} // namespace

Outcome<Reading> read(const QString &file)
{
    Outcome<QByteArray> bytes = bytesOf(file);
    if (!bytes)
        return std::move(bytes).problem();
    QByteArray text = std::move(bytes).value();
    if (planfile::isOne(text)) {
        const planfile::Reading found = planfile::read(std::move(text));
        return Reading{true, found.plan, found.findings};
    }
    const configurationtext::Reading found = configurationtext::read(std::move(text));
    Reading reading{false, std::nullopt, found.findings};
    if (found.document) {
        reading.plan = Plan();
        reading.plan->document = *found.document;
    }
    return reading;
}

Outcome<ForeignConfiguration> readForeign(const QString &file)
{
    Outcome<QByteArray> bytes = bytesOf(file);
    if (!bytes)
        return std::move(bytes).problem();
    return foreignreader::read(std::move(bytes).value());
}

QByteArray textOf(const ConfigurationDocument &document)
{
    return configurationtext::write(document);
}

QByteArray textOf(const Plan &plan)
{
    return planfile::write(plan);
}

QByteArray textOf(const PlanResult &result)
{
    return planresultcsv::toCsv(result);
}

QList<DocumentFinding> findingsIn(const QByteArray &configuration)
{
    return configurationtext::read(QByteArray(configuration.constData(), configuration.size())).findings;
}

Done write(const QString &file, const QByteArray &text)
{
    return writeExport(file, text);
}

} // namespace latchkey::configurationfiles
