// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/endpointfields.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QString geoName(const QString &geo)
{
    if (geo == u"us"_s)
        return EndpointFields::tr("United States (us)");
    if (geo == u"eu"_s)
        return EndpointFields::tr("Europe (eu)");
    if (geo == u"au"_s)
        return EndpointFields::tr("Australia (au)");
    if (geo == u"me"_s)
        return EndpointFields::tr("Middle East (me)");
    if (geo == u"in"_s)
        return EndpointFields::tr("India (in)");
    if (geo == u"sg"_s)
        return EndpointFields::tr("Singapore (sg)");
    return geo;
}

constexpr int indent = 24;

} // namespace

EndpointFields::EndpointFields(const QList<Endpoint> &endpoints, QWidget *parent)
    : QWidget(parent)
    , m_konnect(new QRadioButton(tr("&Konnect, in these geos"), this))
    , m_own(new QRadioButton(tr("A server with a URL of its &own"), this))
    , m_url(new QLineEdit(this))
{
    m_konnect->setObjectName(u"konnectGeos"_s);
    m_own->setObjectName(u"ownUrl"_s);
    m_url->setObjectName(u"url"_s);
    m_url->setAccessibleName(tr("URL"));
    m_url->setPlaceholderText(u"https://konnect.example.com/v1"_s);
    m_url->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_konnect);
    auto *grid = new QGridLayout;
    grid->setContentsMargins(indent, 0, 0, 4);
    grid->setHorizontalSpacing(16);
    const QStringList all = konnectGeos();
    for (const QString &geo : all) {
        auto *box = new QCheckBox(geoName(geo), this);
        box->setObjectName(u"geo_"_s + geo);
        box->setProperty("geo", geo);
        box->setChecked(
            std::ranges::any_of(endpoints, [&geo](const Endpoint &known) { return known.geo == geo; }));
        grid->addWidget(box, static_cast<int>(m_geos.size()) / 2, static_cast<int>(m_geos.size()) % 2);
        m_geos.append(box);
        connect(box, &QCheckBox::toggled, this, &EndpointFields::edited);
    }
    grid->setColumnStretch(2, 1);
    column->addLayout(grid);
    column->addWidget(m_own);
    auto *urlRow = new QVBoxLayout;
    urlRow->setContentsMargins(indent, 0, 0, 0);
    urlRow->addWidget(m_url);
    column->addLayout(urlRow);

    const bool ownUrl = !endpoints.isEmpty() && endpoints.first().geo.isEmpty();
    if (ownUrl)
        m_url->setText(endpoints.first().baseUrl.toString());
    (ownUrl ? m_own : m_konnect)->setChecked(true);
    showMode();
    connect(m_own, &QRadioButton::toggled, this, [this](bool own) {
        showMode();
        if (own)
            m_url->setFocus();
        Q_EMIT edited();
    });
    connect(m_url, &QLineEdit::textEdited, this, &EndpointFields::edited);
}

void EndpointFields::showMode()
{
    for (QCheckBox *box : std::as_const(m_geos))
        box->setEnabled(!isUrl());
    m_url->setEnabled(isUrl());
}

bool EndpointFields::isUrl() const
{
    return m_own->isChecked();
}

QStringList EndpointFields::geos() const
{
    QStringList chosen;
    for (const QCheckBox *box : m_geos) {
        if (box->isChecked())
            chosen.append(box->property("geo").toString());
    }
    return chosen;
}

QString EndpointFields::url() const
{
    return m_url->text().trimmed();
}

} // namespace latchkey
