// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/terraformwriter.h"

#include "models/transfer/toolcomments.h"
#include "models/transfer/toolnames.h"

#include <QCoreApplication>

namespace latchkey::terraformwriter {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(terraformwriter)
};

/// In quotes, with nothing in it that HCL would work out.
QString quoted(const QString &text)
{
    QString literal;
    for (const QChar character : text) {
        if (character == u'"' || character == u'\\')
            literal += u'\\';
        if (character.category() == QChar::Other_Control)
            literal += u"\\u%1"_s.arg(character.unicode(), 4, 16, QLatin1Char('0'));
        else
            literal += character;
    }
    literal.replace(u"${"_s, u"$${"_s).replace(u"%{"_s, u"%%{"_s);
    return u'"' + literal + u'"';
}

QString introduction(const ToolExport &file)
{
    QString text = toolcomments::title(file);
    text += toolcomments::lines(Words::tr(
        "Terraform 1.5 or newer, or OpenTofu. KONNECT_TOKEN (KONNECT_SPAT for a system account) has "
        "the token.\n"
        "Each key is a variable: give it as TF_VAR_… from where you keep it. It will stand in the "
        "state, in clear."));
    text += toolcomments::server(file, u"server_url"_s);
    text += toolcomments::warning();
    text += toolcomments::leftOut(file);
    return text;
}

QString variable(const ToolExport::Credential &credential, const ToolExport::Header &header)
{
    return u"\nvariable %1 {\n"
           "  description = %2\n"
           "  type        = string\n"
           "  sensitive   = true\n"
           "}\n"_s.arg(quoted(header.variable),
                       quoted(u"%1, %2"_s.arg(oneLine(header.name), oneLine(credential.title))));
}

QString resource(const ToolExport::Credential &credential)
{
    const QString id = quoted(credential.instanceId);
    QString text;
    for (const ToolExport::Header &header : credential.headers)
        text += variable(credential, header);
    text += u"\nimport {\n"
            "  to = konnect_integration_instance_auth_credential.%1\n"
            "  id = %2\n"
            "}\n"_s.arg(credential.resource, id);
    text += u"\nresource \"konnect_integration_instance_auth_credential\" %1 {\n"
            "  integration_instance_id = %2\n"
            "  multi_key_auth = {\n"
            "    config = {\n"
            "      headers = [\n"_s.arg(quoted(credential.resource), id);
    for (const ToolExport::Header &header : credential.headers) {
        text += u"        {\n"
                "          name = %1\n"
                "          key  = var.%2\n"
                "        },\n"_s.arg(quoted(header.name), header.variable);
    }
    return text + u"      ]\n    }\n  }\n}\n"_s;
}

} // namespace

QByteArray toHcl(const ToolExport &file)
{
    QString text = introduction(file);
    text += u"\nterraform {\n"
            "  required_version = \">= 1.5.0\"\n"
            "  required_providers {\n"
            "    konnect = {\n"
            "      source = \"kong/konnect\"\n"
            "    }\n"
            "  }\n"
            "}\n"_s;
    if (!file.serverUrl.isEmpty())
        text += u"\nprovider \"konnect\" {\n  server_url = %1\n}\n"_s.arg(quoted(file.serverUrl));
    for (const ToolExport::Credential &credential : file.credentials) {
        text += u'\n' + toolcomments::lines(
                            u"%1 (%2)"_s.arg(oneLine(credential.title), oneLine(credential.integration)));
        text += resource(credential);
    }
    return text.toUtf8();
}

} // namespace latchkey::terraformwriter
