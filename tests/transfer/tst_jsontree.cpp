// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/jsontree.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

JsonTree::Reading read(QByteArray text)
{
    text.detach();
    return JsonTree::read(std::move(text));
}

QByteArray bytes(QByteArrayView view)
{
    return view.toByteArray();
}

/// `line:column path`, of the only finding.
QString place(const QByteArray &text)
{
    const JsonTree::Reading reading = read(text);
    if (reading.findings.size() != 1)
        return u"%1 findings"_s.arg(reading.findings.size());
    const DocumentFinding &finding = reading.findings.constFirst();
    return u"%1:%2 %3"_s.arg(QString::number(finding.line), QString::number(finding.column), finding.path);
}

QString message(const QByteArray &text)
{
    const JsonTree::Reading reading = read(text);
    return reading.findings.isEmpty() ? QString() : reading.findings.constFirst().message;
}

} // namespace

class TstJsonTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyValueIsReadAsItStands();
    void textsAreUnescaped();
    void aPlaceIsTheLineAndTheCharacter_data();
    void aPlaceIsTheLineAndTheCharacter();
    void placesFarIntoATextAreFound();
    void whatIsNoJsonIsNamedAtItsPlace_data();
    void whatIsNoJsonIsNamedAtItsPlace();
    void everyMemberThatStandsTwiceIsNamed();
    void nothingOfASecretIsRepeated();
    void aMarkIsSkippedAndNotCounted();
    void anotherEncodingIsNamed_data();
    void anotherEncodingIsNamed();
    void whatIsTooLargeIsRefusedWithTheLimit();
    void whatIsTooDeepIsRefusedWithItsPlace();
    void tooManyValuesAreRefused();
    void whatItHeldIsWiped();
};

void TstJsonTree::everyValueIsReadAsItStands()
{
    const QByteArray text = R"( {"text": "a" , "number":-1.50e+3,"yes":true,"no" : false,
  "null": null, "list": [1,"b",[],{}], "": 0} )";
    const JsonTree::Reading reading = read(text);
    QCOMPARE(reading.findings.size(), 0);
    const JsonNode &root = reading.tree->root();
    QVERIFY(root.isObject());
    QCOMPARE(root.offset, 1);
    QCOMPARE(root.members.size(), size_t(7));
    QCOMPARE(bytes(root.members[1].name), QByteArray("number"));
    QCOMPARE(root.members[1].offset, text.indexOf("\"number\""));
    QCOMPARE(root.find("text")->toString(), u"a"_s);
    QCOMPARE(root.find("text")->offset, text.indexOf("\"a\""));
    QCOMPARE(bytes(root.find("number")->text), QByteArray("-1.50e+3"));
    QCOMPARE(root.find("number")->offset, text.indexOf("-1.5"));
    QVERIFY(root.find("yes")->type == JsonNode::Type::Boolean && root.find("yes")->boolean);
    QVERIFY(root.find("no")->type == JsonNode::Type::Boolean && !root.find("no")->boolean);
    QCOMPARE(root.find("no")->offset, text.indexOf("false"));
    QVERIFY(root.find("null")->isNull());
    const JsonNode &list = *root.find("list");
    QVERIFY(list.isArray());
    QCOMPARE(list.items.size(), size_t(4));
    QCOMPARE(list.items[1].toString(), u"b"_s);
    QVERIFY(list.items[2].isArray() && list.items[3].isObject());
    QCOMPARE(list.items[3].offset, text.indexOf("{}"));
    QCOMPARE(bytes(root.find("")->text), QByteArray("0"));
    QVERIFY(!root.find("missing"));
    QVERIFY(!list.find("text"));

    for (const QByteArray &scalar :
         {QByteArray("null"), QByteArray("\"a\""), QByteArray("-0"), QByteArray("[]")})
        QVERIFY2(read(scalar).tree, scalar.constData());
}

void TstJsonTree::textsAreUnescaped()
{
    const JsonTree::Reading reading = read(
        R"(["\"\\\/\b\f\n\r\t", "Z\u00fcrich", "\ud83d\udd11", "a\u0000b", "plain ü 🔑", "", {"a\nb": "\u0041"}])");
    QCOMPARE(reading.findings.size(), 0);
    const auto &items = reading.tree->root().items;
    QCOMPARE(bytes(items[0].text), QByteArray("\"\\/\b\f\n\r\t"));
    QCOMPARE(items[1].toString(), u"Zürich"_s);
    QCOMPARE(items[2].toString(), u"🔑"_s);
    QCOMPARE(bytes(items[3].text), QByteArray("a\0b", 3));
    QCOMPARE(items[4].toString(), u"plain ü 🔑"_s);
    QCOMPARE(items[5].text.size(), 0);
    QCOMPARE(bytes(items[6].members[0].name), QByteArray("a\nb"));
    QCOMPARE(bytes(items[6].members[0].value.text), QByteArray("A"));
}

