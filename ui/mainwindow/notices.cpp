// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/notices.h"

#include "models/core/expiry.h"
#include "models/core/wording.h"
#include "models/services/changerecovery.h"
#include "models/services/credentialchanges.h"
#include "models/services/inventory.h"
#include "models/services/keyvault.h"
#include "models/services/profiles.h"
#include "ui/common/bannerstack.h"
#include "ui/instances/pagestate.h"
#include "ui/mainwindow/statusline.h"

#include <QCoroTask>
#include <QLocale>
#include <QPushButton>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey {

namespace {

constexpr qint64 OldAfterSeconds = qint64(15) * 60;
constexpr int BannersOfAKind = 2; ///< More are told in one line.

/// Caption, what Konnect said, and the trace id for Kong's support, in one line.
QString sentenceOf(const Problem &problem)
{
    constexpr qsizetype longest = 240;
    QString detail = problem.detail.simplified();
    if (detail.size() > longest)
        detail = detail.left(longest) + u'…';
    QStringList parts{problem.caption, detail};
    if (!problem.traceId.isEmpty())
        parts.append(Notices::tr("(Trace id %1.)").arg(problem.traceId));
    parts.removeAll(QString());
    return parts.join(u' ');
}

/// The token is the likely cause.
bool isAboutTheToken(Problem::Category category)
{
    return category == Problem::Category::Unauthorized || category == Problem::Category::Forbidden ||
           category == Problem::Category::KeychainEntryMissing;
}

} // namespace

Notices::Notices(BannerStack &banners, Services services, bool demo, QObject *parent)
    : QObject(parent)
    , m_banners(banners)
    , m_services(services)
{
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, [this] {
        m_waitingSeconds = qMax(1, m_waitingSeconds - 1);
        showWaiting();
    });
    connect(&services.vault, &KeyVault::keychainProblemChanged, this, &Notices::showKeychain);
    connect(&services.profiles, &Profiles::profilesChanged, this, [this] {
        showDoubts();
        showEndpoints();
        showAge();
    });
    connect(&services.inventory, &Inventory::endpointsChanged, this, [this] {
        showEndpoints();
        showFailedReads();
        showAge();
    });
    connect(&services.inventory, &Inventory::recordsChanged, this, &Notices::showFailedReads);
    connect(&services.inventory, &Inventory::recordsRemoved, this, &Notices::showFailedReads);
    connect(&services.inventory, &Inventory::progressChanged, this, &Notices::showProgress);
    if (demo)
        showDemo();
    showKeychain();
    showDoubts();
    showEndpoints();
    showProgress(services.inventory.progress());
    lookAtUnfinished();
    readUnfinished();
}

void Notices::showProblem(const QString &key, const Problem &problem)
{
    m_banners.remove(key);
    Banner &banner = m_banners.banner(key, Banner::Kind::Error);
    banner.setText(problem.toText());
    banner.setDetails(problem.toText());
    banner.setDismissible(true);
    connect(&banner, &Banner::dismissed, this, [this, key] { m_banners.remove(key); });
}

void Notices::readUnfinished()
{
    QCoro::connect(m_services.changes.unfinished(), this, [this](const Outcome<QList<Change>> &answer) {
        if (answer)
            showUnfinished(answer.value());
        else
            showProblem(u"journal"_s, answer.problem());
    });
}

void Notices::tick()
{
    showEndpoints();
    showFailedReads();
    showAge();
    if (m_changedElsewhere)
        lookAtUnfinished();
}

void Notices::showDemo()
{
    m_banners.banner(u"demo"_s, Banner::Kind::Demo)
        .setText(tr(
            "Demo: nothing here is real. The organization lives inside Latchkey and is gone when it closes; "
            "your own profiles, keys and keychain are not touched."));
}

