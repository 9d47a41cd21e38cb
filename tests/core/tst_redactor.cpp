// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/redactor.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QDebug>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>

#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QByteArray Key = "s3cr%t/k\\y\"+ \xC3\xA4\xF0\x9F\x94\x91-9!";

QStringList handled;

void recordMessage(QtMsgType, const QMessageLogContext &, const QString &message)
{
    handled << message;
}

/// stderr, while this object lives, goes to a file.
class CapturedStderr
{
public:
    CapturedStderr()
    {
        m_file.open();
        m_old = dup(STDERR_FILENO);
        dup2(m_file.handle(), STDERR_FILENO);
    }
    ~CapturedStderr() { restore(); }
    QByteArray take()
    {
        restore();
        m_file.seek(0);
        return m_file.readAll();
    }

private:
    void restore()
    {
        if (m_old < 0)
            return;
        dup2(m_old, STDERR_FILENO);
        close(m_old);
        m_old = -1;
    }
    QTemporaryFile m_file;
    int m_old = -1;
};

} // namespace

class TstRedactor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesAKeyThatBeginsLikeAnother()
    {
        for (const bool partFirst : {true, false}) {
            Redactor redactor;
            redactor.learn(Secret(partFirst ? "cut-off-key" : "cut-off-key-and-its-rest"));
            redactor.learn(Secret(partFirst ? "cut-off-key-and-its-rest" : "cut-off-key"));
            const QString redacted = redactor.redact(u"cut-off-key-and-its-rest cut-off-key"_s);
            QVERIFY2(!redacted.contains(u"rest"_s) && !redacted.contains(u"cut"_s), qPrintable(redacted));
        }
    }

    void findsASecretInEverySpelling_data()
    {
        QTest::addColumn<QString>("text");
        const QString key = QString::fromUtf8(Key);
        const QByteArray json = QJsonDocument(QJsonObject{{u"x"_s, key}}).toJson();
        QTest::newRow("plain") << key;
        QTest::newRow("percent") << QString::fromUtf8(Key.toPercentEncoding());
        QTest::newRow("percent, lower case") << QString::fromUtf8(Key.toPercentEncoding().toLower());
        QTest::newRow("percent, some") << QString::fromUtf8(Key.toPercentEncoding("/\\\"+!"));
        QTest::newRow("form") << QString::fromUtf8(Key.toPercentEncoding().replace("%20", "+"));
        QTest::newRow("JSON") << QString::fromUtf8(json);
        QTest::newRow("JSON, ASCII only") << u"s3cr%t\\/k\\\\y\\\"+ \\u00e4\\ud83d\\udd11-9!"_s;
        QTest::newRow("hexadecimal") << QString::fromLatin1(Key.toHex());
        QTest::newRow("hexadecimal, upper case") << QString::fromLatin1(Key.toHex().toUpper());
        QTest::newRow("debug of bytes") << QDebug::toString(Key);
        QTest::newRow("debug of text") << QDebug::toString(key);
        QTest::newRow("Latin-1 taken for text") << QString::fromLatin1(Key);
        for (int before = 0; before < 3; ++before) {
            const QByteArray embedded = QByteArray("userpass").first(before + 4) + Key + "tail";
            QTest::addRow("base64 after %d bytes", before) << QString::fromLatin1(embedded.toBase64());
            QTest::addRow("base64url after %d bytes", before) << QString::fromLatin1(
                embedded.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
        }
    }
    void findsASecretInEverySpelling()
    {
        QFETCH(QString, text);
        Redactor redactor;
        QCOMPARE(redactor.redact(text), text);
        redactor.learn(Secret(Key));
        const QString line = redactor.redact(u"before ("_s + text + u") behind; "_s + text);
        QVERIFY2(line.startsWith(u"before ("_s) && line.contains(u") behind; "_s), qPrintable(line));
        QCOMPARE(line.count(u"[redacted]"_s), 2);
        QVERIFY2(!line.contains(u"s3cr"_s) && !line.contains(u"-9!"_s), qPrintable(line));
        QVERIFY2(line.size() < 100, qPrintable(line));
    }

    void shortValuesAreLeftAlone()
    {
        Redactor redactor;
        redactor.learn(Secret("1234567"));
        QCOMPARE(redactor.redact(u"port 1234567"_s), u"port 1234567"_s);
        redactor.learn(Secret("12345678"));
        QCOMPARE(redactor.redact(u"port 12345678"_s), u"port [redacted]"_s);
    }

    void findsSecretsByStructure_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("redacted");
        const auto row = [](const char *name, const QString &text, const QString &redacted) {
            QTest::newRow(name) << text << redacted;
        };
        row("bearer", u"Authorization: Bearer abc.DEF-123_~+/=="_s, u"Authorization: Bearer [redacted]"_s);
        row("bearer in lower case, twice", u"bearer Bearer abcdefgh, next"_s,
            u"bearer Bearer [redacted] next"_s);
        row("personal token", u"token kpat_Ab12 refused"_s, u"token kpat_[redacted] refused"_s);
        row("system token", u"(spat_x-y_z)"_s, u"(spat_[redacted])"_s);
        row("JSON", u"{\"name\":\"authorization\",\"key\" : \"a\\\"b,c\",\"id\":1}"_s,
            u"{\"name\":\"authorization\",\"key\" : \"[redacted]\",\"id\":1}"_s);
        row("all members", u"\"token\":\"a\",\"client_secret\":\"b\",\"code\":\"c\",\"codes\":\"d\""_s,
            u"\"token\":\"[redacted]\",\"client_secret\":\"[redacted]\",\"code\":\"[redacted]\",\"codes\":\"d\""_s);
        row("half a body", u"{\"key\":\"abc"_s, u"{\"key\":\"[redacted]"_s);
        row("JSON in a string", u"\"{\\\"key\\\":\\\"a\\\\\\\"b\\\",\\\"id\\\":1}\""_s,
            u"\"{\\\"key\\\":\\\"[redacted]\\\",\\\"id\\\":1}\""_s);
        row("words", u"A Bearer token begins with kpat_ or spat_."_s,
            u"A Bearer token begins with kpat_ or spat_."_s);
    }
    void findsSecretsByStructure()
    {
        QFETCH(QString, text);
        QFETCH(QString, redacted);
        QCOMPARE(Redactor().redact(text), redacted);
    }

    void messagesOfTheProgramAreRedacted()
    {
        const QtMessageHandler before = qInstallMessageHandler(recordMessage);
        {
            Redactor redactor;
            redactor.learn(Secret("correct horse battery"));
            redactor.installAsMessageHandler();
            CapturedStderr output;
            qWarning("sent %s with kpat_123", "correct horse battery");
            const QByteArray written = output.take();
            QVERIFY(written.contains("sent [redacted] with kpat_[redacted]"));
            QVERIFY(written.endsWith('\n'));
            QVERIFY(handled.isEmpty());
        }
        qWarning("after it is gone");
        QCOMPARE(handled, QStringList{u"after it is gone"_s});
        qInstallMessageHandler(before);
    }
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstRedactor)
#include "tst_redactor.moc"