void TstJsonTree::aPlaceIsTheLineAndTheCharacter_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("first") << QByteArray("x") << u"1:1 $"_s;
    QTest::newRow("LF") << QByteArray("{\n\"a\": x") << u"2:6 $.a"_s;
    QTest::newRow("CRLF") << QByteArray("{\r\n\r\n  \"a\": x") << u"3:8 $.a"_s;
    QTest::newRow("after two bytes") << QByteArray("[\"ü\", x") << u"1:7 $[1]"_s;
    QTest::newRow("after four bytes") << QByteArray("[\"🔑\", x") << u"1:7 $[1]"_s;
    QTest::newRow("after an escape") << QByteArray(R"(["\n\u00fc", x)") << u"1:14 $[1]"_s;
    QTest::newRow("within") << QByteArray(R"({"a": {"b": [1, {"c": 1, "d": x)") << u"1:31 $.a.b[1].d"_s;
    QTest::newRow("odd names") << QByteArray(R"({"a b": {"c\"d": {"e.f": x)")
                               << u"1:26 $[\"a b\"][\"c\"d\"][\"e.f\"]"_s;
    QTest::newRow("between members") << QByteArray(R"({"a": 1 "b")") << u"1:9 $"_s;
}

void TstJsonTree::aPlaceIsTheLineAndTheCharacter()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, expected);
    QCOMPARE(place(text), expected);
}

void TstJsonTree::placesFarIntoATextAreFound()
{
    // All in one line, and in many.
    QByteArray line = "[";
    QByteArray lines = "[";
    for (int i = 0; i < 20'000; ++i) {
        line += "\"ü\",";
        lines += "\"ü\",\n";
    }
    QCOMPARE(place(line + 'x'), u"1:80002 $[20000]"_s);
    QCOMPARE(place(lines + 'x'), u"20001:1 $[20000]"_s);

    const JsonTree::Reading reading = read(line + "0]");
    const JsonNode &last = reading.tree->root().items.back();
    const DocumentFinding finding = reading.tree->finding(last.offset, u"$"_s, u"m"_s);
    QCOMPARE(finding.line, 1);
    QCOMPARE(finding.column, 80'002);
    // Beyond its end is its end.
    QCOMPARE(reading.tree->finding(1'000'000, u"$"_s, u"m"_s).column, 80'004);
}

void TstJsonTree::whatIsNoJsonIsNamedAtItsPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("words");

    const auto row = [](const char *title, const QByteArray &text, const QString &place,
                        const QString &words) { QTest::newRow(title) << text << place << words; };
    row("empty", "", u"1:1 $"_s, u"nothing"_s);
    row("only space", " \n ", u"2:2 $"_s, u"nothing"_s);
    row("cut object", R"({"a": {"b": 1)", u"1:14 $.a"_s, u"rest is missing"_s);
    row("cut text", R"({"a": "b)", u"1:9 $.a"_s, u"rest is missing"_s);
    row("cut word", "[tru", u"1:5 $[0]"_s, u"rest is missing"_s);
    row("cut number", "[1.", u"1:4 $[0]"_s, u"rest is missing"_s);
    row("cut name", R"({"a")", u"1:5 $.a"_s, u"rest is missing"_s);
    row("words", "hello", u"1:1 $"_s, u"value is expected"_s);
    row("two values", "{} {}", u"1:4 $"_s, u"Nothing may follow"_s);
    row("single quotes", "{'a': 1}", u"1:2 $"_s, u"name of a member"_s);
    row("trailing comma", R"({"a": 1,})", u"1:9 $"_s, u"name of a member"_s);
    row("trailing comma in an array", "[1,]", u"1:4 $[1]"_s, u"value is expected"_s);
    row("comment", "[1, /* a */ 2]", u"1:5 $[1]"_s, u"value is expected"_s);
    row("no colon", R"({"a" 1})", u"1:6 $.a"_s, u"colon"_s);
    row("no comma", R"({"a": 1 "b": 2})", u"1:9 $"_s, u"comma or a closing brace"_s);
    row("no comma in an array", "[1 2]", u"1:4 $[1]"_s, u"comma or a closing bracket"_s);
    row("not a number", "[NaN]", u"1:2 $[0]"_s, u"value is expected"_s);
    row("leading zero", "[01]", u"1:3 $[1]"_s, u"comma"_s);
    row("no fraction", "[1.]", u"1:4 $[0]"_s, u"digit"_s);
    row("no exponent", "[1e]", u"1:4 $[0]"_s, u"digit"_s);
    row("too large", "[1e400]", u"1:2 $[0]"_s, u"too large"_s);
    row("line break in a text", "[\"a\nb\"]", u"1:4 $[0]"_s, u"line break"_s);
    row("no such escape", R"(["\x41"])", u"1:3 $[0]"_s, u"no such escape"_s);
    row("no hexadecimal digits", R"(["\u12G4"])", u"1:3 $[0]"_s, u"hexadecimal"_s);
    row("first half of a character", R"(["a\ud83d"])", u"1:4 $[0]"_s, u"half a character"_s);
    row("second half of a character", R"(["a\udd11"])", u"1:2 $[0]"_s, u"half a character"_s);
    row("two first halves", R"(["\ud83d\ud83d"])", u"1:3 $[0]"_s, u"half a character"_s);
    row("half a character as a name", R"({"\udd11": 1})", u"1:2 $"_s, u"half a character"_s);
    row("half a character in UTF-8", "[\"\xED\xA0\x80\"]", u"1:3 $[0]"_s, u"not UTF-8"_s);
    row("Latin-1", "[\"M\xFCnchen\"]", u"1:4 $[0]"_s, u"not UTF-8"_s);
    row("overlong", "[\"\xC0\xAF\"]", u"1:3 $[0]"_s, u"not UTF-8"_s);
    row("cut character", "[\"\xF0\x9F\x94\"]", u"1:3 $[0]"_s, u"not UTF-8"_s);
    row("NUL in a text", QByteArray("[\"a\0b\"]", 7), u"1:4 $[0]"_s, u"NUL"_s);
    row("NUL between", QByteArray("[1,\0 2]", 7), u"1:4 $[1]"_s, u"NUL"_s);
    row("NUL after the end", QByteArray("[1]\0", 4), u"1:4 $"_s, u"NUL"_s);
}

void TstJsonTree::whatIsNoJsonIsNamedAtItsPlace()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, expected);
    QFETCH(const QString, words);
    QVERIFY(!read(text).tree);
    QCOMPARE(place(text), expected);
    QVERIFY2(message(text).contains(words), qPrintable(message(text)));
}

