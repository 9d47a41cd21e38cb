// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/attentionpanel.h"

#include "ui/common/iconlabel.h"
#include "ui/common/uistate.h"
#include "ui/expiry/actionbutton.h"
#include "ui/expiry/attentionactions.h"
#include "ui/expiry/compacttable.h"
#include "ui/expiry/sectionhead.h"

#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

constexpr int MostRows = 6;

QString hideAncient()
{
    return u"hideAncient"_s;
}

} // namespace

AttentionPanel::AttentionPanel(AttentionModel &model, const Clock &clock, UiState &uiState, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_uiState(uiState)
    , m_actions(new AttentionActions(clock, this))
    , m_head(new SectionHead({}, this))
    , m_quiet(new QCheckBox(m_head))
    , m_ancient(new QCheckBox(m_head))
    , m_buttons(new QWidget(this))
    , m_table(new CompactTable(MostRows, this))
    , m_detail(new QLabel(this))
    , m_nothing(new QWidget(this))
    , m_nothingIcon(new IconLabel(Icon::Info, Ink::Muted, 20, m_nothing))
    , m_nothingText(new QLabel(m_nothing))
{
    setObjectName(u"attentionPanel"_s);
    build();
    connectActions();
    m_ancient->setChecked(m_uiState.flag(hideAncient(), false));
    m_model.setAncientShown(!m_ancient->isChecked());
    connect(m_quiet, &QCheckBox::toggled, this, [this](bool on) { m_model.setQuietShown(on); });
    connect(m_ancient, &QCheckBox::toggled, this, [this](bool on) {
        m_uiState.setFlag(hideAncient(), on);
        m_model.setAncientShown(!on);
    });
    connect(m_table, &CompactTable::currentRowChanged, this, &AttentionPanel::describe);
    connect(m_table, &CompactTable::rowActivated, this, &AttentionPanel::activate);
    connect(m_table, &QWidget::customContextMenuRequested, this, &AttentionPanel::openMenu);
    connect(&m_model, &AttentionModel::counted, this, &AttentionPanel::describe);
    keepCurrent();
    describe();
}

void AttentionPanel::build()
{
    m_quiet->setObjectName(u"attentionShowQuiet"_s);
    m_ancient->setObjectName(u"attentionHideAncient"_s);
    m_head->add(m_quiet);
    m_head->add(m_ancient);
    m_table->setObjectName(u"attentionTable"_s);
    m_table->setAccessibleName(tr("Needs attention"));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setModel(&m_model);
    m_table->setWidths({30, 0, 22, 0});
    m_detail->setObjectName(u"attentionDetail"_s);
    m_nothing->setObjectName(u"attentionNothing"_s);
    m_nothingText->setObjectName(u"attentionNothingText"_s);
    for (QLabel *label : {m_detail, m_nothingText}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(spacing::normal);
    for (QAction *action : {m_actions->primary, m_actions->recordExpiry, m_actions->snooze,
                            m_actions->acknowledge, m_actions->remind, m_actions->openUpstream})
        buttons->addWidget(new ActionButton(*action, m_buttons));
    buttons->addStretch(1);
    // Who comes by keyboard chooses a line, then what to do with it.
    setTabOrder(m_ancient, m_table);
    auto *row = new QHBoxLayout(m_nothing);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing::normal);
    row->addWidget(m_nothingIcon);
    row->addWidget(m_nothingText, 1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::normal);
    column->addWidget(m_head);
    column->addWidget(m_buttons);
    column->addWidget(m_table);
    column->addWidget(m_detail);
    column->addWidget(m_nothing);
}

void AttentionPanel::connectActions()
{
    // An action acts on what is current when it is triggered; ids only, as the list may change at any time.
    const auto onCurrent = [this](QAction *action, auto act) {
        connect(action, &QAction::triggered, this, [this, act] {
            if (const AttentionItem *item = current())
                act(AttentionItem(*item));
        });
    };
    onCurrent(m_actions->primary, [this](const AttentionItem &item) { actPrimarily(item); });
    onCurrent(m_actions->recordExpiry,
              [this](const AttentionItem &item) { Q_EMIT recordExpiryRequested(item.key); });
    onCurrent(m_actions->acknowledge, [this](const AttentionItem &item) {
        Q_EMIT acknowledgeRequested(item.key, item.credentialId, item.attentionReasons());
    });
    onCurrent(m_actions->remind, [this](const AttentionItem &item) {
        if (item.quiet == AttentionItem::Quiet::Revoked)
            Q_EMIT revokedRequested(item.key.instanceId, false);
        else
            Q_EMIT remindRequested(item.key);
    });
    onCurrent(m_actions->checkAgain,
              [this](const AttentionItem &item) { Q_EMIT checkAgainRequested({item.key}); });
    onCurrent(m_actions->show,
              [this](const AttentionItem &item) { Q_EMIT instanceRequested(item.instance); });
    onCurrent(m_actions->openUpstream, [this](const AttentionItem &) {
        Q_EMIT openRequested(m_model.upstreamOf(m_table->currentRow()));
    });
    connect(m_actions, &AttentionActions::snoozeChosen, this, [this](const QDateTime &until) {
        if (const AttentionItem *item = current())
            Q_EMIT snoozeRequested(item->key, item->credentialId, until);
    });
}

void AttentionPanel::keepCurrent()
{
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        const AttentionItem *item = current();
        m_currentKey = item == nullptr ? InstanceAddress() : item->key;
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (const int row = m_model.rowOf(m_currentKey); row >= 0)
            m_table->selectRow(row);
    });
}

