// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/configurationdocument.h"
#include "models/core/instancerecord.h"

#include <QList>
#include <QString>

namespace latchkey {

/// Auth credentials that another tool is to manage from now on, without their keys. A file of such a tool has
/// one token and one server: there is one of these for each profile and endpoint.
struct ToolExport
{
    struct Header
    {
        QString name;
        QString variable; ///< Under which the tool is given the key; unique in the file.
        bool operator==(const Header &) const = default;
    };
    struct Credential
    {
        QString resource; ///< Its name in the tool's file; unique in the file.
        QString title;    ///< Of the instance, for people.
        QString integration;
        QString instanceId; ///< Letters, digits, `.`, `_` and `-` only: it gets into a command line.
        QList<Header> headers;
        bool operator==(const Credential &) const = default;
    };
    struct LeftOut
    {
        QString title;
        QString why; ///< Translated.
        bool operator==(const LeftOut &) const = default;
    };

    QString profileName;
    QString endpoint;  ///< Endpoint::label(); empty where it is not known.
    QString serverUrl; ///< Of a geo; empty for an endpoint of one's own, whose path is not known here.
    QList<Credential> credentials;
    QList<LeftOut> leftOut;

    /// What `document` wants, with the ids that `records` know: by profile, integration, name and endpoint.
    /// The same input gives the same output.
    [[nodiscard]] static QList<ToolExport> of(const ConfigurationDocument &document,
                                              const QList<InstanceRecord> &records);
    bool operator==(const ToolExport &) const = default;
};

} // namespace latchkey
