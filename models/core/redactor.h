// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/secret.h"

#include <QMutex>
#include <QString>

#include <vector>

namespace latchkey {

/// Takes secrets out of text that people or files will see: by value (every secret of 8 bytes and more that
/// it was told about: plain, base64, percent-encoded, JSON-escaped, hexadecimal) and by structure (`Bearer
/// …`, `kpat_…`, `spat_…`, JSON members `key`, `token`, `client_secret`, `code`). Thread-safe.
///
/// The application installs one as Qt's message handler, the only global in the program.
class Redactor
{
public:
    Redactor() = default;
    Redactor(const Redactor &) = delete;
    Redactor &operator=(const Redactor &) = delete;
    ~Redactor();

    void learn(const Secret &secret);
    [[nodiscard]] QString redact(QString text) const;

    /// Routes qDebug … qFatal of the whole process through `redact()` to stderr until this object goes.
    void installAsMessageHandler();

private:
    mutable QMutex m_mutex;
    std::vector<Secret> m_known;
    bool m_installed = false;
};

} // namespace latchkey
