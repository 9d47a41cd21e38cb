// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"

#include <QTimeZone>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

/// The headers that a credential carries, each with whether its key is kept on this machine. Never a key.
class HeaderList : public QWidget
{
    Q_OBJECT
public:
    explicit HeaderList(QWidget *parent = nullptr);

    void setRecord(const InstanceRecord &record);
    /// Nothing to say about headers, e.g. a built-in integration.
    [[nodiscard]] static bool concerns(const InstanceRecord &record);

Q_SIGNALS:
    void enterKeysRequested();

private:
    void addHeader(const HeaderDefinition &header, bool kept);

    QVBoxLayout *m_rows;
    QLabel *m_note;
    QPushButton *m_enterKeys;
    QList<HeaderDefinition> m_headers;
    KeptKeys m_kept;
    bool m_filled = false;
};

} // namespace latchkey
