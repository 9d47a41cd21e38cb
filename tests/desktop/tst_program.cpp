// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms

} // namespace

/// The real program with its window offscreen.
class TstProgram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void helpAndVersionNeedNoDisplay();
    void aWrongOptionEndsWith64();
    void startupIsMeasuredToTheFirstRows();
    void measuringWithoutRowsSaysSo();
    void theDemoAnnouncesItsRowsAndEndsInOrder();
    void aSecondStartRaisesTheFirst();
    void inTheBackgroundASecondStartRaisesNothing();
    void theDataFolderIsPrivate();
    void oneIdEverywhere();

private:
    struct Result
    {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };
    static Result latchkey(const QStringList &arguments, const QString &platform = u"offscreen"_s)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, platform);
        environment.remove(u"DISPLAY"_s);
        process.setProcessEnvironment(environment);
        process.start(program(), arguments);
        if (!process.waitForFinished(patience)) {
            process.kill();
            process.waitForFinished();
            return {};
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }
    static QString program() { return qEnvironmentVariable("LATCHKEY_BIN") + u"/latchkey"_s; }
    static QByteArray readyLine(QProcess &process)
    {
        QByteArray text;
        while (!text.contains("ready ") && process.waitForReadyRead(patience))
            text += process.readAllStandardOutput();
        return text;
    }
    static int end(QProcess &process)
    {
        process.terminate();
        return process.waitForFinished(patience) && process.exitStatus() == QProcess::NormalExit
                   ? process.exitCode()
                   : -1;
    }
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TstProgram::helpAndVersionNeedNoDisplay()
{
    const Result help = latchkey({u"--help"_s}, u"xcb"_s);
    QCOMPARE(help.code, 0);
    QVERIFY(help.out.contains("--measure-startup"));
    const Result version = latchkey({u"--version"_s}, u"xcb"_s);
    QCOMPARE(version.code, 0);
    QCOMPARE(version.out, QByteArray("latchkey " LATCHKEY_VERSION "\n"));
}

void TstProgram::aWrongOptionEndsWith64()
{
    QCOMPARE(latchkey({u"--frobnicate"_s}).code, 64);
    QCOMPARE(latchkey({u"--theme"_s, u"pink"_s}).code, 64);
    QCOMPARE(latchkey({u"word"_s}).code, 64);
}

void TstProgram::startupIsMeasuredToTheFirstRows()
{
    const Result result = latchkey({u"--demo"_s, u"--measure-startup"_s});
    QVERIFY2(result.code == 0, result.err.constData());
    static const QRegularExpression line(u"^([0-9]+) ms, ([0-9]+) rows\n$"_s);
    const QRegularExpressionMatch match = line.match(QString::fromUtf8(result.out));
    QVERIFY2(match.hasMatch(), result.out.constData());
    QVERIFY(match.captured(1).toInt() > 0);
    QVERIFY(match.captured(2).toInt() > 0);
}

void TstProgram::measuringWithoutRowsSaysSo()
{
    const Result result = latchkey({u"--measure-startup"_s, u"--data-dir"_s, m_dir->path()});
    QCOMPARE(result.code, 1);
    QVERIFY2(result.err.contains("--demo"), result.err.constData());
}

void TstProgram::theDemoAnnouncesItsRowsAndEndsInOrder()
{
    QProcess process;
    process.start(program(), {u"--demo"_s, u"--announce"_s});
    const QByteArray lines = readyLine(process);
    QVERIFY2(lines.contains("rows "), lines.constData());
    QVERIFY2(lines.contains("ready 40\n"), lines.constData());
    QCOMPARE(end(process), 0);
}

void TstProgram::aSecondStartRaisesTheFirst()
{
    const QStringList arguments{u"--announce"_s, u"--data-dir"_s, m_dir->path()};
    QProcess first;
    first.start(program(), arguments);
    QVERIFY(readyLine(first).contains("ready 0\n"));
    const Result second = latchkey(arguments);
    QVERIFY2(second.code == 0, second.err.constData());
    QCOMPARE(second.out, QByteArray());
    QCOMPARE(first.state(), QProcess::Running);
    QCOMPARE(end(first), 0);

    // Also after a kill: the kernel released the lock.
    QProcess third;
    third.start(program(), arguments);
    QVERIFY(readyLine(third).contains("ready 0\n"));
    third.kill();
    QVERIFY(third.waitForFinished(patience));
    QProcess fourth;
    fourth.start(program(), arguments);
    QVERIFY(readyLine(fourth).contains("ready 0\n"));
    QCOMPARE(end(fourth), 0);
}

void TstProgram::inTheBackgroundASecondStartRaisesNothing()
{
    const QStringList arguments{u"--background"_s, u"--announce"_s, u"--data-dir"_s, m_dir->path()};
    QProcess first;
    first.start(program(), arguments);
    QVERIFY(readyLine(first).contains("ready 0\n"));
    const Result second = latchkey(arguments);
    QVERIFY2(second.code == 0, second.err.constData());
    QCOMPARE(second.out, QByteArray());
    QCOMPARE(first.state(), QProcess::Running);
    QCOMPARE(end(first), 0);
}

void TstProgram::theDataFolderIsPrivate()
{
    const QString folder = m_dir->path() + u"/data"_s;
    QProcess process;
    process.start(program(), {u"--announce"_s, u"--data-dir"_s, folder});
    QVERIFY(readyLine(process).contains("ready 0\n"));
    QCOMPARE(end(process), 0);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                      QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(folder) & others));
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &file : files)
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
}

void TstProgram::oneIdEverywhere()
{
    const QString source = qEnvironmentVariable("LATCHKEY_SOURCE");
    const QString id = QString::fromLatin1(LATCHKEY_APP_ID);
    for (const QString &name : {u"/packaging/%1.desktop"_s, u"/packaging/%1.metainfo.xml"_s})
        QVERIFY2(QFile::exists(source + name.arg(id)), qPrintable(name));
    QVERIFY(QFile::exists(source + u"/resources/icons/%1.svg"_s.arg(id)));
    QFile desktop(source + u"/packaging/%1.desktop"_s.arg(id));
    QVERIFY(desktop.open(QFile::ReadOnly));
    QVERIFY(desktop.readAll().contains("Icon=" LATCHKEY_APP_ID "\n"));
    QFile metainfo(source + u"/packaging/%1.metainfo.xml"_s.arg(id));
    QVERIFY(metainfo.open(QFile::ReadOnly));
    QVERIFY(metainfo.readAll().contains("<id>" LATCHKEY_APP_ID "</id>"));
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstProgram)
#include "tst_program.moc"
