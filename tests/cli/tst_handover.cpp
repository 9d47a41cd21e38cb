// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/ctl.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QObject>

using namespace Qt::StringLiterals;
using namespace latchkey::test;

namespace {

/// The demo knows the keys of swaggerhub-internal; swaggerhub-sandbox has no credential.
QStringList call(const QString &verb, const QString &from, const QString &to)
{
    return {u"credential"_s, verb, u"--demo"_s, u"--instance"_s, from, u"--to"_s, to};
}

} // namespace

class TstHandover : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void copiesWhatIsKept();
    void movesInTwoChanges();
    void asksBeforeItSends();
    void refusesWhatItCannotSend_data();
    void refusesWhatItCannotSend();
};

void TstHandover::copiesWhatIsKept()
{
    const CtlResult copied = ctl(call(u"copy"_s, u"swaggerhub-internal"_s, u"swaggerhub-sandbox"_s) +
                                 QStringList{u"--yes"_s, u"--json"_s});
    QVERIFY2(copied.code == 0, copied.err.constData());
    const QJsonArray changes = copied.json().array();
    QCOMPARE(changes.size(), 1);
    const QJsonObject change = changes.first().toObject();
    QCOMPARE(change.value("kind"_L1).toString(), u"create"_s);
    QCOMPARE(change.value("instance"_L1).toObject().value("name"_L1).toString(), u"swaggerhub-sandbox"_s);
}

void TstHandover::movesInTwoChanges()
{
    const CtlResult moved = ctl(call(u"move"_s, u"swaggerhub-internal"_s, u"swaggerhub-sandbox"_s) +
                                QStringList{u"--yes"_s, u"--json"_s});
    QVERIFY2(moved.code == 0, moved.err.constData());
    QStringList kinds;
    for (const QJsonValue &change : moved.json().array())
        kinds += change.toObject().value("kind"_L1).toString();
    QCOMPARE(kinds, (QStringList{u"create"_s, u"delete"_s}));
}

void TstHandover::asksBeforeItSends()
{
    const CtlResult asked = ctl(call(u"move"_s, u"swaggerhub-internal"_s, u"swaggerhub-public"_s));
    QCOMPARE(asked.code, 9);
    // Both are named, and what goes at either place.
    QVERIFY2(asked.err.contains("SwaggerHub (internal)") && asked.err.contains("SwaggerHub (public)"),
             asked.err.constData());
    QVERIFY2(asked.err.contains("there is no way back"), asked.err.constData());
    QVERIFY2(asked.err.contains("add --yes"), asked.err.constData());
}

void TstHandover::refusesWhatItCannotSend_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    const QString known = u"swaggerhub-internal"_s;
    QTest::newRow("keys not known") << call(u"copy"_s, u"swaggerhub-public"_s, u"swaggerhub-sandbox"_s) << 9
                                    << QByteArray("are not known here");
    QTest::newRow("another integration")
        << call(u"copy"_s, known, u"datadog-staging"_s) << 9 << QByteArray("another integration");
    QTest::newRow("itself") << call(u"copy"_s, known, known) << 9 << QByteArray("already");
    QTest::newRow("no such instance")
        << call(u"copy"_s, known, u"nobody"_s) << 4 << QByteArray("no instance nobody");
    QTest::newRow("no target") << QStringList{u"credential"_s, u"copy"_s, u"--demo"_s, u"--instance"_s, known}
                               << 64 << QByteArray("--to");
}

void TstHandover::refusesWhatItCannotSend()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, code);
    QFETCH(const QByteArray, says);
    const CtlResult refused = ctl(arguments + QStringList{u"--yes"_s});
    QVERIFY2(refused.code == code, refused.err.constData());
    QVERIFY2(refused.err.contains(says), refused.err.constData());
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstHandover)
#include "tst_handover.moc"
