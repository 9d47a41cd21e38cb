// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QButtonGroup;
class QHBoxLayout;

namespace latchkey {

/// A row of colours, or none, to tell profiles apart.
class ColourChoice : public QWidget
{
    Q_OBJECT
public:
    /// `colour`: `#rrggbb` or empty.
    ColourChoice(const QString &colour, QWidget *parent = nullptr);
    [[nodiscard]] QString colour() const;

Q_SIGNALS:
    void edited();

private:
    void addSwatch(const QString &colour, const QString &name, QHBoxLayout *row);

    QButtonGroup *m_group;
};

} // namespace latchkey