void Notices::showKeychain()
{
    const std::optional<Problem> problem = m_services.vault.keychainProblem();
    if (!problem)
        return m_banners.remove(u"keychain"_s);
    const bool isNew = m_banners.find(u"keychain"_s) == nullptr;
    Banner &banner = m_banners.banner(u"keychain"_s, Banner::Kind::Warning);
    banner.setText(sentenceOf(*problem) + u' ' +
                   tr("Latchkey reads and shows; keys are not kept until the keychain can be used."));
    banner.setDetails(problem->toText());
    if (!isNew)
        return;
    QPushButton *retry = banner.addButton(tr("Retry"), u"retryKeychain"_s);
    connect(retry, &QPushButton::clicked, this, [this, retry] {
        retry->setEnabled(false);
        QCoro::connect(m_services.vault.probe(), retry, [retry](const Done &) { retry->setEnabled(true); });
    });
}

void Notices::showDoubts()
{
    QStringList keep;
    for (const Profile &profile : m_services.profiles.all()) {
        if (!profile.organizationInDoubt)
            continue;
        const QString key = u"doubt_"_s + profile.id;
        keep.append(key);
        const bool isNew = m_banners.find(key) == nullptr;
        Banner &banner = m_banners.banner(key, Banner::Kind::Question);
        banner.setText(tr("None of the instances known for “%1” is visible with its token any more. Does the "
                          "token belong to another organization? Until you answer, what it sees is not shown "
                          "and nothing can "
                          "be changed.")
                           .arg(profile.name));
        if (!isNew)
            continue;
        const QString id = profile.id;
        connect(banner.addButton(tr("Answer…"), u"answerDoubt"_s), &QPushButton::clicked, this,
                [this, id] { Q_EMIT answerRequested(id); });
    }
    m_banners.removeAll(u"doubt_"_s, keep);
}

void Notices::showEndpoints()
{
    QList<EndpointState> failing;
    const QList<EndpointState> endpoints = m_services.inventory.endpoints();
    for (const EndpointState &endpoint : endpoints) {
        if (endpoint.problem && !endpoint.problem->isCanceled())
            failing.append(endpoint);
    }
    // One line for what has one cause: the network is gone, or many geos fail.
    const bool offline = endpoints.size() > 1 && allUnreachable(endpoints);
    const bool many = failing.size() > BannersOfAKind;
    QStringList keep;
    if (offline || many) {
        showOffline(failing);
        keep.append(u"endpoint_all"_s);
    } else {
        for (const EndpointState &endpoint : std::as_const(failing)) {
            showEndpoint(endpoint);
            keep.append(u"endpoint_%1_%2"_s.arg(endpoint.profileId, endpoint.origin));
        }
    }
    m_endpointsFail = !keep.isEmpty();
    m_banners.removeAll(u"endpoint_"_s, keep);
    showShortfalls(endpoints);
}

/// Lists that came and may lack instances.
void Notices::showShortfalls(const QList<EndpointState> &endpoints)
{
    QList<EndpointState> lacking;
    QStringList names;
    for (const EndpointState &endpoint : endpoints) {
        if (endpoint.problem || !endpoint.shortfall)
            continue;
        lacking.append(endpoint);
        names.append(nameOf(endpoint));
    }
    QStringList keep;
    const auto show = [this, &keep](const QString &key, const QString &profileId, const QString &text) {
        keep.append(key);
        const bool isNew = m_banners.find(key) == nullptr;
        Banner &banner = m_banners.banner(key, Banner::Kind::Warning);
        banner.setText(text);
        if (isNew) {
            connect(banner.addButton(tr("Retry"), u"retryShortfall"_s), &QPushButton::clicked, this,
                    [this, profileId] { Q_EMIT refreshRequested(profileId); });
        }
    };
    if (lacking.size() > BannersOfAKind) {
        show(u"shortfall_all"_s, {},
             tr("The lists of %1 may lack instances. Known ones that did not come are shown as they were "
                "before.")
                 .arg(names.join(u", "_s)));
    } else {
        for (const EndpointState &endpoint : std::as_const(lacking)) {
            show(u"shortfall_%1_%2"_s.arg(endpoint.profileId, endpoint.origin), endpoint.profileId,
                 u"%1: %2 %3"_s.arg(nameOf(endpoint), endpoint.shortfall->caption,
                                    endpoint.shortfall->detail));
        }
    }
    m_banners.removeAll(u"shortfall_"_s, keep);
}

