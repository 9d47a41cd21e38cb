// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/redactor.h"

#include "models/core/secretpattern.h"

#include <QRegularExpression>

#include <algorithm>
#include <atomic>
#include <cstdio>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype ShortestByValue = 8;

std::atomic<const Redactor *> installedRedactor = nullptr;
QtMessageHandler previousHandler = nullptr;

void writeRedacted(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    QString line = qFormatLogMessage(type, context, message);
    if (const Redactor *redactor = installedRedactor.load())
        line = redactor->redact(line);
    // One call a line, so that lines of two threads do not mix.
    const QByteArray bytes = line.toLocal8Bit() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

void redactStructure(QString &text)
{
    static const QRegularExpression bearer(u"\\b((?:Bearer\\s+)+)[^\\s\"'<>]{8,}"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression token(u"\\b([ks]pat_)[A-Za-z0-9_-]+"_s);
    static const QRegularExpression member(
        u"(\"(?:key|token|client_secret|code)\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*(\"|\\\\?$)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    // JSON inside a quoted string, as qDebug() writes a QString.
    static const QRegularExpression quotedMember(
        u"(\\\\\"(?:key|token|client_secret|code)\\\\\"\\s*:\\s*\\\\\")(?:[^\"\\\\]|\\\\\\\\(?:\\\\\"|.))*(\\\\\"|\\\\*$)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    text.replace(member, u"\\1[redacted]\\2"_s);
    text.replace(quotedMember, u"\\1[redacted]\\2"_s);
    text.replace(bearer, u"\\1[redacted]"_s);
    text.replace(token, u"\\1[redacted]"_s);
}

} // namespace

Redactor::~Redactor()
{
    if (!m_installed)
        return;
    installedRedactor = nullptr;
    qInstallMessageHandler(previousHandler);
}

void Redactor::learn(const Secret &secret)
{
    if (secret.size() < ShortestByValue)
        return;
    const QMutexLocker lock(&m_mutex);
    for (const Secret &known : m_known) {
        if (known.equals(secret))
            return;
    }
    // The longest first: a part of it that was learned too would leave the rest of it.
    const auto shorter = std::ranges::find_if(
        m_known, [&secret](const Secret &known) { return known.size() < secret.size(); });
    m_known.insert(shorter, secret.clone());
}

QString Redactor::redact(QString text) const
{
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_known.empty()) {
            QByteArray utf8 = text.toUtf8();
            for (const Secret &secret : m_known)
                SecretPattern(secret).removeFrom(utf8);
            text = QString::fromUtf8(utf8);
        }
    }
    redactStructure(text);
    return text;
}

void Redactor::installAsMessageHandler()
{
    if (m_installed)
        return;
    m_installed = true;
    installedRedactor = this;
    previousHandler = qInstallMessageHandler(writeRedacted);
}

} // namespace latchkey
