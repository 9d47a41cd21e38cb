// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <unistd.h>

namespace latchkey::test {

using Variables = std::map<QString, QString>;

/// What one call of latchkeyctl did.
struct CtlResult
{
    int code = -1; ///< -1: it did not end in time, or crashed.
    QByteArray out;
    QByteArray err;
    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(out); }
    [[nodiscard]] bool mentions(const QByteArray &text) const
    {
        return out.contains(text) || err.contains(text);
    }
};

inline QString ctlProgram()
{
    return qEnvironmentVariable("LATCHKEY_BIN") + QStringLiteral("/latchkeyctl");
}

/// No test waits as long as the setting says, but those that say so themselves.
inline QStringList unwatched(QStringList arguments)
{
    static const QSet<QStringList> watching{
        {QStringLiteral("credential"), QStringLiteral("create")},
        {QStringLiteral("credential"), QStringLiteral("replace")},
        {QStringLiteral("credential"), QStringLiteral("copy")},
        {QStringLiteral("credential"), QStringLiteral("move")},
        {QStringLiteral("changes"), QStringLiteral("finish")},
        {QStringLiteral("changes"), QStringLiteral("rollback")},
    };
    const QString watch = QStringLiteral("--watch");
    if (watching.contains(arguments.mid(0, 2)) && !arguments.contains(watch))
        arguments = arguments.mid(0, 2) + QStringList{watch, QStringLiteral("0")} + arguments.mid(2);
    const QString first = arguments.value(0);
    if ((first == QLatin1String("apply") || first == QLatin1String("import")) && !arguments.contains(watch))
        arguments += {watch, QStringLiteral("0")};
    return arguments;
}

/// `arguments` as they are.
inline void prepareAsGiven(QProcess &process, const QStringList &arguments, const Variables &variables)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : variables)
        environment.insert(name, value);
    process.setProcessEnvironment(environment);
    process.setProgram(ctlProgram());
    process.setArguments(arguments);
}

inline void prepare(QProcess &process, const QStringList &arguments, const Variables &variables)
{
    prepareAsGiven(process, unwatched(arguments), variables);
}

/// Runs the real program without a terminal, with `arguments` as they are.
inline CtlResult ctlAsGiven(const QStringList &arguments, const Variables &variables = {},
                            const QByteArray &input = {})
{
    QProcess process;
    prepareAsGiven(process, arguments, variables);
    process.setChildProcessModifier([] { setsid(); });
    process.start();
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
    }
    const bool ended = process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

/// The same, without a watch where `arguments` say nothing of one.
inline CtlResult ctl(const QStringList &arguments, const Variables &variables = {},
                     const QByteArray &input = {})
{
    return ctlAsGiven(unwatched(arguments), variables, input);
}

/// `latchkeyctl demo-service` as a process of its own, with a record of what it received.
class DemoServiceProcess
{
public:
    explicit DemoServiceProcess(const QByteArray &faults = {})
    {
        QStringList arguments{QStringLiteral("demo-service"), QStringLiteral("--token-env"),
                              QStringLiteral("DEMO_TOKEN"), QStringLiteral("--record"), recordFile()};
        if (!faults.isEmpty()) {
            QFile file(m_dir.filePath(QStringLiteral("faults.json")));
            if (file.open(QFile::WriteOnly))
                file.write(faults);
            arguments += {QStringLiteral("--faults"), file.fileName()};
        }
        prepare(m_process, arguments, {{QStringLiteral("DEMO_TOKEN"), token()}});
        m_process.start();
        if (m_process.waitForReadyRead(20'000))
            m_url = QString::fromUtf8(m_process.readLine().trimmed());
    }
    DemoServiceProcess(const DemoServiceProcess &) = delete;
    DemoServiceProcess &operator=(const DemoServiceProcess &) = delete;
    ~DemoServiceProcess() { stop(); }

    [[nodiscard]] static QString token() { return QStringLiteral("kpat_for-the-demo-service"); }
    [[nodiscard]] QString url() const { return m_url; }
    [[nodiscard]] QString recordFile() const { return m_dir.filePath(QStringLiteral("record.jsonl")); }
    [[nodiscard]] QByteArray record() const
    {
        QFile file(recordFile());
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// How many requests of this method were received.
    [[nodiscard]] int received(const QString &method) const
    {
        int count = 0;
        for (const QByteArray &line : record().split('\n'))
            count +=
                QJsonDocument::fromJson(line).object().value(QLatin1String("method")).toString() == method;
        return count;
    }
    /// Asks it to end; answers with its exit code.
    int stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return m_process.exitCode();
        m_process.terminate();
        return m_process.waitForFinished(20'000) ? m_process.exitCode() : -1;
    }

    /// Runs a command against it without a stored profile.
    [[nodiscard]] CtlResult ctl(QStringList arguments, Variables variables = {},
                                const QByteArray &input = {}) const
    {
        arguments +=
            {QStringLiteral("--url"), m_url, QStringLiteral("--token-env"), QStringLiteral("CTL_TOKEN")};
        variables.emplace(QStringLiteral("CTL_TOKEN"), token());
        return test::ctl(arguments, variables, input);
    }
    /// The machine name of an instance in this state whose integration is authorized that way.
    [[nodiscard]] QString instance(const QString &state, const QString &authorization) const
    {
        const CtlResult listed =
            ctl({QStringLiteral("instances"), QStringLiteral("list"), QStringLiteral("--json")});
        const QJsonArray instances = listed.json().object().value(QLatin1String("instances")).toArray();
        for (const QJsonValue &value : instances) {
            const QJsonObject one = value.toObject();
            if (one.value(QLatin1String("state")).toString() == state &&
                one.value(QLatin1String("authorization")).toString() == authorization)
                return one.value(QLatin1String("name")).toString();
        }
        return {};
    }

private:
    QTemporaryDir m_dir;
    QProcess m_process;
    QString m_url;
};

} // namespace latchkey::test
