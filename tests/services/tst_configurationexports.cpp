// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/configurationexports.h"
#include "models/services/environmentkey.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

using configurationexports::File;
using configurationexports::Form;

/// What is there as files, and the keys of variables.
class TstConfigurationExports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachFormHasAFile()
    {
        World world;
        Stack stack(world);
        QVERIFY(stack.start());
        const auto change = stack.run(stack.request(ChangeKind::Replace, u"datadog-staging"_s, "a-key-0001"));
        QVERIFY(change && change->ok());
        for (const Form form : {Form::Json, Form::Terraform, Form::Pulumi}) {
            const QList<File> files =
                configurationexports::of(form, stack.profiles.all(), stack.inventory.records());
            QCOMPARE(files.size(), 1);
            const File &file = files.constFirst();
            // Other tools take no dash in a name.
            QVERIFY(file.text.contains(form == Form::Json ? "datadog-staging" : "datadog_staging"));
            QVERIFY(!file.text.contains("a-key-0001"));
            QVERIFY(!file.text.contains(World::token));
            QVERIFY(!file.fileName.contains(u'/'));
            QCOMPARE(file.title.isEmpty(), form == Form::Json);
        }
    }

    void aProfileWithAnOddNameHasAFileName()
    {
        World world;
        Stack stack(world);
        QVERIFY(stack.start());
        QList<Profile> profiles = stack.profiles.all();
        QList<InstanceRecord> records = stack.inventory.records();
        profiles[0].name = u"../Ünter/…"_s;
        for (InstanceRecord &record : records)
            record.profileName = profiles.at(0).name;
        const QList<File> files = configurationexports::of(Form::Terraform, profiles, records);
        QVERIFY(!files.isEmpty());
        QVERIFY(!files.constFirst().fileName.contains(u'/'));
        QVERIFY(!files.constFirst().fileName.startsWith(u'.'));
    }

    void nothingHasNoFileOfAnotherTool()
    {
        QVERIFY(configurationexports::of(Form::Pulumi, {}, {}).isEmpty());
        QCOMPARE(configurationexports::of(Form::Json, {}, {}).size(), 1);
    }

    void aVariableIsReadAndStays()
    {
        qputenv("LATCHKEY_TEST_VARIABLE", "a-key-0001");
        for (int i = 0; i < 2; ++i) {
            const Outcome<Secret> key = keyInEnvironment(u"LATCHKEY_TEST_VARIABLE"_s);
            QVERIFY(key.ok());
            QCOMPARE(key.value().reveal().toByteArray(), QByteArrayLiteral("a-key-0001"));
        }
        for (const char *value : {"", static_cast<const char *>(nullptr)}) {
            if (value)
                qputenv("LATCHKEY_TEST_VARIABLE", value);
            else
                qunsetenv("LATCHKEY_TEST_VARIABLE");
            const Outcome<Secret> none = keyInEnvironment(u"LATCHKEY_TEST_VARIABLE"_s);
            QVERIFY(!none);
            QVERIFY(none.problem().caption.contains(u"LATCHKEY_TEST_VARIABLE"_s));
        }
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstConfigurationExports)
#include "tst_configurationexports.moc"
