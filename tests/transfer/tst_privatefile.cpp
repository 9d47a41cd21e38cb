// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/privatefile.h"
#include "tests/support/testmain.h"

#include <QFileInfo>

#include <sys/stat.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TstPrivateFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void isForItsOwnerAlone()
    {
        const mode_t before = umask(0);
        const Done written = writeNewPrivateFile(file(), "some bytes");
        umask(before);
        QVERIFY2(written.ok(), written.ok() ? "" : qPrintable(written.problem().toText()));
        QCOMPARE(contentOf(file()), QByteArray("some bytes"));
        struct stat found = {};
        QCOMPARE(stat(QFile::encodeName(file()).constData(), &found), 0);
        QCOMPARE(found.st_mode & 0777U, 0600U);
        QCOMPARE(names(), QStringList(u"keys.bundle"_s));
    }

    void nothingIsReplaced()
    {
        QFile old(file());
        QVERIFY(old.open(QFile::WriteOnly));
        old.write("all that somebody has");
        old.close();
        QVERIFY(!checkNewFile(file()).ok());
        const Done written = writeNewPrivateFile(file(), "some bytes");
        QVERIFY(!written.ok());
        QCOMPARE(written.problem().category, Problem::Category::Refused);
        QCOMPARE(contentOf(file()), QByteArray("all that somebody has"));
        QCOMPARE(names(), QStringList(u"keys.bundle"_s));
    }

    void noLinkIsFollowed()
    {
        QVERIFY(QFile::link(m_dir->filePath(u"elsewhere"_s), file()));
        QVERIFY(!writeNewPrivateFile(file(), "some bytes").ok());
        QVERIFY(!QFile::exists(m_dir->filePath(u"elsewhere"_s)));
    }

    void whereItCannotBeWrittenNothingIsLeft()
    {
        const QString nowhere = m_dir->filePath(u"missing/keys.bundle"_s);
        const Done written = writeNewPrivateFile(nowhere, "some bytes");
        QVERIFY(!written.ok());
        QCOMPARE(written.problem().category, Problem::Category::StorageFailed);
        QVERIFY(written.problem().caption.contains(nowhere));
        QVERIFY(names().isEmpty());
    }

private:
    [[nodiscard]] QString file() const { return m_dir->filePath(u"keys.bundle"_s); }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_dir->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }
    std::unique_ptr<QTemporaryDir> m_dir;
};

LATCHKEY_TEST_MAIN(QCoreApplication, TstPrivateFile)
#include "tst_privatefile.moc"
