// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/attentionmodel.h"
#include "models/items/credentialdetailsmodel.h"
#include "models/items/expirybreakdownmodel.h"
#include "models/items/expirytimelinemodel.h"
#include "models/items/historymodel.h"
#include "models/items/instancecolumns.h"
#include "models/items/instancefiltermodel.h"
#include "models/items/instancetablemodel.h"
#include "models/items/missingpermissionsmodel.h"
#include "models/items/permissionscopesmodel.h"
#include "models/items/sidebarmodel.h"
#include "models/items/unfinishedmodel.h"
#include "models/storage/recordjson.h"
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QMimeData>
#include <QTimeZone>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

const QString Staging = u"datadog-staging"_s;
const QString Checkout = u"datadog-checkout"_s;
const QString Production = u"datadog-us-production"_s;
const QString Sandbox = u"swaggerhub-sandbox"_s; // without a credential
const QByteArray SentKey = "planted-and-sent";
const QByteArray EnteredKey = "planted-and-entered";
const QByteArray RefusedKey = "planted-and-refused";

/// Twice as far as any model of ours counts.
constexpr int LastRole = 1024;

/// Everything that anybody can get from an index or a header.
void addText(QString &all, const QVariant &value)
{
    if (!value.isValid())
        return;
    all +=
        value.toString() + u'\n' + value.toStringList().join(u'\n') + u'\n' + QDebug::toString(value) + u'\n';
    if (value.userType() == qMetaTypeId<InstanceRecord>())
        all += QString::fromUtf8(recordjson::write(value.value<InstanceRecord>())) + u'\n';
}

void addTexts(QString &all, const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QModelIndexList indexes;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            indexes.append(index);
            for (int role = 0; role <= LastRole; ++role)
                addText(all, index.data(role));
        }
        addTexts(all, model, model.index(row, 0, parent));
    }
    for (int section = 0; section < model.columnCount(parent); ++section) {
        for (int role = 0; role <= LastRole; ++role) {
            addText(all, model.headerData(section, Qt::Horizontal, role));
            addText(all, model.headerData(section, Qt::Vertical, role));
        }
    }
    const std::unique_ptr<QMimeData> dragged(model.mimeData(indexes));
    if (!dragged)
        return;
    const QStringList formats = dragged->formats();
    for (const QString &format : formats) {
        const QByteArray bytes = dragged->data(format);
        all += QString::fromUtf8(bytes) +
               QString::fromUtf16(reinterpret_cast<const char16_t *>(bytes.constData()), bytes.size() / 2);
    }
}

QString textsOf(const QAbstractItemModel &model)
{
    QString all;
    addTexts(all, model);
    return all;
}

} // namespace

/// What a delegate, a style, a drag or a screen reader could get out of any model, after a life with keys.
class TstModelRoles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void instances();
    void sidebar();
    void dashboard();
    void details();
    void history();
    void unfinished();

private:
    void expectNoSecret(const QString &texts, const QString &expected);
    void refuseAndRepeat(const QString &name, int status);

    World m_world;
    Stack m_stack{m_world};
};

/// The service answers with everything that it was sent.
void TstModelRoles::refuseAndRepeat(const QString &name, int status)
{
    DemoFault fault;
    fault.method = "POST";
    fault.path = m_world.credentialPath(name);
    fault.action = DemoFault::Action::Body;
    fault.status = status;
    const QByteArray said = "cannot use " + RefusedKey + " with " + World::token;
    fault.body = R"({"detail":")" + said + R"(","instance":"kong:trace:)" + RefusedKey +
                 R"(","invalid_parameters":[{"field":")" + said + R"(","reason":")" + said + R"("}]})";
    m_world.faults.append(fault);
    m_world.service.setFaults(m_world.faults);
}

void TstModelRoles::initTestCase()
{
    QVERIFY(m_stack.start());
    refuseAndRepeat(Sandbox, 400);
    refuseAndRepeat(Production, 403);

    // Two versions are kept, so that there are previous keys too.
    for (const char *end : {"-first", "-second"}) {
        const auto sent = m_stack.run(m_stack.request(ChangeKind::Replace, Staging, SentKey + end));
        QVERIFY(sent && sent->ok());
    }
    HeaderKeys entered =
        std::move(m_stack.request(ChangeKind::Replace, Checkout, EnteredKey).credential.headers);
    const auto adopted = await(m_stack.adoption.adopt(m_stack.address(Checkout),
                                                      m_world.credentialId(Checkout), std::move(entered)));
    QVERIFY(adopted && adopted->ok());
    for (const auto &[kind, name] :
         {std::pair(ChangeKind::Create, Sandbox), std::pair(ChangeKind::Replace, Production)}) {
        const auto refused = m_stack.run(m_stack.request(kind, name, RefusedKey));
        QVERIFY(refused.has_value());
        QVERIFY(!refused->ok() || refused->value().problem);
    }
    QVERIFY(await(m_stack.inventory.refresh())->ok());
    // The keys are where they belong, so a search for them means something.
    QCOMPARE(m_world.keyAt(Staging, u"DD-API-KEY"_s), SentKey + "-second");
}

