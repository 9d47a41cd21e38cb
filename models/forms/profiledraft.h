// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/profile.h"
#include "models/core/secret.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

namespace latchkey {

/// What the user is typing into the profile form. Knows no widgets.
class ProfileDraft : public QObject
{
    Q_OBJECT
public:
    enum class Field { Name, Endpoints, Url, Token, TokenExpires, CaFile };
    struct Finding
    {
        Field field = Field::Name;
        bool error = true; ///< false: a hint, e.g. a token that begins with neither kpat_ nor spat_.
        QString message;
    };

    /// `existing`: the names of the other profiles, which must not be taken twice. A null id makes a new
    /// profile.
    ProfileDraft(Profile profile, QStringList existing, QObject *parent = nullptr);

    [[nodiscard]] const Profile &profile() const { return m_profile; }
    void setName(const QString &name);
    void setGeos(const QStringList &geos);
    /// A custom URL in place of geos; empty to go back to geos.
    void setUrl(const QString &url);
    void setToken(Secret token); ///< White space around it and a leading `Bearer ` are dropped.
    /// The last day on which the token works, as YYYY-MM-DD; empty where it is not known.
    void setTokenExpires(const QString &day);
    void setCaFile(const QString &file);
    void setColour(const QString &colour);
    void setProduction(bool production);
    /// A changed URL or a new profile needs the token again.
    [[nodiscard]] bool tokenRequired() const;
    [[nodiscard]] bool hasToken() const { return !m_token.isEmpty(); }
    [[nodiscard]] QList<Finding> findings() const;
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] Secret takeToken() { return std::move(m_token); }
    [[nodiscard]] Secret copyToken() const { return m_token.clone(); }

Q_SIGNALS:
    void changed();

private:
    void updateEndpoints();
    [[nodiscard]] QList<Finding> tokenFindings() const;
    [[nodiscard]] QList<Finding> tokenExpiryFindings() const;

    Profile m_profile;
    Profile m_original;
    QStringList m_existing;
    QStringList m_geos; ///< Kept while a URL is tried.
    QString m_url;
    bool m_urlMode = false;
    QString m_tokenExpires;
    Secret m_token;
};

} // namespace latchkey
