// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/planrowpanel.h"

#include "models/forms/plandraft.h"
#include "ui/common/icons.h"
#include "ui/common/notelist.h"
#include "ui/common/selectabletext.h"
#include "ui/transfer/keysform.h"
#include "ui/transfer/plantext.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

PlanRowPanel::PlanRowPanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_sentence(new SelectableText(this))
    , m_headers(new NoteList(this))
    , m_open(new QPushButton(tr("Open in &Konnect"), this))
    , m_keys(new KeysForm(this))
{
    setObjectName(u"planRow"_s);
    setFrameShape(QFrame::StyledPanel);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setObjectName(u"planRowTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_sentence->setObjectName(u"planRowSentence"_s);
    m_sentence->setAccessibleName(tr("What would be done to the chosen row"));
    m_headers->setObjectName(u"planRowHeaders"_s);
    m_open->setObjectName(u"openInKonnect"_s);
    m_open->setIcon(icon(Icon::External));
    m_open->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(spacing::tight);
    column->addWidget(m_title);
    column->addWidget(m_sentence);
    column->addWidget(m_headers);
    column->addWidget(m_open, 0, Qt::AlignLeft);
    column->addWidget(m_keys);
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT linkOpened(m_link); });
    connect(m_keys, &KeysForm::edited, this, &PlanRowPanel::keysEdited);
    connect(m_keys, &KeysForm::submitted, this, &PlanRowPanel::keysSubmitted);
    clear();
}

void PlanRowPanel::showRow(const PlanRow &row, const QString &sentence)
{
    const QString title = row.title.isEmpty() ? row.wanted.name : row.title;
    m_title->setText(u"%1 · %2"_s.arg(title, row.profileText()));
    m_sentence->setContent(sentence);
    QList<NoteList::Entry> headers;
    for (const PlannedHeader &header : row.headers)
        headers.append(plantext::header(header));
    m_headers->setEntries(headers);
    m_link = row.link;
    m_open->setVisible(m_link.isValid());
    m_keys->setFields(title, m_isReadOnly ? QStringList() : enterableHeaders(row),
                      !row.missingKeys().isEmpty());
    setVisible(true);
}

void PlanRowPanel::clear()
{
    m_keys->setFields({}, {}, false);
    hide();
}

bool PlanRowPanel::hasKeys() const
{
    return !m_keys->isEmpty();
}

HeaderKeys PlanRowPanel::takeKeys()
{
    return m_keys->take();
}

} // namespace latchkey
