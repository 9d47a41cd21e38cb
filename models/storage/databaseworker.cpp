// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/storage/databaseworker.h"

#include "models/storage/migrations.h"
#include "models/storage/sqlproblem.h"
#include "models/storage/storagetext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPromise>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <exception>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

using Answer = DatabaseWorker::Answer;

constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner;
constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                        QFile::WriteOther | QFile::ExeOther;

/// Makes the folder and the file before SQLite does, which would use the process's umask. SQLite gives the
/// files beside it (`-wal`, `-shm`) the rights of this one.
Answer prepareFile(const QString &file)
{
    const QFileInfo folder(QFileInfo(file).absolutePath());
    if (!folder.exists()) {
        const bool made = QDir().mkpath(folder.absolutePath()) // the folder around it
                          && QDir().mkdir(folder.absoluteFilePath(), ownerOnly | QFile::ExeOwner);
        if (!made && !QFileInfo::exists(folder.absoluteFilePath()))
            return storageFailed(
                file, StorageText::tr("Its folder cannot be made. Check that you may write there."));
    } else if ((folder.permissions() & others) != 0 && folder.isWritable()) {
        QFile::setPermissions(folder.absoluteFilePath(), ownerOnly | QFile::ExeOwner);
    }
    if (!QFileInfo::exists(file)) {
        QFile empty(file);
        if (!empty.open(QFile::WriteOnly | QFile::NewOnly, ownerOnly) && !empty.exists())
            return storageFailed(file, StorageText::tr("It cannot be made: %1").arg(empty.errorString()));
    }
    const auto permissions = QFileInfo(file).permissions();
    if ((permissions & others) != 0)
        QFile::setPermissions(file, permissions & ~QFile::Permissions(others));
    return std::nullopt;
}

/// Which file the path leads to: another one, or none, once somebody moved it away.
std::optional<std::pair<quint64, quint64>> identityOf(const QString &file)
{
#ifdef Q_OS_UNIX
    struct stat found = {};
    if (::stat(QFile::encodeName(file).constData(), &found) == 0)
        return std::pair<quint64, quint64>(found.st_dev, found.st_ino);
    return std::nullopt;
#else
    // A file that is open stays where it is.
    Q_UNUSED(file)
    return std::pair<quint64, quint64>();
#endif
}

Answer execute(QSqlDatabase &database, const QString &file, const QString &statement)
{
    QSqlQuery query(database);
    if (!query.exec(statement))
        return sqlProblem(query.lastError(), file);
    return std::nullopt;
}

Answer checkPragma(QSqlDatabase &database, const QString &file, const QString &name, const QString &wanted)
{
    QSqlQuery query(database);
    if (!query.exec(u"PRAGMA "_s + name) || !query.next())
        return sqlProblem(query.lastError(), file);
    const QString found = query.value(0).toString();
    if (found.compare(wanted, Qt::CaseInsensitive) == 0)
        return std::nullopt;
    // A file system without shared memory (some network shares) answers like this.
    return storageFailed(
        file, StorageText::tr("This file system does not allow the safe way of writing that Latchkey needs "
                              "(%1 is %2 instead of %3). Put the folder on a local disk.")
                  .arg(name, found, wanted));
}

QFuture<Answer> answered(Answer answer)
{
    QPromise<Answer> promise;
    promise.start();
    promise.addResult(std::move(answer));
    promise.finish();
    return promise.future();
}

} // namespace

DatabaseWorker::DatabaseWorker(QString file)
    : m_file(std::move(file))
    , m_connection(u"latchkey-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_there(std::make_unique<QObject>())
{
    m_thread.setObjectName(u"latchkey-database"_s);
    m_there->moveToThread(&m_thread);
    m_thread.start();
}

DatabaseWorker::~DatabaseWorker()
{
    stop();
}

void DatabaseWorker::stop()
{
    if (m_stopped)
        return;
    m_stopped = true;
    QMetaObject::invokeMethod(
        m_there.get(),
        [this] {
            closeFile();
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

QFuture<Answer> DatabaseWorker::post(std::function<Answer()> work)
{
    if (m_stopped)
        return answered(storageFailed(m_file, StorageText::tr("Latchkey is closing.")));
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    QFuture<Answer> future = promise->future();
    QMetaObject::invokeMethod(
        m_there.get(),
        [promise, work = std::move(work)] {
            promise->addResult(work());
            promise->finish();
        },
        Qt::QueuedConnection);
    return future;
}

QFuture<Answer> DatabaseWorker::open()
{
    return post([this] { return m_open ? Answer() : openFile(); });
}

QFuture<Answer> DatabaseWorker::transact(Task task)
{
    return post([this, task = std::move(task)]() -> Answer {
        if (!m_open)
            return storageFailed(m_file, StorageText::tr("It is not open."));
        // SQLite would go on writing into a file that no start of Latchkey finds again.
        if (identityOf(m_file) != m_identity) {
            return storageFailed(m_file, StorageText::tr("It was removed or replaced while Latchkey was "
                                                         "using it. Start Latchkey again."));
        }
        QSqlDatabase database = QSqlDatabase::database(m_connection, false);
        return inTransaction(database, m_file, task);
    });
}

Answer DatabaseWorker::openFile()
{
    if (Answer problem = prepareFile(m_file))
        return problem;
    Answer problem;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
        if (!database.isValid())
            problem = storageFailed(
                m_file, StorageText::tr("Qt's SQLite driver is missing (Debian: libqt6sql6-sqlite)."));
        database.setDatabaseName(m_file);
        // Blocks this thread only, and briefly: the patience is in Database::transact().
        database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=100"_s);
        if (!problem && !database.open())
            problem = sqlProblem(database.lastError(), m_file);
        if (!problem)
            problem = configure(database);
        if (!problem)
            problem = migrate(database, m_file);
    }
    m_identity = identityOf(m_file);
    m_open = !problem.has_value();
    if (!m_open)
        closeFile();
    return problem;
}

Answer DatabaseWorker::configure(QSqlDatabase &database) const
{
    // Before anything is written: the file may be a newer Latchkey's or somebody else's.
    if (Answer problem = checkOwnership(database, m_file))
        return problem;
    for (const QString &pragma :
         {u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=FULL"_s, u"PRAGMA foreign_keys=ON"_s}) {
        if (Answer problem = execute(database, m_file, pragma))
            return problem;
    }
    // They fail quietly, so they are read back.
    const std::pair<QString, QString> expected[] = {
        {u"journal_mode"_s, u"wal"_s}, {u"synchronous"_s, u"2"_s}, {u"foreign_keys"_s, u"1"_s}};
    for (const auto &[name, wanted] : expected) {
        if (Answer problem = checkPragma(database, m_file, name, wanted))
            return problem;
    }
    return std::nullopt;
}

void DatabaseWorker::closeFile()
{
    m_open = false;
    if (QSqlDatabase::contains(m_connection)) {
        QSqlDatabase::database(m_connection, false).close();
        QSqlDatabase::removeDatabase(m_connection);
    }
}

} // namespace latchkey
