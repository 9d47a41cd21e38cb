// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QSettings>
#include <QString>

class QHeaderView;
class QSplitter;
class QWidget;

namespace latchkey {

/// How the user arranged the window: geometry, splitters, columns. Kept in one INI file, mode 0600, whose
/// path the application chooses; nothing else belongs there.
class UiState
{
public:
    explicit UiState(const QString &file);

    /// Each answers whether something was restored; otherwise the widget keeps what it has.
    bool restoreWindow(const QString &name, QWidget &window) const;
    bool restore(const QString &name, QHeaderView &header) const;
    bool restore(const QString &name, QSplitter &splitter) const;
    void saveWindow(const QString &name, const QWidget &window);
    void save(const QString &name, const QHeaderView &header);
    void save(const QString &name, const QSplitter &splitter);

    [[nodiscard]] Theme theme() const;
    void setTheme(Theme theme);
    [[nodiscard]] bool flag(const QString &name, bool otherwise) const;
    void setFlag(const QString &name, bool on);

private:
    mutable QSettings m_settings;
};

} // namespace latchkey
