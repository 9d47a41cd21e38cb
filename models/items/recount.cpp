// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/recount.h"

#include <QAbstractItemModel>

namespace latchkey {

namespace {
constexpr qint64 LeastMs = 200; // Between two counts.
} // namespace

Recount::Recount(const QAbstractItemModel &source, QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_sinceLast.start();
        Q_EMIT due();
    });
    connect(&source, &QAbstractItemModel::dataChanged, this, &Recount::soon);
    connect(&source, &QAbstractItemModel::rowsInserted, this, &Recount::soon);
    connect(&source, &QAbstractItemModel::rowsRemoved, this, &Recount::soon);
    connect(&source, &QAbstractItemModel::modelReset, this, &Recount::soon);
}

void Recount::soon()
{
    if (m_timer.isActive())
        return;
    const qint64 passed = m_sinceLast.isValid() ? m_sinceLast.elapsed() : LeastMs;
    m_timer.start(static_cast<int>(qBound<qint64>(0, LeastMs - passed, LeastMs)));
}

} // namespace latchkey
