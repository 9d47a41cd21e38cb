// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kill/scene.h"

#include "app/demo/demoorganization.h"
#include "tests/kill/testimony.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

namespace latchkey::test {

using namespace Qt::StringLiterals;

const QByteArray Scene::OldKey = "the-old-key-0001";
const QByteArray Scene::NewKey = "the-new-key-0001";
const QByteArray Scene::ThirdKey = "the-third-key-01";

namespace {

DemoService::Options serviceOptions()
{
    DemoService::Options options;
    options.token = "kpat_kill-matrix-token";
    return options;
}

bool copyFolder(const QString &from, const QString &to)
{
    QDir(to).removeRecursively();
    if (!QDir().mkpath(to))
        return false;
    QDirIterator files(from, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        const QString copy = to + file.mid(from.size());
        if (!QDir().mkpath(QFileInfo(copy).absolutePath()) || !QFile::copy(file, copy))
            return false;
    }
    return true;
}

} // namespace

QString Kill::toText() const
{
    const QString number = QString::number(nth);
    switch (at) {
    case At::Never:
        return u"not killed"_s;
    case At::Place:
        return u"killed at place "_s + number;
    case At::BeforeWork:
        return u"killed at request %1, not done"_s.arg(number);
    case At::AfterWork:
        return u"killed at request %1, done"_s.arg(number);
    }
    Q_UNREACHABLE();
}

QString Ended::problem() const
{
    return result["problem"_L1].toString();
}

int Ended::unfinished() const
{
    return result["unfinished"_L1].toInt();
}

QStringList Ended::places() const
{
    QStringList names;
    const QJsonArray places = result["places"_L1].toArray();
    for (const QJsonValue &place : places)
        names.append(place.toString());
    return names;
}

Scene::Scene(QStringList instances, bool watched)
    : m_instances(std::move(instances))
    , m_watched(watched)
    , m_service(serviceOptions(), m_clock)
{
}

std::optional<Ended> Scene::run(const Command &command, const Kill &kill)
{
    const bool atRequest = kill.at == Kill::At::BeforeWork || kill.at == Kill::At::AfterWork;
    DemoFault fault;
    fault.nth = kill.nth;
    fault.action = kill.at == Kill::At::AfterWork ? DemoFault::Action::Delay : DemoFault::Action::Never;
    fault.delayMs = 60'000;
    m_service.setFaults(atRequest ? QList<DemoFault>{fault} : QList<DemoFault>());
    const qsizetype before = m_service.received().size();

    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral(LATCHKEY_VICTIM),
                  {m_dir.path(), m_service.baseUrl().toString(), m_instances.join(u','), command.word,
                   QString::fromUtf8(command.key), m_watched ? u"watched"_s : u"unwatched"_s,
                   QString::number(kill.at == Kill::At::Place ? kill.nth : 0)});
    const bool ended = QTest::qWaitFor(
        [&] {
            if (atRequest && process.state() == QProcess::Running &&
                m_service.received().size() - before >= kill.nth)
                process.kill();
            return process.state() == QProcess::NotRunning;
        },
        30'000);
    m_service.setFaults({});
    if (!ended) {
        process.kill();
        process.waitForFinished();
        return std::nullopt;
    }
    Ended result;
    result.killed = process.exitStatus() == QProcess::CrashExit;
    result.result = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    return result;
}

Scene::Snapshot Scene::save()
{
    Snapshot snapshot;
    snapshot.folder = std::make_shared<QTemporaryDir>();
    if (!copyFolder(m_dir.path(), snapshot.folder->path()))
        snapshot.folder.reset();
    for (int nth = 0; nth < count(); ++nth) {
        snapshot.credentials.append(m_service.organization().credential(instanceId(nth)));
        snapshot.keys.append(m_service.organization().keys(instanceId(nth)));
    }
    return snapshot;
}

bool Scene::restore(const Snapshot &snapshot)
{
    if (!snapshot.folder || !copyFolder(snapshot.folder->path(), m_dir.path()))
        return false;
    for (int nth = 0; nth < count(); ++nth) {
        if (const std::optional<QJsonObject> &credential = snapshot.credentials.at(nth))
            m_service.organization().putCredential(instanceId(nth), *credential, snapshot.keys.at(nth));
        else
            m_service.organization().removeCredential(instanceId(nth));
    }
    forgetRequests();
    return true;
}

QString Scene::instanceId(int nth)
{
    return m_service.organization().instanceByName(m_instances.at(nth))->value("id"_L1).toString();
}

QString Scene::credentialId(int nth)
{
    const auto credential = m_service.organization().credential(instanceId(nth));
    return credential ? credential->value("id"_L1).toString() : QString();
}

QByteArray Scene::key(int nth)
{
    const auto keys = m_service.organization().keys(instanceId(nth));
    return keys.isEmpty() ? QByteArray() : keys.constBegin().value();
}

int Scene::copies(const QByteArray &method, int nth)
{
    return m_service.copies(method, u"/integration-instances/%1/auth-credential"_s.arg(instanceId(nth)));
}

int Scene::writes(int nth)
{
    return copies("POST", nth) + copies("DELETE", nth);
}

int Scene::writes()
{
    int all = 0;
    for (int nth = 0; nth < count(); ++nth)
        all += writes(nth);
    return all;
}

QList<int> Scene::attempts() const
{
    QList<int> attempts;
    for (const QString &instance : m_instances) {
        for (const QString &statement :
             {u"SELECT coalesce(sum(post_attempts), 0) FROM changes"
              " WHERE instance_name = '%1'"_s,
              u"SELECT count(*) FROM change_phases p JOIN changes c ON c.id = p.change_id"
              " WHERE p.phase = 'deleting' AND c.instance_name = '%1'"_s})
            attempts.append(value(statement.arg(instance)).toInt());
    }
    return attempts;
}

bool Scene::sentMoreThan(const QList<int> &noted)
{
    const QList<int> now = attempts();
    qsizetype at = 0;
    for (int nth = 0; nth < count(); ++nth) {
        for (const QByteArray &method : {QByteArray("POST"), QByteArray("DELETE")}) {
            if (copies(method, nth) > now.at(at) - noted.at(at))
                return true;
            ++at;
        }
    }
    return false;
}

QStringList Scene::requests() const
{
    QStringList methods;
    for (const DemoRequest &request : m_service.received())
        methods.append(QString::fromLatin1(request.method));
    return methods;
}

QVariant Scene::value(const QString &statement) const
{
    QVariant found;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(m_dir.filePath(u"data/latchkey.sqlite"_s));
        if (database.open()) {
            QSqlQuery query(database);
            if (query.exec(statement) && query.next())
                found = query.value(0);
        }
    }
    QSqlDatabase::removeDatabase(u"look"_s);
    return found;
}

