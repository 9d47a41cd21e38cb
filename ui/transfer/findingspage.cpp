// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/findingspage.h"

#include "ui/common/icons.h"
#include "ui/common/note.h"
#include "ui/transfer/plantext.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

enum ListColumn { LineColumn, PlaceColumn, PathColumn, WhatColumn };

QTreeWidgetItem *itemOf(const DocumentFinding &finding)
{
    auto *item = new QTreeWidgetItem;
    if (finding.line > 0) {
        item->setText(LineColumn, QString::number(finding.line));
        item->setText(PlaceColumn, QString::number(finding.column));
    }
    item->setText(PathColumn, finding.path);
    item->setText(WhatColumn, finding.message);
    item->setToolTip(PathColumn, finding.path);
    item->setToolTip(WhatColumn, finding.message);
    item->setData(LineColumn, Qt::AccessibleTextRole, finding.toText());
    item->setTextAlignment(LineColumn, Qt::AlignRight | Qt::AlignVCenter);
    item->setTextAlignment(PlaceColumn, Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

void copy(const QStringList &lines)
{
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace

FindingsPage::FindingsPage(QWidget *parent)
    : QWidget(parent)
    , m_caption(new Note(this))
    , m_list(new QTreeWidget(this))
{
    setObjectName(u"findingsPage"_s);
    m_caption->setObjectName(u"findingsCaption"_s);
    m_list->setObjectName(u"findings"_s);
    m_list->setAccessibleName(tr("What is wrong in the file"));
    m_list->setHeaderLabels({tr("Line"), tr("Column"), tr("Where"), tr("What is wrong")});
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setTabKeyNavigation(false);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->setMinimumHeight(10 * (m_list->fontMetrics().height() + 6));
    const int letter = m_list->fontMetrics().averageCharWidth();
    m_list->header()->resizeSection(LineColumn, 10 * letter);
    m_list->header()->resizeSection(PlaceColumn, 10 * letter);
    m_list->header()->resizeSection(PathColumn, 42 * letter);
    auto *chosen = new QAction(icon(Icon::Copy), tr("&Copy Rows"), m_list);
    chosen->setObjectName(u"copyFindings"_s);
    chosen->setShortcut(QKeySequence::Copy);
    chosen->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(chosen);
    connect(chosen, &QAction::triggered, this, &FindingsPage::copyChosen);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_caption);
    column->addWidget(m_list, 1);
    auto *all = new QPushButton(tr("Copy &all"), this);
    all->setObjectName(u"copyAllFindings"_s);
    all->setAutoDefault(false);
    column->addWidget(all, 0, Qt::AlignLeft);
    connect(all, &QPushButton::clicked, this, &FindingsPage::copyAll);
}

void FindingsPage::setFindings(const QList<DocumentFinding> &findings)
{
    m_findings = findings;
    m_caption->say(Note::Kind::Error, plantext::findings(findings.size()));
    m_list->clear();
    QList<QTreeWidgetItem *> items;
    for (const DocumentFinding &finding : findings)
        items.append(itemOf(finding));
    m_list->addTopLevelItems(items);
    m_list->setCurrentItem(items.value(0));
}

void FindingsPage::copyAll() const
{
    QStringList lines;
    for (const DocumentFinding &finding : m_findings)
        lines.append(finding.toText());
    copy(lines);
}

void FindingsPage::copyChosen() const
{
    QStringList lines;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        if (m_list->topLevelItem(row)->isSelected())
            lines.append(m_findings.at(row).toText());
    }
    copy(lines);
}

void FindingsPage::focusList()
{
    m_list->setFocus();
}

} // namespace latchkey
