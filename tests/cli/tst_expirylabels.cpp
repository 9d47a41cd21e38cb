// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QDate>
#include <QObject>

#include <memory>

using namespace Qt::StringLiterals;
using namespace latchkey::test;

namespace {

const QString Name = u"datadog-staging"_s;
const QString Day = u"2099-03-03"_s;

} // namespace

class TstExpiryLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_service = std::make_unique<DemoServiceProcess>();
        m_folder = std::make_unique<QTemporaryDir>();
        const CtlResult added =
            run({u"profile"_s, u"add"_s, u"acme"_s, u"--url"_s, m_service->url(), u"--keep"_s, u"none"_s});
        QVERIFY2(added.code == 0, added.err.constData());
    }

    void cleanup()
    {
        m_service.reset();
        m_folder.reset();
    }

    void theDayOfNewKeysIsRecordedAndShared()
    {
        const CtlResult nothing = expiry(u"share"_s, {u"--yes"_s});
        QCOMPARE(nothing.code, 9);
        QVERIFY2(nothing.err.contains("Nothing is recorded"), nothing.err.constData());

        const CtlResult replaced = replace(Day);
        QVERIFY2(replaced.code == 0, replaced.err.constData());
        QCOMPARE(replaced.json()["expires"_L1].toString(), Day);
        QVERIFY(!replaced.err.contains("could not be recorded"));
        QCOMPARE(label(), QJsonValue(QJsonValue::Undefined));

        const CtlResult asked = expiry(u"share"_s);
        QCOMPARE(asked.code, 9);
        QVERIFY2(asked.err.contains("Everybody with access"), asked.err.constData());
        QVERIFY2(asked.err.contains("add --yes"), asked.err.constData());
        QCOMPARE(m_service->received(u"PATCH"_s), 0);

        const CtlResult shared = expiry(u"share"_s, {u"--yes"_s, u"--json"_s});
        QVERIFY2(shared.code == 0, shared.err.constData());
        QCOMPARE(shared.json()["value"_L1].toString(), Day);
        QCOMPARE(shared.json()["lost"_L1].toArray().size(), 0);
        QCOMPARE(label().toString(), Day);

        const CtlResult unshared = expiry(u"unshare"_s, {u"--yes"_s});
        QVERIFY2(unshared.code == 0, unshared.err.constData());
        QCOMPARE(label(), QJsonValue(QJsonValue::Undefined));
        QCOMPARE(m_service->received(u"PATCH"_s), 2);
    }

    void aPastDayIsWarnedOf()
    {
        const CtlResult replaced = replace(u"2001-01-01"_s);
        QVERIFY2(replaced.code == 0, replaced.err.constData());
        QVERIFY2(replaced.err.contains("Warning") && replaced.err.contains("has passed"),
                 replaced.err.constData());
    }

    void whatIsNoDayIsWrongUsage()
    {
        for (const QString &day : {u"tomorrow"_s, u"2027-02-30"_s, u"27-02-01"_s})
            QCOMPARE(replace(day).code, 64);
        QCOMPARE(m_service->received(u"DELETE"_s), 0);
        QCOMPARE(expiry(u"share"_s, {u"--instance"_s, u"another"_s}).code, 64);
        QCOMPARE(run({u"expiry"_s, u"unshare"_s}).code, 64);
        const CtlResult withoutProfile =
            m_service->ctl({u"credential"_s, u"replace"_s, u"--instance"_s, Name, u"--keep"_s, u"none"_s,
                            u"--yes"_s, u"--expires"_s, Day});
        QCOMPARE(withoutProfile.code, 64);
    }

private:
    [[nodiscard]] CtlResult run(QStringList arguments) const
    {
        arguments += {u"--data-dir"_s, m_folder->filePath(u"data"_s), u"--token-env"_s, u"CTL_TOKEN"_s};
        return ctl(arguments, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()},
                               {u"KEY"_s, u"a-key-for-the-terminal"_s},
                               {u"OTHER_KEY"_s, u"a-key-for-the-terminal-2"_s}});
    }
    [[nodiscard]] CtlResult replace(const QString &day) const
    {
        return run({u"credential"_s, u"replace"_s, u"--instance"_s, Name, u"--key-env"_s, u"DD-API-KEY=KEY"_s,
                    u"--key-env"_s, u"DD-APPLICATION-KEY=OTHER_KEY"_s, u"--keep"_s, u"none"_s, u"--yes"_s,
                    u"--json"_s, u"--expires"_s, day});
    }
    [[nodiscard]] CtlResult expiry(const QString &verb, const QStringList &more = {}) const
    {
        return run(QStringList{u"expiry"_s, verb, u"--instance"_s, Name} + more);
    }
    [[nodiscard]] QJsonValue label() const
    {
        const CtlResult shown = run({u"credential"_s, u"show"_s, u"--instance"_s, Name, u"--json"_s});
        return shown.json()["labels"_L1]["credential-expires"_L1];
    }

    std::unique_ptr<DemoServiceProcess> m_service;
    std::unique_ptr<QTemporaryDir> m_folder;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstExpiryLabels)
#include "tst_expirylabels.moc"
