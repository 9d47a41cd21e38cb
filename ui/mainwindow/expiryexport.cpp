// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/expiryexport.h"

#include "ui/mainwindow/mainwindow.h"

#include <QAction>
#include <QFileDialog>

namespace latchkey {

using namespace Qt::StringLiterals;

ExpiryExport::ExpiryExport(const QAction &action, const ExpiryFeeds &feeds, MainWindow &window)
    : QObject(&window)
    , m_feeds(feeds)
    , m_window(window)
{
    connect(&action, &QAction::triggered, this, &ExpiryExport::askForFile);
}

void ExpiryExport::askForFile()
{
    auto *dialog = new QFileDialog(&m_window, tr("Export Expiries"));
    dialog->setObjectName(u"expiryFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Calendar with alarms (*.ics)"), tr("CSV, for spreadsheets (*.csv)"),
                            tr("JSON (*.json)"), tr("Metrics for Prometheus (*.prom)")});
    dialog->setDefaultSuffix(u"ics"_s);
    dialog->selectFile(u"latchkey-expiries.ics"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.section(u"*."_s, -1).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &ExpiryExport::exportTo);
    dialog->open();
}

void ExpiryExport::exportTo(const QString &file)
{
    const Done saved = ExpiryFeeds::save(m_feeds.report({}), file);
    if (!saved)
        m_window.showProblem(saved.problem());
}

} // namespace latchkey
