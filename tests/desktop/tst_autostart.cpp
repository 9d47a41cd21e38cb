// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/platform/autostart.h"
#include "tests/support/testmain.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace latchkey;

namespace {

const QString Program = u"/usr/bin/latchkey"_s;

Autostart at(const QString &folder, const QString &program = Program,
             const QStringList &arguments = {u"--background"_s})
{
    return {folder, u"latchkey"_s, program, arguments};
}

QString read(const QString &name)
{
    QFile file(name);
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

bool write(const QString &name, const QString &text)
{
    QFile file(name);
    return file.open(QFile::WriteOnly) && file.write(text.toUtf8()) >= 0;
}

QString valueOf(const QString &text, const QString &key)
{
    for (const QString &line : text.split(u'\n')) {
        if (line.startsWith(key + u'='))
            return line.mid(key.size() + 1);
    }
    return {};
}

} // namespace

class TstAutostart : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void theFolderIsTheUsers()
    {
        QCOMPARE(Autostart::defaultFolder(), qEnvironmentVariable("XDG_CONFIG_HOME") + u"/autostart"_s);
    }

    void isWrittenAndRemoved()
    {
        Autostart autostart = at(folder());
        QVERIFY(!autostart.isWritten());
        QVERIFY(autostart.set(false));
        QVERIFY(!QFile::exists(folder()));
        QVERIFY(autostart.set(true));
        QVERIFY(autostart.isWritten());
        QCOMPARE(autostart.file(), folder() + u"/latchkey.desktop"_s);
        const QString text = read(autostart.file());
        QVERIFY(text.startsWith(u"[Desktop Entry]\n"_s));
        QCOMPARE(valueOf(text, u"Type"_s), u"Application"_s);
        QCOMPARE(valueOf(text, u"Name"_s), u"Latchkey"_s);
        QCOMPARE(valueOf(text, u"Exec"_s), u"\"/usr/bin/latchkey\" \"--background\""_s);
        QCOMPARE(valueOf(text, u"TryExec"_s), Program);
        QCOMPARE(valueOf(text, u"Icon"_s), QStringLiteral(LATCHKEY_APP_ID));
        QVERIFY(autostart.set(true));
        QCOMPARE(read(autostart.file()), text);
        QVERIFY(autostart.set(false));
        QVERIFY(!autostart.isWritten());
    }

    void anyPathIsQuoted()
    {
        const QString program = u"/a b/\"q\"/$d/`e`/100%/back\\slash"_s;
        Autostart autostart = at(folder(), program, {u"--data-dir"_s, u"/my data"_s});
        QVERIFY(autostart.set(true));
        const QString text = read(autostart.file());
        QCOMPARE(valueOf(text, u"Exec"_s),
                 uR"("/a b/\\"q\\"/\\$d/\\`e\\`/100%%/back\\\\slash" "--data-dir" "/my data")"_s);
        QCOMPARE(valueOf(text, u"TryExec"_s), uR"(/a b/"q"/$d/`e`/100%/back\\slash)"_s);
        QVERIFY(!at(folder() + u"2"_s, u"/a\nb"_s).set(true));
    }

    void aProgramThatHasMovedIsFollowed()
    {
        QVERIFY(at(folder()).set(true));
        Autostart moved = at(folder(), u"/opt/latchkey"_s);
        QVERIFY(moved.set(true));
        QCOMPARE(valueOf(read(moved.file()), u"TryExec"_s), u"/opt/latchkey"_s);
    }

    void whatSomebodyElseWroteIsLeftAlone()
    {
        Autostart autostart = at(folder());
        QVERIFY(QDir().mkpath(folder()));
        const QString theirs = u"[Desktop Entry]\nType=Application\nName=Mine\nExec=latchkey --demo\n"_s;
        QVERIFY(write(autostart.file(), theirs));
        QVERIFY(autostart.set(true));
        QVERIFY(autostart.set(false));
        QCOMPARE(read(autostart.file()), theirs);
    }

    void whatTheDesktopSwitchedOffStaysOff_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("the standard") << u"Hidden=true\n"_s;
        QTest::newRow("GNOME") << u"X-GNOME-Autostart-enabled=false\n"_s;
    }
    void whatTheDesktopSwitchedOffStaysOff()
    {
        QFETCH(QString, line);
        Autostart autostart = at(folder());
        QVERIFY(autostart.set(true));
        const QString off = read(autostart.file()) + line;
        QVERIFY(write(autostart.file(), off));
        QVERIFY(autostart.set(true));
        QCOMPARE(read(autostart.file()), off);
        QVERIFY(autostart.set(false));
        QVERIFY(!autostart.isWritten());
    }

    void whatCannotBeWrittenIsSaid()
    {
        QVERIFY(write(folder(), u"a file in the way"_s));
        Autostart autostart = at(folder());
        const Done done = autostart.set(true);
        QVERIFY(!done);
        QVERIFY(done.problem().caption.contains(autostart.file()));
    }

private:
    [[nodiscard]] QString folder() const { return m_dir->filePath(u"autostart"_s); }

    std::unique_ptr<QTemporaryDir> m_dir;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstAutostart)
#include "tst_autostart.moc"
