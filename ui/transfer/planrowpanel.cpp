// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/planrowpanel.h"

#include "models/core/wording.h"
#include "models/forms/plandraft.h"
#include "ui/common/icons.h"
#include "ui/common/selectabletext.h"
#include "ui/transfer/keysform.h"
#include "ui/transfer/longnotes.h"
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
    , m_headers(new LongNotes(u"planRowHeaders"_s, this))
    , m_open(new QPushButton(tr("Open in &Konnect"), this))
    , m_column(new QVBoxLayout(this))
    , m_keys(newForm())
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
    m_open->setObjectName(u"openInKonnect"_s);
    m_open->setIcon(icon(Icon::External));
    m_open->setAutoDefault(false);
    m_column->setSpacing(spacing::tight);
    m_column->insertWidget(0, m_title);
    m_column->insertWidget(1, m_sentence);
    m_column->insertWidget(2, m_headers);
    m_column->insertWidget(3, m_open, 0, Qt::AlignLeft);
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT linkOpened(m_link); });
    clear();
}

KeysForm *PlanRowPanel::newForm()
{
    auto *form = new KeysForm(this);
    m_column->addWidget(form);
    connect(form, &KeysForm::edited, this, &PlanRowPanel::keysEdited);
    connect(form, &KeysForm::submitted, this, [this, form] {
        if (form == m_keys) // Enter is told later.
            Q_EMIT keysSubmitted(m_address);
    });
    connect(form, &KeysForm::forgetRequested, this, [this] { Q_EMIT keysForgotten(m_address); });
    return form;
}

void PlanRowPanel::turnTo(const InstanceAddress &address)
{
    if (address == m_address)
        return;
    KeysForm *typed = m_typed.take(address);
    if (!m_keys->isEmpty()) {
        m_keys->hide();
        m_keys->setObjectName(u"typedKeysForm"_s);
        m_typed.insert(m_address, m_keys);
        m_keys = typed ? typed : newForm();
    } else if (typed) {
        m_keys->hide();
        m_keys->deleteLater(); // It may be its own button that leads to here.
        m_keys->setObjectName({});
        m_keys = typed;
    }
    m_keys->setObjectName(u"keysForm"_s);
    m_address = address;
}

void PlanRowPanel::showRow(const PlanRow &row, const QString &sentence, const QStringList &supplied)
{
    turnTo(row.address);
    const QString title = row.title.isEmpty() ? row.wanted.name : row.title;
    m_title->setText(u"%1 · %2 · %3"_s.arg(title, row.wanted.integration, wording::planPlace(row)));
    m_title->setToolTip(tr("Machine name: %1").arg(row.wanted.name));
    m_sentence->setContent(sentence);
    QList<NoteList::Entry> headers;
    for (const PlannedHeader &header : row.headers)
        headers.append(plantext::header(header));
    m_headers->setEntries(headers);
    m_link = row.link;
    m_open->setVisible(m_link.isValid());
    m_keys->setFields(title, m_isReadOnly ? QStringList() : enterableHeaders(row, supplied),
                      !row.missingKeys().isEmpty());
    m_keys->setForgettable(!m_isReadOnly && !supplied.isEmpty());
    m_keys->setTabOrderAfter(m_open);
    setVisible(true);
}

void PlanRowPanel::clear()
{
    turnTo({});
    m_keys->setFields({}, {}, false);
    m_keys->setForgettable(false);
    hide();
}

QString PlanRowPanel::typedFor() const
{
    if (!m_keys->isEmpty())
        return m_keys->instance();
    return m_typed.isEmpty() ? QString() : m_typed.cbegin().value()->instance();
}

void PlanRowPanel::dropTyped(const QSet<InstanceAddress> &but)
{
    m_typed.removeIf([&but](const auto &each) {
        if (but.contains(each.key()))
            return false;
        delete each.value(); // At once: it holds keys.
        return true;
    });
}

HeaderKeys PlanRowPanel::takeKeys()
{
    return m_keys->take();
}

} // namespace latchkey
