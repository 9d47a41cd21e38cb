// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/headerrules.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(headerrules)
};

using Kind = HeaderFinding::Kind;
using Severity = HeaderFinding::Severity;

bool sameName(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

bool isAllowedInValue(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7F);
}

bool beginsWithTwoBearers(QByteArrayView value)
{
    for (int words = 0; words < 2; ++words) {
        while (!value.isEmpty() && isSpace(value.front()))
            value = value.sliced(1);
        constexpr QByteArrayView Bearer = "bearer";
        if (value.size() <= Bearer.size() ||
            value.first(Bearer.size()).compare(Bearer, Qt::CaseInsensitive) != 0 ||
            !isSpace(value.at(Bearer.size())))
            return false;
        value = value.sliced(Bearer.size());
    }
    return true;
}

/// How the messages call the row: its header, or its place while it has none.
QString rowTitle(const QString &name, int row)
{
    return name.isEmpty() ? Words::tr("row %1").arg(row + 1) : name;
}

class Check
{
public:
    Check(const HeaderKeys &rows, const QList<HeaderDefinition> &definitions)
        : m_rows(rows)
        , m_definitions(definitions)
    {
    }

    QList<HeaderFinding> run()
    {
        for (int row = 0; std::cmp_less(row, m_rows.size()); ++row) {
            const HeaderKey &header = m_rows[static_cast<size_t>(row)];
            checkName(row, header.name);
            checkKey(row, header);
        }
        checkMissing();
        return std::move(m_findings);
    }

private:
    void add(int row, Kind kind, Severity severity, const QString &message)
    {
        m_findings << HeaderFinding{row, kind, severity, message};
    }

    void checkName(int row, const QString &name)
    {
        if (name.isEmpty()) {
            add(row, Kind::NameEmpty, Severity::Error, Words::tr("Row %1 needs a header name.").arg(row + 1));
            return;
        }
        if (!isFieldName(name)) {
            add(row, Kind::NameInvalid, Severity::Error,
                Words::tr(
                    "\"%1\" is not a header name: only letters, digits and !#$%&'*+-.^_`|~ are allowed.")
                    .arg(name));
            return;
        }
        const auto end = m_rows.cbegin() + row;
        if (std::any_of(m_rows.cbegin(), end,
                        [&name](const HeaderKey &other) { return sameName(other.name, name); })) {
            add(row, Kind::NameDuplicate, Severity::Error,
                Words::tr("%1 is there twice. Header names do not differ by case.").arg(name));
        }
        const auto isThis = [&name](const HeaderDefinition &definition) {
            return sameName(definition.name, name);
        };
        if (!m_definitions.isEmpty() && std::none_of(m_definitions.cbegin(), m_definitions.cend(), isThis)) {
            add(row, Kind::NameNotDefined, Severity::Error,
                Words::tr("%1 is not a header of this integration.").arg(name));
        }
    }

    void checkKey(int row, const HeaderKey &header)
    {
        const QByteArrayView value = header.key.reveal();
        const QString title = rowTitle(header.name, row);
        if (std::all_of(value.cbegin(), value.cend(), isSpace)) {
            add(row, Kind::KeyEmpty, Severity::Error, Words::tr("The key for %1 is empty.").arg(title));
            return;
        }
        if (value.contains('\n') || value.contains('\r')) {
            add(row, Kind::KeyInvalid, Severity::Error,
                Words::tr("The key for %1 contains a line break. Paste it again as a single line.")
                    .arg(title));
            return;
        }
        if (!value.isValidUtf8()) {
            add(row, Kind::KeyInvalid, Severity::Error,
                Words::tr("The key for %1 is not text in UTF-8, which is all that Konnect takes.")
                    .arg(title));
            return;
        }
        if (!isFieldValue(value)) {
            add(row, Kind::KeyInvalid, Severity::Error,
                Words::tr("The key for %1 contains a control character, which a header cannot carry.")
                    .arg(title));
            return;
        }
        if (isSpace(value.front()) || isSpace(value.back())) {
            add(row, Kind::KeySurroundedBySpace, Severity::Warning,
                Words::tr("The key for %1 begins or ends with a space. Is that meant?").arg(title));
        }
        if (beginsWithTwoBearers(value)) {
            add(row, Kind::KeyDoubledBearer, Severity::Warning,
                Words::tr("The key for %1 begins with \"Bearer\" twice. Is that meant?").arg(title));
        }
    }

    void checkMissing()
    {
        if (m_rows.empty() && m_definitions.isEmpty())
            add(-1, Kind::NameMissing, Severity::Error, Words::tr("At least one header is needed."));
        for (const HeaderDefinition &definition : m_definitions) {
            const auto isThis = [&definition](const HeaderKey &row) {
                return sameName(row.name, definition.name);
            };
            if (std::none_of(m_rows.cbegin(), m_rows.cend(), isThis)) {
                add(-1, Kind::NameMissing, Severity::Error,
                    Words::tr("%1 is missing: the integration needs this header.").arg(definition.name));
            }
        }
    }

    const HeaderKeys &m_rows;
    const QList<HeaderDefinition> &m_definitions;
    QList<HeaderFinding> m_findings;
};

} // namespace

QList<HeaderFinding> checkHeaders(const HeaderKeys &rows, const QList<HeaderDefinition> &definitions)
{
    return Check(rows, definitions).run();
}

QList<HeaderFinding> checkHeaderNames(const QStringList &names, const QList<HeaderDefinition> &definitions)
{
    HeaderKeys rows;
    for (const QString &name : names)
        rows.push_back({name, Secret()});
    QList<HeaderFinding> findings = checkHeaders(rows, definitions);
    findings.removeIf([](const HeaderFinding &finding) { return finding.kind == Kind::KeyEmpty; });
    return findings;
}

bool hasErrors(const QList<HeaderFinding> &findings)
{
    return std::any_of(findings.cbegin(), findings.cend(),
                       [](const HeaderFinding &finding) { return finding.severity == Severity::Error; });
}

bool isFieldName(const QString &name)
{
    return !name.isEmpty() && std::all_of(name.cbegin(), name.cend(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
               u"!#$%&'*+-.^_`|~"_s.contains(c);
    });
}

bool isFieldValue(QByteArrayView value)
{
    return std::all_of(value.cbegin(), value.cend(), isAllowedInValue);
}

bool isRoleArn(const QString &text)
{
    static const QRegularExpression pattern(
        u"\\Aarn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]+\\z"_s);
    return pattern.match(text).hasMatch();
}

} // namespace latchkey
