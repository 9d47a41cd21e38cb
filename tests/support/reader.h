// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryFile>
#include <QTest>

namespace latchkey::test {

/// What somebody else's reader reads in a feed (`json`, `csv`, `ics` or `prom`): see tests/readers/read.py.
/// Fails the test where it refuses or is not there.
inline QJsonDocument readBack(const QString &form, const QByteArray &feed)
{
    QTemporaryFile file;
    if (!file.open() || file.write(feed) != feed.size() || !file.flush())
        QTest::qFail("the feed could not be written", __FILE__, __LINE__);
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"),
                 {qEnvironmentVariable("LATCHKEY_SOURCE") + QStringLiteral("/tests/readers/read.py"), form,
                  file.fileName()});
    if (!python.waitForFinished(60'000) || python.exitCode() != 0)
        QTest::qFail((python.readAllStandardError() + '\n' + feed.left(4000)).constData(), __FILE__,
                     __LINE__);
    return QJsonDocument::fromJson(python.readAllStandardOutput());
}

} // namespace latchkey::test
