// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/plandrift.h"
#include "models/transfer/planfile.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

ConfiguredInstance instance(const QString &name)
{
    ConfiguredInstance instance;
    instance.integration = u"datadog"_s;
    instance.name = name;
    return instance;
}

/// With everything that a plan can have.
Plan samplePlan()
{
    ConfiguredInstance keys = instance(u"metrics"_s);
    keys.endpoint = u"eu"_s;
    keys.wish = ConfiguredInstance::Wish::Present;
    keys.credential.headers = {{u"DD-API-KEY"_s, {KeySource::Kind::Environment, u"DD_KEY"_s}},
                               {u"DD-APPLICATION-KEY"_s, {}}};
    keys.expiry = {QDate(2027, 3, 31), 90, u"ops “north” \"1\""_s, u"line one\nline two"_s};
    keys.isProtected = true;
    ConfiguredInstance none = instance(u"traces"_s);
    none.wish = ConfiguredInstance::Wish::None;

    Plan plan;
    plan.document.profiles << ConfiguredProfile{u"prod"_s, {keys, none}}
                           << ConfiguredProfile{u"test"_s, {instance(u"metrics"_s)}};
    plan.profileNames.insert(u"prod"_s, u"Acme, \"new\""_s);
    plan.deletes = true;
    plan.madeAt = QDateTime({2026, 3, 1}, {12, 0, 0, 250}, Qt::UTC);

    PlanRow blocked;
    blocked.profileName = u"test"_s;
    blocked.profile = u"test"_s;
    blocked.wanted = instance(u"metrics"_s);
    blocked.title = u"metrics"_s;
    blocked.reason = u"There is no profile “test” here."_s;
    PlanRow removed;
    removed.action = PlanAction::Delete;
    removed.profileName = u"prod"_s;
    removed.profile = u"Acme, \"new\""_s;
    removed.wanted = none;
    removed.address = {{}, u"https://eu.api.konghq.com:443"_s, u"instance-2"_s};
    removed.title = u"Traces"_s;
    removed.credentialId = u"credential-2"_s;
    removed.type = CredentialType::OAuth;
    removed.needsTypedName = true;
    PlanRow replaced = removed;
    replaced.action = PlanAction::Replace;
    replaced.wanted = keys;
    replaced.address.instanceId = u"instance-1"_s;
    replaced.type = CredentialType::MultiKey;
    replaced.headers = {{u"DD-API-KEY"_s, keys.credential.headers.at(0).source, KeyComparison::Changed, true},
                        {u"DD-APPLICATION-KEY"_s, {}, KeyComparison::NotKnown, false}};
    replaced.recordsExpiry = true;
    replaced.protects = true;
    replaced.wayBack = true;
    plan.rows = {blocked, removed, replaced};
    return plan;
}

planfile::Reading readText(QByteArray text)
{
    return planfile::read(std::move(text));
}

} // namespace

class TstPlanFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadBack()
    {
        const Plan plan = samplePlan();
        const QByteArray text = planfile::write(plan);
        QVERIFY(planfile::isOne(text));
        const planfile::Reading reading = readText(text);
        for (const DocumentFinding &finding : reading.findings)
            qWarning("%s", qPrintable(finding.toText()));
        QVERIFY(reading.plan);
        QCOMPARE(reading.plan->document, inOrder(plan.document));
        QCOMPARE(reading.plan->profileNames, plan.profileNames);
        QCOMPARE(reading.plan->deletes, plan.deletes);
        QCOMPARE(reading.plan->madeAt, plan.madeAt);
        QCOMPARE(reading.plan->rows, plan.rows);
        QCOMPARE(planfile::write(*reading.plan), text);
    }

    void whatIsOfThisMachineIsNotWritten()
    {
        Plan plan = samplePlan();
        plan.rows[2].address.profileId = u"6f1c-profile-id"_s;
        plan.rows[2].link = QUrl(u"https://cloud.konghq.com/eu"_s);
        const QByteArray text = planfile::write(plan);
        QVERIFY(!text.contains("6f1c-profile-id"));
        QVERIFY(!text.contains("cloud.konghq.com"));
        QCOMPARE(text, planfile::write(samplePlan()));
    }

    void anotherReaderReadsIt()
    {
        // python3-jsonschema, by the schema that is shipped.
        QProcess python;
        python.start(u"/usr/bin/python3"_s,
                     {u"-c"_s,
                      u"import json,sys,jsonschema;"
                      "schema = json.load(open(sys.argv[1], encoding='utf-8'));"
                      "jsonschema.Draft202012Validator.check_schema(schema);"
                      "plan = json.loads(open(0, encoding='utf-8').read());"
                      "jsonschema.Draft202012Validator(schema).validate(plan);"
                      "print(len(plan['rows']))"_s,
                      qEnvironmentVariable("LATCHKEY_SOURCE") + u"/resources/schemas/plan-1.schema.json"_s});
        QVERIFY(python.waitForStarted());
        python.write(planfile::write(samplePlan()));
        python.closeWriteChannel();
        QVERIFY(python.waitForFinished());
        QCOMPARE(python.readAllStandardError(), QByteArray());
        QCOMPARE(python.readAllStandardOutput(), QByteArray("3\n"));
    }

    void ourReaderAndTheSchemaAgree()
    {
        const QString source = qEnvironmentVariable("LATCHKEY_SOURCE");
        const QString corpus = source + u"/tests/transfer/corpus/plan"_s;
        QProcess python;
        python.start(u"/usr/bin/python3"_s, {source + u"/tests/readers/judge.py"_s,
                                             source + u"/resources/schemas/plan-1.schema.json"_s, corpus});
        QVERIFY(python.waitForFinished(120'000));
        const QJsonObject verdicts = QJsonDocument::fromJson(python.readAllStandardOutput()).object();
        QStringList wrong;
        int files = 0;
        QDirIterator all(corpus, QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            QVERIFY(file.open(QFile::ReadOnly));
            const QString name = QDir(corpus).relativeFilePath(file.fileName());
            const planfile::Reading reading = readText(file.readAll());
            // `beyond` has what a schema cannot say.
            if (reading.plan.has_value() != name.startsWith(u"good/"_s))
                wrong << name + u": our reader"_s;
            if (verdicts[name].isNull() == name.startsWith(u"bad/"_s))
                wrong << name + u": the schema"_s;
            for (const DocumentFinding &finding : reading.findings) {
                if (finding.toText().contains(u"5e1f"_s))
                    wrong << name + u": repeated"_s;
                if (name.startsWith(u"good/"_s))
                    wrong << finding.toText();
            }
            ++files;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QCOMPARE(verdicts.size(), files);
        QVERIFY(files > 20);
    }

    void whatIsWrongIsNamedWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("path");
        const auto row = [](const char *name, const QByteArray &from, const QByteArray &to,
                            const QString &path) { QTest::newRow(name) << from << to << path; };
        row("another version", R"("version": 1,
  "made_at")",
            R"("version": 2,
  "made_at")",
            u"$"_s);
        row("an unknown member", R"("deletes": true)", R"("deletes": true, "forces": true)", u"$.forces"_s);
        row("an unknown member of a row", R"("title": "Traces")",
            R"("title": "Traces", "key": "hunter2-hunter2")", u"$.rows[1].key"_s);
        row("no time", "2026-03-01T12:00:00.250Z", "yesterday", u"$.made_at"_s);
        row("another type", R"("deletes": true)", R"("deletes": "yes")", u"$.deletes"_s);
        row("an unknown action", R"("action": "delete")", R"("action": "wipe")", u"$.rows[1].action"_s);
        row("an unknown comparison", R"("comparison": "changed")", R"("comparison": "equal")",
            u"$.rows[2].headers[0].comparison"_s);
        row("an unknown type", R"("credential_type": "oauth")", R"("credential_type": "passkey")",
            u"$.rows[1].credential_type"_s);
        row("a row of no instance", R"("name": "traces",
      "title")",
            R"("name": "logs",
      "title")",
            u"$.rows[1]"_s);
        row("an instance without a row", R"("name": "traces",
            "credential")",
            R"("name": "logs",
            "credential")",
            u"$.rows"_s);
        row("a header that the document has not", R"("name": "DD-API-KEY",
          "comparison")",
            R"("name": "X-Key",
          "comparison")",
            u"$.rows[2]"_s);
        row("an empty text", R"("title": "Traces")", R"("title": "")", u"$.rows[1].title"_s);
        row("a member twice", R"("deletes": true)", R"("deletes": true, "deletes": false)", u"$.deletes"_s);
        row("a document that is wrong", R"("lives_days": 90)", R"("lives_days": 0)",
            u"$.document.profiles[0].instances[0].expiry.lives_days"_s);
    }

    void whatIsWrongIsNamedWithItsPlace()
    {
        QFETCH(const QByteArray, from);
        QFETCH(const QByteArray, to);
        QFETCH(const QString, path);
        QByteArray text = planfile::write(samplePlan());
        QVERIFY2(text.contains(from), text.constData());
        const qsizetype at = text.indexOf(from);
        text.replace(at, from.size(), to);
        const planfile::Reading reading = readText(text);
        QVERIFY(!reading.plan);
        QStringList paths;
        for (const DocumentFinding &finding : reading.findings) {
            paths << finding.path;
            QVERIFY2(!finding.message.contains(u"hunter2"_s), qPrintable(finding.message));
        }
        QVERIFY2(paths.contains(path), qPrintable(paths.join(u' ')));
        const DocumentFinding named = reading.findings.at(paths.indexOf(path));
        if (!path.startsWith(u"$.document"_s))
            return;
        // As the whole text counts.
        QCOMPARE(named.line, text.left(text.indexOf("\"lives_days\"")).count('\n') + 1);
    }

    void whatIsWrongInTheDocumentIsSaidOnceAtItsPlace()
    {
        const QByteArray wrong = R"("lives_days": 90, "lives_days": 91)";
        QByteArray text = planfile::write(samplePlan());
        text.replace("\"lives_days\": 90", wrong);
        // All in one line, with what takes several bytes in front of it.
        text.replace("\n", " ");
        text.replace("\"deletes\": true", "\"x-note\": \"Zürich – 🗝\", \"deletes\": true");
        const qsizetype column = QString::fromUtf8(text.left(text.lastIndexOf("\"lives_days\""))).size();
        for (const QByteArray &mark : {QByteArray(), QByteArray("\xEF\xBB\xBF")}) {
            const planfile::Reading reading = readText(mark + text);
            QCOMPARE(reading.findings.size(), 1);
            const DocumentFinding &finding = reading.findings.constFirst();
            QCOMPARE(finding.path, u"$.document.profiles[0].instances[0].expiry.lives_days"_s);
            QCOMPARE(finding.line, 1);
            QCOMPARE(finding.column, column); // The last character of them counts twice in a QString, from 0.
        }
    }

    void whatCannotBeReadIsRefused()
    {
        for (const QByteArray &text :
             {QByteArray(), QByteArray("{"), QByteArray("[]"), QByteArray("null"), QByteArray("{}"),
              QByteArray(R"({"version": 1})"), QByteArray(R"({"version": 1, "document": [], "rows": {}})")}) {
            const planfile::Reading reading = readText(text);
            QVERIFY2(!reading.plan, text.constData());
            QVERIFY2(!reading.findings.isEmpty(), text.constData());
        }
    }

    void aConfigurationIsNotTakenForAPlan()
    {
        QVERIFY(!planfile::isOne(
            "{\"$schema\": \"https://latchkey.example/schema/configuration-1.schema.json\"}"));
        QVERIFY(!planfile::isOne(QByteArrayView()));
    }

    void namesOfOnesOwnAreReadOver()
    {
        QByteArray text = planfile::write(samplePlan());
        text.replace("\"deletes\": true", "\"deletes\": true, \"x-ticket\": \"OPS-7\"");
        QVERIFY(readText(text).plan);
    }

    void aFileCannotDoMoreThanItsDocument()
    {
        // Somebody edits a row that was to be kept into one that deletes.
        Plan plan = samplePlan();
        plan.rows[1].action = PlanAction::Keep;
        QByteArray text = planfile::write(plan);
        text.replace("\"action\": \"keep\"", "\"action\": \"delete\"");
        const planfile::Reading reading = readText(text);
        QVERIFY(reading.plan);
        QCOMPARE(reading.plan->rows.at(1).action, PlanAction::Delete);
        QCOMPARE(driftOf(*reading.plan, plan).at(1).state, DriftRow::State::Moved);
    }

    void aPlanOfTenThousandRowsIsReadBack()
    {
        Plan plan = samplePlan();
        const PlanRow row = plan.rows.constLast();
        plan.rows.clear();
        plan.document.profiles = {ConfiguredProfile{u"prod"_s, {}}};
        for (int i = 0; i < 10'000; ++i) {
            PlanRow each = row;
            each.wanted.name = u"instance-%1"_s.arg(i);
            plan.document.profiles.first().instances << each.wanted;
            plan.rows << each;
        }
        const planfile::Reading reading = readText(planfile::write(plan));
        QVERIFY(reading.plan);
        QCOMPARE(reading.plan->rows, plan.rows);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstPlanFile)
#include "tst_planfile.moc"
