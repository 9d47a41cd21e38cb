// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Source
{
    QString path; ///< From the root, e.g. `models/core/secret.h`.
    QString text;
    [[nodiscard]] bool isHeader() const { return path.endsWith(".h"_L1); }
    [[nodiscard]] QString room() const { return path.section(u'/', 0, 1); }
};

/// The rooms that a room may include, as CONTRIBUTING.md has it; its own is always allowed.
QStringList allowedRooms(const QString &room)
{
    static const QStringList models{u"models/core"_s,    u"models/konnect"_s,  u"models/secrets"_s,
                                    u"models/storage"_s, u"models/transfer"_s, u"models/services"_s,
                                    u"models/items"_s,   u"models/forms"_s};
    static const QHash<QString, QStringList> table{
        {u"models/core"_s, {}},
        {u"models/konnect"_s, {u"models/core"_s}},
        {u"models/secrets"_s, {u"models/core"_s}},
        {u"models/storage"_s, {u"models/core"_s}},
        {u"models/transfer"_s, {u"models/core"_s}},
        {u"models/services"_s,
         {u"models/core"_s, u"models/konnect"_s, u"models/secrets"_s, u"models/storage"_s,
          u"models/transfer"_s}},
        {u"models/items"_s, {u"models/core"_s}},
        {u"models/forms"_s, {u"models/core"_s}},
        {u"app/demo"_s, {u"models/core"_s}},
        {u"app/session"_s, models + QStringList{u"app/demo"_s}},
        {u"app/desktop"_s, {u"*"_s}},
        {u"app/cli"_s, {u"*"_s}},
    };
    if (room == "ui/mainwindow"_L1)
        return {u"models/core"_s, u"models/items"_s, u"models/forms"_s, u"models/services"_s, u"ui"_s};
    if (room.startsWith("ui/"_L1))
        return {u"models/core"_s, u"models/items"_s, u"models/forms"_s, u"models/services"_s, u"ui/common"_s};
    return table.value(room, {u"unknown room"_s});
}

bool isInside(const QString &path, const QString &folder)
{
    return path.startsWith(folder + u'/');
}

QStringList includesOf(const QString &text, const QString &pattern)
{
    QStringList found;
    const QRegularExpression include(u"^[ \\t]*#[ \\t]*include[ \\t]*"_s + pattern,
                                     QRegularExpression::MultilineOption);
    for (auto match = include.globalMatch(text); match.hasNext();)
        found << match.next().captured(1);
    return found;
}

QStringList quotedIncludes(const QString &text)
{
    return includesOf(text, u"\"([^\"]+)\""_s);
}

QStringList systemIncludes(const QString &text)
{
    return includesOf(text, u"<([^>]+)>"_s);
}

/// Without comments and strings, so that prose about a rule does not break it.
QString codeOnly(QString text)
{
    static const QRegularExpression prose(u"//[^\\n]*|/\\*.*?\\*/|\"(?:[^\"\\\\\\n]|\\\\.)*\""_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    return text.remove(prose);
}

} // namespace

