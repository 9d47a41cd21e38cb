// SPDX-License-Identifier: GPL-3.0-or-later
// What most files include, read once for all of them (LATCHKEY_PCH). Every file names all the same what it
// needs: a build without this shows where one does not.
#include <QCoroFuture>
#include <QCoroTask>
#include <QtCore>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>
