// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QAbstractItemModel;

namespace latchkey {

/// Says when what is counted over all rows of a model has to be counted anew: soon after a change, and not
/// more than five times a second, however many batches a refresh brings.
class Recount : public QObject
{
    Q_OBJECT
public:
    /// `source` must outlive this.
    explicit Recount(const QAbstractItemModel &source, QObject *parent = nullptr);

    void soon();

Q_SIGNALS:
    void due();

private:
    QTimer m_timer;
    QElapsedTimer m_sinceLast;
};

} // namespace latchkey
