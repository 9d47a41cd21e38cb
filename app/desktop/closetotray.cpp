// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/closetotray.h"

#include "ui/common/uistate.h"
#include "ui/mainwindow/mainwindow.h"

#include <QEvent>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSessionManager>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString Explained = u"tray-explained"_s;

} // namespace

CloseToTray::CloseToTray(MainWindow &window, UiState &uiState, std::function<bool()> canHide, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_uiState(uiState)
    , m_canHide(std::move(canHide))
{
    window.installEventFilter(this);
    connect(qApp, &QGuiApplication::commitDataRequest, this, [this] { m_sessionEnds = true; });
}

bool CloseToTray::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Close || m_window.isQuitting() || m_sessionEnds || !m_canHide())
        return QObject::eventFilter(watched, event);
    event->ignore();
    if (m_uiState.flag(Explained, false))
        m_window.hide();
    else
        ask();
    return true;
}

void CloseToTray::ask()
{
    if (m_box != nullptr)
        return;
    m_box = new QMessageBox(QMessageBox::Question, tr("Keep Latchkey running?"),
                            tr("Latchkey can go on in the tray and remind you of what expires."),
                            QMessageBox::Cancel, &m_window);
    m_box->setObjectName(u"closeToTrayBox"_s);
    m_box->setAttribute(Qt::WA_DeleteOnClose);
    m_box->setInformativeText(tr("From now on, closing the window leaves it there. Quit ends it, and the "
                                 "settings turn the tray off."));
    QPushButton *keep = m_box->addButton(tr("Keep Running"), QMessageBox::AcceptRole);
    keep->setObjectName(u"keepRunning"_s);
    m_box->setDefaultButton(keep);
    const QPushButton *end = m_box->addButton(tr("Quit"), QMessageBox::DestructiveRole);
    connect(keep, &QPushButton::clicked, this, [this] {
        m_uiState.setFlag(Explained, true);
        m_window.hide();
    });
    // When the box is gone: a window behind one cannot be closed.
    connect(end, &QPushButton::clicked, &m_window, &MainWindow::quit, Qt::QueuedConnection);
    m_box->open();
}

} // namespace latchkey
