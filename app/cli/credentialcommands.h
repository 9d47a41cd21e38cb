// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/core/bulkplan.h"
#include "models/core/change.h"

namespace latchkey {

/// What the commands about one instance's credential have in common.
class CredentialCommand : public Command
{
public:
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    /// Whether `--instance` may be given more than once.
    [[nodiscard]] virtual bool takesSeveral() const { return false; }
};

class CredentialShowCommand final : public CredentialCommand
{
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("credential show"); }
    [[nodiscard]] QString summary() const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;
};

/// Create, replace, delete and adopt: one flow with one set of questions.
class CredentialChangeCommand final : public CredentialCommand
{
public:
    explicit CredentialChangeCommand(ChangeKind kind)
        : m_kind(kind)
    {
    }
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] QStringList options() const override;
    [[nodiscard]] Done check(const Arguments &arguments) const override;
    [[nodiscard]] bool takesSeveral() const override { return m_kind != ChangeKind::Adopt; }
    [[nodiscard]] bool changesCredentials() const override { return true; }
    [[nodiscard]] bool usesKeychain(const Arguments &arguments) const override;
    QCoro::Task<ExitCode> run(CommandContext &context) override;

private:
    [[nodiscard]] Outcome<NewCredential> readCredential(CommandContext &context,
                                                        const InstanceRecord &record) const;
    /// Answers with what was typed to confirm, which is empty where nothing had to be.
    [[nodiscard]] Outcome<QString> confirm(CommandContext &context, const ChangePreview &preview) const;
    [[nodiscard]] ExitCode report(CommandContext &context, const Change &change) const;
    /// Where the credential could not be read.
    [[nodiscard]] static ExitCode failReading(CommandContext &context, const Problem &problem);
    [[nodiscard]] static bool keepsNothing(const Arguments &arguments);
    /// Says so where the expiry that was given could not be recorded.
    static QCoro::Task<void> checkExpiry(CommandContext &context, QList<Change> changes);

    // Several instances (credentialcommands_bulk.cpp)
    QCoro::Task<ExitCode> runBulk(CommandContext &context);
    QCoro::Task<Outcome<QList<InstanceRecord>>> findAll(CommandContext &context);
    [[nodiscard]] Outcome<BulkRequest> plan(CommandContext &context, const BulkPreview &preview) const;
    /// Fills in what was typed to confirm.
    [[nodiscard]] Done confirmAll(CommandContext &context, const BulkPreview &preview,
                                  BulkRequest *request) const;
    [[nodiscard]] static Done confirmProduction(CommandContext &context, const BulkPreview &preview,
                                                BulkRequest *request);

    ChangeKind m_kind;
};

} // namespace latchkey
