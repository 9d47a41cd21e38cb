// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <QDir>

using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s; // no credential

Variables variables()
{
    return {{u"CTL_TOKEN"_s, DemoServiceProcess::token()},
            {u"KEY"_s, u"a-key-for-the-terminal"_s},
            {u"OTHER_KEY"_s, u"a-key-for-the-terminal-2"_s},
            {u"PLANTED"_s, u"a-planted-secret-0001"_s}};
}

QByteArray bytesOf(const QString &file)
{
    QFile source(file);
    return source.open(QFile::ReadOnly) ? source.readAll() : QByteArray();
}

QJsonObject instanceOf(const QString &integration, const QString &name, const QJsonValue &credential)
{
    return {{u"integration"_s, integration}, {u"name"_s, name}, {u"credential"_s, credential}};
}

QJsonObject keysFrom(const QList<std::pair<QString, QString>> &sources)
{
    QJsonArray headers;
    for (const auto &[name, source] : sources)
        headers.append(QJsonObject{{u"name"_s, name}, {u"source"_s, source}});
    return {{u"type"_s, u"multi_key_auth"_s}, {u"headers"_s, headers}};
}

QJsonObject stagingFrom(const QString &source)
{
    return instanceOf(u"datadog"_s, Staging,
                      keysFrom({{u"DD-API-KEY"_s, source}, {u"DD-APPLICATION-KEY"_s, u"env:OTHER_KEY"_s}}));
}

} // namespace

/// Configurations and plans, in a terminal on a machine without a keychain.
class TstConfiguration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatIsExportedIsTheSame();
    void oneInstanceIsExported();
    void aPlanIsReviewedAndApplied();
    void aConfigurationIsApplied();
    void nothingIsDoneWithoutAYes();
    void aDryRunSendsNothing();
    void deletionsAreAskedFor();
    void onlyAllowedVariablesAreRead();
    void whatIsWrongIsNamedWithItsPlace();
    void aFileThatCannotBeWrittenIsSaid();
    void anotherNameOfAProfileIsMapped();
    void theExamplesAreApplied_data();
    void theExamplesAreApplied();
    void refusesWrongUsage_data();
    void refusesWrongUsage();

private:
    [[nodiscard]] CtlResult run(QStringList arguments, const QByteArray &input = {}) const;
    /// Writes a configuration of these instances, and answers with its file.
    [[nodiscard]] QString write(const QJsonArray &instances, const QString &profile = u"acme"_s) const;
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] int writes() const;
    [[nodiscard]] static QStringList statesOf(const CtlResult &result);

    std::unique_ptr<DemoServiceProcess> m_service;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TstConfiguration::init()
{
    m_service = std::make_unique<DemoServiceProcess>();
    m_folder = std::make_unique<QTemporaryDir>();
    const CtlResult added =
        run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, m_service->url(), u"--keep"_s, u"none"_s});
    QVERIFY2(added.code == 0, added.err.constData());
}

CtlResult TstConfiguration::run(QStringList arguments, const QByteArray &input) const
{
    arguments += {u"--data-dir"_s, path(u"data"_s), u"--token-env"_s, u"CTL_TOKEN"_s};
    return ctl(arguments, variables(), input);
}

QString TstConfiguration::write(const QJsonArray &instances, const QString &profile) const
{
    const QJsonObject of{{u"name"_s, profile}, {u"instances"_s, instances}};
    QFile file(path(u"configuration.json"_s));
    if (file.open(QFile::WriteOnly))
        file.write(QJsonDocument(QJsonObject{{u"version"_s, 1}, {u"profiles"_s, QJsonArray{of}}}).toJson());
    return file.fileName();
}

int TstConfiguration::writes() const
{
    return m_service->received(u"POST"_s) + m_service->received(u"DELETE"_s);
}

QStringList TstConfiguration::statesOf(const CtlResult &result)
{
    QStringList states;
    const QJsonArray rows = result.json().array();
    for (const QJsonValue &row : rows)
        states += row["state"_L1].toString();
    return states;
}

