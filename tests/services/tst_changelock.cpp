// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/changelock.h"
#include "tests/support/testmain.h"

#include <QSysInfo>
#include <QTemporaryDir>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TstChangeLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSharedWithinOneLockAndFreeAfterTheLastHolder();
    void canBeHeldAlone();
    void isNotTakenFromALivingHolder();
    void isTakenOverFromADeadProcess();
    void namesALockFileThatNamesNobody();
    void namesAnotherComputer();
    void saysThatTheFolderIsGone();

private:
    [[nodiscard]] QString file() const { return m_dir.filePath(u"change.lock"_s); }
    void write(const QByteArray &content) const;

    QTemporaryDir m_dir;
};

void TstChangeLock::write(const QByteArray &content) const
{
    QFile lock(file());
    QVERIFY(lock.open(QIODevice::WriteOnly));
    lock.write(content);
}

void TstChangeLock::isSharedWithinOneLockAndFreeAfterTheLastHolder()
{
    ChangeLock lock(file());
    ChangeLock other(file());
    {
        const Outcome<ChangeLock::Holder> first = lock.acquire();
        QVERIFY(first.ok());
        {
            const Outcome<ChangeLock::Holder> second = lock.acquire();
            QVERIFY(second.ok());
        }
        QVERIFY(!other.acquire().ok());
    }
    QVERIFY(other.acquire().ok());
    QVERIFY(lock.acquire().ok());
}

void TstChangeLock::canBeHeldAlone()
{
    ChangeLock lock(file());
    {
        const Outcome<ChangeLock::Holder> alone = lock.acquireAlone();
        QVERIFY(alone.ok());
        QCOMPARE(lock.acquire().problem().category, Problem::Category::InUse);
        QCOMPARE(lock.acquireAlone().problem().category, Problem::Category::InUse);
    }
    const Outcome<ChangeLock::Holder> shared = lock.acquire();
    QVERIFY(shared.ok());
    QCOMPARE(lock.acquireAlone().problem().category, Problem::Category::InUse);
    QVERIFY(lock.acquire().ok());
}

void TstChangeLock::isNotTakenFromALivingHolder()
{
    ChangeLock lock(file());
    ChangeLock other(file());
    const Outcome<ChangeLock::Holder> held = lock.acquire();
    QVERIFY(held.ok());
    const Outcome<ChangeLock::Holder> refused = other.acquire();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.problem().category, Problem::Category::InUse);
}

void TstChangeLock::isTakenOverFromADeadProcess()
{
    // No process has this number: the kernel's largest is 4,194,304.
    write("4194400\nlatchkey\n" + QSysInfo::machineHostName().toUtf8() + '\n');
    ChangeLock lock(file());
    QVERIFY(lock.acquire().ok());
}

void TstChangeLock::namesALockFileThatNamesNobody()
{
    write("");
    ChangeLock lock(file());
    const Outcome<ChangeLock::Holder> refused = lock.acquire();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.problem().category, Problem::Category::InUse);
    QVERIFY(refused.problem().detail.contains(file()));
    QVERIFY(QFile::remove(file()));
    QVERIFY(lock.acquire().ok());
}

void TstChangeLock::namesAnotherComputer()
{
    write("4711\nlatchkeyctl\nsome-other-computer\n");
    ChangeLock lock(file());
    const Outcome<ChangeLock::Holder> refused = lock.acquire();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.problem().category, Problem::Category::InUse);
    QVERIFY(refused.problem().caption.contains(u"some-other-computer"_s));
    QVERIFY(refused.problem().caption.contains(u"latchkeyctl"_s));
    QVERIFY(refused.problem().detail.contains(u"4711"_s));
    QFile::remove(file());
}

void TstChangeLock::saysThatTheFolderIsGone()
{
    ChangeLock lock(m_dir.filePath(u"missing/change.lock"_s));
    const Outcome<ChangeLock::Holder> refused = lock.acquire();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.problem().category, Problem::Category::StorageFailed);
}

LATCHKEY_TEST_MAIN(QCoreApplication, TstChangeLock)
#include "tst_changelock.moc"
