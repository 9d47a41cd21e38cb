// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/connectiontest.h"

#include "ui/common/note.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString stepLabel(ConnectionStep::Kind kind)
{
    switch (kind) {
    case ConnectionStep::Kind::ReadCa:
        return ConnectionTest::tr("Read the CA file");
    case ConnectionStep::Kind::ResolveHost:
        return ConnectionTest::tr("Find the server by its name");
    case ConnectionStep::Kind::Connect:
        return ConnectionTest::tr("Connect");
    case ConnectionStep::Kind::Tls:
        return ConnectionTest::tr("Check the certificate");
    case ConnectionStep::Kind::Authenticate:
        return ConnectionTest::tr("Sign in with the token");
    case ConnectionStep::Kind::ListInstances:
        return ConnectionTest::tr("List the integration instances");
    case ConnectionStep::Kind::ReadCatalog:
        return ConnectionTest::tr("Read the integration catalog");
    }
    return {};
}

Note::Kind stepSign(ConnectionStep::Result result)
{
    switch (result) {
    case ConnectionStep::Result::Passed:
        return Note::Kind::Good;
    case ConnectionStep::Result::Failed:
        return Note::Kind::Error;
    case ConnectionStep::Result::NotReached:
        return Note::Kind::Pending;
    }
    return Note::Kind::Pending;
}

QString stepText(const ConnectionStep &step)
{
    QString label = stepLabel(step.kind);
    switch (step.result) {
    case ConnectionStep::Result::Passed:
        return step.detail.isEmpty() ? label : ConnectionTest::tr("%1: %2").arg(label, step.detail);
    case ConnectionStep::Result::Failed:
        return step.detail.isEmpty() ? ConnectionTest::tr("%1: failed").arg(label)
                                     : ConnectionTest::tr("%1 failed: %2").arg(label, step.detail);
    case ConnectionStep::Result::NotReached:
        return ConnectionTest::tr("%1: not reached").arg(label);
    }
    return label;
}

} // namespace

ConnectionTest::ConnectionTest(QWidget *parent)
    : QFrame(parent)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"connectionTest"_s);
    setFrameShape(QFrame::StyledPanel);
    hide();
}

void ConnectionTest::removeLines()
{
    delete m_lines;
    m_lines = new QWidget(this);
    auto *lines = new QVBoxLayout(m_lines);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(3);
    m_column->addWidget(m_lines);
    m_lines->show();
}

void ConnectionTest::showRunning()
{
    removeLines();
    m_lines->layout()->addWidget(new Note(Note::Kind::Active, tr("Testing the connection …"), m_lines));
    show();
}

void ConnectionTest::showResults(const QList<EndpointTest> &results)
{
    removeLines();
    for (const EndpointTest &result : results)
        addEndpoint(result);
    setVisible(!results.isEmpty());
}

void ConnectionTest::addEndpoint(const EndpointTest &result)
{
    QString verdict = tr("%1: does not work").arg(result.endpoint.label());
    if (result.passed()) {
        verdict = result.instances < 0 ? tr("%1: works").arg(result.endpoint.label())
                                       : tr("%1: works, %n instance(s) visible", nullptr, result.instances)
                                             .arg(result.endpoint.label());
    }
    auto *heading = new Note(result.passed() ? Note::Kind::Good : Note::Kind::Error, verdict, m_lines);
    heading->setObjectName(u"endpoint_"_s + result.endpoint.label());
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    m_lines->layout()->addWidget(heading);
    for (const ConnectionStep &step : result.steps) {
        auto *line = new Note(stepSign(step.result), stepText(step), m_lines);
        line->setContentsMargins(22, 0, 0, 0);
        m_lines->layout()->addWidget(line);
    }
}

void ConnectionTest::clear()
{
    hide();
}

} // namespace latchkey
