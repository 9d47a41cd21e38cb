// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QEvent>
#include <QLineEdit>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTest>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace latchkey::test {

/// Answers the next dialog of a name as a person would. Make it before the action that opens the dialog:
///
///     DialogAnswer answer(u"deleteDialog"_s);
///     answer.fill(u"typedName"_s, u"datadog-prod"_s).click(u"confirmButton"_s);
///     window.findChild<QAction *>(u"deleteCredential"_s)->trigger();
///     QTRY_VERIFY(answer.done());
///
/// It waits for events only: for the dialog to be shown, and where a button is disabled, for it to be
/// enabled.
class DialogAnswer : public QObject
{
public:
    explicit DialogAnswer(QString dialogName)
        : m_name(std::move(dialogName))
    {
        qApp->installEventFilter(this);
    }

    DialogAnswer &fill(const QString &lineEdit, const QString &text)
    {
        return then([lineEdit, text](QDialog &dialog) {
            auto *field = dialog.findChild<QLineEdit *>(lineEdit);
            if (field == nullptr || !field->isEnabled())
                return false;
            field->setFocus();
            field->selectAll();
            QTest::keyClicks(field, text);
            return true;
        });
    }
    DialogAnswer &click(const QString &button)
    {
        return then([button](QDialog &dialog) {
            auto *found = dialog.findChild<QAbstractButton *>(button);
            if (found == nullptr || !found->isEnabled())
                return false;
            found->click();
            return true;
        });
    }
    /// `step` answers whether it could be done; if not, it is tried again when something in the dialog
    /// changes.
    DialogAnswer &then(std::function<bool(QDialog &)> step)
    {
        m_steps.push_back(std::move(step));
        return *this;
    }

    [[nodiscard]] bool seen() const { return m_seen; }
    /// All steps were done.
    [[nodiscard]] bool done() const { return m_seen && m_next == m_steps.size(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const QEvent::Type type = event->type();
        if (type == QEvent::Show && !m_seen) {
            if (auto *dialog = qobject_cast<QDialog *>(watched); dialog && dialog->objectName() == m_name) {
                m_dialog = dialog;
                m_seen = true;
                proceedLater();
            }
        } else if (!m_dialog.isNull() && // Not `m_dialog`: it may be half destroyed, and no QDialog any more.
                   (type == QEvent::EnabledChange || type == QEvent::Show || type == QEvent::LayoutRequest)) {
            proceedLater();
        }
        return false;
    }

private:
    void proceedLater()
    {
        if (std::exchange(m_queued, true))
            return;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_queued = false;
                proceed();
            },
            Qt::QueuedConnection);
    }
    void proceed()
    {
        while (m_dialog && m_next < m_steps.size()) {
            // The step before it may close and delete the dialog.
            if (!m_steps[m_next](*m_dialog))
                return;
            ++m_next;
        }
    }

    QString m_name;
    QPointer<QDialog> m_dialog;
    std::vector<std::function<bool(QDialog &)>> m_steps;
    std::size_t m_next = 0;
    bool m_seen = false;
    bool m_queued = false;
};

} // namespace latchkey::test
