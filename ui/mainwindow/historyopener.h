// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QAction;

namespace latchkey {

class History;
class HistoryDialog;
class MainWindow;

/// Opens the history beside the window, once, and closes it with the window.
class HistoryOpener : public QObject
{
    Q_OBJECT
public:
    /// `history` must outlive the window, which owns this.
    HistoryOpener(const QAction &action, History &history, MainWindow &window);
    ~HistoryOpener() override;

private:
    void open();

    History &m_history;
    MainWindow &m_window;
    QPointer<HistoryDialog> m_dialog;
};

} // namespace latchkey
