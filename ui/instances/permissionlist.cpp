// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/permissionlist.h"

#include "models/items/missingpermissionsmodel.h"
#include "ui/common/iconlabel.h"
#include "ui/common/selectabletext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

PermissionList::PermissionList(const MissingPermissionsModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_rows(new QVBoxLayout(this))
{
    setObjectName(u"permissionList"_s);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(spacing::normal);
    connect(&model, &QAbstractItemModel::modelReset, this, &PermissionList::rebuild);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &PermissionList::rebuild);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &PermissionList::rebuild);
    connect(&model, &QAbstractItemModel::dataChanged, this, &PermissionList::rebuild);
    rebuild();
}

void PermissionList::rebuild()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int row = 0; row < m_model.rowCount(); ++row)
        addRow(row);
}

void PermissionList::addRow(int row)
{
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::normal);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    const QString message = m_model.index(row, MissingPermissionsModel::MessageColumn).data().toString();
    const QString scopes = m_model.index(row, MissingPermissionsModel::ScopesColumn).data().toString();
    auto *messageText = new SelectableText(line);
    messageText->setObjectName(u"permissionMessage%1"_s.arg(row));
    messageText->setAccessibleName(tr("Missing permission"));
    messageText->setContent(message);
    texts->addWidget(messageText);
    if (!scopes.isEmpty()) {
        auto *scopesText = new SelectableText(line);
        scopesText->setObjectName(u"permissionScopes%1"_s.arg(row));
        scopesText->setAccessibleName(tr("Scopes"));
        scopesText->setContent(scopes, Ink::Muted);
        texts->addWidget(scopesText);
    }
    auto *copy = new QToolButton(line);
    copy->setObjectName(u"copyPermission%1"_s.arg(row));
    copy->setIcon(icon(Icon::Copy, Ink::Muted));
    copy->setIconSize(QSize(14, 14));
    copy->setAutoRaise(true);
    copy->setToolTip(tr("Copy"));
    copy->setAccessibleName(tr("Copy this missing permission"));
    const QString text = m_model.index(row, 0).data(MissingPermissionsModel::CopyRole).toString();
    connect(copy, &QToolButton::clicked, this, [text] { QGuiApplication::clipboard()->setText(text); });
    layout->addLayout(texts, 1);
    layout->addWidget(copy, 0, Qt::AlignTop);
    m_rows->addWidget(line);
}

} // namespace latchkey
