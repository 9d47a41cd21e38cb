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
    enum class Operation { Read, Write, Remove, Probe, List };

    explicit FailingSecretStore(QObject *parent = nullptr);
    /// Stores in `entries`, which must outlive this: two stores over one MemorySecretStore are two runs of
    /// Latchkey.
    explicit FailingSecretStore(MemorySecretStore &entries, QObject *parent = nullptr);

    /// Every call of `operation` fails, or with `nth` (from 1, counted from now) only that one. With
    /// `afterDoing` the work is done all the same.
    void fail(Operation operation, Problem::Category category, int nth = 0, bool afterDoing = false);
    void failAll(Problem::Category category);
    void recover();
    /// Reads answer with other bytes than were written.
    void setCorrupting(bool corrupting) { m_corrupting = corrupting; }
    /// The nth call of any operation (1 = the next one) and all after it wait, before they do their work,
    /// until release().
    void hangAtCall(int nth) { m_hangFrom = m_allCalls + nth; }
    void release();
    [[nodiscard]] bool isHanging() const { return m_hanging > 0; }
    /// Takes an entry away, as another program may.
    void lose(const QString &name);
    void setLargestEntry(qsizetype bytes) { m_largest = bytes; }

    [[nodiscard]] int calls(Operation operation) const { return m_calls.value(operation); }
    [[nodiscard]] int allCalls() const { return m_allCalls; }
    [[nodiscard]] QStringList names() const { return m_entries.names(); }

    QCoro::Task<Outcome<Secret>> read(QString name) override;
    QCoro::Task<Done> write(QString name, Secret value) override;
    QCoro::Task<Done> remove(QString name) override;
    QCoro::Task<Done> probe() override;
    QCoro::Task<Outcome<QStringList>> list() override;
    [[nodiscard]] qsizetype largestEntry() const override { return m_largest; }

Q_SIGNALS:
    /// A call is here, and nothing was done for it yet: failures that are set now hold for it.
    void called(const QString &operation, const QString &name);
    void released();

private:
    struct Failure
    {
        Problem problem;
        bool afterDoing = false;
    };
    /// Counts the call, waits where it has to, and says how it shall fail.
    QCoro::Task<std::optional<Failure>> enter(Operation operation, QString name = {});

    MemorySecretStore m_own;
    MemorySecretStore &m_entries;
    QHash<Operation, Failure> m_always;
    QHash<Operation, QHash<int, Failure>> m_once; ///< By the number of the call.
    QHash<Operation, int> m_calls;
    int m_allCalls = 0;
    int m_hangFrom = 0; ///< 0: never.
    int m_hanging = 0;
    qsizetype m_largest = 0;
    bool m_corrupting = false;
};

} // namespace latchkey::test
