// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QObject>

using namespace Qt::StringLiterals;
using namespace latchkey::test;

class TstProfiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aProfileIsAddedListedTestedAndRemoved();
    void untilWhenItsTokenWorksIsWrittenDown();
    void aTestThatFailsEndsWithTheCodeOfTheStep_data();
    void aTestThatFailsEndsWithTheCodeOfTheStep();
    void theNameOfTheTestedProfileSaysWhoseTokenItIs();
    void aTokenFromStdinIsCleaned();
    void withoutAKeychainKeepNoneIsSuggested();
    void removingNeedsAYes();
    void twoProfilesOfOneNameAreRefused();
    void aProductionProfileNeedsTheInstancesName();
    void theTokenIsNotInTheFilesThatAreAllPrivate();

private:
    CtlResult onData(QStringList arguments, const QByteArray &input = {}) const
    {
        arguments += {u"--data-dir"_s, m_dir->path() + u"/data"_s};
        return ctl(arguments, {{u"CTL_TOKEN"_s, DemoServiceProcess::token()}}, input);
    }
    CtlResult add(const QString &name, const QStringList &more = {}) const
    {
        return onData(QStringList{u"profile"_s, u"add"_s, name, u"--url"_s, m_service.url(), u"--token-env"_s,
                                  u"CTL_TOKEN"_s, u"--keep"_s, u"none"_s} +
                      more);
    }
    DemoServiceProcess m_service;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TstProfiles::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

void TstProfiles::aProfileIsAddedListedTestedAndRemoved()
{
    const CtlResult added = add(u"Acme"_s, {u"--colour"_s, u"#1a7f37"_s});
    QVERIFY2(added.code == 0, added.err.constData());
    const CtlResult listed = onData({u"profile"_s, u"list"_s, u"--json"_s});
    QCOMPARE(listed.code, 0);
    QCOMPARE(listed.json().array().size(), 1);
    QCOMPARE(listed.json().array().first().toObject().value("name"_L1).toString(), u"Acme"_s);
    const CtlResult tested = onData({u"profile"_s, u"test"_s, u"acme"_s, u"--token-env"_s, u"CTL_TOKEN"_s});
    QVERIFY2(tested.code == 0, tested.err.constData());
    QVERIFY(tested.out.contains("there: 40"));
    const CtlResult instances = onData({u"instances"_s, u"list"_s, u"--token-env"_s, u"CTL_TOKEN"_s});
    QVERIFY2(instances.code == 0, instances.err.constData());
    QCOMPARE(onData({u"profile"_s, u"remove"_s, u"Acme"_s, u"--yes"_s}).code, 0);
    QCOMPARE(onData({u"profile"_s, u"list"_s, u"--json"_s}).json().array().size(), 0);
}

void TstProfiles::untilWhenItsTokenWorksIsWrittenDown()
{
    const auto expires = [this] {
        const QJsonArray all = onData({u"profile"_s, u"list"_s, u"--json"_s}).json().array();
        return all.first()["token_expires"_L1];
    };
    QCOMPARE(add(u"Acme"_s, {u"--token-expires"_s, u"2027-02-29"_s}).code, 64); // There is no such day.
    QCOMPARE(add(u"Acme"_s, {u"--token-expires"_s, u"2028-02-29"_s}).code, 0);
    QCOMPARE(expires(), QJsonValue(u"2028-02-29"_s));
    QVERIFY(onData({u"profile"_s, u"list"_s}).out.contains("2028-02-29"));
    const auto set = [this](const QStringList &more) {
        return onData(QStringList{u"profile"_s, u"set"_s} + more);
    };
    QCOMPARE(set({u"acme"_s, u"--token-expires"_s, u"none"_s}).code, 0);
    QCOMPARE(expires(), QJsonValue());
    const CtlResult later = set({u"acme"_s, u"--token-expires"_s, u"2027-03-31"_s});
    QVERIFY2(later.code == 0 && later.out.contains("2027-03-31"), later.err.constData());
    QCOMPARE(expires(), QJsonValue(u"2027-03-31"_s));
    for (const QStringList &wrong : {QStringList{}, QStringList{u"acme"_s},
                                     QStringList{u"acme"_s, u"--token-expires"_s, u"31.03.2027"_s},
                                     QStringList{u"acme"_s, u"--token-expires"_s, u""_s}})
        QCOMPARE(set(wrong).code, 64);
    QCOMPARE(set({u"nobody"_s, u"--token-expires"_s, u"none"_s}).code, 4);
    QCOMPARE(expires(), QJsonValue(u"2027-03-31"_s));
}

void TstProfiles::aTestThatFailsEndsWithTheCodeOfTheStep_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("401") << QByteArray("kpat_wrong");
    QTest::newRow("403") << QByteArray("kpat_noadmin");
}

