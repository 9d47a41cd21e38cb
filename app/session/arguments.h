// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace latchkey {

/// An option of one of the programs. All are long; none carries a secret.
struct OptionSpec
{
    QString name;      ///< Without dashes.
    QString valueName; ///< Empty for a flag.
    QString help;      ///< Translated.
    bool repeatable = false;
};

/// Words and options of one call, checked strictly: an unknown, doubled or incomplete option is a problem.
/// Messages never repeat a value, which may be a key that was typed in the wrong place.
class Arguments
{
public:
    /// Options and their values may stand anywhere; `--` ends them.
    [[nodiscard]] static Outcome<Arguments> parse(const QStringList &arguments,
                                                  const QList<OptionSpec> &known);

    [[nodiscard]] const QStringList &words() const { return m_words; }
    /// Takes the first `count` words off: the command's name.
    void dropWords(qsizetype count) { m_words.remove(0, count); }
    [[nodiscard]] QStringList optionNames() const { return m_values.keys(); }
    [[nodiscard]] bool has(const QString &option) const { return m_values.contains(option); }
    /// The last value; empty where the option was not given.
    [[nodiscard]] QString value(const QString &option) const;
    [[nodiscard]] QStringList values(const QString &option) const { return m_values.value(option); }

private:
    QStringList m_words;
    QHash<QString, QStringList> m_values;
};

/// Category InvalidInput, as all that is wrong with a call itself.
[[nodiscard]] Problem usageProblem(const QString &caption, const QString &detail = {});

} // namespace latchkey
