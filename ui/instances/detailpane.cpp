// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/detailpane.h"

#include "models/core/wording.h"
#include "models/items/credentialdetailsmodel.h"
#include "models/items/missingpermissionsmodel.h"
#include "ui/common/badge.h"
#include "ui/common/banner.h"
#include "ui/common/iconlabel.h"
#include "ui/common/statepresentation.h"
#include "ui/instances/fieldlist.h"
#include "ui/instances/headerlist.h"
#include "ui/instances/instanceactions.h"
#include "ui/instances/permissionlist.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

DetailPane::DetailPane(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_fields(new CredentialDetailsModel(clock, QTimeZone::systemTimeZone(), this))
    , m_permissions(new MissingPermissionsModel(this))
{
    setObjectName(u"detailPane"_s);
    setAccessibleName(tr("Details"));
    setMinimumSize(280, 120);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(u"detailScroll"_s);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(buildBody());
    column->addWidget(m_scroll, 1);
}

QSize DetailPane::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 50, 400};
}

void DetailPane::setRecord(const InstanceRecord &record, const Health &health)
{
    fillReasons(health.reasons);
    const bool other = record.address != m_record.address;
    if (!other && record == m_record)
        return;
    m_record = record;
    m_fields->setRecord(record);
    m_permissions->setPermissions(record.credential.missingPermissions);
    m_headers->setRecord(record);
    m_headersSection->setVisible(HeaderList::concerns(record));
    m_permissionsSection->setVisible(!record.credential.missingPermissions.isEmpty());
    fillHead();
    if (other)
        m_scroll->ensureVisible(0, 0);
}

void DetailPane::tick()
{
    m_fields->tick();
}

QWidget *DetailPane::buildHead()
{
    auto *head = new QWidget(this);
    m_title = new QLabel(head);
    m_title->setObjectName(u"detailTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    m_subtitle = new QLabel(head);
    m_subtitle->setObjectName(u"detailSubtitle"_s);
    m_subtitle->setTextFormat(Qt::PlainText);
    m_subtitle->setWordWrap(true);
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    m_production = new Badge(Icon::Production, Ink::Danger, tr("Production"), head);
    m_production->setObjectName(u"detailProduction"_s);
    m_protected = new Badge(Icon::Locked, Ink::Accent, wording::protectedLabel(), head);
    m_protected->setObjectName(u"detailProtected"_s);
    m_protected->setToolTip(tr("Replacing and deleting its credential need its name."));
    auto *close = new QToolButton(head);
    close->setObjectName(u"closeDetails"_s);
    close->setIcon(icon(Icon::Close));
    close->setAutoRaise(true);
    close->setToolTip(tr("Hide details"));
    close->setAccessibleName(tr("Hide details"));
    connect(close, &QToolButton::clicked, this, &DetailPane::dismissed);

    const auto button = [this, head](const QString &text, Icon what, const QString &name) {
        auto *made = new QPushButton(icon(what), text, head);
        made->setObjectName(name);
        return made;
    };
    m_create = button(tr("New Credential…"), Icon::NewCredential, u"detailCreate"_s);
    m_replace = button(tr("Replace…"), Icon::Replace, u"detailReplace"_s);
    m_delete = button(tr("Delete…"), Icon::Delete, u"detailDelete"_s);
    m_rollBack = button(tr("Roll Back…"), Icon::Undo, u"detailRollBack"_s);
    m_protect = button({}, Icon::Locked, u"detailProtect"_s);
    m_recordExpiry = button(tr("Record Expiry…"), Icon::Wait, u"detailRecordExpiry"_s);
    connect(m_recordExpiry, &QPushButton::clicked, this,
            [this] { Q_EMIT recordExpiryRequested(m_record.address); });
    connect(m_protect, &QPushButton::clicked, this, [this] { Q_EMIT protectRequested(m_record.address); });
    connect(m_rollBack, &QPushButton::clicked, this, [this] { Q_EMIT rollBackRequested(m_record.address); });
    connect(m_create, &QPushButton::clicked, this, [this] { Q_EMIT createRequested(m_record.address); });
    connect(m_replace, &QPushButton::clicked, this, [this] { Q_EMIT replaceRequested(m_record.address); });
    connect(m_delete, &QPushButton::clicked, this, [this] { Q_EMIT deleteRequested(m_record.address); });

    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(close, 0, Qt::AlignTop);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::normal);
    for (QPushButton *each : {m_create, m_replace, m_delete})
        buttons->addWidget(each);
    buttons->addStretch();
    auto *badges = new QHBoxLayout;
    badges->setSpacing(spacing::normal);
    badges->addWidget(m_production);
    badges->addWidget(m_protected);
    badges->addStretch();
    auto *more = new QHBoxLayout;
    more->setSpacing(spacing::normal);
    more->addWidget(m_rollBack);
    more->addWidget(m_protect);
    more->addStretch();
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(spacing::wide, 12, spacing::normal, spacing::normal);
    column->setSpacing(spacing::tight);
    column->addLayout(top);
    column->addWidget(m_subtitle);
    column->addLayout(badges);
    column->addSpacing(spacing::tight);
    column->addLayout(buttons);
    // On lines of their own: the pane may be narrow.
    column->addLayout(more);
    column->addWidget(m_recordExpiry, 0, Qt::AlignLeft);
    return head;
}

