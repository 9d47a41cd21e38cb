// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/selectionpane.h"

#include "ui/common/badge.h"
#include "ui/common/icons.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

SelectionPane::SelectionPane(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"selectionPane"_s);
    setAccessibleName(tr("Selection"));
    build();
}

QSize SelectionPane::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 50, 400};
}

void SelectionPane::build()
{
    m_title = new QLabel(this);
    m_title->setObjectName(u"selectionTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    auto *close = new QToolButton(this);
    close->setObjectName(u"closeSelection"_s);
    close->setIcon(icon(Icon::Close));
    close->setAutoRaise(true);
    close->setToolTip(tr("Hide details"));
    close->setAccessibleName(tr("Hide details"));
    connect(close, &QToolButton::clicked, this, &SelectionPane::dismissed);
    m_production = new Badge(this);
    m_production->setObjectName(u"selectionProduction"_s);

    const auto button = [this](const QString &text, Icon what, const QString &name) {
        auto *made = new QPushButton(icon(what), text, this);
        made->setObjectName(name);
        return made;
    };
    m_replace = button(tr("Replace…"), Icon::Replace, u"selectionReplace"_s);
    m_delete = button(tr("Delete…"), Icon::Delete, u"selectionDelete"_s);
    m_create = button(tr("New…"), Icon::NewCredential, u"selectionCreate"_s);
    m_recordExpiry = button(tr("Record Expiry…"), Icon::Wait, u"selectionRecordExpiry"_s);
    connect(m_recordExpiry, &QPushButton::clicked, this, &SelectionPane::recordExpiryRequested);
    connect(m_replace, &QPushButton::clicked, this, &SelectionPane::replaceRequested);
    connect(m_delete, &QPushButton::clicked, this, &SelectionPane::deleteRequested);
    connect(m_create, &QPushButton::clicked, this, &SelectionPane::createRequested);

    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(close, 0, Qt::AlignTop);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::normal);
    for (QPushButton *each : {m_replace, m_delete, m_create})
        buttons->addWidget(each);
    buttons->addStretch();

    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(u"selectionScroll"_s);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *body = new QWidget(scroll);
    auto *bodyColumn = new QVBoxLayout(body);
    bodyColumn->setContentsMargins(spacing::wide, spacing::tight, spacing::normal, spacing::wide);
    m_facts = new QWidget(body);
    m_facts->setObjectName(u"selectionFacts"_s);
    bodyColumn->addWidget(m_facts);
    bodyColumn->addStretch();
    scroll->setWidget(body);

    auto *head = new QVBoxLayout;
    head->setContentsMargins(spacing::wide, 12, spacing::normal, spacing::normal);
    head->setSpacing(spacing::tight);
    head->addLayout(top);
    head->addWidget(m_production, 0, Qt::AlignLeft);
    head->addSpacing(spacing::tight);
    head->addLayout(buttons);
    // On a line of its own: the pane may be narrow.
    head->addWidget(m_recordExpiry, 0, Qt::AlignLeft);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(scroll, 1);
}

void SelectionPane::setSelection(int count, const std::optional<SelectionSummary> &summary,
                                 const AllowedActions &allowed)
{
    m_title->setText(tr("%Ln instances selected", nullptr, count));
    allow(*m_create, allowed.create, allowed.whyNoCreate);
    allow(*m_replace, allowed.replace, allowed.whyNoReplace);
    allow(*m_delete, allowed.remove, allowed.whyNoRemove);
    allow(*m_recordExpiry, allowed.recordExpiry, allowed.whyNoExpiry);
    const int production = summary ? summary->production : 0;
    m_production->setVisible(production > 0);
    m_production->set(Icon::Production, Ink::Danger, tr("%Ln in production", nullptr, production));
    if (m_grid != nullptr && summary == m_summary)
        return;
    m_summary = summary;
    fill();
}

void SelectionPane::allow(QPushButton &button, bool allowed, const QString &whyNot)
{
    button.setEnabled(allowed);
    button.setToolTip(whyNot);
    button.setStatusTip(whyNot);
    button.setAccessibleDescription(whyNot);
}

void SelectionPane::fill()
{
    // All anew: a grid does not give up its empty lines.
    qDeleteAll(m_facts->findChildren<QLabel *>(Qt::FindDirectChildrenOnly));
    delete m_facts->layout();
    m_grid = new QGridLayout(m_facts);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(spacing::wide);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(0, 1);
    if (!m_summary)
        return;
    addHeading(tr("Credentials"));
    addFact(u"withCredential"_s, tr("Has a credential"), m_summary->withCredential);
    addFact(u"keysKept"_s, tr("Its keys are known here"), m_summary->keysKept);
    addFact(u"keysUnknown"_s, tr("Its keys are not known here"),
            m_summary->withCredential - m_summary->keysKept);
    addFact(u"withoutCredential"_s, tr("Has no credential"), m_summary->withoutCredential);
    addFact(u"notChecked"_s, tr("Not read yet"), m_summary->notChecked);
    addHeading(tr("Integrations"));
    int number = 0;
    for (const SelectionSummary::Part &part : std::as_const(m_summary->integrations))
        addFact(u"integration%1"_s.arg(number++), part.integration, part.count);
}

void SelectionPane::addHeading(const QString &text)
{
    auto *heading = new QLabel(text, m_facts);
    QFont bold = heading->font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    const int line = m_grid->rowCount();
    if (line > 1)
        heading->setContentsMargins(0, spacing::normal, 0, 0);
    m_grid->addWidget(heading, line, 0, 1, 2);
}

void SelectionPane::addFact(const QString &name, const QString &text, int count)
{
    if (count <= 0)
        return;
    const int line = m_grid->rowCount();
    auto *label = new QLabel(text, m_facts);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    auto *number = new QLabel(QLocale().toString(count), m_facts);
    number->setObjectName(name);
    number->setAccessibleName(u"%1: %2"_s.arg(text, number->text()));
    m_grid->addWidget(label, line, 0);
    m_grid->addWidget(number, line, 1, Qt::AlignRight | Qt::AlignTop);
}

} // namespace latchkey