void TstConfiguration::whatIsExportedIsTheSame()
{
    const QString file = path(u"all.json"_s);
    const CtlResult exported = run({u"export"_s, u"-o"_s, file});
    QVERIFY2(exported.code == 0, exported.err.constData());
    QVERIFY(exported.out.isEmpty());
    QVERIFY(bytesOf(file).contains("\"name\": \"datadog-staging\""));
    const CtlResult printed = run({u"export"_s});
    QCOMPARE(printed.out, bytesOf(file));

    const CtlResult same = run({u"diff"_s, file});
    QVERIFY2(same.code == 0, (same.out + same.err).constData());
    QVERIFY(same.out.contains("All is as the file says."));
    QCOMPARE(run({u"plan"_s, file}).code, 0);
    QCOMPARE(run({u"diff"_s, u"-"_s}, bytesOf(file)).code, 0);

    QCOMPARE(m_service->ctl({u"credential"_s, u"delete"_s, u"--instance"_s, Staging, u"--yes"_s}).code, 0);
    const CtlResult different = run({u"diff"_s, file});
    QCOMPARE(different.code, 2);
    QVERIFY2(different.out.contains(Staging.toUtf8()), different.out.constData());
    QVERIFY2(!different.out.contains("datadog-checkout"), different.out.constData());
}

void TstConfiguration::oneInstanceIsExported()
{
    const CtlResult exported = run({u"export"_s, u"--instance"_s, Staging, u"--out"_s, u"-"_s});
    QCOMPARE(exported.code, 0);
    const QJsonArray instances = exported.json()["profiles"_L1][0]["instances"_L1].toArray();
    QCOMPARE(instances.size(), 1);
    QCOMPARE(instances.at(0)["name"_L1].toString(), Staging);
    QCOMPARE(run({u"export"_s, u"--instance"_s, u"no-such"_s}).code, 4);
}

void TstConfiguration::aPlanIsReviewedAndApplied()
{
    const QString file = write({stagingFrom(u"env:KEY"_s)});
    const QString plan = path(u"plan.json"_s);
    const QStringList allow{u"--allow-env"_s, u"KEY"_s, u"--allow-env"_s, u"OTHER_KEY"_s};
    const CtlResult planned = run(QStringList{u"plan"_s, file, u"-o"_s, plan} + allow);
    QVERIFY2(planned.code == 0, planned.err.constData());
    QVERIFY2(planned.out.contains("Replace") && planned.out.contains(Staging.toUtf8()),
             planned.out.constData());
    QVERIFY2(planned.out.contains("env:KEY") && planned.out.contains("env:OTHER_KEY"),
             planned.out.constData());
    QVERIFY(!bytesOf(plan).contains("a-key-for-the-terminal"));
    QCOMPARE(writes(), 0);

    const QStringList apply =
        QStringList{u"apply"_s, plan, u"--yes"_s, u"--json"_s, u"--keep"_s, u"none"_s} + allow;
    const CtlResult applied = run(apply);
    QVERIFY2(applied.code == 0, applied.err.constData());
    QCOMPARE(statesOf(applied), QStringList{u"done"_s});
    QCOMPARE(applied.json().array().at(0)["change"_L1]["phase"_L1].toString(), u"verified"_s);
    QCOMPARE(m_service->received(u"DELETE"_s), 1);
    QCOMPARE(m_service->received(u"POST"_s), 1);
    QVERIFY(!applied.mentions("a-key-for-the-terminal"));
    QVERIFY(m_service->record().contains("a-key-for-the-terminal"));

    // Its credential is another one by now, and nothing here says of which keys.
    const CtlResult again = run(apply);
    QCOMPARE(again.code, 9);
    QCOMPARE(statesOf(again), QStringList{u"moved"_s});
    QCOMPARE(writes(), 2);
}

void TstConfiguration::aConfigurationIsApplied()
{
    const QString file =
        write({instanceOf(u"swaggerhub"_s, Sandbox, keysFrom({{u"authorization"_s, u"env:KEY"_s}})),
               QJsonObject{{u"integration"_s, u"datadog"_s},
                           {u"name"_s, Staging},
                           {u"expiry"_s, QJsonObject{{u"owner"_s, u"ops"_s}}},
                           {u"protected"_s, true}}});
    const CtlResult applied =
        run({u"apply"_s, file, u"--yes"_s, u"--keep"_s, u"none"_s, u"--allow-env"_s, u"KEY"_s});
    QVERIFY2(applied.code == 0, applied.err.constData());
    QVERIFY2(applied.err.contains("Create: "), applied.err.constData());
    QCOMPARE(m_service->received(u"POST"_s), 1);
    const CtlResult listed = run({u"instances"_s, u"list"_s, u"--json"_s});
    bool isProtected = false;
    const QJsonArray instances = listed.json()["instances"_L1].toArray();
    for (const QJsonValue &one : instances)
        isProtected = isProtected || (one["name"_L1].toString() == Staging && one["protected"_L1].toBool());
    QVERIFY(isProtected);
}

