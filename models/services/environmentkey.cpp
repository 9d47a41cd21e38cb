// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/environmentkey.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QtGlobal>

#include <utility>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::EnvironmentKey)
};

} // namespace

Outcome<Secret> keyInEnvironment(const QString &variable)
{
    QByteArray value = qgetenv(variable.toLocal8Bit().constData());
    Secret key = Secret::takeFrom(value);
    if (key.isEmpty()) {
        return Problem::of(Problem::Category::NotFound,
                           Text::tr("The environment variable %1 is not set.").arg(variable),
                           Text::tr("Start Latchkey with it, or enter the key."));
    }
    return key;
}

} // namespace latchkey
