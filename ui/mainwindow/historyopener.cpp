// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/historyopener.h"

#include "ui/activity/historydialog.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAction>

namespace latchkey {

HistoryOpener::HistoryOpener(const QAction &action, History &history, MainWindow &window)
    : QObject(&window)
    , m_history(history)
    , m_window(window)
{
    connect(&action, &QAction::triggered, this, &HistoryOpener::open);
    connect(&window, &MainWindow::closed, this, [this] {
        if (m_dialog != nullptr)
            m_dialog->close();
    });
}

HistoryOpener::~HistoryOpener() = default;

void HistoryOpener::open()
{
    if (m_dialog == nullptr) {
        m_dialog = new HistoryDialog(m_history, &m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace latchkey