void Notices::showEndpoint(const EndpointState &endpoint)
{
    const QString key = u"endpoint_%1_%2"_s.arg(endpoint.profileId, endpoint.origin);
    const bool isNew = m_banners.find(key) == nullptr;
    Banner &banner = m_banners.banner(key, Banner::Kind::Error);
    const QDateTime now = m_services.clock.now();
    const QString kept =
        endpoint.listedAt.isValid()
            ? tr("Its rows show what was read %1.").arg(wording::relative(endpoint.listedAt, now))
            : tr("Nothing of it has been read yet.");
    QStringList parts{nameOf(endpoint) + u':', sentenceOf(*endpoint.problem)};
    if (endpoint.isTokenRefused())
        parts.append(tokenExpiryOf(endpoint.profileId));
    parts.append(kept);
    parts.removeAll(QString());
    banner.setText(parts.join(u' '));
    if (isNew) {
        const QString profileId = endpoint.profileId;
        connect(banner.addButton(tr("Edit Profile…"), u"editFailingProfile"_s), &QPushButton::clicked, this,
                [this, profileId] { Q_EMIT editProfileRequested(profileId); });
        connect(banner.addButton(tr("Retry"), u"retryEndpoint"_s), &QPushButton::clicked, this,
                [this, profileId] { Q_EMIT refreshRequested(profileId); });
    }
    // The cause may be another one than the last time.
    banner.findChild<QPushButton *>(u"editFailingProfile"_s)
        ->setVisible(isAboutTheToken(endpoint.problem->category));
    banner.setDetails(nameOf(endpoint) + u'\n' + endpoint.problem->toText());
}

void Notices::showOffline(const QList<EndpointState> &endpoints)
{
    const bool isNew = m_banners.find(u"endpoint_all"_s) == nullptr;
    Banner &banner = m_banners.banner(u"endpoint_all"_s, Banner::Kind::Error);
    QStringList names;
    QStringList details;
    for (const EndpointState &endpoint : endpoints) {
        names.append(nameOf(endpoint));
        details.append(nameOf(endpoint) + u'\n' + endpoint.problem->toText());
    }
    const QString why = sentenceOf(*endpoints.first().problem);
    banner.setText(allUnreachable(endpoints)
                       ? tr("Konnect cannot be reached. The rows show what was read before. %1").arg(why)
                       : tr("%1 could not be read. %2").arg(names.join(u", "_s), why));
    if (isNew) {
        connect(banner.addButton(tr("Retry"), u"retryAll"_s), &QPushButton::clicked, this,
                [this] { Q_EMIT refreshRequested({}); });
    }
    banner.setDetails(details.join(u"\n\n"_s));
}

void Notices::showFailedReads()
{
    // Rows change all the time while a refresh runs; what it comes to is said at its end.
    if (m_refreshing)
        return;
    const FailedReads failed = m_services.inventory.failedReads();
    if (failed.count == 0)
        return m_banners.remove(u"reads"_s);
    const bool isNew = m_banners.find(u"reads"_s) == nullptr;
    Banner &banner = m_banners.banner(u"reads"_s, Banner::Kind::Error);
    const QString what = failed.count == 1 ? tr("1 credential could not be read:")
                                           : tr("%Ln credentials could not be read:", nullptr, failed.count);
    QStringList parts{what, sentenceOf(failed.problem)};
    if (!failed.sameForAll)
        parts.append(tr("Others failed for other reasons; their details say which."));
    parts.append(failed.oldestValue.isValid()
                     ? tr("What is shown was read %1.")
                           .arg(wording::relative(failed.oldestValue, m_services.clock.now()))
                     : tr("Some of them were never read."));
    banner.setText(parts.join(u' '));
    if (isNew) {
        connect(banner.addButton(tr("Retry"), u"retryReads"_s), &QPushButton::clicked, this,
                [this] { Q_EMIT refreshRequested({}); });
    }
    banner.setDetails(failed.problem.toText());
}

