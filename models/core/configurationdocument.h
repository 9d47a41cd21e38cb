// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/authcredential.h"

#include <QDate>
#include <QList>
#include <QString>
#include <QStringList>

namespace latchkey {

/// Where the key of a header is to come from. There is no place for the key itself.
struct KeySource
{
    enum class Kind {
        Keychain,    ///< `keychain`: the key that is kept on this machine for the instance.
        Environment, ///< `env:NAME`: read only where the user allowed that name.
        Prompt,      ///< `prompt`: the user enters it.
    };
    Kind kind = Kind::Keychain;
    QString variable; ///< Environment: `[A-Za-z_][A-Za-z0-9_]*`
    bool operator==(const KeySource &) const = default;
};

struct ConfiguredHeader
{
    QString name;
    KeySource source;
    bool operator==(const ConfiguredHeader &) const = default;
};

/// A credential that an instance is to have.
struct ConfiguredCredential
{
    CredentialType type = CredentialType::MultiKey; ///< Never Unknown.
    QList<ConfiguredHeader> headers;                ///< MultiKey, one or more.
    QString roleArn;                                ///< AwsRole.
    bool operator==(const ConfiguredCredential &) const = default;
};

/// What is recorded about the expiry of an instance's credential; see ExpiryRecord.
struct ConfiguredExpiry
{
    QDate date;        ///< Of the credential that the instance has, or gets; invalid for none.
    int livesDays = 0; ///< 0 for none.
    QString owner;
    QString note;
    [[nodiscard]] bool isEmpty() const
    {
        return !date.isValid() && livesDays <= 0 && owner.isEmpty() && note.isEmpty();
    }
    bool operator==(const ConfiguredExpiry &) const = default;
};

struct ConfiguredInstance
{
    enum class Wish {
        NotSaid, ///< The document says nothing of its credential.
        None, ///< `"credential": null`: it is to have none. Deleted only where the user asks for deletions.
        Present, ///< It is to have `credential`.
    };
    QString integration; ///< Machine name of the integration.
    QString name;        ///< Machine name of the instance.
    QString endpoint;    ///< Endpoint::label(); empty where the profile has one endpoint.
    Wish wish = Wish::NotSaid;
    ConfiguredCredential credential; ///< Only where it is to be present.
    ConfiguredExpiry expiry;         ///< Empty: nothing is said of it.
    bool isProtected = false;        ///< A document protects, and never unprotects.
    bool operator==(const ConfiguredInstance &) const = default;
};

struct ConfiguredProfile
{
    QString name;
    QList<ConfiguredInstance> instances; ///< None twice by (integration, name, endpoint).
    bool operator==(const ConfiguredProfile &) const = default;
};

/// The setup as a document that is kept in Git and read by people: no tokens, no URLs, no keys.
struct ConfigurationDocument
{
    QList<ConfiguredProfile> profiles; ///< None twice by name.
    bool operator==(const ConfigurationDocument &) const = default;

    [[nodiscard]] qsizetype instances() const;
};

/// Variables of the environment that keys are wanted from, each once, by name.
[[nodiscard]] QStringList variablesOf(const ConfiguredInstance &instance);
[[nodiscard]] QStringList variablesOf(const ConfigurationDocument &document);

/// In the one order in which a document is written: profiles by name; instances by integration, name and
/// endpoint; headers by name, whatever the locale.
[[nodiscard]] ConfigurationDocument inOrder(ConfigurationDocument document);

/// What is wrong at one place of a document.
struct DocumentFinding
{
    QString path;    ///< e.g. `$.profiles[0].instances[3].name`; `$` for the document as a whole.
    int line = 0;    ///< From 1; 0 where the text has no such place.
    int column = 0;  ///< From 1, in characters.
    QString message; ///< Translated; never repeats a value that may be a secret.
    bool operator==(const DocumentFinding &) const = default;
    /// `line 12, column 7: $.profiles[0].name: …`
    [[nodiscard]] QString toText() const;
};

} // namespace latchkey
