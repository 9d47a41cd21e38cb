// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demofault.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <cmath>
#include <optional>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Action = DemoFault::Action;

constexpr std::pair<QLatin1StringView, Action> actionWords[] = {
    {"status"_L1, Action::Status},
    {"close_before"_L1, Action::CloseBefore},
    {"close_after"_L1, Action::CloseAfter},
    {"reset_before"_L1, Action::ResetBefore},
    {"reset_after"_L1, Action::ResetAfter},
    {"half_body"_L1, Action::HalfBody},
    {"wrong_type"_L1, Action::WrongType},
    {"never"_L1, Action::Never},
    {"delay"_L1, Action::Delay},
    {"body"_L1, Action::Body},
    {"redirect"_L1, Action::Redirect},
};

constexpr int longestDelay = 600'000;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DemoFault)
};

Problem unreadable(const QString &caption, const QString &detail)
{
    Problem problem;
    problem.category = Problem::Category::InvalidInput;
    problem.caption = caption;
    problem.detail = detail;
    return problem;
}

/// Reads one entry; the first member that cannot be read ends it.
class EntryReader
{
public:
    EntryReader(QJsonObject entry, qsizetype number)
        : m_entry(std::move(entry))
        , m_number(number)
    {
    }

    Outcome<DemoFault> read();

private:
    void fail(const QString &member, const QString &why);
    void readAction();
    void readBody();
    QByteArray textOf(const QString &member);
    int numberOf(const QString &member, int least, int most, int otherwise);

    QJsonObject m_entry;
    qsizetype m_number;
    DemoFault m_fault;
    std::optional<Problem> m_problem;
};

void EntryReader::fail(const QString &member, const QString &why)
{
    if (!m_problem)
        m_problem = unreadable(
            Text::tr("Entry %1 of the faults: the member “%2” cannot be read.").arg(m_number).arg(member),
            why);
}

QByteArray EntryReader::textOf(const QString &member)
{
    const QJsonValue value = m_entry.value(member);
    if (value.isUndefined())
        return {};
    QByteArray bytes = value.toString().toUtf8();
    if (!value.isString() || bytes.isEmpty())
        fail(member, Text::tr("It must be a text that is not empty."));
    else if (bytes.contains('\r') || bytes.contains('\n'))
        fail(member, Text::tr("It must not hold a line break."));
    return bytes;
}

int EntryReader::numberOf(const QString &member, int least, int most, int otherwise)
{
    const QJsonValue value = m_entry.value(member);
    if (value.isUndefined())
        return otherwise;
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number < least || number > most || number != std::floor(number)) {
        fail(member, Text::tr("It must be a whole number from %1 to %2.").arg(least).arg(most));
        return otherwise;
    }
    return int(number);
}

void EntryReader::readAction()
{
    const QString word = m_entry.value("action"_L1).toString();
    QStringList known;
    for (const auto &[name, action] : actionWords) {
        if (word == name) {
            m_fault.action = action;
            return;
        }
        known.append(name);
    }
    fail(u"action"_s, Text::tr("It must be one of: %1.").arg(known.join(u", "_s)));
}

void EntryReader::readBody()
{
    const QJsonValue body = m_entry.value("body"_L1);
    if (body.isObject())
        m_fault.body = QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact);
    else if (body.isArray())
        m_fault.body = QJsonDocument(body.toArray()).toJson(QJsonDocument::Compact);
    else if (body.isString())
        m_fault.body = body.toString().toUtf8();
    else if (!body.isUndefined())
        fail(u"body"_s, Text::tr("It must be an object, an array, or a text that is sent as it is."));
    if (m_fault.action == Action::Body && body.isUndefined())
        fail(u"body"_s, Text::tr("The action “body” needs it."));
}

Outcome<DemoFault> EntryReader::read()
{
    static const QStringList members{u"method"_s,      u"path"_s,     u"nth"_s,  u"action"_s,  u"status"_s,
                                     u"retry_after"_s, u"delay_ms"_s, u"body"_s, u"location"_s};
    for (const QString &member : m_entry.keys())
        if (!members.contains(member))
            fail(member, Text::tr("It is not known. Known are: %1.").arg(members.join(u", "_s)));
    readAction();
    m_fault.method = textOf(u"method"_s);
    if (m_fault.method != m_fault.method.toUpper())
        fail(u"method"_s, Text::tr("It must be written in capital letters."));
    m_fault.path = QString::fromUtf8(textOf(u"path"_s));
    if (!m_fault.path.isEmpty() && !m_fault.path.startsWith(u'/') && !m_fault.path.startsWith(u'*'))
        fail(u"path"_s, Text::tr("It must begin with “/” or “*”."));
    m_fault.nth = numberOf(u"nth"_s, 1, 1'000'000'000, 0);
    m_fault.status = numberOf(u"status"_s, 200, 599, m_fault.action == Action::Body ? 200 : 500);
    m_fault.delayMs = numberOf(u"delay_ms"_s, 0, longestDelay, 0);
    if (m_entry.value("retry_after"_L1).isDouble())
        m_fault.retryAfter = QByteArray::number(numberOf(u"retry_after"_s, 0, 86'400, 0));
    else
        m_fault.retryAfter = textOf(u"retry_after"_s);
    m_fault.location = textOf(u"location"_s);
    if (m_fault.action == Action::Redirect && m_fault.location.isEmpty())
        fail(u"location"_s, Text::tr("The action “redirect” needs it."));
    if (m_fault.action == Action::Delay && !m_entry.contains("delay_ms"_L1))
        fail(u"delay_ms"_s, Text::tr("The action “delay” needs it."));
    readBody();
    if (m_problem)
        return *m_problem;
    return m_fault;
}

} // namespace

Outcome<QList<DemoFault>> parseFaults(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return unreadable(Text::tr("The faults are not JSON."),
                          Text::tr("%1, at byte %2.").arg(error.errorString()).arg(error.offset));
    if (!document.isArray())
        return unreadable(Text::tr("The faults must be a JSON array of objects."), {});
    QList<DemoFault> faults;
    qsizetype number = 0;
    const QJsonArray entries = document.array();
    for (const QJsonValue &entry : entries) {
        ++number;
        if (!entry.isObject())
            return unreadable(Text::tr("Entry %1 of the faults is not an object.").arg(number), {});
        Outcome<DemoFault> fault = EntryReader(entry.toObject(), number).read();
        if (!fault)
            return std::move(fault).problem();
        faults.append(fault.value());
    }
    return faults;
}

} // namespace latchkey
