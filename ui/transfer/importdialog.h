// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/planresult.h"
#include "models/forms/plandraft.h"
#include "models/items/planrunmodel.h"
#include "ui/common/editordialog.h"
#include "ui/transfer/importservices.h"

#include <QMap>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

class QProgressBar;

namespace latchkey {

class FindingsPage;
class ForeignPage;
class Note;
class PlanPage;
class PlanRunPage;

/// A configuration, a plan or another tool's setup from a file: what is wrong in it, or what would be done,
/// and doing that. Where it only compares, it shows what is not as the file says, and writes nothing.
///
/// Nothing of a file is done, and no variable that it names is read, without the user's word. Keys that are
/// entered live in PlanKeys, and go with the dialog. A run stops at safe points only; destroying the dialog
/// stops it at the next one.
class ImportDialog final : public EditorDialog
{
    Q_OBJECT
public:
    enum class Purpose { Import, Compare };

    /// Begins to read the file.
    ImportDialog(Purpose purpose, const QString &file, ImportServices services, QWidget *parent = nullptr);
    ~ImportDialog() override;

    void reject() override;

public Q_SLOTS:
    /// Connect to PlanRunner::advanced.
    void follow(qsizetype position, const latchkey::PlanRowResult &row);
    /// Connect to CredentialChanges::advanced: a new credential is looked at after its row is done.
    void followChange(const latchkey::Change &change);
    /// Why the keychain cannot be used; nullopt when it can.
    void setKeychainProblem(const std::optional<latchkey::Problem> &problem);

Q_SIGNALS:
    void keychainRetryRequested();

protected:
    [[nodiscard]] bool hasUnsaved() const override;
    [[nodiscard]] bool isBusy() const override { return m_step == Step::Run; }
    void stop() override;
    void act() override;

private:
    enum class Step { Read, Findings, Refresh, Foreign, Plan, Run, Result };
    [[nodiscard]] bool isComparison() const { return m_purpose == Purpose::Compare; }
    void turnTo(Step step);
    void refresh();
    void read();
    void opened(const Outcome<OpenedFile> &file);
    void buildPlanPage();
    void showPlan();
    /// What there is in the next of the profiles that the file means.
    void readNextProfile();
    /// Goes on with what is known of those that are not read yet.
    void skipReading();
    void chooseProfile(const QString &name, const QString &profile);
    /// What could not be read or taken.
    [[nodiscard]] QStringList notes() const;
    /// With the user's word.
    void takeForeign();
    void taken(const std::shared_ptr<ConfigurationImport> &imported);
    void showFindings(const QList<DocumentFinding> &findings);
    void plan();
    void planned(const Outcome<Plan> &plan);
    void allowVariable(const QString &name, bool isAllowed);
    void supply(const InstanceAddress &address);
    void start();
    void planAgain();
    void finish(const Outcome<PlanResult> &outcome);
    void askForFile(const QString &title, const QString &name, const QString &filter, const QString &suffix,
                    std::function<QByteArray()> text);
    void openLink(const QUrl &link);

    const Purpose m_purpose;
    const QString m_file;
    ImportServices m_services;
    std::shared_ptr<PlanKeys> m_keys;
    std::shared_ptr<ForeignConfiguration> m_foreign; ///< Until it is taken.
    std::unique_ptr<PlanDraft> m_draft;
    PlanRunModel m_rows;
    std::stop_source m_stop;
    Step m_step = Step::Read;
    QStringList m_toRead;                ///< Profiles.
    QSet<QString> m_read;                ///< Profiles that were read now.
    QMap<QString, QStringList> m_unread; ///< By profile: what was not.
    QStringList m_findings;              ///< What is to be known about another tool's file.
    bool m_isReading = false;
    bool m_isWriting = false; ///< A file: what becomes of it is to be told.
    bool m_isPlanning = false;
    bool m_planFailed = false; ///< What is shown is an earlier plan, if any.
    bool m_isOutdated = false; ///< While it was planned, there was more to plan from.
    std::optional<Problem> m_keychainProblem;
    Note *m_status;
    QProgressBar *m_busy;
    FindingsPage *m_findingsPage;
    ForeignPage *m_foreignPage;
    PlanPage *m_planPage = nullptr;
    PlanRunPage *m_runPage;
};

} // namespace latchkey
