// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/outcome.h"

#include <QString>

#include <memory>
#include <utility>

class QLockFile;

namespace latchkey {

/// Held for the length of a change, so that a window and a latchkeyctl never change credentials at the same
/// time. The kernel releases it with the process.
class ChangeLock
{
public:
    /// The folder of `file` must exist when the lock is taken.
    explicit ChangeLock(QString file);
    ~ChangeLock();

    /// Must not outlive the lock.
    class Holder
    {
    public:
        explicit Holder(ChangeLock *lock)
            : m_lock(lock)
        {
        }
        Holder(Holder &&other) noexcept
            : m_lock(std::exchange(other.m_lock, nullptr))
        {
        }
        Holder &operator=(Holder &&) = delete;
        Holder(const Holder &) = delete;
        Holder &operator=(const Holder &) = delete;
        ~Holder();

    private:
        ChangeLock *m_lock;
    };

    /// At once: held until the Holder goes, or a Problem `InUse` that names the process. Several holders of
    /// one process share the lock. StorageReadOnly and StorageFailed where the lock file cannot be made.
    [[nodiscard]] Outcome<Holder> acquire();
    /// The same, and shared with nobody until the Holder goes.
    [[nodiscard]] Outcome<Holder> acquireAlone();
    /// By this process.
    [[nodiscard]] bool isHeldHere() const { return m_holders > 0; }

private:
    [[nodiscard]] Problem whoHoldsIt() const;
    [[nodiscard]] static Problem anotherPart();

    QString m_path;
    std::unique_ptr<QLockFile> m_file;
    int m_holders = 0;
    bool m_alone = false; ///< The one holder shares with nobody.
};

} // namespace latchkey