void TstConfiguration::nothingIsDoneWithoutAYes()
{
    const QString file = write({stagingFrom(u"env:KEY"_s)});
    const CtlResult refused = run({u"apply"_s, file, u"--keep"_s, u"none"_s, u"--allow-env"_s, u"KEY"_s,
                                   u"--allow-env"_s, u"OTHER_KEY"_s});
    QCOMPARE(refused.code, 9);
    QVERIFY2(refused.err.contains("--yes") && refused.err.contains(Staging.toUtf8()),
             refused.err.constData());
    QCOMPARE(writes(), 0);
    // A protected one asks for its name.
    QCOMPARE(run({u"instances"_s, u"protect"_s, u"--instance"_s, Staging}).code, 0);
    const QStringList apply{u"apply"_s,       file,     u"--yes"_s,       u"--keep"_s,   u"none"_s,
                            u"--allow-env"_s, u"KEY"_s, u"--allow-env"_s, u"OTHER_KEY"_s};
    const CtlResult unnamed = run(apply);
    QCOMPARE(unnamed.code, 9);
    QVERIFY2(unnamed.err.contains("--confirm"), unnamed.err.constData());
    QCOMPARE(run(apply + QStringList{u"--confirm"_s, u"another"_s, u"--confirm"_s, Staging}).code, 9);
    QCOMPARE(writes(), 0);
    QCOMPARE(run(apply + QStringList{u"--confirm"_s, Staging}).code, 0);
    QCOMPARE(writes(), 2);
    // With nothing left to do the same call is right too.
    const QString done = write({QJsonObject{{u"integration"_s, u"datadog"_s}, {u"name"_s, Staging}}});
    QCOMPARE(run({u"apply"_s, done, u"--yes"_s, u"--confirm"_s, Staging}).code, 0);
}

void TstConfiguration::aDryRunSendsNothing()
{
    const QString file = write({stagingFrom(u"prompt"_s), instanceOf(u"datadog"_s, u"no-such"_s, {})});
    const CtlResult dry = run({u"apply"_s, file, u"--dry-run"_s, u"--allow-env"_s, u"OTHER_KEY"_s});
    QCOMPARE(dry.code, 9); // one of them is blocked
    QVERIFY2(dry.out.contains("Create it in Konnect"), dry.out.constData());
    QVERIFY2(dry.out.contains("to be entered"), dry.out.constData());
    QCOMPARE(writes(), 0);
    QCOMPARE(run({u"plan"_s, file}).code, 9);
}

void TstConfiguration::deletionsAreAskedFor()
{
    const QString file = write({instanceOf(u"datadog"_s, Staging, {})});
    const CtlResult kept = run({u"apply"_s, file, u"--yes"_s});
    QCOMPARE(kept.code, 0);
    QVERIFY2(kept.mentions("deletions are asked for"), kept.err.constData());
    QCOMPARE(writes(), 0);
    QCOMPARE(run({u"diff"_s, file}).code, 2);
    const CtlResult deleted = run({u"apply"_s, file, u"--yes"_s, u"--delete"_s, u"--json"_s});
    QVERIFY2(deleted.code == 0, deleted.err.constData());
    QCOMPARE(m_service->received(u"DELETE"_s), 1);
    const CtlResult again = run({u"apply"_s, file, u"--yes"_s, u"--delete"_s, u"--json"_s});
    QCOMPARE(again.code, 0);
    QCOMPARE(statesOf(again), QStringList{u"done_already"_s});
    QCOMPARE(m_service->received(u"DELETE"_s), 1);
}

void TstConfiguration::onlyAllowedVariablesAreRead()
{
    const QString file =
        write({instanceOf(u"swaggerhub"_s, Sandbox, keysFrom({{u"authorization"_s, u"env:PLANTED"_s}}))});
    const CtlResult missing = run({u"apply"_s, file, u"--yes"_s, u"--keep"_s, u"none"_s});
    QCOMPARE(missing.code, 65);
    QVERIFY2(missing.err.contains("--allow-env"), missing.err.constData());
    const CtlResult another =
        run({u"apply"_s, file, u"--yes"_s, u"--keep"_s, u"none"_s, u"--allow-env"_s, u"KEY"_s});
    QCOMPARE(another.code, 65);
    QCOMPARE(writes(), 0);
    QVERIFY(!m_service->record().contains("a-planted-secret"));
    QVERIFY(!missing.mentions("a-planted-secret"));
}

