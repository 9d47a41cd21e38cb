// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/expiry/permissionspanel.h"

#include "ui/common/icons.h"
#include "ui/expiry/compacttable.h"
#include "ui/expiry/sectionhead.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {
constexpr int MostRows = 6;
} // namespace

PermissionsPanel::PermissionsPanel(PermissionScopesModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_head(new SectionHead(tr("Missing permissions"), this))
    , m_checkScope(new QPushButton(icon(Icon::Refresh), tr("&Check This Again"), m_head))
    , m_table(new CompactTable(MostRows, this))
    , m_message(new QLabel(this))
{
    setObjectName(u"permissionsPanel"_s);
    m_checkScope->setObjectName(u"checkScope"_s);
    m_checkScope->setToolTip(tr("Read the credentials of the chosen line from Konnect now"));
    auto *checkAll = new QPushButton(icon(Icon::Refresh), tr("Check All Again"), m_head);
    checkAll->setObjectName(u"checkAllScopes"_s);
    m_head->add(m_checkScope);
    m_head->add(checkAll);
    setTabOrder(m_checkScope, checkAll);
    setTabOrder(checkAll, m_table);
    m_table->setObjectName(u"permissionsTable"_s);
    m_table->setAccessibleName(tr("Missing permissions by scope"));
    m_table->setModel(&model);
    m_table->setWidths({24, 11, 0, 0});
    m_message->setObjectName(u"permissionsMessage"_s);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::normal);
    column->addWidget(m_head);
    column->addWidget(m_table);
    column->addWidget(m_message);
    connect(m_checkScope, &QPushButton::clicked, this, [this] {
        if (const PermissionScope *scope = m_model.at(m_table->currentRow()))
            Q_EMIT checkAgainRequested(scope->addresses);
    });
    connect(checkAll, &QPushButton::clicked, this,
            [this] { Q_EMIT checkAgainRequested(m_model.affected()); });
    connect(m_table, &CompactTable::rowActivated, this,
            [this](int row) { Q_EMIT narrowingRequested(m_model.narrowingOf(row)); });
    connect(m_table, &CompactTable::currentRowChanged, this, &PermissionsPanel::describe);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &PermissionsPanel::describe);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &PermissionsPanel::describe);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &PermissionsPanel::describe);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &PermissionsPanel::describe);
    describe();
}

void PermissionsPanel::describe()
{
    const PermissionScope *scope = m_model.at(m_table->currentRow());
    m_checkScope->setEnabled(scope != nullptr);
    m_message->setText(scope == nullptr ? QString() : scope->messages.join(u'\n'));
    m_message->setVisible(!m_message->text().isEmpty());
    setVisible(m_model.rowCount() > 0);
}

} // namespace latchkey
