// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/core/profile.h"
#include "ui/common/editordialog.h"

#include <QCoroTask>

#include <functional>

class QRadioButton;

namespace latchkey {

/// "Another organization?": asked when none of a profile's known instances is visible with its token. Until
/// it is answered, nothing is written with that profile.
class OrganizationDialog final : public EditorDialog
{
    Q_OBJECT
public:
    using Answer = std::function<QCoro::Task<Done>(QString, bool sameOrganization)>;

    OrganizationDialog(const Profile &profile, Answer answer, QWidget *parent = nullptr);

Q_SIGNALS:
    void answered(const QString &profileId, bool sameOrganization);

protected:
    [[nodiscard]] bool isBusy() const override { return m_running; }
    void act() override;

private:
    void finish(const Done &done);

    QString m_profileId;
    Answer m_answer;
    QRadioButton *m_same;
    QRadioButton *m_other;
    bool m_running = false;
};

} // namespace latchkey