QWidget *DetailPane::buildBody()
{
    auto *body = new QWidget(this);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(spacing::wide, spacing::tight, spacing::normal, spacing::wide);
    column->setSpacing(spacing::wide);
    m_changing = new Banner(Banner::Kind::Wait, tr("This credential is being changed."), body);
    m_changing->setObjectName(u"detailChanging"_s);
    m_problem = new Banner(Banner::Kind::Warning, {}, body);
    m_problem->setObjectName(u"detailProblem"_s);
    column->addWidget(m_changing);
    column->addWidget(m_problem);
    m_reasonRows = new QVBoxLayout;
    m_reasonRows->setSpacing(spacing::normal);
    column->addLayout(m_reasonRows);
    auto *permissions = new PermissionList(*m_permissions, body);
    addSection(*column, tr("Missing permissions"), permissions);
    m_permissionsSection = permissions->parentWidget();
    m_headers = new HeaderList(body);
    connect(m_headers, &HeaderList::enterKeysRequested, this,
            [this] { Q_EMIT enterKeysRequested(m_record.address); });
    addSection(*column, tr("Headers"), m_headers);
    m_headersSection = m_headers->parentWidget();
    addSection(*column, tr("Overview"), new FieldList(*m_fields, body));
    column->addStretch();
    return body;
}

void DetailPane::addSection(QVBoxLayout &body, const QString &heading, QWidget *content)
{
    auto *section = new QWidget(this);
    auto *column = new QVBoxLayout(section);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto *title = new QLabel(heading, section);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    column->addWidget(title);
    column->addWidget(content);
    body.addWidget(section);
}

void DetailPane::fillHead()
{
    const IntegrationInstance &instance = m_record.instance;
    m_title->setText(instance.title());
    QStringList where{instance.integrationTitle(), m_record.profileName, m_record.endpointLabel};
    where.removeAll(QString());
    m_subtitle->setText(where.join(u" · "_s));
    m_production->setVisible(m_record.production);
    m_protected->setVisible(m_record.isProtected);
    const AllowedActions allowed = allowedActions({m_record});
    const bool present = m_record.knowledge == InstanceRecord::Knowledge::Present;
    m_create->setVisible(!present && !m_record.builtIn);
    m_create->setEnabled(allowed.create);
    m_replace->setVisible(present && !m_record.builtIn);
    m_replace->setEnabled(allowed.replace);
    m_delete->setVisible(present && !m_record.builtIn);
    m_delete->setEnabled(allowed.remove);
    m_recordExpiry->setVisible(allowed.recordExpiry);
    m_protect->setVisible(allowed.protect);
    m_protect->setText(m_record.isProtected ? tr("Unprotect…") : tr("Protect"));
    m_rollBack->setVisible(!m_record.builtIn);
    m_rollBack->setEnabled(allowed.rollBack);
    m_rollBack->setStatusTip(allowed.whyNoRollBack);
    m_rollBack->setToolTip(allowed.whyNoRollBack);
    m_changing->setVisible(m_record.changing);
    m_problem->setVisible(m_record.lastProblem.has_value());
    if (m_record.lastProblem)
        m_problem->setText(m_record.lastProblem->toText());
}

void DetailPane::fillReasons(const QList<HealthState> &reasons)
{
    if (reasons == m_reasons)
        return;
    m_reasons = reasons;
    while (QLayoutItem *item = m_reasonRows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const HealthState state : reasons) {
        const StatePresentation look = presentationOf(state);
        auto *row = new QWidget(this);
        row->setObjectName(u"reason_"_s + wording::stateWord(state));
        row->setAccessibleName(wording::stateLabel(state));
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(spacing::normal);
        line->addWidget(new IconLabel(look.icon, look.ink, 18, row), 0, Qt::AlignTop);
        auto *text = new QLabel(row);
        text->setTextFormat(Qt::RichText);
        text->setWordWrap(true);
        text->setText(u"<b>%1</b><br>%2"_s.arg(wording::stateLabel(state).toHtmlEscaped(),
                                               wording::stateExplanation(state).toHtmlEscaped()));
        line->addWidget(text, 1);
        m_reasonRows->addWidget(row);
    }
}

} // namespace latchkey
