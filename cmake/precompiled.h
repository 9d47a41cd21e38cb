// SPDX-License-Identifier: GPL-3.0-or-later
// What most files include, each folder for itself: read once instead of once a file (LATCHKEY_PCH). Every
// file names all the same what it needs; a build without this shows where one does not.
#include <QtCore>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#if __has_include(<QCoroTask>)
#include <QCoroTask>
#endif
#if __has_include(<QWidget>)
#include <QApplication>
#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#endif
#if __has_include(<QTest>)
#include <QTest>
#endif
