// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/historyentry.h"
#include "models/core/outcome.h"
#include "ui/common/banner.h"

#include <QDialog>

class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTreeView;

namespace latchkey {

class EmptyState;
class History;
class HistoryModel;

/// Every change that was made from this computer, to search, verify and export. Follows the history while it
/// is open; stands beside the main window.
class HistoryDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `history` must outlive the dialog.
    explicit HistoryDialog(History &history, QWidget *parent = nullptr);
    ~HistoryDialog() override;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildTable();
    void build();
    void read();
    void showRows();
    void showCurrent();
    void verify();
    void askForFile();
    void exportTo(const QString &file);
    void copyRows();
    void say(Banner::Kind kind, const QString &text);

    History &m_history;
    HistoryModel *m_model;
    QSortFilterProxyModel *m_found;
    QLineEdit *m_search;
    Banner *m_message;
    QStackedWidget *m_stack;
    QTreeView *m_table;
    QPlainTextEdit *m_details;
    EmptyState *m_empty;
    QPushButton *m_export;
    QPushButton *m_verify;
};

} // namespace latchkey
