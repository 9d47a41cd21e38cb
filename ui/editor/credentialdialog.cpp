// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/credentialdialog.h"

#include "ui/common/icons.h"
#include "ui/common/keepbanner.h"
#include "ui/common/notelist.h"
#include "ui/editor/changetext.h"
#include "ui/editor/credentialform.h"
#include "ui/editor/expiryfield.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

bool isAboutTheKeychain(Problem::Category category)
{
    switch (category) {
    case Problem::Category::KeychainUnavailable:
    case Problem::Category::KeychainLocked:
    case Problem::Category::KeychainRefused:
    case Problem::Category::KeychainHung:
    case Problem::Category::KeychainFailed:
        return true;
    default:
        return false;
    }
}

} // namespace

CredentialDialog::CredentialDialog(const ChangePreview &preview, ChangeServices services, Opener opener,
                                   QWidget *parent)
    : ChangeDialog(preview, std::move(services), parent)
    , m_draft(preview.record)
    , m_opener(std::move(opener))
{
    setObjectName(u"credentialDialog"_s);
    const bool typed =
        m_draft.type() == CredentialType::MultiKey || m_draft.type() == CredentialType::AwsRole;
    m_middle = typed ? buildForm() : buildBrowserPage();
    build(m_middle);
    if (m_form) {
        m_form->focusFirst();
        return;
    }
    setAct(tr("&Open in browser"));
    actButton()->setIcon(icon(Icon::External));
    actButton()->setVisible(m_page.isValid());
    cancelButton()->setText(tr("Close"));
    refresh();
}

QWidget *CredentialDialog::buildForm()
{
    auto *middle = new QWidget(this);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    const bool adopts = preview().kind == ChangeKind::Adopt;
    m_keep =
        new KeepBanner(adopts ? QString() : tr("&Hold the new keys in memory until Latchkey closes"), middle);
    column->addWidget(m_keep);
    m_form = new CredentialForm(m_draft, middle);
    column->addWidget(m_form);
    if (m_draft.hasExpiry())
        addExpiry(*column);
    connect(m_form, &CredentialForm::edited, this, &CredentialDialog::refresh);
    connect(m_keep, &KeepBanner::changed, this, &CredentialDialog::refresh);
    connect(m_keep, &KeepBanner::retryRequested, this, &CredentialDialog::keychainRetryRequested);
    return middle;
}

void CredentialDialog::addExpiry(QVBoxLayout &column)
{
    const bool adopts = preview().kind == ChangeKind::Adopt;
    // A new key is made today; one that is entered was made with its credential, as far as known.
    const QDate made = adopts ? preview().record.credential.createdAt.utc.toLocalTime().date() : QDate();
    m_draft.setExpiry(ExpiryDate(preview().at, made));
    m_expiry = new ExpiryField(m_draft.expiry(), this);
    m_expiry->setTitle(tr("E&xpires on (optional)"));
    if (!adopts)
        m_expiry->setHint(m_draft.expiryHint(preview().at));
    column.addWidget(m_expiry);
    connect(m_expiry, &ExpiryField::edited, this, [this] {
        m_draft.setExpiry(m_expiry->value());
        refresh();
    });
}

QWidget *CredentialDialog::buildBrowserPage()
{
    m_page = changetext::webPage(preview().record);
    auto *explanation = new NoteList(this);
    explanation->setObjectName(u"browserExplanation"_s);
    QList<NoteList::Entry> entries = changetext::browserExplanation(preview().record);
    if (m_page.isValid())
        entries.append({Note::Kind::Info, m_page.toString()});
    explanation->setEntries(entries);
    return explanation;
}

void CredentialDialog::setKeychainProblem(const std::optional<Problem> &problem)
{
    // A role ARN is no secret: nothing is kept.
    if (m_keep && m_draft.type() == CredentialType::MultiKey)
        m_keep->setProblem(problem);
}

ChangeRequest CredentialDialog::request() const
{
    ChangeRequest wanted;
    wanted.kind = preview().kind;
    wanted.address = preview().record.address;
    wanted.expectedCredentialId = preview().oldCredentialId;
    wanted.credential = m_draft.copy();
    wanted.expires = m_draft.expiry().date();
    if (m_draft.type() == CredentialType::AwsRole)
        wanted.keep = KeepKeys::Nowhere;
    else
        wanted.keep = m_keep->holdsInMemory() ? KeepKeys::InMemory : KeepKeys::InKeychain;
    return wanted;
}

QString CredentialDialog::missing() const
{
    if (!canBeTyped())
        return {};
    if (!m_keep->isSettled() && preview().kind == ChangeKind::Adopt)
        return tr("The keys can only be kept in the keychain.");
    if (!m_keep->isSettled())
        return tr("Choose where the new keys are kept.");
    if (m_draft.isComplete())
        return {};
    const QList<HeaderFinding> findings = m_draft.findings();
    for (const HeaderFinding &finding : findings) {
        if (finding.severity == HeaderFinding::Severity::Error)
            return finding.message;
    }
    if (QString error = m_draft.expiry().error(); !error.isEmpty())
        return error;
    return tr("Something is missing in the form.");
}

void CredentialDialog::setFormEnabled(bool enabled)
{
    m_middle->setEnabled(enabled);
    m_middle->setVisible(!isOver());
}

bool CredentialDialog::takeProblem(const Problem &problem)
{
    if (!canBeTyped())
        return false;
    if (isAboutTheKeychain(problem.category))
        setKeychainProblem(problem);
    m_draft.setServerProblem(problem);
    m_form->refresh();
    m_form->focusFirst();
    return !problem.invalidParameters.isEmpty();
}

void CredentialDialog::offerAgain()
{
    const InstanceAddress address = preview().record.address;
    if (preview().kind == ChangeKind::Adopt) {
        setPreview(services().preview(ChangeKind::Adopt, address));
        return;
    }
    const ChangePreview now = services().preview(ChangeKind::Create, address);
    const bool present = now.record.knowledge == InstanceRecord::Knowledge::Present;
    m_draft.setPresent(now.record);
    setPreview(present ? services().preview(ChangeKind::Replace, address) : now);
}

bool CredentialDialog::mayBeDefault() const
{
    // A role ARN stands there from the beginning: it must be another one before Enter replaces anything.
    return !canBeTyped() || (m_form->isDirty() && !m_draft.isUnchanged());
}

bool CredentialDialog::hasUnsaved() const
{
    return canBeTyped() && !isOver() && (m_form->isDirty() || !m_draft.expiry().isEmpty());
}

void CredentialDialog::act()
{
    if (canBeTyped()) {
        ChangeDialog::act();
        return;
    }
    if (m_opener(m_page)) {
        QDialog::accept();
        return;
    }
    showProblem(Problem::of(Problem::Category::NotSupported, tr("The web page could not be opened."),
                            tr("Open it yourself: %1").arg(m_page.toString())));
}

} // namespace latchkey
