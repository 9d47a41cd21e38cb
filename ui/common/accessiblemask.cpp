// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/accessiblemask.h"

#include "ui/common/secretline.h"

#include <QAccessible>

namespace latchkey {

namespace {

constexpr QChar dot(u'●');

QAccessible::UpdateHandler behind = nullptr;

void maskSecrets(QAccessibleEvent *event);

void passOn(QAccessibleEvent *event)
{
    if (behind) {
        behind(event);
        return;
    }
    // Qt's own handler has no name: it is what runs where none is installed.
    QAccessible::installUpdateHandler(nullptr);
    QAccessible::updateAccessibility(event);
    QAccessible::installUpdateHandler(maskSecrets);
}

void maskSecrets(QAccessibleEvent *event)
{
    QObject *line = qobject_cast<SecretLine *>(event->object());
    if (!line) {
        passOn(event);
        return;
    }
    switch (event->type()) {
    case QAccessible::TextInserted: {
        const auto *plain = static_cast<QAccessibleTextInsertEvent *>(event);
        QAccessibleTextInsertEvent masked(line, plain->changePosition(),
                                          QString(plain->textInserted().size(), dot));
        masked.setCursorPosition(plain->cursorPosition());
        passOn(&masked);
        return;
    }
    case QAccessible::TextRemoved: {
        const auto *plain = static_cast<QAccessibleTextRemoveEvent *>(event);
        QAccessibleTextRemoveEvent masked(line, plain->changePosition(),
                                          QString(plain->textRemoved().size(), dot));
        masked.setCursorPosition(plain->cursorPosition());
        passOn(&masked);
        return;
    }
    case QAccessible::TextUpdated:
        // The line sets its own text after each key, to drop its history: nothing that anyone did.
        return;
    default:
        passOn(event);
    }
}

} // namespace

void maskSecretsForAssistiveTools()
{
    const QAccessible::UpdateHandler installed = QAccessible::installUpdateHandler(maskSecrets);
    if (installed != maskSecrets)
        behind = installed;
}

} // namespace latchkey
