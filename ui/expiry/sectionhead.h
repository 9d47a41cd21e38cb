// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace latchkey {

/// The line above a part of the dashboard: its heading, and at the end what it is set with.
class SectionHead : public QWidget
{
    Q_OBJECT
public:
    explicit SectionHead(const QString &heading, QWidget *parent = nullptr);

    void setHeading(const QString &heading);
    [[nodiscard]] QString heading() const;
    void add(QWidget *widget);

private:
    QLabel *m_heading;
    QHBoxLayout *m_row;
};

} // namespace latchkey
