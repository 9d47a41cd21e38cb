// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/newcredential.h"
#include "models/core/unfinishedchange.h"

#include <QWidget>

#include <array>
#include <memory>
#include <optional>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

class CredentialDraft;
class CredentialForm;
class Note;
class TypedName;

/// One interrupted change: what it was, what Konnect has now, and what can be done about it. Where a step
/// cannot be taken its reason stands beside its button.
class RecoveryChoices : public QWidget
{
    Q_OBJECT
public:
    explicit RecoveryChoices(QWidget *parent = nullptr);
    ~RecoveryChoices() override;

    /// `record`: of the change's instance, where it is known; it says which headers are typed where the new
    /// keys are not kept here. What was typed for the same change stays.
    void setChange(const UnfinishedChange &unfinished, const std::optional<InstanceRecord> &record);
    /// No step can be taken meanwhile.
    void setBusy(bool busy);
    [[nodiscard]] const UnfinishedChange &change() const { return m_unfinished; }
    /// The keys that Finish needs; empty where they are kept here.
    [[nodiscard]] HeaderKeys typedKeys() const;
    /// What Roll Back needs where it deletes a credential whose deletion nobody has confirmed yet.
    [[nodiscard]] QString typedName() const;
    [[nodiscard]] bool hasTyped() const;
    [[nodiscard]] bool isStepButton(const QWidget *widget) const;

Q_SIGNALS:
    void chosen(latchkey::RecoveryStep step);

private:
    struct Choice
    {
        RecoveryStep step;
        QPushButton *button = nullptr;
        QLabel *text = nullptr;
    };
    void describe();
    void updateForm(const std::optional<InstanceRecord> &record);
    void updateTypedName(const std::optional<InstanceRecord> &record);
    void updateButtons();

    UnfinishedChange m_unfinished;
    bool m_busy = false;
    QLabel *m_what;
    QLabel *m_facts;
    Note *m_cause;
    Note *m_there;
    QVBoxLayout *m_formPlace;
    std::unique_ptr<CredentialDraft> m_draft;
    CredentialForm *m_form = nullptr;
    TypedName *m_typedName = nullptr;
    std::array<Choice, 3> m_choices;
};

} // namespace latchkey
