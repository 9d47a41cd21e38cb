// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/services/expiryfeeds.h"

#include <QObject>
#include <QString>

class QAction;

namespace latchkey {

class MainWindow;

/// Asks for a file and writes what is known about expiries into it, in the form of its ending.
class ExpiryExport : public QObject
{
    Q_OBJECT
public:
    /// What `feeds` stands on must outlive the window, which owns this.
    ExpiryExport(const QAction &action, const ExpiryFeeds &feeds, MainWindow &window);

private:
    void askForFile();
    void exportTo(const QString &file);

    ExpiryFeeds m_feeds;
    MainWindow &m_window;
};

} // namespace latchkey