void AttentionPanel::setFacts(const DashboardFacts &facts)
{
    m_facts = facts;
    describe();
}

const AttentionItem *AttentionPanel::current() const
{
    return m_model.at(m_table->currentRow());
}

void AttentionPanel::actPrimarily(const AttentionItem &item)
{
    if (item.actions.testFlag(AttentionItem::EditProfile))
        Q_EMIT editProfileRequested(item.key.profileId);
    else if (item.actions.testFlag(AttentionItem::Create))
        Q_EMIT createRequested(item.key);
    else if (item.actions.testFlag(AttentionItem::Replace))
        Q_EMIT replaceRequested(item.key);
    else if (item.actions.testFlag(AttentionItem::Revoked))
        Q_EMIT revokedRequested(item.key.instanceId, true);
}

void AttentionPanel::activate(int row)
{
    const AttentionItem *item = m_model.at(row);
    if (item == nullptr)
        return;
    if (item->kind == AttentionItem::Kind::Token)
        Q_EMIT editProfileRequested(item->key.profileId);
    else
        Q_EMIT instanceRequested(item->instance);
}

void AttentionPanel::openMenu(const QPoint &position)
{
    if (current() == nullptr)
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"attentionMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->fill(*menu);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void AttentionPanel::describe()
{
    const int rows = m_model.rowCount();
    m_head->setHeading(rows == 0 ? tr("Needs attention")
                                 : tr("Needs attention (%1)").arg(QLocale().toString(rows)));
    m_quiet->setText(tr("Show what is &known (%1)").arg(QLocale().toString(m_model.quiet())));
    m_quiet->setVisible(m_model.quiet() > 0 || m_quiet->isChecked());
    m_ancient->setText(tr("Hide what expire&d over %n days ago (%1)", nullptr, m_model.ancientDays())
                           .arg(QLocale().toString(m_model.ancient())));
    m_ancient->setVisible(m_model.ancient() > 0 || m_ancient->isChecked());
    m_table->setVisible(rows > 0);
    m_buttons->setVisible(rows > 0);
    m_detail->setVisible(rows > 0);
    m_nothing->setVisible(rows == 0);
    const bool clear = dashboardtext::isAllClear(m_facts);
    m_nothingIcon->set(clear              ? Icon::Check
                       : m_facts.checking ? Icon::Wait
                                          : Icon::Info,
                       clear ? Ink::Good : Ink::Muted);
    m_nothingText->setText(dashboardtext::nothingToDo(m_facts));
    const int row = m_table->currentRow();
    m_actions->setItem(current(), m_model.upstreamOf(row));
    m_detail->setText(row < 0 ? tr("Choose a line to see what there is to do.") : detailText(row));
}

QString AttentionPanel::detailText(int row) const
{
    QStringList lines = m_model.adviceOf(row);
    const QStringList steps = m_model.stepsOf(row);
    for (int step = 0; step < steps.size(); ++step)
        lines << tr("%1. %2").arg(step + 1).arg(steps.at(step));
    return lines.join(u'\n');
}

} // namespace latchkey
