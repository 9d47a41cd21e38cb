// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/forms/plandraft.h"

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace latchkey {

class Note;
class TypedName;

/// The names that have to be typed before a plan is applied: of protected instances and production profiles.
/// What was typed stays while other rows are ticked.
class Confirmations : public QWidget
{
    Q_OBJECT
public:
    explicit Confirmations(QWidget *parent = nullptr);

    void setWanted(const QList<PlanDraft::Confirmation> &wanted);
    /// Why the plan cannot be applied yet; empty if it can.
    [[nodiscard]] QString missing() const;

Q_SIGNALS:
    void edited();

private:
    struct Field
    {
        PlanDraft::Confirmation wanted;
        TypedName *typed = nullptr;
    };
    void ask(const PlanDraft::Confirmation &wanted);

    QList<Field> m_fields;
    bool m_isTooMany = false;
    Note *m_tooMany;
    QVBoxLayout *m_column;
};

} // namespace latchkey
