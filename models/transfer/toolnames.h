// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>
#include <QStringList>

namespace latchkey {

/// Names that Terraform and Pulumi both take, whatever they are made from: a lower-case letter, then letters,
/// digits and underscores. None is given twice; the same wishes in the same order get the same names.
class ToolNames
{
public:
    explicit ToolNames(const QStringList &reserved = {});

    [[nodiscard]] QString take(const QString &wish);

private:
    QSet<QString> m_taken;
};

/// What somebody made up, as one line of a comment: no control or format characters.
[[nodiscard]] QString oneLine(const QString &text);

} // namespace latchkey
