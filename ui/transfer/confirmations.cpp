// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/confirmations.h"

#include "models/core/wording.h"
#include "ui/common/note.h"
#include "ui/common/typedname.h"

#include <QCoreApplication>
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
            ? wording::counted("confirmations",
                               "%n name would have to be typed. Tick fewer of the protected instances.",
                               QT_TRANSLATE_N_NOOP(
                                   "confirmations",
                                   "%n names would have to be typed. Tick fewer of the protected instances."),
                               wanted.size())
            : QString());
    const auto isGone = [&wanted](const Field &field) {
        return std::ranges::none_of(wanted, [&field](const PlanDraft::Confirmation &each) {
            return each.subject == field.wanted.subject && each.name == field.wanted.name;
        });
    };
    for (const Field &field : std::as_const(m_fields)) {
        if (isGone(field))
            field.typed->deleteLater();
        else
            field.typed->setVisible(!m_isTooMany); // What was typed counts again with fewer rows.
    }
    m_fields.removeIf(isGone);
    if (!m_isTooMany) {
        for (const PlanDraft::Confirmation &each : wanted)
            ask(each);
    }
    setVisible(!wanted.isEmpty());
}

void Confirmations::ask(const PlanDraft::Confirmation &wanted)
{
    auto known =
        std::ranges::find(m_fields, wanted.subject, [](const Field &field) { return field.wanted.subject; });
    if (known == m_fields.end()) {
        Field field{wanted, new TypedName(wanted.name, this)};
        m_column->addWidget(field.typed);
        connect(field.typed, &TypedName::edited, this, &Confirmations::edited);
        m_fields.append(field);
        known = m_fields.end() - 1;
    }
    known->typed->setReason(wanted.reason);
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