void TstJsonTree::everyMemberThatStandsTwiceIsNamed()
{
    const JsonTree::Reading reading = read(R"({"a": 1,
 "b": [{"c": 1, "d": 2, "\u0063": 3}],
 "a": 2, "e": 1, "a": 3})");
    QVERIFY(reading.tree);
    QCOMPARE(bytes(reading.tree->root().find("a")->text), QByteArray("1"));
    QStringList places;
    for (const DocumentFinding &finding : reading.findings) {
        places << u"%1:%2 %3"_s.arg(QString::number(finding.line), QString::number(finding.column),
                                    finding.path);
        QVERIFY2(finding.message.contains(u"already"_s), qPrintable(finding.message));
    }
    QCOMPARE(places, (QStringList{u"2:25 $.b[0].c"_s, u"3:2 $.a"_s, u"3:18 $.a"_s}));
    QVERIFY(reading.findings.constFirst().message.contains(u"“c”"_s));
    QCOMPARE(read(R"([{"a": 1}, {"a": 1}])").findings.size(), 0);
}

void TstJsonTree::nothingOfASecretIsRepeated()
{
    for (const QByteArray &name : {QByteArray("kpat_0canary0"), QByteArray("0canary0Z9fK3xLw81Qp"),
                                   QByteArray("0canary0 ").repeated(9), QByteArray("Bearer 0canary0")}) {
        for (const QByteArray &text : {"{\"" + name + "\": 1, \"" + name + "\": 2}", "{\"" + name + "\": x}",
                                       "{\"" + name + "\": [{\"0canary0x"}) {
            const JsonTree::Reading reading = read(text);
            QCOMPARE(reading.findings.size(), 1);
            QVERIFY2(!reading.findings.constFirst().toText().contains(u"0canary0"_s),
                     qPrintable(reading.findings.constFirst().toText()));
        }
    }
}

void TstJsonTree::aMarkIsSkippedAndNotCounted()
{
    const QByteArray mark = "\xEF\xBB\xBF";
    const JsonTree::Reading reading = read(mark + R"({"a": "b"})");
    QCOMPARE(reading.findings.size(), 0);
    QCOMPARE(reading.tree->root().find("a")->toString(), u"b"_s);
    QCOMPARE(place(mark + "x"), u"1:1 $"_s);
    QCOMPARE(place(mark + "[1, x"), u"1:5 $[1]"_s);
    QCOMPARE(place(mark + "[\n x"), u"2:2 $[0]"_s);
    QVERIFY(message(mark).contains(u"nothing"_s));
    // Only at the beginning.
    QVERIFY(!read("[1," + mark + "2]").tree);
    QVERIFY(!read(mark + mark + "1").tree);
}

