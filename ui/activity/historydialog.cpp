// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/historydialog.h"

#include "models/items/historymodel.h"
#include "models/services/history.h"
#include "ui/common/emptystate.h"

#include <QAction>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimeZone>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

HistoryDialog::HistoryDialog(History &history, QWidget *parent)
    : QDialog(parent)
    , m_history(history)
    , m_model(new HistoryModel(QTimeZone::systemTimeZone(), this))
    , m_found(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit(this))
    , m_message(new Banner(Banner::Kind::Info, {}, this))
    , m_stack(new QStackedWidget(this))
    , m_table(new QTreeView(m_stack))
    , m_details(new QPlainTextEdit(m_stack))
    , m_empty(new EmptyState(m_stack))
    , m_export(new QPushButton(tr("&Export…"), this))
    , m_verify(new QPushButton(tr("&Verify"), this))
{
    setObjectName(u"historyDialog"_s);
    setWindowTitle(tr("History"));
    // The stock proxy asks for each cell's text at each key press: a history has hundreds of rows, and the
    // texts are made in microseconds.
    m_found->setSourceModel(m_model);
    m_found->setFilterKeyColumn(-1);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    buildTable();
    build();
    connect(&m_history, &History::changed, this, &HistoryDialog::read);
    read();
}

HistoryDialog::~HistoryDialog() = default;

void HistoryDialog::buildTable()
{
    m_table->setObjectName(u"historyTable"_s);
    m_table->setAccessibleName(tr("Changes"));
    m_table->setModel(m_found);
    m_table->setRootIsDecorated(false);
    m_table->setItemsExpandable(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setAlternatingRowColors(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    QHeaderView *header = m_table->header();
    header->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    header->resizeSection(HistoryModel::TimeColumn, 30 * letter);
    header->resizeSection(HistoryModel::InstanceColumn, 30 * letter);
    header->resizeSection(HistoryModel::ProfileColumn, 14 * letter);
    header->resizeSection(HistoryModel::ChangeColumn, 12 * letter);
    header->resizeSection(HistoryModel::EndColumn, 28 * letter);
    header->resizeSection(HistoryModel::GapColumn, 22 * letter);

    auto *copy = new QAction(icon(Icon::Copy), tr("&Copy Rows"), m_table);
    copy->setObjectName(u"copyHistoryRows"_s);
    copy->setShortcut(QKeySequence::Copy);
    // In the details, the same keys copy what is selected there.
    copy->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(copy);
    connect(copy, &QAction::triggered, this, &HistoryDialog::copyRows);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &HistoryDialog::showCurrent);
}

void HistoryDialog::build()
{
    m_search->setObjectName(u"historySearch"_s);
    m_search->setPlaceholderText(tr("Search (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search the history"));
    m_search->addAction(icon(Icon::Search, Ink::Muted), QLineEdit::LeadingPosition);
    m_message->setObjectName(u"historyMessage"_s);
    m_message->setDismissible(true);
    m_message->hide();
    m_details->setObjectName(u"historyDetails"_s);
    m_details->setAccessibleName(tr("Details of the change"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_empty->setObjectName(u"historyEmpty"_s);
    m_export->setObjectName(u"historyExportButton"_s);
    m_verify->setObjectName(u"historyVerifyButton"_s);
    m_verify->setToolTip(tr("Look whether somebody edited, removed or added rows"));

    auto *splitter = new QSplitter(Qt::Vertical, m_stack);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    m_stack->addWidget(splitter);
    m_stack->addWidget(m_empty);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_export, QDialogButtonBox::ActionRole);
    buttons->addButton(m_verify, QDialogButtonBox::ActionRole);
    // The style's own icon is black in the dark theme too.
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    // Enter in the search starts nothing.
    for (QAbstractButton *button : buttons->buttons())
        static_cast<QPushButton *>(button)->setAutoDefault(false);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_message);
    column->addWidget(m_stack, 1);
    column->addWidget(buttons);
    // With room for the frame, whose size is not known before the window is shown.
    resize(QSize(980, 620).boundedTo(screen()->availableGeometry().size() - QSize(16, 48)));

    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    connect(m_search, &QLineEdit::textChanged, this, &HistoryDialog::showRows);
    connect(m_export, &QPushButton::clicked, this, &HistoryDialog::askForFile);
    connect(m_verify, &QPushButton::clicked, this, &HistoryDialog::verify);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void HistoryDialog::read()
{
    QCoro::connect(m_history.entries(), this, [this](const Outcome<QList<HistoryEntry>> &entries) {
        if (!entries) {
            say(Banner::Kind::Error, entries.problem().toText());
            return;
        }
        m_model->setEntries(entries.value());
        showRows();
    });
}

void HistoryDialog::showRows()
{
    m_found->setFilterFixedString(m_search->text().trimmed());
    const bool nothing = m_model->rowCount() == 0;
    m_export->setEnabled(!nothing);
    if (nothing) {
        m_empty->set(Icon::History, tr("Nothing was changed yet"),
                     tr("Each credential that is created, replaced or deleted from this computer is noted "
                        "here, with how it ended."));
    } else {
        m_empty->set(Icon::Search, tr("Nothing matches"), tr("No change has this text in its columns."));
    }
    m_stack->setCurrentIndex(m_found->rowCount() == 0 ? 1 : 0);
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_found->index(0, 0));
    showCurrent();
}

void HistoryDialog::showCurrent()
{
    const QString text = m_table->currentIndex().data(HistoryModel::DetailsRole).toString();
    // A selection in the text stays where nothing changed.
    if (m_details->toPlainText() != text)
        m_details->setPlainText(text);
}

void HistoryDialog::verify()
{
    // The button stays enabled: a disabled one would hand the keyboard to its neighbour.
    say(Banner::Kind::Wait, tr("Looking at every row …"));
    QCoro::connect(m_history.verify(), this, [this](const Outcome<HistoryReport> &report) {
        if (!report)
            say(Banner::Kind::Error, report.problem().toText());
        else
            say(report.value().isSound() ? Banner::Kind::Info : Banner::Kind::Warning,
                report.value().toText());
    });
}

void HistoryDialog::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Export the History"));
    dialog->setObjectName(u"historyFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("CSV, for spreadsheets (*.csv)"), tr("JSON (*.json)")});
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(u"latchkey-history.csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains("*.json"_L1) ? u"json"_s : u"csv"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, &HistoryDialog::exportTo);
    dialog->open();
}

void HistoryDialog::exportTo(const QString &file)
{
    QCoro::connect(m_history.exportTo(file), this, [this, file](const Outcome<qint64> &rows) {
        if (rows)
            say(Banner::Kind::Info, tr("%1: %2 rows").arg(file).arg(rows.value()));
        else
            say(Banner::Kind::Error, rows.problem().toText());
    });
}

void HistoryDialog::copyRows()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex &index : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < m_found->columnCount(); ++column)
            cells.append(index.siblingAtColumn(column).data().toString().simplified());
        lines.append(cells.join(u'\t'));
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void HistoryDialog::say(Banner::Kind kind, const QString &text)
{
    m_message->setKind(kind);
    m_message->setText(text);
    m_message->show();
}

void HistoryDialog::keyPressEvent(QKeyEvent *event)
{
    const bool searching = m_search->hasFocus();
    if (event->key() == Qt::Key_Escape && searching && !m_search->text().isEmpty()) {
        m_search->clear();
        return;
    }
    if (event->key() == Qt::Key_Down && searching) {
        m_table->setFocus();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace latchkey
