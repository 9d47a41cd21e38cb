// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/organizationdialog.h"

#include "ui/common/note.h"

#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

OrganizationDialog::OrganizationDialog(const Profile &profile, Answer answer, QWidget *parent)
    : EditorDialog(parent)
    , m_profileId(profile.id)
    , m_answer(std::move(answer))
    , m_same(new QRadioButton(tr("It is the &same organization"), this))
    , m_other(new QRadioButton(tr("It is &another organization"), this))
{
    setObjectName(u"organizationDialog"_s);
    setHeading(tr("Is %1 another organization now?").arg(profile.name), {});
    m_same->setObjectName(u"sameOrganization"_s);
    m_other->setObjectName(u"otherOrganization"_s);
    body()->addWidget(
        new Note(Note::Kind::Warning,
                 tr("None of the instances that Latchkey knows of this profile is visible with its token. "
                    "Until you answer, nothing is created, replaced or deleted with it."),
                 this));
    const auto addChoice = [this](QRadioButton *button, const QString &meaning) {
        auto *label = new QLabel(meaning, this);
        label->setWordWrap(true);
        label->setIndent(24);
        button->setAccessibleDescription(meaning);
        body()->addWidget(button);
        body()->addWidget(label);
        connect(button, &QRadioButton::toggled, this, [this] { setActEnabled(true); });
    };
    addChoice(m_same,
              tr("The instances were removed in Konnect, or the token is allowed to see less than before."));
    addChoice(
        m_other,
        tr("What Latchkey remembers of the old instances is forgotten. Keys that are kept here stay in the "
           "keychain: they belong to the old instances."));
    body()->addStretch(1);
    setAct(tr("Answer"));
    setActEnabled(false);
}

void OrganizationDialog::act()
{
    if (m_running || (!m_same->isChecked() && !m_other->isChecked()))
        return;
    m_running = true;
    clearProblem();
    setActEnabled(false);
    cancelButton()->setEnabled(false);
    QCoro::Task<Done> answer = m_answer(m_profileId, m_same->isChecked());
    QCoro::connect(std::move(answer), this, [this](const Done &done) { finish(done); });
}

void OrganizationDialog::finish(const Done &done)
{
    m_running = false;
    setActEnabled(true);
    cancelButton()->setEnabled(true);
    if (!done) {
        showProblem(done.problem());
        return;
    }
    Q_EMIT answered(m_profileId, m_same->isChecked());
    QDialog::accept();
}

} // namespace latchkey
