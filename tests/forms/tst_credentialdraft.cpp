// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/forms/credentialdraft.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QSignalSpy>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

InstanceRecord recordFor(Authorization::Strategy strategy, const QStringList &headers = {})
{
    InstanceRecord record;
    record.authorization.strategy = strategy;
    for (const QString &name : headers)
        record.authorization.headers << HeaderDefinition{name, u"Name of "_s + name, {}};
    return record;
}

QStringList names(const CredentialDraft &draft)
{
    QStringList all;
    for (int row = 0; row < draft.rowCount(); ++row)
        all << draft.name(row);
    return all;
}

} // namespace

class TstCredentialDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theIntegrationFixesTheRows()
    {
        CredentialDraft draft(
            recordFor(Authorization::Strategy::MultiKey, {u"DD-API-KEY"_s, u"DD-APPLICATION-KEY"_s}));
        QVERIFY(draft.rowsAreFixed());
        draft.addRow();
        draft.removeRow(0);
        draft.moveRow(0, 1);
        draft.setName(0, u"other"_s);
        QCOMPARE(names(draft), (QStringList{u"DD-API-KEY"_s, u"DD-APPLICATION-KEY"_s}));
        QCOMPARE(draft.definition(1).displayName, u"Name of DD-APPLICATION-KEY"_s);
        QVERIFY(!draft.isComplete());
        draft.setKey(0, Secret("a"));
        QVERIFY(!draft.isComplete());
        draft.setKey(1, Secret(" b"));
        QVERIFY(draft.isComplete());
        QCOMPARE(draft.findings().size(), 1);
        QCOMPARE(draft.findings().first().row, 1);
    }

    void freeRowsCanBeChanged()
    {
        CredentialDraft draft(recordFor(Authorization::Strategy::NotRead));
        QVERIFY(!draft.rowsAreFixed());
        QCOMPARE(draft.rowCount(), 1);
        QSignalSpy rows(&draft, &CredentialDraft::rowsChanged);
        draft.addRow();
        draft.addRow();
        draft.setName(0, u" a "_s);
        draft.setName(1, u"b"_s);
        draft.setName(2, u"c"_s);
        draft.setKey(0, Secret("key of a"));
        draft.moveRow(0, 2);
        QCOMPARE(names(draft), (QStringList{u"b"_s, u"c"_s, u"a"_s}));
        QVERIFY(draft.hasKey(2));
        draft.moveRow(2, 0);
        QCOMPARE(names(draft), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
        draft.removeRow(1);
        QCOMPARE(names(draft), (QStringList{u"a"_s, u"c"_s}));
        QCOMPARE(rows.size(), 5);
        draft.setName(1, u"A"_s);
        draft.setKey(1, Secret("x"));
        QVERIFY(!draft.isComplete());
        QCOMPARE(draft.findings().first().kind, HeaderFinding::Kind::NameDuplicate);
        draft.removeRow(7);
        draft.setKey(-1, Secret("x"));
        QCOMPARE(draft.rowCount(), 2);
    }

    void keptHeadersAreTheFirstGuess()
    {
        InstanceRecord record = recordFor(Authorization::Strategy::NotRead);
        record.keptKeys.headers = {u"X-One"_s, u"X-Two"_s};
        const CredentialDraft draft(record);
        QCOMPARE(names(draft), record.keptKeys.headers);
        QVERIFY(!draft.rowsAreFixed());
    }

    void onlySomeTypesCanBeMadeHere()
    {
        for (const auto strategy : {Authorization::Strategy::None, Authorization::Strategy::OAuth,
                                    Authorization::Strategy::GitHubApp, Authorization::Strategy::Unknown}) {
            const CredentialDraft draft(recordFor(strategy));
            QCOMPARE(draft.type(), CredentialType::Unknown);
            QVERIFY(!draft.isComplete());
            QCOMPARE(draft.rowCount(), 0);
        }
        InstanceRecord unread = recordFor(Authorization::Strategy::NotRead);
        unread.knowledge = InstanceRecord::Knowledge::Present;
        unread.credential.type = CredentialType::OAuth;
        QCOMPARE(CredentialDraft(unread).type(), CredentialType::Unknown);
        unread.credential.type = CredentialType::AwsRole;
        QCOMPARE(CredentialDraft(unread).type(), CredentialType::AwsRole);
    }

    void anAwsRoleNeedsItsArn()
    {
        CredentialDraft draft(recordFor(Authorization::Strategy::AwsRole));
        QCOMPARE(draft.type(), CredentialType::AwsRole);
        QVERIFY(!draft.isComplete());
        draft.setRoleArn(u"role/x"_s);
        QVERIFY(!draft.isComplete());
        draft.setRoleArn(u" arn:aws:iam::123456789012:role/x\n"_s);
        QVERIFY(draft.isComplete());
        QCOMPARE(draft.copy().roleArn, u"arn:aws:iam::123456789012:role/x"_s);
    }

    void thePresentRoleIsQuestionedUntilItIsAnother()
    {
        InstanceRecord record = recordFor(Authorization::Strategy::AwsRole);
        record.knowledge = InstanceRecord::Knowledge::Present;
        record.credential.type = CredentialType::AwsRole;
        record.credential.roleArn = u"arn:aws:iam::123456789012:role/x"_s;
        CredentialDraft draft(record);
        QCOMPARE(draft.roleArn(), record.credential.roleArn);
        QVERIFY(draft.isUnchanged());
        QCOMPARE(draft.findings().size(), 1);
        QCOMPARE(draft.findings().first().kind, HeaderFinding::Kind::Unchanged);
        QCOMPARE(draft.findings().first().severity, HeaderFinding::Severity::Warning);
        draft.setRoleArn(record.credential.roleArn + u'y');
        QVERIFY(!draft.isUnchanged());
        QVERIFY(draft.findings().isEmpty());
        draft.setRoleArn(record.credential.roleArn);
        QVERIFY(draft.isUnchanged());
        record.knowledge = InstanceRecord::Knowledge::Absent;
        record.credential = {};
        draft.setPresent(record);
        QVERIFY(!draft.isUnchanged());
        QVERIFY(draft.findings().isEmpty());
    }

    void anEditedRowForgetsKonnectsReasons()
    {
        CredentialDraft draft(recordFor(Authorization::Strategy::NotRead));
        draft.addRow();
        draft.setName(0, u"a"_s);
        draft.setName(1, u"b"_s);
        Problem problem;
        problem.invalidParameters = {{u"config.headers[0].key"_s, {}, u"too short"_s, {}},
                                     {u"config.headers[1].name"_s, {}, u"unknown"_s, {}},
                                     {u"type"_s, {}, u"is required"_s, {}}};
        draft.setServerProblem(problem);
        draft.setKey(0, Secret("longer"));
        QVERIFY(draft.serverReasons(0).isEmpty());
        QCOMPARE(draft.serverReasons(1), QStringList{u"unknown"_s});
        draft.setName(1, u"c"_s);
        QVERIFY(draft.serverReasons(1).isEmpty());
        QCOMPARE(draft.serverReasons(-1), QStringList{u"type: is required"_s});

        CredentialDraft role(recordFor(Authorization::Strategy::AwsRole));
        problem.invalidParameters = {{u"config.role_arn"_s, {}, u"cannot be assumed"_s, {}}};
        role.setServerProblem(problem);
        role.setRoleArn(u"arn:aws:iam::123456789012:role/x"_s);
        QVERIFY(role.serverReasons(-1).isEmpty());
    }

    void konnectsReasonsStandBesideTheirRows()
    {
        CredentialDraft draft(recordFor(Authorization::Strategy::MultiKey, {u"a"_s, u"b"_s}));
        Problem problem;
        problem.invalidParameters = {{u"config.headers[1].key"_s, {}, u"too short"_s, {}},
                                     {u"config.headers[0].name"_s, {}, u"unknown"_s, {}},
                                     {u"config.headers[9].key"_s, {}, u"surplus"_s, {}},
                                     {u"type"_s, {}, u"is required"_s, {}}};
        QSignalSpy changed(&draft, &CredentialDraft::findingsChanged);
        draft.setServerProblem(problem);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(draft.serverReasons(0), QStringList{u"unknown"_s});
        QCOMPARE(draft.serverReasons(1), QStringList{u"too short"_s});
        QCOMPARE(draft.serverReasons(-1),
                 (QStringList{u"config.headers[9].key: surplus"_s, u"type: is required"_s}));
        CredentialDraft role(recordFor(Authorization::Strategy::AwsRole));
        problem.invalidParameters = {{u"config.role_arn"_s, {}, u"cannot be assumed"_s, {}}};
        role.setServerProblem(problem);
        QCOMPARE(role.serverReasons(-1), QStringList{u"cannot be assumed"_s});
    }

    void keysAreTakenOnceAndCopiedOften()
    {
        CredentialDraft draft(recordFor(Authorization::Strategy::MultiKey, {u"a"_s}));
        draft.setKey(0, Secret("secret key"));
        const NewCredential copy = draft.copy();
        QVERIFY(draft.hasKey(0));
        const NewCredential taken = draft.take();
        QVERIFY(!draft.hasKey(0));
        QCOMPARE(names(draft), QStringList{u"a"_s});
        QVERIFY(!draft.isComplete());
        QVERIFY(taken.headers.front().key.equals(copy.headers.front().key));
        QCOMPARE(taken.headers.front().name, u"a"_s);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstCredentialDraft)
#include "tst_credentialdraft.moc"
