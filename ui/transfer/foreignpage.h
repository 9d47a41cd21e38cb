// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationimport.h"

#include <QList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;

namespace latchkey {

class NoteList;

/// What is to be known about a file of another tool before it is taken, and what it does not say by itself.
class ForeignPage : public QWidget
{
    Q_OBJECT
public:
    explicit ForeignPage(QWidget *parent = nullptr);

    void setFile(const ForeignConfiguration &foreign, const QString &file,
                 const QList<InstanceRecord> &records);
    [[nodiscard]] ImportOptions options() const;
    /// Why it cannot be taken yet; empty if it can.
    [[nodiscard]] QString missing() const;
    void focusFirst();

Q_SIGNALS:
    void edited();

private:
    void addInstances(const QList<InstanceRecord> &records);

    bool m_asksInstance = false;
    NoteList *m_notes;
    QLabel *m_instanceLabel;
    QComboBox *m_instance;
    QLabel *m_profileLabel;
    QComboBox *m_profile;
    QCheckBox *m_areOfPresent;
};

} // namespace latchkey
