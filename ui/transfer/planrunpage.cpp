// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/planrunpage.h"

#include "models/core/wording.h"
#include "models/items/planrunmodel.h"
#include "ui/common/icons.h"
#include "ui/common/problempanel.h"
#include "ui/transfer/plantext.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QProgressBar>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QIcon iconOf(PlanRowState state)
{
    switch (state) {
    case PlanRowState::Waiting:
        return icon(Icon::Wait, Ink::Muted);
    case PlanRowState::Running:
        return icon(Icon::Refresh, Ink::Accent);
    case PlanRowState::Succeeded:
    case PlanRowState::DoneAlready:
        return icon(Icon::Check, Ink::Good);
    case PlanRowState::Moved:
        return icon(Icon::Warning, Ink::Warning);
    case PlanRowState::Failed:
        return icon(Icon::Error, Ink::Danger);
    case PlanRowState::Blocked:
    case PlanRowState::NotStarted:
    case PlanRowState::LeftOut:
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
        option->icon = iconOf(PlanRowState(index.data(PlanRunModel::StateRole).toInt()));
        option->features |= QStyleOptionViewItem::HasDecoration;
    }
};

/// Of one width for all the words of a state, so that nothing moves while they change.
int widestState(const QFontMetrics &metrics)
{
    int widest = 0;
    for (int state = 0; state <= int(PlanRowState::LeftOut); ++state) {
        const QString label = wording::planRowStateLabel(PlanRowState(state));
        widest = std::max(widest, metrics.horizontalAdvance(label));
    }
    return widest;
}

} // namespace

PlanRunPage::PlanRunPage(PlanRunModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_status(new Note(this))
    , m_afterwards(new NoteList(this))
    , m_progress(new QProgressBar(this))
    , m_list(new QTreeView(this))
    , m_problem(new ProblemPanel(this))
{
    setObjectName(u"planRun"_s);
    build();
    connect(&m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first) {
        refreshSoon();
        // Follows the run, but never takes the list from under the user's hand.
        if (!m_hasEnded && !m_list->hasFocus())
            m_list->scrollTo(first);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &PlanRunPage::showCurrent);
}

void PlanRunPage::build()
{
    m_status->setObjectName(u"runStatus"_s);
    m_afterwards->setObjectName(u"runAfterwards"_s);
    m_problem->setObjectName(u"rowProblem"_s);
    m_progress->setObjectName(u"runProgress"_s);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextVisible(false);
    m_list->setObjectName(u"runRows"_s);
    m_list->setAccessibleName(tr("Rows and results"));
    m_list->setModel(&m_model);
    m_list->setItemDelegateForColumn(PlanRunModel::StateColumn, new StateDelegate(m_list));
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setTabKeyNavigation(false);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->setMinimumHeight(9 * (m_list->fontMetrics().height() + 6));
    const int letter = m_list->fontMetrics().averageCharWidth();
    QHeaderView *header = m_list->header();
    header->setStretchLastSection(true);
    header->resizeSection(PlanRunModel::InstanceColumn, 26 * letter);
    header->resizeSection(PlanRunModel::ProfileColumn, 14 * letter);
    header->resizeSection(PlanRunModel::ActionColumn, 18 * letter);
    header->resizeSection(PlanRunModel::StateColumn, widestState(m_list->fontMetrics()) + 48);
    auto *copy = new QAction(icon(Icon::Copy), tr("&Copy Rows"), m_list);
    copy->setObjectName(u"copyRunRows"_s);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(copy);
    connect(copy, &QAction::triggered, this, &PlanRunPage::copyRows);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_status);
    column->addWidget(m_afterwards);
    column->addWidget(m_progress);
    column->addWidget(m_list, 1);
    column->addWidget(m_problem);
    m_again = new QPushButton(tr("Plan &again"), this);
    m_again->setObjectName(u"planAgainButton"_s);
    m_again->setToolTip(tr("Plan what is left, with the keys that are at hand"));
    m_again->setAutoDefault(false);
    column->addWidget(m_again, 0, Qt::AlignLeft);
    column->addWidget(buildQuestion());
    connect(m_again, &QPushButton::clicked, this, &PlanRunPage::planAgainRequested);
}

QWidget *PlanRunPage::buildQuestion()
{
    m_question = new QWidget(this);
    m_question->setObjectName(u"stopQuestion"_s);
    auto *line = new QHBoxLayout(m_question);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(new Note(Note::Kind::Warning,
                             tr("Stop? What is under way comes to its end first: no change is cut short."),
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

void PlanRunPage::begin()
{
    m_hasEnded = false;
    m_problem->clear();
    m_progress->show();
    refresh();
    m_list->setCurrentIndex({});
    m_list->scrollToTop();
    m_list->setFocus();
}

void PlanRunPage::end()
{
    m_hasEnded = true;
    askToStop(false);
    m_progress->hide();
    refresh();
    m_list->setCurrentIndex(m_model.index(std::max(0, m_model.firstBad()), 0));
    m_list->setFocus();
}

void PlanRunPage::askToStop(bool ask)
{
    m_question->setVisible(ask);
    if (ask)
        m_goOn->setFocus();
    else if (!m_hasEnded)
        m_list->setFocus();
}

bool PlanRunPage::isAsking() const
{
    return m_question->isVisibleTo(this);
}

void PlanRunPage::copyRows() const
{
    QList<int> rows;
    const QModelIndexList chosen = m_list->selectionModel()->selectedRows();
    for (const QModelIndex &index : chosen)
        rows.append(index.row());
    std::ranges::sort(rows);
    if (!rows.isEmpty())
        QGuiApplication::clipboard()->setText(m_model.text(rows));
}

void PlanRunPage::refreshSoon()
{
    // Many rows may end at once.
    if (std::exchange(m_isStale, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_isStale)
                refresh();
        },
        Qt::QueuedConnection);
}

void PlanRunPage::refresh()
{
    m_isStale = false;
    m_progress->setMaximum(std::max(1, m_model.rowCount()));
    m_progress->setValue(m_model.ended());
    if (m_hasEnded) {
        const NoteList::Entry summary = plantext::summary(m_model);
        m_status->say(summary.kind, summary.text);
        m_afterwards->setEntries(plantext::afterwards(m_model));
    } else {
        m_status->say(Note::Kind::Active, plantext::progress(m_model));
        m_afterwards->setEntries({});
    }
    const int done = m_model.count(PlanRowState::Succeeded) + m_model.count(PlanRowState::DoneAlready);
    m_again->setVisible(m_hasEnded && done < m_model.rowCount());
    showCurrent();
}

void PlanRunPage::showCurrent()
{
    const QVariant problem = m_list->currentIndex().data(PlanRunModel::ProblemRole);
    if (problem.isValid())
        m_problem->showProblem(problem.value<Problem>());
    else
        m_problem->clear();
}

} // namespace latchkey
