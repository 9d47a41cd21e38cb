// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"
#include "models/forms/profiledraft.h"
#include "ui/common/editordialog.h"
#include "ui/editor/profileservices.h"

#include <optional>
#include <stop_token>

class QCheckBox;
class QFormLayout;
class QLineEdit;

namespace latchkey {

class ColourChoice;
class ConnectionTest;
class EndpointFields;
class KeepBanner;
class NoteList;
class SecretEdit;

/// Adds or changes a profile. Saving needs no test; the test saves nothing.
class ProfileDialog final : public EditorDialog
{
    Q_OBJECT
public:
    /// `otherNames`: names that are taken. A profile without an id is a new one.
    ProfileDialog(const Profile &profile, const QStringList &otherNames, ProfileServices services,
                  QWidget *parent = nullptr);
    ~ProfileDialog() override;

public Q_SLOTS:
    void setKeychainProblem(const std::optional<latchkey::Problem> &problem);

Q_SIGNALS:
    void profileSaved(const QString &profileId);
    void keychainRetryRequested();

protected:
    [[nodiscard]] bool hasUnsaved() const override { return m_dirty; }
    [[nodiscard]] bool isBusy() const override { return m_saving; }
    void act() override;

private:
    [[nodiscard]] QWidget *buildFields(const Profile &profile);
    [[nodiscard]] QWidget *buildName(const Profile &profile);
    [[nodiscard]] QWidget *buildEndpoints(const Profile &profile);
    [[nodiscard]] QWidget *buildToken(const Profile &profile);
    [[nodiscard]] QWidget *buildTokenExpires(const Profile &profile);
    [[nodiscard]] QWidget *buildCaFile(const Profile &profile);
    [[nodiscard]] QWidget *buildProduction(const Profile &profile);
    [[nodiscard]] QWidget *buildTest();
    void browseForCa();
    void edited();
    void refresh();
    void startTest();
    void finishTest(const QList<EndpointTest> &results);
    void finishSave(const Outcome<Profile> &outcome);

    ProfileDraft m_draft;
    ProfileServices m_services;
    std::stop_source m_stop;
    bool m_dirty = false;
    bool m_saving = false;
    bool m_testing = false;
    QWidget *m_fields = nullptr;
    QLineEdit *m_name = nullptr;
    EndpointFields *m_endpoints = nullptr;
    SecretEdit *m_token = nullptr;
    QLineEdit *m_tokenExpires = nullptr;
    QLineEdit *m_caFile = nullptr;
    ColourChoice *m_colour = nullptr;
    QCheckBox *m_production = nullptr;
    QPushButton *m_testButton = nullptr;
    ConnectionTest *m_test = nullptr;
    KeepBanner *m_keep = nullptr;
    QHash<int, NoteList *> m_notes; ///< By ProfileDraft::Field.
    QSet<int> m_touched;
};

} // namespace latchkey
