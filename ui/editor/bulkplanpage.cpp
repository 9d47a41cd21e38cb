// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/bulkplanpage.h"

#include "models/forms/bulkdraft.h"
#include "ui/common/icons.h"
#include "ui/common/keepbanner.h"
#include "ui/common/notelist.h"
#include "ui/common/typedname.h"
#include "ui/editor/bulkgroupform.h"
#include "ui/editor/bulktext.h"
#include "ui/editor/changetext.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSpinBox>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int MostAtATime = 4;
enum ListColumn { InstanceColumn, WhatColumn, WayBackColumn };

QIcon iconOf(Note::Kind kind)
{
    switch (kind) {
    case Note::Kind::Good:
        return icon(Icon::Check, Ink::Good);
    case Note::Kind::Warning:
    case Note::Kind::Error:
        return icon(Icon::Warning, Ink::Warning);
    case Note::Kind::Info:
    case Note::Kind::Active:
    case Note::Kind::Pending:
        break;
    }
    return icon(Icon::Info, Ink::Accent);
}

QTreeWidgetItem *itemOf(const BulkDraft::Row &row)
{
    const ChangePreview &preview = row.preview;
    auto *item = new QTreeWidgetItem;
    item->setText(InstanceColumn, preview.record.instance.title());
    item->setToolTip(InstanceColumn, changetext::subheading(preview.record));
    if (!row.whyNot.isEmpty()) {
        item->setText(WhatColumn, BulkPlanPage::tr("Takes no part: %1").arg(row.whyNot));
        item->setToolTip(WhatColumn, row.whyNot);
        item->setIcon(WhatColumn, icon(Icon::Stop, Ink::Muted));
        item->setFirstColumnSpanned(false);
        return item;
    }
    item->setText(WhatColumn, bulktext::whatGoes(preview));
    item->setToolTip(WhatColumn, preview.oldCredentialId);
    const NoteList::Entry way = bulktext::wayBack(preview);
    if (!way.text.isEmpty()) {
        item->setText(WayBackColumn, way.text);
        item->setIcon(WayBackColumn, iconOf(way.kind));
    }
    return item;
}

} // namespace

BulkPlanPage::BulkPlanPage(BulkDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_keep(new KeepBanner(tr("&Hold the new keys in memory until Latchkey closes"), this))
{
    setObjectName(u"bulkPlan"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto *consequences = new NoteList(this);
    consequences->setObjectName(u"consequences"_s);
    QList<ChangePreview> taking;
    for (const BulkDraft::Row &row : draft.rows()) {
        if (row.whyNot.isEmpty())
            taking.append(row.preview);
    }
    consequences->setEntries(bulktext::consequences(draft.kind(), taking));
    column->addWidget(consequences);
    column->addWidget(buildList());
    column->addWidget(m_keep);
    addGroups(column);
    column->addWidget(buildOptions());
    addConfirmations(column);
    takeOptions();
    connect(m_keep, &KeepBanner::changed, this, [this] {
        m_draft.setKeep(m_keep->holdsInMemory() ? KeepKeys::InMemory : KeepKeys::InKeychain);
        Q_EMIT edited();
    });
    connect(m_keep, &KeepBanner::retryRequested, this, &BulkPlanPage::keychainRetryRequested);
}

QTreeWidget *BulkPlanPage::buildList()
{
    m_list = new QTreeWidget(this);
    m_list->setObjectName(u"bulkInstances"_s);
    m_list->setAccessibleName(tr("Instances"));
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setTabKeyNavigation(false);
    const bool creates = m_draft.kind() == ChangeKind::Create;
    m_list->setHeaderLabels({tr("Instance"), creates ? tr("What happens") : tr("What goes"), tr("Way back")});
    m_list->setColumnHidden(WayBackColumn, creates);
    QList<QTreeWidgetItem *> items;
    for (const BulkDraft::Row &row : m_draft.rows())
        items.append(itemOf(row));
    m_list->addTopLevelItems(items);
    QHeaderView *header = m_list->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(WhatColumn, QHeaderView::Stretch);
    m_list->setCurrentItem(items.value(0));
    const int rows = int(qBound(qsizetype(3), items.size(), qsizetype(7)));
    m_list->setFixedHeight(header->sizeHint().height() + 2 * m_list->frameWidth() +
                           rows * qMax(m_list->sizeHintForRow(0), m_list->fontMetrics().height()));
    return m_list;
}

void BulkPlanPage::addGroups(QVBoxLayout *column)
{
    for (int i = 0; i < m_draft.groupCount(); ++i) {
        auto *form = new BulkGroupForm(m_draft.group(i), this);
        form->setObjectName(u"bulkGroup%1"_s.arg(i));
        connect(form, &BulkGroupForm::edited, this, &BulkPlanPage::edited);
        m_groups.append(form);
        column->addWidget(form);
    }
}

QWidget *BulkPlanPage::buildOptions()
{
    auto *options = new QWidget(this);
    m_atOnce = new QSpinBox(options);
    m_atOnce->setObjectName(u"atOnce"_s);
    m_atOnce->setRange(1, MostAtATime);
    m_failure = new QComboBox(options);
    m_failure->setObjectName(u"onFailure"_s);
    m_failure->addItem(tr("stop there"));
    m_failure->addItem(tr("go on with the others"));
    const auto label = [options](const QString &text, QWidget *field) {
        auto *made = new QLabel(text, options);
        made->setBuddy(field);
        return made;
    };
    auto *line = new QHBoxLayout(options);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(label(tr("At the sa&me time:"), m_atOnce));
    line->addWidget(m_atOnce);
    line->addSpacing(spacing::wide);
    line->addWidget(label(tr("When one &fails:"), m_failure));
    line->addWidget(m_failure);
    line->addStretch();
    connect(m_atOnce, &QSpinBox::valueChanged, this, &BulkPlanPage::takeOptions);
    connect(m_failure, &QComboBox::currentIndexChanged, this, &BulkPlanPage::takeOptions);
    return options;
}

void BulkPlanPage::addConfirmations(QVBoxLayout *column)
{
    for (int i = 0; i < int(m_draft.confirmations().size()); ++i) {
        const BulkDraft::Confirmation &wanted = m_draft.confirmations().at(i);
        auto *typed = new TypedName(wanted.name, this);
        typed->setReason(wanted.reason);
        column->addWidget(typed);
        connect(typed, &TypedName::edited, this, [this, typed, i] {
            m_draft.setTyped(i, typed->text());
            Q_EMIT edited();
        });
    }
}

void BulkPlanPage::takeOptions()
{
    BulkOptions options;
    options.atOnce = m_atOnce->value();
    options.keepGoing = m_failure->currentIndex() == 1;
    m_draft.setOptions(options);
}

void BulkPlanPage::setKeychainProblem(const std::optional<Problem> &problem)
{
    // A role ARN is no secret: nothing is kept.
    if (m_draft.hasKeys())
        m_keep->setProblem(problem);
}

QString BulkPlanPage::missing() const
{
    if (!m_keep->isSettled())
        return tr("Choose where the new keys are kept.");
    return m_draft.missing();
}

void BulkPlanPage::focusFirst()
{
    if (!m_groups.isEmpty())
        m_groups.first()->focusFirst();
    else
        m_list->setFocus();
}

} // namespace latchkey
