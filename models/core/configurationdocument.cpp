// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/configurationdocument.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(configurationdocument)
};

} // namespace

qsizetype ConfigurationDocument::instances() const
{
    qsizetype count = 0;
    for (const ConfiguredProfile &profile : profiles)
        count += profile.instances.size();
    return count;
}

QStringList variablesOf(const ConfiguredInstance &instance)
{
    QStringList names;
    if (instance.wish != ConfiguredInstance::Wish::Present)
        return names;
    for (const ConfiguredHeader &header : instance.credential.headers) {
        if (header.source.kind == KeySource::Kind::Environment)
            names << header.source.variable;
    }
    names.sort();
    names.removeDuplicates();
    return names;
}

QStringList variablesOf(const ConfigurationDocument &document)
{
    QSet<QString> names;
    for (const ConfiguredProfile &profile : document.profiles) {
        for (const ConfiguredInstance &instance : profile.instances) {
            const QStringList wanted = variablesOf(instance);
            names.unite(QSet<QString>(wanted.cbegin(), wanted.cend()));
        }
    }
    QStringList sorted = names.values();
    sorted.sort();
    return sorted;
}

ConfigurationDocument inOrder(ConfigurationDocument document)
{
    const auto byName = [](const auto &one, const auto &other) { return one.name < other.name; };
    const auto place = [](const ConfiguredInstance &instance) {
        return std::tie(instance.integration, instance.name, instance.endpoint);
    };
    std::stable_sort(document.profiles.begin(), document.profiles.end(), byName);
    for (ConfiguredProfile &profile : document.profiles) {
        for (ConfiguredInstance &instance : profile.instances) {
            QList<ConfiguredHeader> &headers = instance.credential.headers;
            std::stable_sort(headers.begin(), headers.end(), byName);
        }
        std::stable_sort(profile.instances.begin(), profile.instances.end(),
                         [&place](const ConfiguredInstance &one, const ConfiguredInstance &other) {
                             return place(one) < place(other);
                         });
    }
    return document;
}

QString DocumentFinding::toText() const
{
    if (line <= 0)
        return u"%1: %2"_s.arg(path, message);
    return Words::tr("line %1, column %2: %3: %4")
        .arg(QString::number(line), QString::number(column), path, message);
}

} // namespace latchkey
