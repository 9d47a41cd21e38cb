// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/dashboardwishes.h"

#include "models/services/attentionmarks.h"
#include "models/services/inventory.h"
#include "models/services/oldkeys.h"
#include "ui/expiry/dashboardpage.h"
#include "ui/mainwindow/mainwindow.h"

#include <QDesktopServices>

namespace latchkey {

namespace {
/// More are read faster by a refresh, which reads all of them in one go.
constexpr qsizetype MostOneByOne = 50;
} // namespace

DashboardWishes::DashboardWishes(DashboardPage &page, AttentionMarks &marks, OldKeys &oldKeys,
                                 Inventory &inventory, MainWindow &window)
    : QObject(&window)
    , m_marks(marks)
    , m_oldKeys(oldKeys)
    , m_inventory(inventory)
    , m_window(window)
{
    connect(&page, &DashboardPage::snoozeRequested, this, &DashboardWishes::snooze);
    connect(&page, &DashboardPage::acknowledgeRequested, this, &DashboardWishes::acknowledge);
    connect(&page, &DashboardPage::remindRequested, this, &DashboardWishes::remind);
    connect(&page, &DashboardPage::checkAgainRequested, this, &DashboardWishes::checkAgain);
    connect(&page, &DashboardPage::openRequested, this, &DashboardWishes::open);
    connect(&page, &DashboardPage::revokedRequested, this, &DashboardWishes::setRevoked);
    const auto tell = [&page, &oldKeys] { page.setOldKeys(oldKeys.all()); };
    connect(&oldKeys, &OldKeys::changed, &page, tell);
    tell();
    sayIfFailed(oldKeys.load());
}

void DashboardWishes::snooze(const InstanceAddress &address, const QString &credentialId,
                             const QDateTime &until)
{
    sayIfFailed(m_marks.snooze(address, credentialId, until));
}

void DashboardWishes::acknowledge(const InstanceAddress &address, const QString &credentialId,
                                  const QList<HealthState> &states)
{
    sayIfFailed(m_marks.acknowledge(address, credentialId, states));
}

void DashboardWishes::remind(const InstanceAddress &address)
{
    sayIfFailed(m_marks.remind(address));
}

void DashboardWishes::setRevoked(const QString &changeId, bool isRevoked)
{
    sayIfFailed(m_oldKeys.setRevoked(changeId, isRevoked));
}

void DashboardWishes::sayIfFailed(QCoro::Task<Done> task)
{
    QCoro::connect(std::move(task), this, [this](const Done &done) {
        if (!done)
            m_window.showProblem(done.problem());
    });
}

void DashboardWishes::checkAgain(const QList<InstanceAddress> &addresses)
{
    if (addresses.size() > MostOneByOne) {
        m_window.refresh();
        return;
    }
    for (const InstanceAddress &address : addresses) {
        QCoro::connect(m_inventory.refreshOne(address), this, [this](const Outcome<InstanceRecord> &answer) {
            if (!answer && !answer.problem().isCanceled())
                m_window.showProblem(answer.problem());
        });
    }
}

void DashboardWishes::open(const QUrl &url)
{
    if (QDesktopServices::openUrl(url))
        return;
    m_window.showProblem(Problem::of(Problem::Category::NotSupported,
                                     tr("The desktop cannot open the web page."), url.toDisplayString()));
}

} // namespace latchkey
