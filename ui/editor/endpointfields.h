// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/profile.h"

#include <QList>
#include <QStringList>
#include <QWidget>

class QCheckBox;
class QLineEdit;
class QRadioButton;

namespace latchkey {

/// Where an organization is: geos of Konnect, or a URL of its own.
class EndpointFields : public QWidget
{
    Q_OBJECT
public:
    EndpointFields(const QList<Endpoint> &endpoints, QWidget *parent = nullptr);
    [[nodiscard]] bool isUrl() const;
    [[nodiscard]] QStringList geos() const;
    [[nodiscard]] QString url() const;

Q_SIGNALS:
    void edited();

private:
    void showMode();

    QRadioButton *m_konnect;
    QRadioButton *m_own;
    QList<QCheckBox *> m_geos;
    QLineEdit *m_url;
};

} // namespace latchkey