void TstConfiguration::whatIsWrongIsNamedWithItsPlace()
{
    const CtlResult twice =
        run({u"plan"_s, u"-"_s}, "{\n  \"version\": 1,\n  \"profiles\": [],\n  \"version\": 1\n}");
    QCOMPARE(twice.code, 65);
    QVERIFY2(twice.err.contains("line 4, column 3: $.version"), twice.err.constData());
    const CtlResult key = run({u"plan"_s, u"-"_s},
                              "{\"version\": 1, \"profiles\": [], \"key\": \"kpat_hunter2hunter2hunter2\"}");
    QCOMPARE(key.code, 65);
    QVERIFY(!key.mentions("hunter2"));
    QCOMPARE(run({u"plan"_s, path(u"no-such-file"_s)}).code, 4);
}

void TstConfiguration::aFileThatCannotBeWrittenIsSaid()
{
    const CtlResult exported = run({u"export"_s, u"--out"_s, path(u"no/such/folder.json"_s)});
    QCOMPARE(exported.code, 1);
    QVERIFY2(exported.err.contains("folder.json"), exported.err.constData());
    // What takes no more is no file that ended well.
    QProcess full;
    prepare(full, {u"export"_s, u"--data-dir"_s, path(u"data"_s), u"--token-env"_s, u"CTL_TOKEN"_s},
            variables());
    full.setStandardOutputFile(u"/dev/full"_s);
    full.start();
    QVERIFY(full.waitForFinished(60'000));
    QCOMPARE(full.exitCode(), 1);
    QVERIFY(full.readAllStandardError().contains("could not be written"));
}

void TstConfiguration::anotherNameOfAProfileIsMapped()
{
    const QString file = write({instanceOf(u"datadog"_s, Staging, {})}, u"old"_s);
    const CtlResult unknown = run({u"plan"_s, file});
    QCOMPARE(unknown.code, 9);
    QVERIFY2(unknown.out.contains("--map"), unknown.out.constData());
    const CtlResult mapped = run({u"plan"_s, file, u"--map"_s, u"old=ACME"_s});
    QCOMPARE(mapped.code, 0);
    QVERIFY2(mapped.out.contains("old → acme"), mapped.out.constData());
    QCOMPARE(run({u"plan"_s, file, u"--profile"_s, u"acme"_s}).code, 4);
    QCOMPARE(run({u"plan"_s, file, u"--profile"_s, u"acme"_s, u"--map"_s, u"old=acme"_s}).code, 0);
}

void TstConfiguration::theExamplesAreApplied_data()
{
    QTest::addColumn<QString>("file");
    const QDir examples(qEnvironmentVariable("LATCHKEY_SOURCE") + u"/resources/examples"_s);
    const QStringList names = examples.entryList({u"*.json"_s}, QDir::Files);
    QVERIFY(!names.isEmpty());
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << examples.filePath(name);
}

void TstConfiguration::theExamplesAreApplied()
{
    QFETCH(const QString, file);
    const QStringList allow{u"--allow-env"_s, u"DD_API_KEY"_s, u"--allow-env"_s, u"DD_APPLICATION_KEY"_s};
    QStringList arguments{u"apply"_s, file, u"--demo"_s, u"--yes"_s, u"--delete"_s, u"--json"_s};
    if (bytesOf(file).contains("env:"))
        arguments += allow;
    const CtlResult applied = ctl(arguments, {{u"DD_API_KEY"_s, u"a-key-for-the-demo-01"_s},
                                              {u"DD_APPLICATION_KEY"_s, u"a-key-for-the-demo-02"_s}});
    QVERIFY2(applied.code == 0, (applied.out + applied.err).constData());
    const QStringList states = statesOf(applied);
    QVERIFY2(states.contains(u"done"_s), applied.out.constData());
    QVERIFY(!applied.mentions("a-key-for-the-demo"));
}

void TstConfiguration::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no file") << QStringList{u"plan"_s};
    QTest::newRow("two files") << QStringList{u"apply"_s, u"a"_s, u"b"_s};
    QTest::newRow("a mapping without a profile") << QStringList{u"diff"_s, u"a"_s, u"--map"_s, u"old"_s};
    QTest::newRow("an unknown form") << QStringList{u"plan"_s, u"a"_s, u"--output"_s, u"csv"_s};
    QTest::newRow("a variable with a value")
        << QStringList{u"plan"_s, u"a"_s, u"--allow-env"_s, u"KEY=a-key-in-an-argument"_s};
    QTest::newRow("deletions of a comparison") << QStringList{u"diff"_s, u"a"_s, u"--delete"_s};
}

void TstConfiguration::refusesWrongUsage()
{
    QFETCH(const QStringList, arguments);
    const CtlResult refused = run(arguments);
    QCOMPARE(refused.code, 64);
    QVERIFY(!refused.mentions("a-key-in-an-argument"));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstConfiguration)
#include "tst_configuration.moc"