/// The house rules of CONTRIBUTING.md, read from the sources themselves.
class TstHouse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root.setPath(qEnvironmentVariable("LATCHKEY_SOURCE"));
        QVERIFY2(m_root.exists(u"CONTRIBUTING.md"_s), "LATCHKEY_SOURCE does not name the source folder");
        for (const QString &top : {u"app"_s, u"ui"_s, u"models"_s, u"tests"_s}) {
            QDirIterator files(m_root.filePath(top), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                               QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                m_all << Source{m_root.relativeFilePath(file.fileName()), QString::fromUtf8(file.readAll())};
            }
        }
        std::copy_if(m_all.cbegin(), m_all.cend(), std::back_inserter(m_product),
                     [](const Source &source) { return !isInside(source.path, u"tests"_s); });
        QVERIFY(m_product.size() > 40);
    }

    void everyFileBeginsWithItsLicence()
    {
        QStringList breaches;
        for (const Source &source : std::as_const(m_all)) {
            if (!source.text.startsWith("// SPDX-License-Identifier: GPL-3.0-or-later\n"_L1))
                breaches << source.path;
        }
        verifyNone(breaches);
    }

    void roomsIncludeOnlyWhatTheTableAllows()
    {
        QStringList breaches;
        for (const Source &source : std::as_const(m_product)) {
            const QStringList allowed = allowedRooms(source.room());
            for (const QString &include : quotedIncludes(source.text)) {
                const bool isFine =
                    allowed.contains(u"*"_s) || isInside(include, source.room()) ||
                    std::any_of(allowed.cbegin(), allowed.cend(),
                                [&include](const QString &room) { return isInside(include, room); });
                // Designer's and moc's own files have no folder.
                const bool isGenerated =
                    !include.contains(u'/') && (include.startsWith("ui_"_L1) || include.endsWith(".moc"_L1));
                if (!isFine && !isGenerated)
                    breaches << source.path + u" includes "_s + include;
            }
        }
        verifyNone(breaches);
    }

    void includesAreSpelledFromTheRoot()
    {
        QStringList breaches;
        for (const Source &source : std::as_const(m_all)) {
            for (const QString &include : quotedIncludes(source.text)) {
                const bool isGenerated =
                    !include.contains(u'/') && (include.startsWith("ui_"_L1) || include.endsWith(".moc"_L1));
                if (!isGenerated && !m_root.exists(include))
                    breaches << source.path + u" includes "_s + include;
            }
        }
        verifyNone(breaches);
    }

    void qtModulesStayInTheirRooms()
    {
        static const QRegularExpression sql(u"^(QtSql|QSql)"_s);
        static const QRegularExpression keychain(u"keychain"_s, QRegularExpression::CaseInsensitiveOption);
        static const QRegularExpression network(
            u"^(QtNetwork|QNetwork|QTcp|QSsl|QLocalS|QAbstractSocket|QHostAddress|QHostInfo|QUdp|QHttp)"_s);
        static const QRegularExpression gui(
            u"^(QtGui|QtWidgets|QWidget|QApplication|QGuiApplication|QIcon|QPixmap|QPainter|"
            "QColor|QPalette|QFont|QDialog|QMainWindow|QMessageBox|QAction|QMenu|QTableView|"
            "QTreeView|QLabel|QPushButton|QLineEdit|QClipboard|QStyle|QStandardItem)"_s);
        QStringList breaches;
        for (const Source &source : std::as_const(m_product)) {
            const QString room = source.room();
            for (const QString &include : systemIncludes(source.text)) {
                const auto breach = [&] { breaches << source.path + u" includes <"_s + include + u'>'; };
                if (include.contains(sql) && (source.isHeader() || room != "models/storage"_L1))
                    breach();
                if (include.contains(keychain) && (source.isHeader() || room != "models/secrets"_L1))
                    breach();
                static const QStringList networked{u"models/konnect"_s, u"app/demo"_s, u"app/session"_s,
                                                   u"app/desktop"_s, u"app/cli"_s};
                static const QRegularExpression forTransfer(u"^(libical|rapidjson|yaml-cpp)/"_s);
                if (include.contains(forTransfer) && (source.isHeader() || room != "models/transfer"_L1))
                    breach();
                if (include.contains(network) && !networked.contains(room))
                    breach();
                const bool mayUseGui = isInside(source.path, u"ui"_s) || room == "app/desktop"_L1;
                if (include.contains(gui) && !mayUseGui)
                    breach();
            }
        }
        verifyNone(breaches);
    }

    void headersOfServicesShowOnlyCoreTypes()
    {
        QStringList breaches;
        for (const Source &source : std::as_const(m_product)) {
            if (!source.isHeader() || source.room() != "models/services"_L1)
                continue;
            for (const QString &include : quotedIncludes(source.text)) {
                if (!isInside(include, u"models/core"_s) && !isInside(include, u"models/services"_s))
                    breaches << source.path + u" includes "_s + include;
            }
        }
        verifyNone(breaches);
    }

    void theProgramNeverWaitsInANestedLoop()
    {
        static const QRegularExpression loop(
            u"\\bQEventLoop\\b|\\bprocessEvents\\s*\\(|(?:\\.|->)exec\\s*\\(\\s*\\)|\\bexec\\s*\\(\\s*\\)"
            "|\\bwaitFor(Ready|Connected|Finished|Started|BytesWritten|Disconnected|Encrypted)\\w*\\s*\\("_s);
        // The two programs' own loops; and QSqlQuery::exec(), which has no event loop.
        static const QRegularExpression own(
            u"\\b(QCoreApplication|QApplication|QGuiApplication|[aA]pp(lication)?)\\s*(::|\\.)\\s*exec\\(\\)"_s);
        QStringList breaches;
        for (const Source &source : std::as_const(m_product)) {
            if (source.room() == "models/storage"_L1)
                continue;
            // A second start asks the first to come to the front before it has a window of its own.
            if (source.path == "app/desktop/singleinstance.cpp"_L1)
                continue;
            QString code = codeOnly(source.text);
            if (source.path.startsWith("app/desktop/"_L1) || source.path.startsWith("app/cli/"_L1))
                code.remove(own);
            if (const auto match = loop.match(code); match.hasMatch())
                breaches << source.path + u": "_s + match.captured();
        }
        verifyNone(breaches);
    }

    void noChoiceAwaits()
    {
        static const QRegularExpression choice(u"\\?[^;{}]*\\bco_await\\b"_s);
        QStringList breaches;
        for (const Source &source : std::as_const(m_all)) {
            if (const auto match = choice.match(codeOnly(source.text)); match.hasMatch())
                breaches << source.path + u": "_s + match.captured();
        }
        verifyNone(breaches);
    }

    void testsNeverSkipNorWaitForAFixedTime()
    {
        static const QRegularExpression wait(u"\\bQ"
                                             "SKIP\\b|\\bq"
                                             "Wait\\s*\\(|\\bq"
                                             "Sleep\\s*\\("_s);
        QStringList breaches;
        for (const Source &source : std::as_const(m_all)) {
            if (const auto match = wait.match(codeOnly(source.text)); match.hasMatch())
                breaches << source.path + u": "_s + match.captured();
        }
        verifyNone(breaches);
    }

    void thereIsOneApplicationId()
    {
        static const QRegularExpression id(u"\\b(?:io|org|com|net)\\.(?:github\\.)?latchkey[A-Za-z0-9_.]*"_s,
                                           QRegularExpression::CaseInsensitiveOption);
        const QString expected = QStringLiteral(LATCHKEY_APP_ID);
        QStringList breaches;
        QDirIterator files(m_root.path(), QDir::Files, QDirIterator::Subdirectories);
        static const QStringList suffixes{u"h"_s,  u"cpp"_s, u"txt"_s,  u"cmake"_s, u"desktop"_s, u"xml"_s,
                                          u"in"_s, u"qrc"_s, u"json"_s, u"sh"_s,    u"ui"_s};
        while (files.hasNext()) {
            const QString name = files.next();
            const QString path = m_root.relativeFilePath(name);
            // The folder that the build makes, and git's own.
            if (isInside(path, u"build"_s) || path.startsWith(u'.') ||
                !suffixes.contains(files.fileInfo().suffix()))
                continue;
            QFile file(name);
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QString text = QString::fromUtf8(file.readAll());
            for (auto match = id.globalMatch(text); match.hasNext();) {
                QString found = match.next().captured();
                // What follows the id: a suffix of a file, or the rest of a sentence.
                if (!found.startsWith(expected) ||
                    (found.size() > expected.size() && found.at(expected.size()) != u'.'))
                    breaches << path + u": "_s + found;
            }
        }
        verifyNone(breaches);
    }

    void nothingIsLeftForLater()
    {
        static const QRegularExpression later(u"\\b(?:TO"
                                              "DO|FIX"
                                              "ME|XX"
                                              "X)\\b"_s);
        QStringList breaches;
        for (const Source &source : std::as_const(m_all)) {
            if (source.text.contains(later))
                breaches << source.path;
        }
        verifyNone(breaches);
    }

private:
    static void verifyNone(const QStringList &breaches)
    {
        QVERIFY2(breaches.isEmpty(), qPrintable(u'\n' + breaches.join(u'\n')));
    }

    QDir m_root;
    QList<Source> m_all;
    QList<Source> m_product;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstHouse)
#include "tst_house.moc"
