// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/clock.h"
#include "models/core/health.h"
#include "models/core/instancerecord.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace latchkey {

class Badge;
class Banner;
class CredentialDetailsModel;
class HeaderList;
class IconLabel;
class MissingPermissionsModel;

/// All that is known about one instance and its credential, with what can be done about it.
class DetailPane : public QWidget
{
    Q_OBJECT
public:
    /// `clock` must outlive the pane.
    explicit DetailPane(const Clock &clock, QWidget *parent = nullptr);

    /// `health` is that of the record as the table shows it.
    void setRecord(const InstanceRecord &record, const Health &health);
    [[nodiscard]] const InstanceAddress &address() const { return m_record.address; }
    /// Time has passed.
    void tick();
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void createRequested(const latchkey::InstanceAddress &address);
    void replaceRequested(const latchkey::InstanceAddress &address);
    void deleteRequested(const latchkey::InstanceAddress &address);
    void rollBackRequested(const latchkey::InstanceAddress &address);
    void enterKeysRequested(const latchkey::InstanceAddress &address);
    void recordExpiryRequested(const latchkey::InstanceAddress &address);
    /// Protect it, or take its protection away.
    void protectRequested(const latchkey::InstanceAddress &address);
    void dismissed();

private:
    [[nodiscard]] QWidget *buildHead();
    [[nodiscard]] QWidget *buildBody();
    void addSection(QVBoxLayout &body, const QString &heading, QWidget *content);
    void fillHead();
    void fillReasons(const QList<HealthState> &reasons);

    InstanceRecord m_record;
    QList<HealthState> m_reasons;
    CredentialDetailsModel *m_fields;
    MissingPermissionsModel *m_permissions;
    QLabel *m_title = nullptr;
    QLabel *m_subtitle = nullptr;
    Badge *m_production = nullptr;
    Badge *m_protected = nullptr;
    QVBoxLayout *m_reasonRows = nullptr;
    Banner *m_problem = nullptr;
    Banner *m_changing = nullptr;
    QPushButton *m_create = nullptr;
    QPushButton *m_replace = nullptr;
    QPushButton *m_delete = nullptr;
    QPushButton *m_rollBack = nullptr;
    QPushButton *m_protect = nullptr;
    QPushButton *m_recordExpiry = nullptr;
    QScrollArea *m_scroll = nullptr;
    HeaderList *m_headers = nullptr;
    QWidget *m_headersSection = nullptr;
    QWidget *m_permissionsSection = nullptr;
};

} // namespace latchkey
