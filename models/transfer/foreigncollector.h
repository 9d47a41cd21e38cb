// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/foreigncredential.h"
#include "models/transfer/jsontree.h"

#include <QHash>
#include <QString>

#include <functional>
#include <vector>

namespace latchkey {

/// Collects what was read from another tool's file, and what was left out.
class ForeignCollector
{
public:
    /// Of the tree that is read.
    using MakeFinding =
        std::function<DocumentFinding(qsizetype offset, const QString &path, const QString &message)>;
    /// Nobody reads more; the last one says how many there are besides.
    static constexpr int MostFindings = 100;

    /// Each Secret has memory pages of its own, and a process cannot have endless many.
    static constexpr size_t MostKeys = 5000;

    /// A resource of the file.
    struct Place
    {
        qsizetype offset = 0;
        QString path; ///< `$.resources[3]`
        QString name; ///< For people.
    };
    /// An integration instance that the file describes too.
    struct Instance
    {
        QString name;
        QString title;
        QString integration;
    };

    explicit ForeignCollector(MakeFinding makeFinding);

    /// Whether no member stands twice in it; else it is left out, for nobody knows which one counts.
    [[nodiscard]] bool isClear(const JsonNode &resource, const Place &place);
    [[nodiscard]] static bool isClear(const JsonNode &resource);
    void add(const Place &place, ForeignCredential credential);
    void leaveOut(const Place &place, const QString &why);
    void knowInstance(const QString &id, const Instance &instance);

    /// Once, when all is read. Of two credentials for one instance the first is taken.
    [[nodiscard]] ForeignConfiguration finish(ForeignConfiguration::Kind kind);

    /// What somebody made up, cut and without control characters.
    [[nodiscard]] static QString shown(QByteArrayView name);

private:
    struct Added
    {
        Place place;
        ForeignCredential credential;
    };

    MakeFinding m_makeFinding;
    std::vector<Added> m_added;
    QHash<QString, Instance> m_instances;
    QList<DocumentFinding> m_findings;
    size_t m_keys = 0;
    int m_untold = 0;
};

} // namespace latchkey
