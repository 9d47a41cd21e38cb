// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationimport.h"
#include "models/core/instancerecord.h"
#include "models/core/outcome.h"
#include "models/core/plankeys.h"
#include "models/core/planresult.h"
#include "models/core/refresh.h"
#include "models/services/configurationfiles.h"

#include <QCoroTask>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace latchkey {

/// A file as it was read.
struct OpenedFile
{
    configurationfiles::Reading reading;
    std::shared_ptr<ForeignConfiguration> foreign; ///< Where it is of another tool; then `reading` is empty.
    QString whyNotForeign;                         ///< Where it is neither of the two. Translated.

    /// May be called on any thread. A Problem: it could not be read at all.
    [[nodiscard]] static Outcome<OpenedFile> read(const QString &file);
};

/// What the dialog of a configuration needs from the services. All must outlive it.
struct ImportServices
{
    using Keys = std::shared_ptr<const PlanKeys>;
    using Foreign = std::shared_ptr<ForeignConfiguration>; ///< Is taken out of it.

    std::function<QCoro::Task<Outcome<OpenedFile>>(QString file)> read;
    std::function<QList<InstanceRecord>()> records;
    /// Of another tool's file: with the profiles and instances that are known now.
    std::function<QCoro::Task<std::shared_ptr<ConfigurationImport>>(Foreign, ImportOptions)> import;
    /// What `text` makes, which may be called on any thread.
    std::function<QCoro::Task<Done>(QString file, std::function<QByteArray()> text)> write;
    std::function<QStringList()> profiles; ///< Names.
    /// Reads at Konnect what there is in a profile.
    std::function<QCoro::Task<Done>(QString profileName)> refresh;
    std::function<void()> stopRefresh;
    std::function<QList<EndpointState>(QString profileName)> endpoints;
    std::function<QCoro::Task<Outcome<Plan>>(ConfigurationDocument, PlanOptions, Keys)> plan;
    std::function<QCoro::Task<Outcome<PlanResult>>(ApplyRequest, Keys, std::stop_token)> apply;
    std::function<Outcome<Secret>(QString variable)> variable; ///< Only for one to which the user agreed.
    std::function<std::optional<InstanceRecord>(InstanceAddress)> find;
    std::function<bool(QUrl)> open; ///< A web page; false where the desktop cannot.
};

} // namespace latchkey
