// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMainWindow;
class QMenu;

namespace latchkey {

class MainActions;
class ProfileMenu;
class SearchField;

/// What menu bar and toolbar are made of.
struct BarParts
{
    MainActions &actions;
    ProfileMenu &profiles;
    SearchField &search;
    QMenu &views;   ///< View: one entry a view.
    QMenu &columns; ///< View: one entry a column.
};

void buildMenuBar(QMainWindow &window, const BarParts &parts);
void buildToolBar(QMainWindow &window, const BarParts &parts);
/// The context menu of the table.
void fillInstanceMenu(QMenu &menu, const MainActions &actions);

} // namespace latchkey
