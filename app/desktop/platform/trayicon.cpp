// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/platform/trayicon.h"

#include "models/core/wording.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAction>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QSystemTrayIcon>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

TrayIcon::TrayIcon(QObject *parent)
    : QObject(parent)
    , m_menu(std::make_unique<QMenu>())
    , m_icon(std::make_unique<QSystemTrayIcon>())
{
    m_menu->setObjectName(u"trayMenu"_s);
    const auto add = [this](const QString &name, const QString &text, auto signal) {
        QAction *action = m_menu->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, signal);
    };
    add(u"trayOpen"_s, tr("&Open Latchkey"), &TrayIcon::openRequested);
    add(u"trayRefresh"_s, tr("&Refresh"), &TrayIcon::refreshRequested);
    m_menu->addSeparator();
    add(u"trayQuit"_s, tr("&Quit"), &TrayIcon::quitRequested);
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon.get(), &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                    Q_EMIT openRequested();
            });
    connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, &TrayIcon::openRequested);
    setCount(0);
    // A tray that comes later takes it then.
    m_icon->show();
}

TrayIcon::~TrayIcon() = default;

bool TrayIcon::isAvailable()
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void TrayIcon::setCount(int count)
{
    if (std::exchange(m_count, count) == count)
        return;
    m_icon->setIcon(iconWith(count));
    const QString attention = wording::counted(
        "latchkey::TrayIcon", "Latchkey: %n credential or token needs attention",
        QT_TRANSLATE_N_NOOP("latchkey::TrayIcon", "Latchkey: %n credentials and tokens need attention"),
        count);
    m_icon->setToolTip(count == 0 ? tr("Latchkey: nothing needs attention") : attention);
}

bool TrayIcon::showMessage(const QString &title, const QString &body)
{
    if (!isAvailable() || !QSystemTrayIcon::supportsMessages())
        return false;
    m_icon->showMessage(title, body, m_icon->icon());
    return true;
}

QString TrayIcon::toolTip() const
{
    return m_icon->toolTip();
}

QIcon TrayIcon::iconWith(int count)
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64}) {
        QPixmap pixmap = applicationIcon().pixmap(QSize(size, size), 1.0);
        if (count > 0) {
            QPainter painter(&pixmap);
            painter.setRenderHint(QPainter::Antialiasing);
            const QRectF disc(size * 0.38, size * 0.38, size * 0.62, size * 0.62);
            // Trays are dark or light, whatever the theme of the window is.
            painter.setBrush(inkColour(Ink::Danger, lightPalette()));
            painter.setPen(QPen(Qt::white, size / 24.0));
            painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5));
            QFont font = painter.font();
            font.setBold(true);
            font.setPixelSize(qMax(6, qRound(disc.height() * (count > 9 ? 0.55 : 0.75))));
            painter.setFont(font);
            painter.drawText(disc, Qt::AlignCenter, count > 9 ? u"9+"_s : QString::number(count));
        }
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace latchkey
