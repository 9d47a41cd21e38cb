// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QObject>
#include <QString>

#include <memory>

class QLocalServer;

namespace latchkey {

/// One window for each data folder. A lock file, which the kernel releases with the process, decides who is
/// first; a local socket only carries "come to the front", because a second listener can take a socket over.
class SingleInstance : public QObject
{
    Q_OBJECT
public:
    enum class Start {
        First,      ///< This process may open the window.
        Raised,     ///< There is another one, which came to the front where that was wanted.
        OtherSilent ///< There is another one, or a left-over lock that nobody can judge: see `explanation()`.
    };

    explicit SingleInstance(const QString &dataDir, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Waits a second at most for the other process. The data folder must exist. Without `raise` the other
    /// one stays where it is.
    [[nodiscard]] Start start(bool raise = true);
    /// Who holds the lock, and what can be done.
    [[nodiscard]] QString explanation() const { return m_explanation; }
    /// From now on another process may be first.
    void release();

Q_SIGNALS:
    void raiseRequested();

private:
    [[nodiscard]] bool raiseOther() const;
    void listen();
    void answer();

    QString m_lockPath;
    QString m_socketPath;
    QLockFile m_lock;
    std::unique_ptr<QLocalServer> m_server;
    QString m_explanation;
};

} // namespace latchkey
