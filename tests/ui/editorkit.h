// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/change.h"
#include "ui/editor/changeservices.h"

#include <QAbstractButton>
#include <QCoroFuture>
#include <QFuture>
#include <QLabel>
#include <QLineEdit>
#include <QPromise>
#include <QTest>
#include <QTimeZone>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace latchkey::test {

using namespace Qt::StringLiterals;

/// Records and previews as the services would make them, and a run that answers when the test says so.
namespace editorkit {

inline const QString datadogCredential = u"7f3c2a10-5b1e-4c6f-9a57-0d7c1b2e4f90"_s;

inline InstanceRecord datadog()
{
    InstanceRecord record;
    record.address = {u"profile-1"_s, u"https://eu.api.konghq.com:443"_s,
                      u"0b6e6c1f-aaaa-4bbb-8ccc-1234567890ab"_s};
    record.profileName = u"Acme"_s;
    record.endpointLabel = u"eu"_s;
    record.instance.id = record.address.instanceId;
    record.instance.name = u"datadog-eu-production"_s;
    record.instance.displayName = u"Datadog EU production"_s;
    record.instance.integrationName = u"datadog"_s;
    record.instance.integrationDisplayName = u"Datadog"_s;
    record.authorization.strategy = Authorization::Strategy::MultiKey;
    record.authorization.headers = {
        {u"DD-API-KEY"_s, u"API key"_s,
         u"Identifies your Datadog organization. Organization settings, API keys."_s},
        {u"DD-APPLICATION-KEY"_s, u"Application key"_s,
         u"Give it no scopes, or monitors_read, dashboards_read, create_webhooks, integrations_read and "
         "manage_integrations."_s}};
    record.knowledge = InstanceRecord::Knowledge::Absent;
    return record;
}

inline InstanceRecord datadogWithCredential()
{
    InstanceRecord record = datadog();
    record.knowledge = InstanceRecord::Knowledge::Present;
    record.credential.id = datadogCredential;
    record.credential.type = CredentialType::MultiKey;
    record.credential.createdAt = Timestamp::fromUtc(QDateTime(QDate(2026, 3, 1), QTime(8, 30), Qt::UTC));
    return record;
}

inline InstanceRecord withStrategy(Authorization::Strategy strategy)
{
    InstanceRecord record = datadog();
    record.authorization = {};
    record.authorization.strategy = strategy;
    return record;
}

inline ChangePreview previewOf(ChangeKind kind, const InstanceRecord &record)
{
    ChangePreview preview;
    preview.kind = kind;
    preview.record = record;
    if (kind != ChangeKind::Create) {
        preview.oldCredentialId = record.credential.id;
        preview.needsTypedName = record.production || record.isProtected;
    }
    return preview;
}

/// Stands for CredentialChanges.
class FakeChanges
{
public:
    [[nodiscard]] ChangeServices services()
    {
        ChangeServices made;
        made.preview = [this](ChangeKind kind, const InstanceAddress &) { return previewOf(kind, record); };
        made.run = [this](ChangeRequest request, std::stop_token token) {
            stop = std::move(token);
            requests.push_back(std::move(request));
            promise = QPromise<void>();
            promise.start();
            m_outcome = std::make_shared<std::optional<Outcome<Change>>>();
            return answerLater(m_outcome, promise.future());
        };
        return made;
    }
    void answer(Outcome<Change> outcome)
    {
        m_outcome->emplace(std::move(outcome));
        promise.finish();
    }
    [[nodiscard]] Change change(ChangePhase phase) const
    {
        Change made;
        made.id = u"change-1"_s;
        made.kind = requests.back().kind;
        made.phase = phase;
        made.address = record.address;
        made.instanceTitle = record.instance.title();
        return made;
    }

    InstanceRecord record = datadog(); ///< What previews are made from.
    std::vector<ChangeRequest> requests;
    std::stop_token stop;
    QPromise<void> promise;

private:
    using Answer = std::shared_ptr<std::optional<Outcome<Change>>>;
    /// May answer after the test and this object have gone.
    static QCoro::Task<Outcome<Change>> answerLater(Answer answer, QFuture<void> when)
    {
        co_await when;
        Outcome<Change> outcome = std::move(answer->value());
        co_return outcome;
    }
    Answer m_outcome;
};

/// The widget of that name, which must be there.
template <typename Widget>
Widget *get(const QWidget &window, const QString &name)
{
    auto *found = window.findChild<Widget *>(name);
    if (!found)
        qFatal("no widget is called %s", qPrintable(name));
    return found;
}

inline QLineEdit *keyLine(const QWidget &dialog, int row)
{
    return get<QLineEdit>(*get<QWidget>(dialog, u"headerKey%1"_s.arg(row)), u"secretLine"_s);
}

inline void type(QLineEdit *line, const QString &text)
{
    line->setFocus();
    QTest::keyClicks(line, text);
}

/// All that can be read in the visible labels below `widget`.
inline QString visibleText(const QWidget &widget)
{
    QStringList texts;
    const QList<QLabel *> labels = widget.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisibleTo(&widget))
            texts.append(label->text());
    }
    return texts.join(u'\n');
}

inline bool isShown(const QWidget &dialog, const QString &name)
{
    return get<QWidget>(dialog, name)->isVisibleTo(&dialog);
}

} // namespace editorkit
} // namespace latchkey::test
