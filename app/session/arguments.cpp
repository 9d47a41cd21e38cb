// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/arguments.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::Arguments)
};

/// The options that are known by a letter too.
QString longForm(const QString &dashed)
{
    if (dashed == "-h"_L1)
        return u"--help"_s;
    return dashed == "-o"_L1 ? u"--out"_s : dashed;
}

} // namespace

Problem usageProblem(const QString &caption, const QString &detail)
{
    Problem problem;
    problem.category = Problem::Category::InvalidInput;
    problem.caption = caption;
    problem.detail = detail;
    return problem;
}

Outcome<Arguments> Arguments::parse(const QStringList &arguments, const QList<OptionSpec> &known)
{
    Arguments parsed;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (argument == "--"_L1) {
            parsed.m_words += arguments.mid(i + 1);
            break;
        }
        if (!argument.startsWith(u'-') || argument == "-"_L1) {
            parsed.m_words += argument;
            continue;
        }
        const qsizetype equals = argument.indexOf(u'=');
        const QString dashed = longForm(argument.left(equals));
        const auto spec = std::find_if(known.begin(), known.end(), [&dashed](const OptionSpec &option) {
            return dashed == "--"_L1 + option.name;
        });
        if (spec == known.end())
            return usageProblem(Text::tr("There is no option %1.").arg(dashed));
        if (parsed.has(spec->name) && !spec->repeatable)
            return usageProblem(Text::tr("The option %1 is given twice.").arg(dashed));
        QString value;
        if (spec->valueName.isEmpty()) {
            if (equals >= 0)
                return usageProblem(Text::tr("The option %1 takes no value.").arg(dashed));
        } else if (equals >= 0) {
            value = argument.mid(equals + 1);
        } else if (i + 1 < arguments.size() && !arguments.at(i + 1).startsWith("--"_L1)) {
            value = arguments.at(++i);
        }
        if (!spec->valueName.isEmpty() && value.isEmpty())
            return usageProblem(Text::tr("The option %1 needs a value: %1 %2.").arg(dashed, spec->valueName));
        parsed.m_values[spec->name] += value;
    }
    return parsed;
}

QString Arguments::value(const QString &option) const
{
    const QStringList given = m_values.value(option);
    return given.isEmpty() ? QString() : given.last();
}

} // namespace latchkey
