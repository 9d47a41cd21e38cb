// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/profile.h"

#include <QFrame>
#include <QList>

class QVBoxLayout;

namespace latchkey {

/// What *Test connection* found: each endpoint with its steps, the failing one named.
class ConnectionTest : public QFrame
{
    Q_OBJECT
public:
    explicit ConnectionTest(QWidget *parent = nullptr);
    void showRunning();
    void showResults(const QList<EndpointTest> &results);
    void clear();

private:
    void removeLines();
    void addEndpoint(const EndpointTest &result);

    QWidget *m_lines = nullptr;
    QVBoxLayout *m_column;
};

} // namespace latchkey