void TstModelRoles::expectNoSecret(const QString &texts, const QString &expected)
{
    QVERIFY2(texts.contains(expected), "the search does not see what is there");
    for (const char *part : {"planted", "kpat_test-token", "of-the-world"}) {
        const QByteArray plain(part);
        for (const QByteArray &spelling :
             {plain, plain.toBase64(QByteArray::OmitTrailingEquals), plain.toHex()})
            QVERIFY2(!texts.contains(QString::fromLatin1(spelling)), spelling.constData());
    }
}

void TstModelRoles::instances()
{
    InstanceTableModel table(m_world.clock, QTimeZone::utc(), HealthRules{});
    const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::Fatal);
    table.upsert(m_stack.inventory.records());
    QCOMPARE(table.rowCount(), 40);
    expectNoSecret(textsOf(table), Staging);
    InstanceFilterModel filter(table);
    QCOMPARE(filter.rowCount(), 40);
    expectNoSecret(textsOf(filter), Staging);
}

void TstModelRoles::sidebar()
{
    InstanceTableModel table(m_world.clock, QTimeZone::utc(), HealthRules{});
    table.upsert(m_stack.inventory.records());
    SidebarModel model(table);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setProfiles(m_stack.profiles.all());
    model.setEndpoints(m_stack.inventory.endpoints());
    expectNoSecret(textsOf(model), u"Test organization"_s);
}

void TstModelRoles::dashboard()
{
    InstanceTableModel table(m_world.clock, QTimeZone::utc(), HealthRules{});
    table.upsert(m_stack.inventory.records());
    const AttentionModel attention(table, m_world.clock, {});
    expectNoSecret(textsOf(attention), u"Test organization"_s);
    expectNoSecret(textsOf(ExpiryTimelineModel(table, m_world.clock, QTimeZone::utc())), u"Datadog"_s);
    for (const auto by : {ExpiryBreakdownModel::By::Integration, ExpiryBreakdownModel::By::Profile})
        expectNoSecret(textsOf(ExpiryBreakdownModel(by, table)), u"In order"_s);
    expectNoSecret(textsOf(PermissionScopesModel(table)), u"create_webhooks"_s);
}

void TstModelRoles::details()
{
    CredentialDetailsModel fields(m_world.clock, QTimeZone::utc());
    MissingPermissionsModel permissions;
    QString fieldTexts;
    QString permissionTexts;
    const QList<InstanceRecord> records = m_stack.inventory.records();
    for (const InstanceRecord &record : records) {
        fields.setRecord(record);
        permissions.setPermissions(record.credential.missingPermissions);
        addTexts(fieldTexts, fields);
        addTexts(permissionTexts, permissions);
    }
    expectNoSecret(fieldTexts, m_world.credentialId(Staging));
    expectNoSecret(permissionTexts, u"create_webhooks"_s);
}

void TstModelRoles::history()
{
    HistoryModel model(QTimeZone::utc());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto entries = await(m_stack.history.entries());
    QVERIFY(entries && entries->ok());
    model.setEntries(entries->value());
    QVERIFY(model.rowCount() >= 3);
    expectNoSecret(textsOf(model), Staging);
}

void TstModelRoles::unfinished()
{
    UnfinishedModel model(QTimeZone::utc());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto changes = await(m_stack.recovery.examine());
    QVERIFY(changes && changes->ok());
    model.setChanges(changes->value());
    QCOMPARE(model.rowCount(), 1);
    // Of what the service repeated, the rest is kept.
    QVERIFY(changes->value().constFirst().change.problem);
    QVERIFY(changes->value().constFirst().change.problem->toText().contains(u"cannot use [redacted]"_s));
    expectNoSecret(textsOf(model) + changes->value().constFirst().change.problem->toText(),
                   u"US production"_s);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstModelRoles)
#include "tst_modelroles.moc"
