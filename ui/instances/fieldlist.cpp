// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/fieldlist.h"

#include "models/items/credentialdetailsmodel.h"
#include "ui/common/icons.h"
#include "ui/common/selectabletext.h"
#include "ui/common/tooltips.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace latchkey {

FieldList::FieldList(const CredentialDetailsModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(spacing::normal);
    m_grid->setVerticalSpacing(spacing::tight);
    m_grid->setColumnStretch(1, 1);
    connect(&model, &QAbstractItemModel::modelReset, this, &FieldList::rebuild);
    connect(&model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &top, const QModelIndex &bottom) { fill(top.row(), bottom.row()); });
    rebuild();
}

void FieldList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        fill(0, int(m_rows.size()) - 1);
}

void FieldList::rebuild()
{
    for (const Row &row : std::as_const(m_rows)) {
        delete row.label;
        delete row.value;
        delete row.copy;
    }
    m_rows.clear();
    for (int line = 0; line < m_model.rowCount(); ++line)
        m_rows.append(makeRow(line));
    fill(0, int(m_rows.size()) - 1);
}

FieldList::Row FieldList::makeRow(int line)
{
    const QString field = m_model.index(line, 0).data(CredentialDetailsModel::FieldRole).toString();
    const Row row{new QLabel(this), new SelectableText(this), new QToolButton(this)};
    row.label->setTextFormat(Qt::PlainText);
    row.label->setWordWrap(true);
    row.label->setFixedWidth(fontMetrics().averageCharWidth() * 19);
    row.label->setBuddy(row.value);
    row.value->setObjectName(u"value_"_s + field);
    row.copy->setObjectName(u"copy_"_s + field);
    row.copy->setIcon(icon(Icon::Copy, Ink::Muted));
    row.copy->setIconSize(QSize(14, 14));
    row.copy->setAutoRaise(true);
    row.copy->setToolTip(tr("Copy"));
    // The place of a hidden button stays, so that all values break at the same edge.
    QSizePolicy policy = row.copy->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    row.copy->setSizePolicy(policy);
    connect(row.copy, &QToolButton::clicked, this, [this, line] {
        const QVariant text = m_model.index(line, 0).data(CredentialDetailsModel::CopyRole);
        QGuiApplication::clipboard()->setText(text.toString());
    });
    const int inset = qMax(0, (row.copy->sizeHint().height() - fontMetrics().height()) / 2);
    row.label->setContentsMargins(0, inset, 0, 0);
    m_grid->addWidget(row.label, line, 0, Qt::AlignTop);
    auto *holder = new QVBoxLayout;
    holder->setContentsMargins(0, inset, 0, 0);
    holder->addWidget(row.value);
    m_grid->addLayout(holder, line, 1, Qt::AlignTop);
    m_grid->addWidget(row.copy, line, 2, Qt::AlignTop);
    return row;
}

void FieldList::fill(int first, int last)
{
    for (int line = first; line <= last && line < m_rows.size(); ++line) {
        const Row &row = m_rows.at(line);
        const QString label = m_model.index(line, CredentialDetailsModel::LabelColumn).data().toString();
        const QModelIndex value = m_model.index(line, CredentialDetailsModel::ValueColumn);
        const bool given = value.data(CredentialDetailsModel::GivenRole).toBool();
        QPalette muted = QGuiApplication::palette();
        muted.setColor(QPalette::WindowText, inkColour(Ink::Muted, muted));
        row.label->setPalette(muted);
        // A label may hold a name of the integration's: it may break after each underscore.
        row.label->setText(QString(label).replace(u'_', u"_\u200b"_s));
        row.value->setContent(value.data().toString(), given ? Ink::Text : Ink::Muted);
        row.value->setToolTip(plainToolTip(value.data(Qt::ToolTipRole).toString()));
        row.value->setAccessibleName(label);
        row.copy->setVisible(given);
        row.copy->setAccessibleName(tr("Copy %1").arg(label));
    }
}

} // namespace latchkey