void TstProfiles::aTestThatFailsEndsWithTheCodeOfTheStep()
{
    QFETCH(const QByteArray, token);
    QCOMPARE(add(u"Acme"_s).code, 0);
    const CtlResult result = onData({u"profile"_s, u"test"_s, u"Acme"_s, u"--token-stdin"_s}, token + '\n');
    QVERIFY2(result.code == 3, result.out.constData());
    QVERIFY2(result.out.contains("FAILED"), result.out.constData());
    QVERIFY(!result.mentions(token));
}

void TstProfiles::theNameOfTheTestedProfileSaysWhoseTokenItIs()
{
    QCOMPARE(add(u"Acme"_s).code, 0);
    QCOMPARE(add(u"Other"_s).code, 0);
    const QStringList test{u"profile"_s, u"test"_s};
    const QStringList token{u"--token-env"_s, u"CTL_TOKEN"_s};
    const CtlResult tested = onData(test + QStringList{u"other"_s} + token);
    QVERIFY2(tested.code == 0, tested.err.constData());
    QCOMPARE(onData(test + QStringList{u"nobody"_s} + token).code, 4);
    QCOMPARE(onData(test + token).code, 64);
    QCOMPARE(onData(test + QStringList{u"Acme"_s, u"--profile"_s, u"Other"_s} + token).code, 64);
}

void TstProfiles::aTokenFromStdinIsCleaned()
{
    QCOMPARE(add(u"Acme"_s).code, 0);
    const QByteArray line = "  Bearer " + DemoServiceProcess::token().toLatin1() + " \r\n";
    const QStringList test{u"profile"_s, u"test"_s, u"Acme"_s, u"--token-stdin"_s};
    const CtlResult tested = onData(test, line);
    QVERIFY2(tested.code == 0, tested.out.constData());
    QVERIFY(!tested.mentions(DemoServiceProcess::token().toLatin1()));
    QCOMPARE(onData(test, "\n").code, 64);
    QCOMPARE(onData(test, line + line).code, 64);
}

void TstProfiles::withoutAKeychainKeepNoneIsSuggested()
{
    const CtlResult added = onData(
        {u"profile"_s, u"add"_s, u"Acme"_s, u"--url"_s, m_service.url(), u"--token-env"_s, u"CTL_TOKEN"_s});
    QCOMPARE(added.code, 7);
    QVERIFY2(added.err.contains("add --keep none"), added.err.constData());
    QVERIFY2(added.err.contains("try again"), added.err.constData());
    QCOMPARE(onData({u"profile"_s, u"list"_s, u"--json"_s}).json().array().size(), 0);
}

void TstProfiles::removingNeedsAYes()
{
    QCOMPARE(add(u"Acme"_s).code, 0);
    QCOMPARE(onData({u"profile"_s, u"remove"_s, u"Acme"_s}).code, 9);
    QCOMPARE(onData({u"profile"_s, u"list"_s, u"--json"_s}).json().array().size(), 1);
    QCOMPARE(onData({u"profile"_s, u"remove"_s, u"Other"_s, u"--yes"_s}).code, 4);
}

void TstProfiles::twoProfilesOfOneNameAreRefused()
{
    QCOMPARE(add(u"Acme"_s).code, 0);
    const CtlResult second = add(u"ACME"_s);
    QCOMPARE(second.code, 64);
    QVERIFY(second.err.contains("ACME"));
}

void TstProfiles::aProductionProfileNeedsTheInstancesName()
{
    QCOMPARE(add(u"Acme"_s, {u"--production"_s}).code, 0);
    const QString instance = m_service.instance(u"expired"_s, u"multi_key_auth"_s);
    const QStringList remove{u"credential"_s, u"delete"_s,      u"--instance"_s, instance,
                             u"--yes"_s,      u"--token-env"_s, u"CTL_TOKEN"_s};
    const int before = m_service.received(u"DELETE"_s);
    const CtlResult without = onData(remove);
    QCOMPARE(without.code, 9);
    QVERIFY2(without.err.contains("--confirm"), without.err.constData());
    QCOMPARE(onData(remove + QStringList{u"--confirm"_s, u"another"_s}).code, 9);
    QCOMPARE(m_service.received(u"DELETE"_s), before);
    const CtlResult with = onData(remove + QStringList{u"--confirm"_s, instance});
    QVERIFY2(with.code == 0, with.err.constData());
    QCOMPARE(m_service.received(u"DELETE"_s), before + 1);
}

void TstProfiles::theTokenIsNotInTheFilesThatAreAllPrivate()
{
    QCOMPARE(add(u"Acme"_s).code, 0);
    QCOMPARE(onData({u"instances"_s, u"list"_s, u"--token-env"_s, u"CTL_TOKEN"_s}).code, 0);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                      QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(m_dir->path() + u"/data"_s) & others));
    QDirIterator files(m_dir->path() + u"/data"_s, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    QVERIFY(files.hasNext());
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
        QVERIFY(file.open(QFile::ReadOnly));
        QVERIFY2(!file.readAll().contains(DemoServiceProcess::token().toUtf8()), qPrintable(file.fileName()));
    }
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstProfiles)
#include "tst_profiles.moc"