void Notices::showProgress(const RefreshProgress &progress)
{
    m_refreshing = progress.running;
    m_waitingSeconds = progress.waitingSeconds;
    if (m_waitingSeconds > 0)
        m_second.start();
    else
        m_second.stop();
    showWaiting();
    showFailedReads();
    showAge();
}

void Notices::showWaiting()
{
    if (m_waitingSeconds <= 0)
        return m_banners.remove(u"waiting"_s);
    m_banners.banner(u"waiting"_s, Banner::Kind::Wait)
        .setText(
            tr("Konnect takes no more requests at the moment: waiting %n s.", nullptr, m_waitingSeconds));
}

void Notices::showAge()
{
    const QDateTime oldest = oldestList(m_services.inventory.endpoints());
    const QDateTime now = m_services.clock.now();
    const bool old = oldest.isValid() && oldest.secsTo(now) > OldAfterSeconds;
    // A geo that fails says how old its rows are in its own line.
    if (!old || m_refreshing || m_endpointsFail)
        return m_banners.remove(u"age"_s);
    const bool isNew = m_banners.find(u"age"_s) == nullptr;
    Banner &banner = m_banners.banner(u"age"_s, Banner::Kind::Info);
    banner.setText(tr("These values were read %1.").arg(wording::relative(oldest, now)));
    if (isNew) {
        connect(banner.addButton(tr("Refresh"), u"refreshOld"_s), &QPushButton::clicked, this,
                [this] { Q_EMIT refreshRequested({}); });
    }
}

void Notices::lookAtUnfinished()
{
    QCoro::connect(m_services.recovery.examine(m_stop.get_token()), this,
                   [this](const Outcome<QList<UnfinishedChange>> &answer) {
                       m_changedElsewhere = !answer && answer.problem().category == Problem::Category::InUse;
                       m_lookedAtUnfinished = !m_changedElsewhere;
                       readUnfinished();
                   });
}

void Notices::showUnfinished(const QList<Change> &changes)
{
    QStringList titles;
    for (const Change &change : changes) {
        // The next look may find that it is in order.
        if (change.phase == ChangePhase::Created && !m_lookedAtUnfinished)
            continue;
        titles.append(change.instanceTitle.isEmpty() ? change.instanceName : change.instanceTitle);
    }
    if (titles.isEmpty() || m_changedElsewhere)
        return m_banners.remove(u"unfinished"_s);
    const bool isNew = m_banners.find(u"unfinished"_s) == nullptr;
    Banner &banner = m_banners.banner(u"unfinished"_s, Banner::Kind::Warning);
    const QString what = titles.size() == 1
                             ? tr("1 change was interrupted: %1.")
                             : tr("%n changes were interrupted: %1.", nullptr, int(titles.size()));
    banner.setText(what.arg(titles.join(u", "_s)));
    if (isNew) {
        connect(banner.addButton(tr("Look at them…"), u"lookAtUnfinished"_s), &QPushButton::clicked, this,
                &Notices::lookAtUnfinishedRequested);
    }
}

/// What the user wrote down about it; empty where that is nothing.
QString Notices::tokenExpiryOf(const QString &profileId) const
{
    const std::optional<Profile> profile = m_services.profiles.find(profileId);
    if (!profile || !profile->tokenExpires.isValid())
        return {};
    const bool isOver = endOfDay(profile->tokenExpires).utc <= m_services.clock.now();
    const QString day = QLocale().toString(profile->tokenExpires, u"d MMM yyyy"_s);
    return isOver ? tr("By what was written down, it expired at the end of %1.").arg(day)
                  : tr("By what was written down, it works until the end of %1.").arg(day);
}

QString Notices::nameOf(const EndpointState &endpoint) const
{
    const std::optional<Profile> profile = m_services.profiles.find(endpoint.profileId);
    return profile ? u"%1 · %2"_s.arg(profile->name, endpoint.endpointLabel) : endpoint.endpointLabel;
}

} // namespace latchkey
