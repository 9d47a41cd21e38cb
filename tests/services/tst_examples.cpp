// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/configurationexport.h"
#include "models/core/configurationimport.h"
#include "models/services/configurationfiles.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QDir>

#include <algorithm>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

using State = PlanRowState;

const QString Sandbox = u"swaggerhub-sandbox"_s; // no credential
const QString Header = u"authorization"_s;

QString examples()
{
    return qEnvironmentVariable("LATCHKEY_SOURCE") + u"/resources/examples"_s;
}

} // namespace

/// The samples that are shipped, against the demo organization that they are made for.
class TstExamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aConfigurationIsAppliedOnce_data();
    void aConfigurationIsAppliedOnce();
    void whatIsExportedStaysTheSame();
    void aFileOfAnotherToolIsTakenOnce_data();
    void aFileOfAnotherToolIsTakenOnce();

private:
    [[nodiscard]] ConfigurationDocument documentIn(const QString &file) const;
    /// All keys that the document does not have from the keychain.
    void giveKeys(const ConfigurationDocument &document);
    [[nodiscard]] Plan plan(const ConfigurationDocument &document);
    [[nodiscard]] PlanResult apply(const Plan &plan);
    [[nodiscard]] QByteArray exported() const;
    [[nodiscard]] QString write(const QByteArray &text) const;
    /// Nothing is left to do, and nothing is sent where it is done all the same.
    void checkNothingToDo(const Plan &plan);
    [[nodiscard]] int writes() const;

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
    std::shared_ptr<PlanKeys> m_keys;
};

void TstExamples::init()
{
    m_world = std::make_unique<World>();
    m_stack = std::make_unique<Stack>(*m_world);
    m_keys = std::make_shared<PlanKeys>();
    QVERIFY(m_stack->start());
    m_world->service.forgetReceived();
}

void TstExamples::cleanup()
{
    m_stack.reset();
    m_world.reset();
    m_keys.reset();
}

ConfigurationDocument TstExamples::documentIn(const QString &file) const
{
    const Outcome<configurationfiles::Reading> read = configurationfiles::read(file);
    if (read && read.value().plan)
        return read.value().plan->document;
    QTest::qFail(qPrintable(file + u" cannot be read"_s), __FILE__, __LINE__);
    return {};
}

void TstExamples::giveKeys(const ConfigurationDocument &document)
{
    for (const ConfiguredInstance &instance : document.profiles.at(0).instances) {
        for (const ConfiguredHeader &header : instance.credential.headers) {
            const QByteArray key = "an-example-for-" + header.name.toUtf8();
            if (header.source.kind == KeySource::Kind::Environment)
                m_keys->setVariable(header.source.variable, Secret(key));
            if (header.source.kind != KeySource::Kind::Prompt)
                continue;
            SuppliedKeys keys;
            keys.keys.push_back({header.name, Secret(key)});
            m_keys->supply(m_stack->address(instance.name), std::move(keys));
        }
    }
}

Plan TstExamples::plan(const ConfigurationDocument &document)
{
    PlanOptions options;
    options.deletes = true;
    options.profileNames.insert(u"Demo organization"_s, m_stack->profile().name);
    const auto made = await(m_stack->planMaker.make(document, options, m_keys));
    if (made && made->ok())
        return made->value();
    QTest::qFail(made ? qPrintable(made->problem().toText()) : "no answer", __FILE__, __LINE__);
    return {};
}

PlanResult TstExamples::apply(const Plan &plan)
{
    ApplyRequest request;
    request.plan = plan;
    for (qsizetype i = 0; i < plan.rows.size(); ++i) {
        request.rows.insert(i);
        request.typedNames.insert(plan.rows.at(i).address, plan.rows.at(i).wanted.name);
    }
    const auto ended = await(m_stack->planRunner.apply(std::move(request), m_keys));
    if (ended && ended->ok())
        return ended->value();
    QTest::qFail(ended ? qPrintable(ended->problem().toText()) : "no answer", __FILE__, __LINE__);
    return {};
}

QByteArray TstExamples::exported() const
{
    return configurationfiles::textOf(
        configurationOf(m_stack->profiles.all(), m_stack->inventory.records()).document);
}

QString TstExamples::write(const QByteArray &text) const
{
    const QString file = m_world->dir.filePath(u"written.json"_s);
    if (!configurationfiles::write(file, text))
        QTest::qFail("it cannot be written", __FILE__, __LINE__);
    return file;
}

void TstExamples::checkNothingToDo(const Plan &plan)
{
    m_world->service.forgetReceived();
    const PlanResult result = apply(plan);
    QCOMPARE(result.rows.size(), plan.rows.size());
    for (const PlanRowResult &row : result.rows)
        QVERIFY2(row.state == State::DoneAlready, qPrintable(row.row.wanted.name + u' ' + row.note));
    QCOMPARE(writes(), 0);
}

int TstExamples::writes() const
{
    const QList<DemoRequest> &received = m_world->service.received();
    return static_cast<int>(std::count_if(received.cbegin(), received.cend(), [](const DemoRequest &request) {
        return request.method != "GET";
    }));
}

void TstExamples::aConfigurationIsAppliedOnce_data()
{
    QTest::addColumn<QString>("file");
    const QStringList names = QDir(examples()).entryList({u"*.json"_s}, QDir::Files);
    QVERIFY(names.size() >= 4);
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << examples() + u'/' + name;
}

