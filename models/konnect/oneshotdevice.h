// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/secret.h"

#include <QIODevice>

namespace latchkey {

/// A request body that can be read once. Being sequential it cannot be rewound, so that
/// QNetworkAccessManager, which over HTTP/1.1 silently repeats a request whose connection was closed, has
/// nothing to repeat it with. The bytes are wiped as soon as they are read to the end.
class OneShotDevice final : public QIODevice
{
    Q_OBJECT
public:
    explicit OneShotDevice(Secret body, QObject *parent = nullptr);
    ~OneShotDevice() override;

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] bool atEnd() const override;
    /// Never, and without the warning of QIODevice: Qt tries it before it gives up.
    bool seek(qint64) override { return false; }
    /// Of the whole body, also after it was read.
    [[nodiscard]] qint64 length() const { return m_length; }
    /// Some of the body was handed out.
    [[nodiscard]] bool wasRead() const { return m_position > 0; }

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    Secret m_body;
    qint64 m_length = 0;
    qint64 m_position = 0;
};

} // namespace latchkey
