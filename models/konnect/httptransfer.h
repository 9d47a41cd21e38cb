// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/konnect/connection.h"
#include "models/konnect/transferresult.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>

namespace latchkey {

class OneShotDevice;

/// One request that is out: keeps its deadline and the bound on its size, and tells our own abort from a
/// time-out (both arrive as the same error). Calls back exactly once, never from the constructor, unless it
/// is destroyed before.
class HttpTransfer : public QObject
{
    Q_OBJECT
public:
    using Finished = std::function<void(TransferResult)>;

    /// Takes `reply`; `body` is the reply's child, or nullptr for a GET.
    HttpTransfer(QNetworkReply *reply, OneShotDevice *body, const TransportLimits &limits, Finished finished,
                 QObject *parent = nullptr);
    ~HttpTransfer() override;

    /// Ends it with End::Canceled, before it returns.
    void cancel();

private:
    void end(TransferResult::End why);
    void watchSize();
    void collect();
    [[nodiscard]] bool isWhole() const;

    QNetworkReply *m_reply;
    OneShotDevice *m_body;
    qsizetype m_largest;
    Finished m_finished;
    QTimer m_deadline;
    TransferResult m_answer;
    QStringList m_tlsErrors;
    bool m_ended = false; ///< We ended it ourselves; the reason is in the answer.
};

} // namespace latchkey