void TstExamples::aConfigurationIsAppliedOnce()
{
    QFETCH(const QString, file);
    const ConfigurationDocument document = documentIn(file);
    QCOMPARE(document.profiles.size(), 1);
    giveKeys(document);
    const Plan first = plan(document);
    QCOMPARE(first.rows.size(), document.instances());
    QCOMPARE(first.count(PlanAction::Blocked), 0);
    QVERIFY(!first.isEmpty());
    QVERIFY(apply(first).isAllDone());

    const Plan second = plan(document);
    QVERIFY(second.isEmpty());
    checkNothingToDo(second);
    // The plan itself once more, from a file.
    const Outcome<configurationfiles::Reading> read =
        configurationfiles::read(write(configurationfiles::textOf(first)));
    QVERIFY(read && read.value().isPlan && read.value().plan);
    checkNothingToDo(*read.value().plan);
    QVERIFY(plan(documentIn(write(exported()))).isEmpty());
}

void TstExamples::whatIsExportedStaysTheSame()
{
    for (const QString &name : {u"rotation.json"_s, u"expiries.json"_s}) {
        const ConfigurationDocument document = documentIn(examples() + u'/' + name);
        giveKeys(document);
        QVERIFY(apply(plan(document)).isAllDone());
    }
    const QByteArray text = exported();
    QVERIFY(text.contains("\"keychain\"") && text.contains("\"prompt\""));
    QVERIFY(text.contains("\"protected\": true") && text.contains("\"lives_days\": 365"));
    m_keys = std::make_shared<PlanKeys>();
    const Plan same = plan(documentIn(write(text)));
    QVERIFY(same.isEmpty());
    checkNothingToDo(same);
    QCOMPARE(exported(), text);
}

void TstExamples::aFileOfAnotherToolIsTakenOnce_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("instance");
    QTest::addColumn<bool>("areOfPresent");
    QTest::addColumn<QStringList>("actions");
    QTest::addColumn<int>("sent");
    QTest::newRow("a state of Terraform")
        << u"terraform.tfstate"_s << QString() << false
        << QStringList{u"azure-devops-core adopt"_s, u"swaggerhub-sandbox create"_s} << 1;
    QTest::newRow("a stack of Pulumi")
        << u"pulumi-stack.json"_s << QString() << false
        << QStringList{u"dynatrace-payments adopt"_s, u"traceable-staging keep"_s} << 0;
    QTest::newRow("a program of Pulumi")
        << u"Pulumi.yaml"_s << QString() << false << QStringList{u"sonarqube-mobile replace"_s} << 2;
    QTest::newRow("a program with the keys of what is there")
        << u"Pulumi.yaml"_s << QString() << true << QStringList{u"sonarqube-mobile adopt"_s} << 0;
    QTest::newRow("a payload") << u"payload.json"_s << Sandbox << false
                               << QStringList{u"swaggerhub-sandbox create"_s} << 1;
}

void TstExamples::aFileOfAnotherToolIsTakenOnce()
{
    QFETCH(const QString, name);
    QFETCH(const QString, instance);
    QFETCH(const bool, areOfPresent);
    QFETCH(const QStringList, actions);
    QFETCH(const int, sent);
    ImportOptions options;
    options.instance = instance;
    options.areOfPresent = areOfPresent;
    options.at = m_world->clock.now();
    const auto take = [&] {
        Outcome<ForeignConfiguration> read =
            configurationfiles::readForeign(examples() + u"/import/"_s + name);
        if (!read || !read.value().holdsKeys()) {
            QTest::qFail("it cannot be read", __FILE__, __LINE__);
            return Plan();
        }
        ConfigurationImport imported =
            importOf(std::move(read).value(), m_stack->profiles.all(), m_stack->inventory.records(), options);
        if (imported.leftOut != 0)
            QTest::qFail(qPrintable(imported.findings.constLast().toText()), __FILE__, __LINE__);
        m_keys = std::make_shared<PlanKeys>(std::move(imported.keys));
        return plan(imported.document);
    };
    const Plan first = take();
    QStringList planned;
    for (const PlanRow &row : first.rows)
        planned << row.wanted.name + u' ' + planActionWord(row.action);
    planned.sort();
    QCOMPARE(planned, actions);
    QVERIFY(m_world->service.received().isEmpty());

    QVERIFY(apply(first).isAllDone());
    QCOMPARE(writes(), sent);
    for (const PlanRow &row : first.rows) {
        if (row.action == PlanAction::Keep)
            continue;
        const InstanceRecord record = m_stack->record(row.wanted.name);
        QVERIFY2(record.keptKeys.current, qPrintable(row.title));
        QCOMPARE(record.keptKeys.entered, row.action == PlanAction::Adopt);
        const bool isSent = m_world->keyAt(row.wanted.name, Header).contains("an-example-of-a-key-");
        QCOMPARE(isSent, row.action != PlanAction::Adopt);
        QCOMPARE(record.expiry.date, row.wanted.expiry.date);
    }
    const Plan second = take();
    QVERIFY(second.isEmpty());
    checkNothingToDo(second);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstExamples)
#include "tst_examples.moc"
