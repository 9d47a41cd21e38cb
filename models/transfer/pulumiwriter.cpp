// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/pulumiwriter.h"

#include "models/transfer/pulumitoken.h"
#include "models/transfer/toolcomments.h"
#include "models/transfer/toolnames.h"

#include <QCoreApplication>

namespace latchkey::pulumiwriter {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pulumiwriter)
};

/// What a YAML text may not hold as it is, or a reader might take for the end of a line.
bool isEscaped(QChar character)
{
    const QChar::Category category = character.category();
    return category == QChar::Other_Control || category == QChar::Other_Format ||
           category == QChar::Other_NotAssigned || category == QChar::Separator_Line ||
           category == QChar::Separator_Paragraph;
}

QString quoted(const QString &text)
{
    QString literal;
    for (const QChar character : text) {
        if (character == u'"' || character == u'\\')
            literal += u'\\';
        if (isEscaped(character))
            literal += u"\\u%1"_s.arg(character.unicode(), 4, 16, QLatin1Char('0'));
        else
            literal += character;
    }
    return u'"' + literal + u'"';
}

/// A text that Pulumi does not take for a reference.
QString quotedValue(QString text)
{
    return quoted(text.replace(u'$', u"$$"_s));
}

QString introduction(const ToolExport &file)
{
    QString text = toolcomments::title(file);
    text += toolcomments::lines(Words::tr(
        "KONNECT_TOKEN (KONNECT_SPAT for a system account) has the token. Once, in the folder of this "
        "file:"));
    text += u"# pulumi package add terraform-provider kong/konnect\n"_s;
    for (const ToolExport::Credential &credential : file.credentials) {
        for (const ToolExport::Header &header : credential.headers)
            text += u"# pulumi config set --secret %1\n"_s.arg(header.variable);
    }
    const QStringList commands = importCommands(file);
    for (const QString &command : commands)
        text += u"# %1\n"_s.arg(command);
    text += toolcomments::server(file, u"konnect:serverUrl"_s);
    text += toolcomments::warning();
    text += toolcomments::leftOut(file);
    return text;
}

QString configuration(const ToolExport &file)
{
    QString text;
    if (!file.serverUrl.isEmpty())
        text += u"  \"konnect:serverUrl\":\n    value: %1\n"_s.arg(quoted(file.serverUrl));
    for (const ToolExport::Credential &credential : file.credentials) {
        for (const ToolExport::Header &header : credential.headers)
            text += u"  %1:\n    type: string\n    secret: true\n"_s.arg(quoted(header.variable));
    }
    return text.isEmpty() ? text : u"config:\n"_s + text;
}

QString resource(const ToolExport::Credential &credential)
{
    QString text = u"  "_s + toolcomments::lines(u"%1 (%2)"_s.arg(oneLine(credential.title),
                                                                  oneLine(credential.integration)));
    text += u"  %1:\n"
            "    type: %2\n"
            "    properties:\n"
            "      integrationInstanceId: %3\n"
            "      multiKeyAuth:\n"
            "        config:\n"
            "          headers:\n"_s.arg(quoted(credential.resource),
                                         QString::fromUtf16(pulumitoken::AuthCredential),
                                         quotedValue(credential.instanceId));
    for (const ToolExport::Header &header : credential.headers) {
        text += u"            - name: %1\n"
                "              key: \"${%2}\"\n"_s.arg(quotedValue(header.name), header.variable);
    }
    return text;
}

} // namespace

QStringList importCommands(const ToolExport &file)
{
    QStringList commands;
    for (const ToolExport::Credential &credential : file.credentials) {
        commands << u"pulumi import %1 %2 \"%3\""_s.arg(QString::fromUtf16(pulumitoken::AuthCredential),
                                                        credential.resource, credential.instanceId);
    }
    return commands;
}

QByteArray toYaml(const ToolExport &file)
{
    ToolNames names;
    QString text = introduction(file);
    text += u"\nname: %1\nruntime: yaml\n"_s.arg(quoted(u"latchkey-"_s + names.take(file.profileName)));
    text += configuration(file);
    if (file.credentials.isEmpty())
        return (text + u"resources: {}\n"_s).toUtf8();
    text += u"resources:\n"_s;
    for (const ToolExport::Credential &credential : file.credentials)
        text += resource(credential);
    return text.toUtf8();
}

} // namespace latchkey::pulumiwriter