void TstJsonTree::anotherEncodingIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("name");

    QTest::newRow("UTF-16LE, marked") << QByteArray("\xFF\xFE{\0}\0", 6) << u"UTF-16"_s;
    QTest::newRow("UTF-16BE, marked") << QByteArray("\xFE\xFF\0{\0}", 6) << u"UTF-16"_s;
    QTest::newRow("UTF-16LE") << QByteArray("{\0}\0", 4) << u"UTF-16"_s;
    QTest::newRow("UTF-16BE") << QByteArray("\0{\0}", 4) << u"UTF-16"_s;
    QTest::newRow("UTF-32LE, marked") << QByteArray("\xFF\xFE\0\0{\0\0\0", 8) << u"UTF-32"_s;
    QTest::newRow("UTF-32BE, marked") << QByteArray("\0\0\xFE\xFF\0\0\0{", 8) << u"UTF-32"_s;
    QTest::newRow("UTF-32LE") << QByteArray("{\0\0\0}\0\0\0", 8) << u"UTF-32"_s;
    QTest::newRow("UTF-32BE") << QByteArray("\0\0\0{\0\0\0}", 8) << u"UTF-32"_s;
}

void TstJsonTree::anotherEncodingIsNamed()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, name);
    QVERIFY(!read(text).tree);
    QCOMPARE(place(text), u"0:0 $"_s);
    QVERIFY2(message(text).contains(name) && message(text).contains(u"UTF-8"_s), qPrintable(message(text)));
}

void TstJsonTree::whatIsTooLargeIsRefusedWithTheLimit()
{
    QByteArray text(JsonTree::MostBytes, ' ');
    text[0] = '1';
    QVERIFY(JsonTree::read(QByteArray(text.constData(), text.size())).tree);
    text += ' ';
    const JsonTree::Reading reading = JsonTree::read(std::move(text));
    QVERIFY(!reading.tree);
    QCOMPARE(reading.findings.size(), 1);
    QVERIFY2(reading.findings.constFirst().message.contains(u"64 MiB"_s),
             qPrintable(reading.findings.constFirst().message));
}

void TstJsonTree::whatIsTooDeepIsRefusedWithItsPlace()
{
    const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    QVERIFY(read(nested(100)).tree);
    QVERIFY(!read(nested(101)).tree);
    for (const QByteArray &text :
         {nested(100'000), QByteArray(100'000, '['), QByteArray("{\"a\":").repeated(100'000)}) {
        QVERIFY(!read(text).tree);
        QVERIFY2(message(text).contains(u"100 levels"_s), qPrintable(message(text)));
    }
    QCOMPARE(place(nested(100'000)), u"1:101 $"_s + u"[0]"_s.repeated(100));
    QCOMPARE(place(QByteArray("{\"a\":").repeated(100'000)), u"1:501 $"_s + u".a"_s.repeated(100));
}

void TstJsonTree::tooManyValuesAreRefused()
{
    const QByteArray text = '[' + QByteArray("0,").repeated(JsonTree::MostValues) + "0]";
    QVERIFY(!read(text).tree);
    QCOMPARE(place(text), u"1:4000002 $[2000000]"_s);
}

void TstJsonTree::whatItHeldIsWiped()
{
    const QByteArray written = R"({"key": "canary", "other": "can\u0061ry"})";
    {
        QByteArray text(written.constData(), written.size());
        const char *held = text.constData();
        const JsonTree::Reading reading = JsonTree::read(std::move(text));
        QVERIFY(reading.tree);
        // Nothing was copied that did not have to be.
        QCOMPARE(static_cast<const void *>(reading.tree->root().find("key")->text.data()),
                 static_cast<const void *>(held + written.indexOf("canary")));
        QCOMPARE(bytes(reading.tree->root().find("other")->text), QByteArray("canary"));
    }
    // What somebody else has too is wiped under them: that is how it can be seen here.
    QByteArray shared(written.constData(), written.size());
    QByteArray taken = shared;
    {
        const JsonTree::Reading reading = JsonTree::read(std::move(taken));
        QVERIFY(reading.tree);
        QVERIFY(shared.contains("canary"));
    }
    QCOMPARE(shared, QByteArray(shared.size(), '\0'));

    shared = QByteArray(written.constData(), 16);
    taken = shared;
    QVERIFY(!JsonTree::read(std::move(taken)).tree);
    QCOMPARE(shared, QByteArray(shared.size(), '\0'));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstJsonTree)
#include "tst_jsontree.moc"
