// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/authcredential.h"
#include "models/core/clock.h"
#include "models/core/integration.h"
#include "models/core/integrationinstance.h"
#include "models/core/newcredential.h"
#include "models/core/outcome.h"
#include "models/konnect/connection.h"

#include <QCoroTask>
#include <QDateTime>
#include <QList>
#include <QMap>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace latchkey {

class Redactor;
class RequestScheduler;

/// Server-side filters of the instance list. Empty fields do not filter.
struct InstanceQuery
{
    QString nameContains;           ///< `filter[name][contains]`
    QString integrationName;        ///< `filter[integration.name][eq]`
    std::optional<bool> authorized; ///< `filter[authorized]`
    QMap<QString, QString> labels;  ///< `filter[labels.KEY][eq]`
    QString sort;                   ///< e.g. `created_at desc`; empty for Konnect's order.
};

/// A list, merged by id over its pages.
template <typename T>
struct Listing
{
    QList<T> items;
    int dropped = 0; ///< Items without an id (or name, for integrations), which nothing can be done with.
    bool complete = true; ///< False: the pages did not add up, even read twice; items may be missing.
};

/// The answer to a POST of a credential.
struct CreateAnswer
{
    AuthCredential credential;
    QDateTime serverDate; ///< The `Date` header, UTC; invalid where the server sent none.
};

enum class DeleteAnswer { Deleted, WasNotThere };

/// The REST client for one endpoint of one organization: Konnect's Service Catalog 1.3, as far as credentials
/// go.
///
/// Every call answers exactly once, with a value or a Problem. GETs are retried on 429, 502, 503, 504 and
/// lost connections; POST, PATCH and DELETE are sent exactly once, and a lost answer is `OutcomeUnknown`. A
/// stop request ends a call with `Canceled`; a write that is already sent is not stopped by it. Bodies are
/// never logged. Lives on the thread it was made on; where it is destroyed first, running calls answer
/// `Canceled` (a sent write `OutcomeUnknown`).
class KonnectClient : public QObject
{
    Q_OBJECT
public:
    /// `redactor` learns the token and each key that is sent, and takes all that it knows out of what a
    /// server says. It and `clock` must outlive the client and its calls.
    KonnectClient(Connection connection, Redactor &redactor, const Clock &clock, QObject *parent = nullptr);
    ~KonnectClient() override;

    /// Called for each page with the items that are new in it, what has arrived so far and Konnect's total.
    using PageArrived = std::function<void(const QList<IntegrationInstance> &fresh, int soFar, int total)>;

    QCoro::Task<Outcome<Listing<Integration>>> integrations(std::stop_token stop = {});
    QCoro::Task<Outcome<Listing<IntegrationInstance>>>
    instances(InstanceQuery query = {}, PageArrived arrived = {}, std::stop_token stop = {});
    /// Category NotFound where the instance is gone.
    QCoro::Task<Outcome<IntegrationInstance>> instance(QString instanceId, std::stop_token stop = {});
    /// nullopt: Konnect answered 404, the instance has no credential (or is itself gone: ask `instance()`).
    QCoro::Task<Outcome<std::optional<AuthCredential>>> credential(QString instanceId,
                                                                   std::stop_token stop = {});
    /// Sent exactly once. Category Conflict: one is there already. OutcomeUnknown: a GET must tell.
    QCoro::Task<Outcome<CreateAnswer>> createCredential(QString instanceId, NewCredential credential);
    /// Sent exactly once, and only where a GET just before it, on the same connection, still shows the
    /// credential `expectedId`: Konnect deletes whatever is there. Refused: it is another one, and nothing
    /// was sent. OutcomeUnknown: a GET must tell.
    QCoro::Task<Outcome<DeleteAnswer>> deleteCredential(QString instanceId, QString expectedId);
    /// Sent exactly once, as the whole set, and only where a GET just before it, on the same connection,
    /// still shows the labels `expected`, from which `labels` was made. Answers with the instance as Konnect
    /// has it then. Refused: they are others by now, and nothing was sent. OutcomeUnknown: a GET must tell.
    QCoro::Task<Outcome<IntegrationInstance>> setLabels(QString instanceId, QMap<QString, QString> expected,
                                                        QMap<QString, QString> labels);
    /// The date of Konnect's last answer (its `Date` header), UTC; invalid before the first.
    [[nodiscard]] QDateTime lastServerDate() const;
    /// Seconds until Konnect will take the next request (429), 0 where it does not hold us back.
    [[nodiscard]] int heldBackSeconds() const;

Q_SIGNALS:
    /// Konnect asked to wait; 0 when it goes on.
    void waiting(int seconds);

private:
    struct Line;

    /// Shared with the running calls, so that they end in good order where the client goes before them.
    std::shared_ptr<const Line> m_line;
};

} // namespace latchkey
