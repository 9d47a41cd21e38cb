// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/headerlist.h"

#include "models/core/wording.h"
#include "ui/common/badge.h"
#include "ui/common/selectabletext.h"
#include "ui/common/tooltips.h"
#include "ui/instances/instanceactions.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QList<HeaderDefinition> headersOf(const InstanceRecord &record)
{
    if (!record.authorization.headers.isEmpty())
        return record.authorization.headers;
    QList<HeaderDefinition> headers;
    for (const QString &name : record.keptKeys.headers)
        headers.append(HeaderDefinition{name, {}, {}});
    return headers;
}

} // namespace

HeaderList::HeaderList(QWidget *parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout)
    , m_note(new QLabel(this))
    , m_enterKeys(new QPushButton(icon(Icon::Key), tr("Enter Its Keys…"), this))
{
    setObjectName(u"headerList"_s);
    m_note->setObjectName(u"keptKeysNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::normal);
    m_rows->setSpacing(spacing::normal);
    column->addLayout(m_rows);
    column->addWidget(m_note);
    m_enterKeys->setObjectName(u"enterItsKeys"_s);
    m_enterKeys->setToolTip(tr("Keep the keys of this credential here; nothing is sent to Konnect"));
    connect(m_enterKeys, &QPushButton::clicked, this, &HeaderList::enterKeysRequested);
    column->addWidget(m_enterKeys, 0, Qt::AlignLeft);
}

bool HeaderList::concerns(const InstanceRecord &record)
{
    return record.authorization.strategy == Authorization::Strategy::MultiKey ||
           !record.keptKeys.headers.isEmpty() ||
           (record.knowledge == InstanceRecord::Knowledge::Present &&
            record.credential.type == CredentialType::MultiKey);
}

void HeaderList::setRecord(const InstanceRecord &record)
{
    const QList<HeaderDefinition> headers = headersOf(record);
    m_note->setText(
        headers.isEmpty()
            ? tr("The header names are not known: the integration's entry in the catalog was not read.")
            : wording::keptKeys(record.keptKeys, QTimeZone::systemTimeZone()));
    m_note->setVisible(headers.isEmpty() || record.keptKeys.current || record.keptKeys.previous);
    m_enterKeys->setVisible(allowedActions({record}).enterKeys);
    if (m_filled && headers == m_headers && record.keptKeys == m_kept)
        return;
    m_filled = true;
    m_headers = headers;
    m_kept = record.keptKeys;
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const HeaderDefinition &header : headers) {
        const bool kept = m_kept.current && m_kept.headers.contains(header.name, Qt::CaseInsensitive);
        addHeader(header, kept);
    }
}

void HeaderList::addHeader(const HeaderDefinition &header, bool kept)
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(spacing::normal);
    auto *name = new SelectableText(row);
    name->setContent(header.name);
    name->setObjectName(u"header_"_s + header.name);
    name->setAccessibleName(tr("Header name"));
    name->setToolTip(plainToolTip(header.description.isEmpty() ? header.displayName : header.description));
    const QString words = !kept                 ? tr("Key not known here")
                          : m_kept.inMemoryOnly ? tr("Key held until exit")
                          : m_kept.entered      ? tr("Key entered, not verified")
                                                : tr("Key kept here");
    const Ink ink = !kept ? Ink::Muted : m_kept.entered ? Ink::Warning : Ink::Good;
    auto *badge = new Badge(kept ? Icon::Key : Icon::KeyUnknown, ink, words, row);
    badge->setObjectName(u"kept_"_s + header.name);
    line->addWidget(name, 1);
    line->addWidget(badge);
    m_rows->addWidget(row);
}

} // namespace latchkey
