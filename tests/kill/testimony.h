// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace latchkey::test {

/// What a Latchkey that came to its end said of its keys, its changes and its history; see testify().
class Testimony
{
public:
    explicit Testimony(const QJsonObject &told);

    /// What is wrong with its changes and its history by themselves; empty: nothing.
    [[nodiscard]] QString complaint() const;
    /// A row of the instance leads to this key.
    [[nodiscard]] bool isKept(const QString &instance, const QByteArray &key) const;
    /// It is the one that this credential was made from, as far as Latchkey knows.
    [[nodiscard]] bool isCurrent(const QString &instance, const QByteArray &key,
                                 const QString &credential) const;
    /// How many changes can be finished, rolled back or left; of one instance where it is named.
    [[nodiscard]] int open(const QString &instance = {}) const;
    /// A change of the instance ended, or was left, without a credential.
    [[nodiscard]] bool knowsOfGap(const QString &instance) const;
    /// Of the last change of the instance; empty where there is none.
    [[nodiscard]] QString lastPhase(const QString &instance) const;

private:
    struct Version
    {
        QString instance;
        QString state;
        QString credential;
        QByteArray key;
    };
    struct Told
    {
        QString id;
        QString instance;
        QString kind;
        QString phase;
        QString undoes;
        bool hasEnded = false;
        bool isListed = false;
        QStringList phases;
        QStringList toldPhases; ///< By the last row of the history.
        QString toldPhase;
    };
    [[nodiscard]] QString complaintAbout(const Told &change) const;
    /// A change and those that undo it cannot both be in effect.
    [[nodiscard]] QString complaintAboutWayBack(const Told &change) const;

    QList<Version> m_kept;
    QList<Told> m_changes; ///< Newest first.
    QString m_history;
};

} // namespace latchkey::test
