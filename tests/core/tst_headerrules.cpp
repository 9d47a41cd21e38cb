// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/headerrules.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;
using Kind = HeaderFinding::Kind;
using Severity = HeaderFinding::Severity;

namespace {

HeaderKeys rows(std::initializer_list<std::pair<const char *, QByteArray>> list)
{
    HeaderKeys keys;
    for (const auto &[name, key] : list)
        keys.push_back({QString::fromUtf8(name), Secret(key)});
    return keys;
}

QList<Kind> kinds(const QList<HeaderFinding> &findings)
{
    QList<Kind> all;
    for (const HeaderFinding &finding : findings)
        all << finding.kind;
    return all;
}

const QList<HeaderDefinition> Datadog{{u"DD-API-KEY"_s, {}, {}}, {u"DD-APPLICATION-KEY"_s, {}, {}}};

} // namespace

class TstHeaderRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodRowsHaveNoFindings()
    {
        QVERIFY(
            checkHeaders(rows({{"dd-api-key", "abc"}, {"DD-APPLICATION-KEY", "d e\tf"}}), Datadog).isEmpty());
        QVERIFY(checkHeaders(rows({{"authorization", "Bearer abc"}, {"x!#$%&'*+-.^_`|~1", "\xC3\xA4"}}), {})
                    .isEmpty());
    }

    void namesAreJudgedWithoutTheirKeys()
    {
        QVERIFY(checkHeaderNames({u"dd-api-key"_s, u"DD-APPLICATION-KEY"_s}, Datadog).isEmpty());
        QCOMPARE(kinds(checkHeaderNames({u"DD-API-KEY"_s, u"dd-api-key"_s, u"X Y"_s}, Datadog)),
                 (QList{Kind::NameDuplicate, Kind::NameInvalid, Kind::NameMissing}));
        QCOMPARE(kinds(checkHeaderNames({}, {})), QList{Kind::NameMissing});
    }

    void keysAreJudgedByRfc9110_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("error");
        const auto row = [](const char *name, const QByteArray &key, Kind kind, bool error) {
            QTest::newRow(name) << key << static_cast<int>(kind) << error;
        };
        row("empty", "", Kind::KeyEmpty, true);
        row("only spaces", " \t ", Kind::KeyEmpty, true);
        row("line feed", "ab\ncd", Kind::KeyInvalid, true);
        row("last line break", "abcd\r\n", Kind::KeyInvalid, true);
        row("NUL", QByteArray("ab\0cd", 5), Kind::KeyInvalid, true);
        row("escape", "ab\x1b[1m", Kind::KeyInvalid, true);
        row("DEL", "ab\x7f", Kind::KeyInvalid, true);
        row("Latin-1", "ab\xfc", Kind::KeyInvalid, true);
        row("space before", " abc", Kind::KeySurroundedBySpace, false);
        row("tab behind", "abc\t", Kind::KeySurroundedBySpace, false);
        row("Bearer twice", "Bearer Bearer abc", Kind::KeyDoubledBearer, false);
        row("Bearer twice in any case", "bearer  BEARER abc", Kind::KeyDoubledBearer, false);
    }
    void keysAreJudgedByRfc9110()
    {
        QFETCH(QByteArray, key);
        QFETCH(int, kind);
        QFETCH(bool, error);
        const auto findings = checkHeaders(rows({{"authorization", key}}), {});
        QCOMPARE(findings.size(), 1);
        QCOMPARE(static_cast<int>(findings.first().kind), kind);
        QCOMPARE(findings.first().row, 0);
        QCOMPARE(hasErrors(findings), error);
        QVERIFY(findings.first().message.contains(u"authorization"_s));
        QVERIFY(!findings.first().message.contains(u"abc"_s));
    }

    void oneBearerIsFine()
    {
        QVERIFY(checkHeaders(rows({{"a", "Bearer Bearer"}}), {}).isEmpty());
        QVERIFY(checkHeaders(rows({{"a", "Bearer bearerabc"}}), {}).isEmpty());
    }

    void namesAreTokens()
    {
        for (const char *bad : {"a b", "a:", "ä", "a\t", "(a)", "a/b", "\"a\"", " a", "a\n"}) {
            QCOMPARE(kinds(checkHeaders(rows({{bad, "k"}}), {})), QList<Kind>{Kind::NameInvalid});
            QVERIFY(!isFieldName(QString::fromUtf8(bad)));
        }
        QCOMPARE(kinds(checkHeaders(rows({{"", "k"}}), {})), QList<Kind>{Kind::NameEmpty});
        QVERIFY(!isFieldName({}));
    }

    void namesDoNotDifferByCase()
    {
        const auto findings = checkHeaders(rows({{"X-Key", "1"}, {"x-other", "2"}, {"x-KEY", "3"}}), {});
        QCOMPARE(kinds(findings), QList<Kind>{Kind::NameDuplicate});
        QCOMPARE(findings.first().row, 2);
    }

    void theIntegrationDecidesOnNames()
    {
        const auto findings = checkHeaders(rows({{"DD-API-KEY", "1"}, {"X-Other", "2"}}), Datadog);
        QCOMPARE(kinds(findings), (QList<Kind>{Kind::NameNotDefined, Kind::NameMissing}));
        QCOMPARE(findings.last().row, -1);
        QVERIFY(findings.last().message.contains(u"DD-APPLICATION-KEY"_s));
        QVERIFY(hasErrors(findings));
        QCOMPARE(kinds(checkHeaders({}, {})), QList<Kind>{Kind::NameMissing});
    }

    void roleArns()
    {
        QVERIFY(isRoleArn(u"arn:aws:iam::123456789012:role/konnect"_s));
        QVERIFY(isRoleArn(u"arn:aws-us-gov:iam::123456789012:role/path/of/Role+=,.@_-1"_s));
        for (const char *bad : {"", "arn:aws:iam::12345678901:role/x", "arn:aws:iam::123456789012:user/x",
                                "arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:role/x y",
                                "arn:aws:iam::123456789012:role/x\n", "x arn:aws:iam::123456789012:role/x"})
            QVERIFY2(!isRoleArn(QString::fromUtf8(bad)), bad);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstHeaderRules)
#include "tst_headerrules.moc"
