// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/expiryfeeds.h"
#include "tests/support/await.h"
#include "tests/support/reader.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentsOf(const QString &name)
{
    QFile file(name);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TstExpiryFeeds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->start());
    }

    void cleanup()
    {
        m_stack.reset();
        m_world.reset();
    }

    void aFileIsWrittenInTheFormOfItsEnding()
    {
        const ExpiryReport report = feeds().report({});
        QCOMPARE(report.items.size(), 37);
        for (const QString &form : {u"json"_s, u"csv"_s, u"ics"_s, u"prom"_s}) {
            const QString name = m_world->dir.filePath(u"report."_s + form.toUpper());
            const Done saved = ExpiryFeeds::save(report, name);
            QVERIFY2(saved.ok(), qPrintable(form));
            readBack(form, contentsOf(name));
        }
        QCOMPARE(readBack(u"csv"_s, contentsOf(m_world->dir.filePath(u"report.CSV"_s))).array().size(), 37);
    }

    void whatCannotBeWrittenIsToldAndLeavesTheFile()
    {
        const ExpiryReport report = feeds().report({});
        const Done other = ExpiryFeeds::save(report, m_world->dir.filePath(u"report.txt"_s));
        QCOMPARE(other.problem().category, Problem::Category::Refused);
        QVERIFY(!QFile::exists(m_world->dir.filePath(u"report.txt"_s)));
        const Done nowhere = ExpiryFeeds::save(report, m_world->dir.filePath(u"no/such/folder/report.csv"_s));
        QCOMPARE(nowhere.problem().category, Problem::Category::StorageFailed);
        QVERIFY(nowhere.problem().caption.contains("report.csv"_L1));
    }

    void theRulesThatAreSetDecide()
    {
        const auto laterOnes = [this] {
            const ExpiryReport report = feeds().report({});
            return report.counts.states.at(static_cast<size_t>(HealthState::ExpiringLater));
        };
        QCOMPARE(laterOnes(), 5);
        Settings settings = m_stack->preferences.settings();
        settings.healthRules.general.later = {100};
        const auto saved = await(m_stack->preferences.save(settings));
        QVERIFY(saved && saved->ok());
        QCOMPARE(laterOnes(), 8); // And those in 33, 58 and 96 days.
    }

    void whatIsRecordedCounts()
    {
        const InstanceAddress address = m_stack->address(u"datadog-staging"_s);
        ExpiryRecord record;
        record.credentialId = m_stack->record(u"datadog-staging"_s).credential.id;
        record.date = m_world->clock.now().date().addDays(1);
        const auto recorded = await(m_stack->expiryRecords.record(address, record));
        QVERIFY(recorded && recorded->ok());
        Profile profile = m_stack->profile();
        const QString id = profile.id;
        profile.tokenExpires = record.date;
        const auto saved = await(m_stack->profiles.save(profile, Secret(), false));
        QVERIFY(saved && saved->ok());
        int found = 0;
        const ExpiryReport report = feeds().report({id, 3, false});
        for (const ExpiryItem &item : report.items)
            found += item.lastDay == record.date ? 1 : 0;
        QCOMPARE(found, 2);
    }

private:
    [[nodiscard]] ExpiryFeeds feeds() const
    {
        return {m_stack->inventory, m_stack->profiles, m_stack->preferences, m_world->clock};
    }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstExpiryFeeds)
#include "tst_expiryfeeds.moc"
