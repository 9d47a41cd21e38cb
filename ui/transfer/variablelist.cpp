// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/variablelist.h"

#include "ui/common/note.h"
#include "ui/common/theme.h"
#include "ui/transfer/plantext.h"

#include <QListWidget>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int NameRole = Qt::UserRole;
constexpr int MostRows = 5;

} // namespace

VariableList::VariableList(QWidget *parent)
    : QGroupBox(tr("Environment variables that the file names"), parent)
    , m_list(new QListWidget(this))
    , m_problem(new Note(this))
{
    setObjectName(u"variableList"_s);
    m_list->setObjectName(u"variables"_s);
    m_list->setAccessibleName(tr("Environment variables: tick those that may be read"));
    m_problem->setObjectName(u"variableProblem"_s);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(spacing::tight);
    column->addWidget(new Note(Note::Kind::Info,
                               tr("None is read before you tick it. Only tick those that are meant for the "
                                  "instances of this file."),
                               this));
    column->addWidget(m_list);
    column->addWidget(m_problem);
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        m_problem->say(Note::Kind::Info, {});
        Q_EMIT allowed(item->data(NameRole).toString(), item->checkState() == Qt::Checked);
    });
    hide();
}

void VariableList::setVariables(const QList<PlanDraft::Variable> &variables)
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const PlanDraft::Variable &variable : variables) {
        auto *item = new QListWidgetItem(plantext::variable(variable.name, variable.instances), m_list);
        item->setData(NameRole, variable.name);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    const int rows = std::clamp(m_list->count(), 1, MostRows);
    m_list->setFixedHeight(2 * m_list->frameWidth() +
                           rows * std::max(m_list->sizeHintForRow(0), m_list->fontMetrics().height() + 4));
    setVisible(!variables.isEmpty());
}

void VariableList::refuse(const QString &name, const QString &why)
{
    if (QListWidgetItem *item = itemOf(name)) {
        const QSignalBlocker quiet(m_list);
        item->setCheckState(Qt::Unchecked);
    }
    m_problem->say(Note::Kind::Error, why);
}

QListWidgetItem *VariableList::itemOf(const QString &name) const
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(NameRole).toString() == name)
            return m_list->item(row);
    }
    return nullptr;
}

} // namespace latchkey