bool Scene::isOurs(const QByteArray &key)
{
    return key == OldKey || key == NewKey || key == ThirdKey;
}

QString Scene::wrongWith(const Ended &ended, const QStringList &idsBefore)
{
    if (value(u"PRAGMA integrity_check"_s).toString() != u"ok"_s)
        return u"the database is damaged"_s;
    const Testimony told(ended.result);
    if (const QString complaint = told.complaint(); !complaint.isEmpty())
        return complaint;
    for (int nth = 0; nth < count(); ++nth) {
        const QString &instance = m_instances.at(nth);
        const QString id = credentialId(nth);
        const bool isSettled = told.open(instance) == 0;
        if (id.isEmpty()) {
            if (!idsBefore.at(nth).isEmpty() && isSettled && !told.knowsOfGap(instance))
                return u"%1 lost its credential, and nothing says so"_s.arg(instance);
            continue;
        }
        const QByteArray present = key(nth);
        if (!isOurs(present))
            continue;
        if (!told.isKept(instance, present))
            return u"the keys of the credential of %1 are lost"_s.arg(instance);
        if (isSettled && !told.isCurrent(instance, present, id))
            return u"other keys than those of its credential are the current ones of %1"_s.arg(instance);
    }
    return {};
}

} // namespace latchkey::test
