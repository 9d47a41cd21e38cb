// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/services/configurationexports.h"

#include "models/core/configurationexport.h"
#include "models/services/configurationfiles.h"
#include "models/transfer/pulumiwriter.h"
#include "models/transfer/terraformwriter.h"
#include "models/transfer/toolexport.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace latchkey::configurationexports {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::ConfigurationExports)
};

/// For the name of a file; a profile may be called anything.
QString plain(const QString &name)
{
    static const QRegularExpression odd(u"[^a-z0-9]+"_s);
    QString text = name.toLower().replace(odd, u"-"_s);
    while (text.startsWith(u'-'))
        text.remove(0, 1);
    while (text.endsWith(u'-'))
        text.chop(1);
    return text.isEmpty() ? u"konnect"_s : text;
}

File ownFile(const ConfigurationExport &exported)
{
    File file;
    file.fileName = u"konnect-configuration.json"_s;
    file.text = configurationfiles::textOf(exported.document);
    file.notes = exported.notes;
    // What Konnect says is not trusted: a name may be none that a configuration can have.
    const QList<DocumentFinding> findings = configurationfiles::findingsIn(file.text);
    file.readsBack = findings.isEmpty();
    for (const DocumentFinding &finding : findings)
        file.notes << Text::tr("Has to be changed before it can be read again: %1").arg(finding.toText());
    return file;
}

File toolFile(Form form, const ToolExport &exported)
{
    File file;
    file.title = exported.endpoint.isEmpty() ? exported.profileName
                                             : u"%1 · %2"_s.arg(exported.profileName, exported.endpoint);
    if (form == Form::Terraform) {
        file.fileName = plain(exported.profileName + u' ' + exported.endpoint) + u".tf"_s;
        file.text = terraformwriter::toHcl(exported);
    } else {
        file.fileName = u"Pulumi.yaml"_s;
        file.text = pulumiwriter::toYaml(exported);
    }
    file.notes << Text::tr(
        "An imported credential has no keys there: the first plan of that tool may want to "
        "replace it.");
    for (const ToolExport::LeftOut &left : exported.leftOut)
        file.notes << Text::tr("“%1” is left out: %2").arg(left.title, left.why);
    return file;
}

} // namespace

QList<File> of(Form form, const QList<Profile> &profiles, const QList<InstanceRecord> &records)
{
    const ConfigurationExport exported = configurationOf(profiles, records);
    if (form == Form::Json)
        return {ownFile(exported)};
    QList<File> files;
    const QList<ToolExport> tools = ToolExport::of(exported.document, records);
    for (const ToolExport &tool : tools)
        files << toolFile(form, tool);
    if (!files.isEmpty())
        files.first().notes = exported.notes + files.constFirst().notes;
    return files;
}

} // namespace latchkey::configurationexports
