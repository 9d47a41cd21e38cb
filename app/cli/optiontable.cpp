// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/optiontable.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("latchkey::OptionTable", text);
}

} // namespace

QList<OptionSpec> allOptions()
{
    return {
        {u"help"_s, {}, tr("Show this help, or that of a command.")},
        {u"version"_s, {}, tr("Show the version.")},
        {u"json"_s, {}, tr("Print JSON on stdout.")},
        {u"demo"_s, {}, tr("Use the embedded demo organization; nothing of yours is opened.")},
        {u"data-dir"_s, u"DIR"_s, tr("Keep the database there.")},
        {u"profile"_s, u"NAME"_s, tr("The profile to use; needed where there are several.")},
        {u"url"_s, u"URL"_s, tr("Talk to this address without a stored profile; needs a token.")},
        {u"ca-file"_s, u"FILE"_s, tr("PEM file with CAs to trust besides the system's.")},
        {u"token-env"_s, u"VARIABLE"_s, tr("Take the token from this environment variable.")},
        {u"token-stdin"_s, {}, tr("Take the token from the first line of stdin.")},
        {u"geo"_s, u"GEO"_s, tr("A Konnect geo: us, eu, au, me, in or sg. Repeatable."), true},
        {u"colour"_s, u"#RRGGBB"_s, tr("The profile's colour in the window.")},
        {u"production"_s, {}, tr("Replacing and deleting will need the instance's name.")},
        {u"instance"_s, u"NAME|ID"_s, tr("Machine name or id of the integration instance.")},
        {u"header"_s, u"NAME"_s, tr("A header of the credential. Repeatable, in order."), true},
        {u"key-stdin"_s, {}, tr("Take the keys from stdin, one a line, in the order of the headers.")},
        {u"key-env"_s, u"NAME=VARIABLE"_s, tr("Take a header's key from a variable. Repeatable."), true},
        {u"key-fd"_s, u"N"_s, tr("Like --key-stdin, from an open file descriptor.")},
        {u"role-arn"_s, u"ARN"_s, tr("The role of an AWS credential.")},
        {u"keep"_s, u"keychain|none"_s,
         tr("Where the secrets are kept; the keychain unless told otherwise.")},
        {u"yes"_s, {}, tr("Do not ask.")},
        {u"confirm"_s, u"NAME"_s, tr("The instance's machine name, to confirm in a production profile.")},
        {u"port"_s, u"N"_s, tr("The port to listen on; 0 for any that is free.")},
        {u"instances"_s, u"N"_s, tr("How many instances the demo organization has.")},
        {u"latency-ms"_s, u"M"_s, tr("Wait this long before each answer.")},
        {u"faults"_s, u"FILE"_s, tr("JSON file with what goes wrong on purpose.")},
        {u"record"_s, u"FILE"_s, tr("Write a JSON line a request to it, bodies (and so keys) included.")},
    };
}

QStringList commonOptions()
{
    return {u"help"_s, u"version"_s, u"json"_s};
}

} // namespace latchkey
