// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/instancefiltermodel.h"

#include <functional>

class QAction;
class QMainWindow;
class QMenu;
class QWidget;

namespace latchkey {

class MainActions;
class ProfileMenu;
class SearchField;
class SidebarModel;

/// What menu bar and toolbar are made of.
struct BarParts
{
    MainActions &actions;
    ProfileMenu &profiles;
    SearchField &search;
    QMenu &views;   ///< View: the dashboard, and one entry a view.
    QMenu &sort;    ///< View: what the table is sorted by.
    QMenu &columns; ///< View: one entry a column.
};

/// The dashboard, then one entry a view, each with a key: in the order of the sidebar.
[[nodiscard]] QMenu &makeViewsMenu(QWidget &window, QAction *dashboard, const SidebarModel &model,
                                   const std::function<void(InstanceView)> &choose);
/// Filled anew each time it opens.
[[nodiscard]] QMenu &makeFilledMenu(QWidget &window, const QString &name, const QString &title,
                                    const std::function<void(QMenu &)> &fill);

void buildMenuBar(QMainWindow &window, const BarParts &parts);
void buildToolBar(QMainWindow &window, const BarParts &parts);
/// The context menu of the table.
void fillInstanceMenu(QMenu &menu, const MainActions &actions);

} // namespace latchkey
