// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/forms/credentialdraft.h"
#include "ui/editor/changedialog.h"

#include <QUrl>

#include <functional>

class QVBoxLayout;

namespace latchkey {

class CredentialForm;
class ExpiryField;
class KeepBanner;

/// Creates or replaces a credential, or keeps the keys of one that was not made here: the keys are typed
/// here. Where Konnect wants a consent in the browser it explains that and opens the page.
class CredentialDialog final : public ChangeDialog
{
    Q_OBJECT
public:
    using Opener = std::function<bool(const QUrl &)>; ///< False where the desktop cannot open it.

    CredentialDialog(const ChangePreview &preview, ChangeServices services, Opener opener,
                     QWidget *parent = nullptr);

public Q_SLOTS:
    /// Why the keychain cannot be used; nullopt when it can.
    void setKeychainProblem(const std::optional<latchkey::Problem> &problem);

Q_SIGNALS:
    void keychainRetryRequested();

protected:
    [[nodiscard]] ChangeRequest request() const override;
    [[nodiscard]] QString missing() const override;
    [[nodiscard]] bool sendsNothing() const override { return !canBeTyped(); }
    [[nodiscard]] bool mayBeDefault() const override;
    void setFormEnabled(bool enabled) override;
    bool takeProblem(const Problem &problem) override;
    void offerAgain() override;
    [[nodiscard]] bool hasUnsaved() const override;
    void act() override;

private:
    [[nodiscard]] bool canBeTyped() const { return m_form != nullptr; }
    [[nodiscard]] QWidget *buildForm();
    void addExpiry(QVBoxLayout &column);
    [[nodiscard]] QWidget *buildBrowserPage();

    CredentialDraft m_draft;
    Opener m_opener;
    QUrl m_page;
    QWidget *m_middle = nullptr;
    CredentialForm *m_form = nullptr;
    ExpiryField *m_expiry = nullptr;
    KeepBanner *m_keep = nullptr;
};

} // namespace latchkey
