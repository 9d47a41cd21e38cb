// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/optiontable.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::OptionTable)
};

} // namespace

QList<OptionSpec> allOptions()
{
    return {
        {u"help"_s, {}, Text::tr("Show this help, or that of a command.")},
        {u"version"_s, {}, Text::tr("Show the version.")},
        {u"json"_s, {}, Text::tr("Print JSON on stdout.")},
        {u"demo"_s, {}, Text::tr("Use the embedded demo organization; nothing of yours is opened.")},
        {u"data-dir"_s, u"DIR"_s, Text::tr("Keep the database there.")},
        {u"profile"_s, u"NAME"_s, Text::tr("The profile to use; needed where there are several.")},
        {u"url"_s, u"URL"_s, Text::tr("Talk to this address without a stored profile; needs a token.")},
        {u"ca-file"_s, u"FILE"_s, Text::tr("PEM file with CAs to trust besides the system's.")},
        {u"token-env"_s, u"VARIABLE"_s, Text::tr("Take the token from this environment variable.")},
        {u"token-stdin"_s, {}, Text::tr("Take the token from the first line of stdin.")},
        {u"geo"_s, u"GEO"_s,
         Text::tr(
             "A Konnect geo of the new profile, or where to look for the instance: us, eu, au, me, in or "
             "sg. Repeatable."),
         true},
        {u"colour"_s, u"#RRGGBB"_s, Text::tr("The profile's colour in the window.")},
        {u"token-expires"_s, u"YYYY-MM-DD|none"_s,
         Text::tr("The last day on which the profile's token works, as you wrote it down.")},
        {u"production"_s, {}, Text::tr("Replacing and deleting will need the instance's name.")},
        {u"instance"_s, u"NAME|ID"_s,
         Text::tr("Machine name or id of the integration instance. To create, replace or delete: "
                  "repeatable, for one run over all of them."),
         true},
        {u"at-once"_s, u"N"_s, Text::tr("How many of several changes may be under way at once; else one.")},
        {u"keep-going"_s, {}, Text::tr("Where one of several changes fails, go on with the others.")},
        {u"run"_s, u"RUN-ID"_s, Text::tr("All unfinished changes of this run over several instances.")},
        {u"header"_s, u"NAME"_s, Text::tr("A header of the credential. Repeatable, in order."), true},
        {u"key-stdin"_s, {}, Text::tr("Take the keys from stdin, one a line, in the order of the headers.")},
        {u"key-env"_s, u"NAME=VARIABLE"_s, Text::tr("Take a header's key from a variable. Repeatable."),
         true},
        {u"key-fd"_s, u"N"_s, Text::tr("Like --key-stdin, from an open file descriptor.")},
        {u"passphrase-fd"_s, u"N"_s,
         Text::tr("Take the passphrase of a file of keys from the first line of an open file descriptor.")},
        {u"passphrase-env"_s, u"VARIABLE"_s, Text::tr("Take the passphrase from this environment variable.")},
        {u"role-arn"_s, u"ARN"_s, Text::tr("The role of an AWS credential.")},
        {u"expires"_s, u"YYYY-MM-DD"_s,
         Text::tr("The last day of the new keys, which is recorded for their credential.")},
        {u"keep"_s, u"keychain|none"_s,
         Text::tr("Where the secrets are kept; the keychain unless told otherwise.")},
        {u"watch"_s, u"SECONDS"_s,
         Text::tr(
             "Look at the new credential for this long before calling it verified; 0: once. Else as long "
             "as the setting verify.watch-seconds says, which with --demo is 30.")},
        {u"same"_s, {}, Text::tr("It is the same organization: the known instances are gone.")},
        {u"another"_s, {}, Text::tr("It is another organization: what was known is forgotten.")},
        {u"yes"_s, {}, Text::tr("Do not ask.")},
        {u"confirm"_s, u"NAME"_s,
         Text::tr("The instance's machine name, to confirm where it is protected or in a production "
                  "profile. Repeatable, as --instance is."),
         true},
        {u"to"_s, u"NAME|ID"_s, Text::tr("The instance that gets the keys.")},
        {u"to-profile"_s, u"NAME"_s, Text::tr("The profile in which to look for it, where it is another.")},
        {u"output"_s, u"FORM"_s,
         Text::tr("What to print: table, json, csv, ics (a calendar) or prometheus; else the table.")},
        {u"within"_s, u"DAYS"_s,
         Text::tr("What ends within so many days (30 or 30d) is due, in the place of the thresholds that "
                  "are set; list only what is due or could not be checked.")},
        {u"strict"_s, {}, Text::tr("No known expiry, no credential and missing permissions are due too.")},
        {u"date"_s, u"YYYY-MM-DD"_s, Text::tr("The last day on which the key works.")},
        {u"lives"_s, u"DAYS"_s,
         Text::tr("How long the credentials of the instance live, this one and those after it.")},
        {u"owner"_s, u"TEXT"_s, Text::tr("Who is to be asked about the key.")},
        {u"note"_s, u"TEXT"_s, Text::tr("What else there is to know. No secrets: the feeds show it.")},
        {u"out"_s, u"FILE"_s, Text::tr("The file to write, or - for stdout. Also -o.")},
        {u"map"_s, u"NAME=PROFILE"_s,
         Text::tr("The profile that is meant where the file says NAME. Repeatable."), true},
        {u"delete"_s, {}, Text::tr("Delete credentials of which the file says that there shall be none.")},
        {u"allow-env"_s, u"NAME"_s,
         Text::tr("Read this environment variable where the file names it; no other one is read. "
                  "Repeatable."),
         true},
        {u"format"_s, u"FORM"_s,
         Text::tr("What to write: json (a configuration), terraform or pulumi; else the configuration.")},
        {u"present"_s,
         {},
         Text::tr("The keys in the file are those of the credentials that are there, where it does not say "
                  "of which they are: they are kept here, and nothing is replaced.")},
        {u"dry-run"_s, {}, Text::tr("Show what would be done, and do nothing.")},
        {u"port"_s, u"N"_s, Text::tr("The port to listen on; 0 for any that is free.")},
        {u"instances"_s, u"N"_s, Text::tr("How many instances the demo organization has.")},
        {u"latency-ms"_s, u"M"_s, Text::tr("Wait this long before each answer.")},
        {u"faults"_s, u"FILE"_s, Text::tr("JSON file with what goes wrong on purpose.")},
        {u"record"_s, u"FILE"_s,
         Text::tr("Write a JSON line a request to it, bodies (and so keys) included.")},
    };
}

QStringList commonOptions()
{
    return {u"help"_s, u"version"_s, u"json"_s};
}

} // namespace latchkey
