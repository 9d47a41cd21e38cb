// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/secrets/memorysecretstore.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace latchkey::test {

/// A secret store in memory that can fail at each call, as a keychain does: locked, refused, hung, or one
/// that gives back something else than was written.
class FailingSecretStore final : public SecretStore
{
    Q_OBJECT
public:
    enum class Operation { Read, Write, Remove, Probe };

    using SecretStore::SecretStore;

    /// Every call of `operation` fails, or with `nth` (from 1, counted from now) only that one.
    void fail(Operation operation, Problem::Category category, int nth = 0);
    void failAll(Problem::Category category);
    void recover();
    /// Reads answer with other bytes than were written.
    void setCorrupting(bool corrupting) { m_corrupting = corrupting; }
    [[nodiscard]] int calls(Operation operation) const { return m_calls.value(int(operation)); }
    [[nodiscard]] QStringList names() const { return m_entries.names(); }

    QCoro::Task<Outcome<Secret>> read(QString name) override;
    QCoro::Task<Done> write(QString name, Secret value) override;
    QCoro::Task<Done> remove(QString name) override;
    QCoro::Task<Done> probe() override;

private:
    struct Failure
    {
        Problem::Category category = Problem::Category::KeychainFailed;
        int left = 0; ///< Calls until it fails, where it fails once.
        bool once = false;
    };
    [[nodiscard]] std::optional<Problem> next(Operation operation);

    MemorySecretStore m_entries;
    QHash<int, Failure> m_failures;
    QHash<int, int> m_calls;
    bool m_corrupting = false;
};

} // namespace latchkey::test
