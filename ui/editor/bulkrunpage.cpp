// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/bulkrunpage.h"

#include "models/items/bulkrunmodel.h"
#include "ui/common/icons.h"
#include "ui/common/problempanel.h"
#include "ui/editor/bulktext.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QProgressBar>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QIcon iconOf(BulkRowState state)
{
    switch (state) {
    case BulkRowState::Waiting:
    case BulkRowState::Prepared:
        return icon(Icon::Wait, Ink::Muted);
    case BulkRowState::Preparing:
    case BulkRowState::Running:
        return icon(Icon::Refresh, Ink::Accent);
    case BulkRowState::Succeeded:
        return icon(Icon::Check, Ink::Good);
    case BulkRowState::Failed:
        return icon(Icon::Error, Ink::Danger);
    case BulkRowState::NotStarted:
    case BulkRowState::Skipped:
        return icon(Icon::Stop, Ink::Muted);
    }
    return {};
}

/// Draws the sign of its state before a row's word.
class StateDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->icon = iconOf(BulkRowState(index.data(BulkRunModel::StateRole).toInt()));
        option->features |= QStyleOptionViewItem::HasDecoration;
    }
};

/// Each row counts once when it is prepared and once when it has ended.
int stepsOf(const QList<BulkRow> &rows)
{
    int steps = 0;
    for (const BulkRow &row : rows) {
        switch (row.state) {
        case BulkRowState::Waiting:
        case BulkRowState::Preparing:
            break;
        case BulkRowState::Prepared:
        case BulkRowState::Running:
            steps += 1;
            break;
        case BulkRowState::Succeeded:
        case BulkRowState::Failed:
        case BulkRowState::NotStarted:
        case BulkRowState::Skipped:
            steps += 2;
            break;
        }
    }
    return steps;
}

} // namespace

BulkRunPage::BulkRunPage(BulkRunModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_status(new Note(this))
    , m_afterwards(new Note(this))
    , m_progress(new QProgressBar(this))
    , m_list(new QTreeView(this))
    , m_problem(new ProblemPanel(this))
{
    setObjectName(u"bulkRun"_s);
    build();
    connect(&m_model, &QAbstractItemModel::modelReset, this, &BulkRunPage::refresh);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first) {
        refresh();
        // Follows the run, but never takes the list from under the user's hand.
        if (!m_ended && !m_list->hasFocus())
            m_list->scrollTo(first);
    });
}

void BulkRunPage::build()
{
    m_status->setObjectName(u"bulkStatus"_s);
    m_afterwards->setObjectName(u"bulkAfterwards"_s);
    m_problem->setObjectName(u"rowProblem"_s);
    m_progress->setObjectName(u"bulkProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_list->setObjectName(u"bulkRows"_s);
    m_list->setAccessibleName(tr("Instances and results"));
    m_list->setModel(&m_model);
    m_list->setItemDelegateForColumn(BulkRunModel::StateColumn, new StateDelegate(m_list));
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setTabKeyNavigation(false);
    m_list->setMinimumHeight(9 * (m_list->fontMetrics().height() + 6));
    QHeaderView *header = m_list->header();
    header->setStretchLastSection(true);
    header->setSectionResizeMode(BulkRunModel::InstanceColumn, QHeaderView::ResizeToContents);
    // Of one width for all its words, so that nothing moves while they change.
    int widest = 0;
    for (int state = 0; state <= int(BulkRowState::Skipped); ++state)
        widest =
            qMax(widest, m_list->fontMetrics().horizontalAdvance(bulkRowStateLabel(BulkRowState(state))));
    header->resizeSection(BulkRunModel::StateColumn, widest + 48);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_status);
    column->addWidget(m_afterwards);
    column->addWidget(m_progress);
    column->addWidget(m_list, 1);
    column->addWidget(m_problem);
    column->addWidget(buildQuestion());
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &BulkRunPage::showCurrent);
}

QWidget *BulkRunPage::buildQuestion()
{
    m_question = new QWidget(this);
    m_question->setObjectName(u"stopQuestion"_s);
    auto *line = new QHBoxLayout(m_question);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(new Note(Note::Kind::Warning,
                             tr("Stop the run? What is under way comes to its end first: no change is cut "
                                "short."),
                             m_question),
                    1);
    m_goOn = new QPushButton(tr("&Go on"), m_question);
    m_goOn->setObjectName(u"goOnButton"_s);
    m_goOn->setAutoDefault(false);
    auto *stop = new QPushButton(tr("&Stop"), m_question);
    stop->setObjectName(u"confirmStopButton"_s);
    stop->setAutoDefault(false);
    line->addWidget(m_goOn);
    line->addWidget(stop);
    m_question->hide();
    connect(m_goOn, &QPushButton::clicked, this, [this] { askToStop(false); });
    connect(stop, &QPushButton::clicked, this, [this] {
        askToStop(false);
        Q_EMIT stopConfirmed();
    });
    return m_question;
}

void BulkRunPage::begin()
{
    m_ended = false;
    m_problem->clear();
    m_progress->show();
    refresh();
    m_list->setCurrentIndex({});
    m_list->scrollToTop();
}

void BulkRunPage::end()
{
    m_ended = true;
    askToStop(false);
    m_progress->hide();
    refresh();
    const QList<BulkRow> &rows = m_model.rows();
    const auto failed = std::ranges::find(rows, BulkRowState::Failed, &BulkRow::state);
    const qsizetype shown = failed == rows.end() ? 0 : std::distance(rows.begin(), failed);
    m_list->setCurrentIndex(m_model.index(int(shown), 0));
    showCurrent();
    m_list->setFocus();
}

void BulkRunPage::askToStop(bool ask)
{
    m_question->setVisible(ask);
    if (ask)
        m_goOn->setFocus();
    else if (!m_ended)
        m_list->setFocus();
}

bool BulkRunPage::isAsking() const
{
    return m_question->isVisibleTo(this);
}

void BulkRunPage::focusList()
{
    m_list->setFocus();
}

void BulkRunPage::refresh()
{
    const QList<BulkRow> &rows = m_model.rows();
    m_progress->setMaximum(qMax(1, 2 * int(rows.size())));
    m_progress->setValue(stepsOf(rows));
    if (m_ended) {
        const NoteList::Entry summary = bulktext::summary(rows);
        m_status->say(summary.kind, summary.text);
        m_afterwards->say(Note::Kind::Info, bulktext::afterwards(rows));
    } else {
        m_status->say(Note::Kind::Active, bulktext::progress(rows));
        m_afterwards->say(Note::Kind::Info, {});
    }
    showCurrent();
}

void BulkRunPage::showCurrent()
{
    const QVariant problem = m_list->currentIndex().data(BulkRunModel::ProblemRole);
    if (problem.isValid())
        m_problem->showProblem(problem.value<Problem>());
    else
        m_problem->clear();
}

} // namespace latchkey
