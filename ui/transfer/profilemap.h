// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/forms/plandraft.h"

#include <QGroupBox>
#include <QList>
#include <QStringList>

class QVBoxLayout;

namespace latchkey {

class Note;

/// Which profiles are meant by the names that a document has and nobody here. Hidden where there are none.
class ProfileMap : public QGroupBox
{
    Q_OBJECT
public:
    explicit ProfileMap(QWidget *parent = nullptr);

    void setProfiles(const QList<PlanDraft::UnknownProfile> &unknown, const QStringList &profiles);

Q_SIGNALS:
    /// `profile` is empty for none.
    void chosen(const QString &name, const QString &profile);

private:
    void addChoice(const PlanDraft::UnknownProfile &unknown, const QStringList &profiles);

    QVBoxLayout *m_column;
    Note *m_more;
};

} // namespace latchkey
