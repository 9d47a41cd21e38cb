// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/confirmations.h"

#include "ui/common/note.h"
#include "ui/common/typedname.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr qsizetype MostNames = 50; ///< More than anybody would type.

} // namespace

Confirmations::Confirmations(QWidget *parent)
    : QWidget(parent)
    , m_tooMany(new Note(this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"confirmations"_s);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(m_tooMany);
    hide();
}

void Confirmations::setWanted(const QList<PlanDraft::Confirmation> &wanted)
{
    m_isTooMany = wanted.size() > MostNames;
    m_tooMany->say(
        Note::Kind::Warning,
        m_isTooMany
            ? tr("%1 names would have to be typed. Tick fewer of the protected instances.").arg(wanted.size())
            : QString());
    const QList<PlanDraft::Confirmation> shown = m_isTooMany ? QList<PlanDraft::Confirmation>() : wanted;
    const auto isGone = [&shown](const Field &field) { return !shown.contains(field.wanted); };
    for (const Field &field : std::as_const(m_fields)) {
        if (isGone(field))
            field.typed->deleteLater();
    }
    m_fields.removeIf(isGone);
    for (const PlanDraft::Confirmation &each : shown) {
        if (std::ranges::find(m_fields, each, &Field::wanted) != m_fields.end())
            continue;
        Field field{each, new TypedName(each.name, this)};
        field.typed->setReason(each.reason);
        m_column->addWidget(field.typed);
        connect(field.typed, &TypedName::edited, this, &Confirmations::edited);
        m_fields.append(field);
    }
    setVisible(!wanted.isEmpty());
}

QString Confirmations::missing() const
{
    if (m_isTooMany)
        return tr("Tick fewer rows.");
    const bool isTyped =
        std::ranges::all_of(m_fields, [](const Field &field) { return field.typed->matches(); });
    return isTyped ? QString() : tr("Type the name to go on.");
}

} // namespace latchkey
