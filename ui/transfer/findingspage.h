// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationdocument.h"

#include <QList>
#include <QWidget>

class QTreeWidget;

namespace latchkey {

class Note;

/// What is wrong in a file that is refused, with the place of each.
class FindingsPage : public QWidget
{
    Q_OBJECT
public:
    explicit FindingsPage(QWidget *parent = nullptr);

    void setFindings(const QList<DocumentFinding> &findings);
    void focusList();

private:
    void copyAll() const;
    void copyChosen() const;

    QList<DocumentFinding> m_findings;
    Note *m_caption;
    QTreeWidget *m_list;
};

} // namespace latchkey
