// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/unfinishedchange.h"

#include <QFrame>
#include <QList>
#include <QString>

class QPushButton;

namespace latchkey {

class Note;

/// Says that an interrupted change is one of a run of several, and offers to go on with all of them. Hidden
/// where it is none, or the only one that is left.
class RunBox : public QFrame
{
    Q_OBJECT
public:
    explicit RunBox(QWidget *parent = nullptr);
    void setRun(const QString &runId, const QList<UnfinishedChange> &changes);

Q_SIGNALS:
    void finishRequested(const QString &runId);
    void giveUpRequested(const QString &runId);

private:
    QString m_runId;
    Note *m_text;
    QPushButton *m_finish;
    QPushButton *m_giveUp;
};

} // namespace latchkey
