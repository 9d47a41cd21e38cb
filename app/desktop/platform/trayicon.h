// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QObject>
#include <QString>

#include <memory>

class QMenu;
class QSystemTrayIcon;

namespace latchkey {

/// An icon in the tray with how many credentials and tokens need attention.
class TrayIcon : public QObject
{
    Q_OBJECT
public:
    explicit TrayIcon(QObject *parent = nullptr);
    ~TrayIcon() override;

    /// The desktop has a tray: what is hidden there can be found again.
    [[nodiscard]] static bool isAvailable();

    void setCount(int count);
    /// False where it cannot be shown.
    bool showMessage(const QString &title, const QString &body);

    [[nodiscard]] QString toolTip() const;
    [[nodiscard]] QMenu &menu() { return *m_menu; }

    /// Latchkey's icon with a number in its corner; none for 0, "9+" for more than nine.
    [[nodiscard]] static QIcon iconWith(int count);

Q_SIGNALS:
    void openRequested();
    void refreshRequested();
    void quitRequested();

private:
    std::unique_ptr<QMenu> m_menu;
    std::unique_ptr<QSystemTrayIcon> m_icon;
    int m_count = -1;
};

} // namespace latchkey
