// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/thresholdspanel.h"

#include "models/core/wording.h"
#include "ui/common/theme.h"
#include "ui/settings/thresholdfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

ThresholdsPanel::ThresholdsPanel(const QList<ThresholdScope> &scopes, QWidget *parent)
    : QWidget(parent)
    , m_scope(new QComboBox(this))
    , m_own(new QCheckBox(tr("Its own, in the place of the general ones"), this))
    , m_howMany(new QLabel(this))
{
    m_scope->setObjectName(u"thresholdScope"_s);
    m_scope->setAccessibleName(tr("Whose thresholds are shown"));
    // A name can be of any length.
    constexpr int Characters = 28;
    m_scope->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_scope->setMinimumContentsLength(Characters);
    m_own->setObjectName(u"thresholdsOwn"_s);
    m_own->setToolTip(tr("Those of an integration count before those of a profile"));
    m_howMany->setObjectName(u"settingsOwnThresholds"_s);
    addScope({nullptr, {}, tr("In general")});
    for (const ThresholdScope &scope : scopes)
        addScope(scope);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::normal);
    auto *title = new QLabel(tr("When it is expiring"), this);
    title->setBuddy(m_scope);
    auto *whose = new QHBoxLayout;
    whose->setSpacing(spacing::normal);
    whose->addWidget(title);
    whose->addWidget(m_scope);
    whose->addStretch(1);
    column->addLayout(whose);
    column->addWidget(m_own);
    m_later = addField(*column, u"expiry.later"_s, tr("A credential is expiring from"),
                       tr("The first word about it: time to plan its replacement."));
    m_soon = addField(*column, u"expiry.soon"_s, tr("A credential is expiring soon from"),
                      tr("Time to replace it. Where this is longer than the one above, it alone counts."));
    column->addWidget(m_howMany);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &ThresholdsPanel::choose);
    connect(m_own, &QCheckBox::toggled, this, &ThresholdsPanel::followOwn);
    showChosen();
}

ThresholdField *ThresholdsPanel::addField(QVBoxLayout &column, const QString &name, const QString &text,
                                          const QString &explanation)
{
    auto *field = new ThresholdField(name, text, this);
    auto *title = new QLabel(text, this);
    title->setBuddy(field->firstField());
    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::normal);
    line->addWidget(title);
    line->addWidget(field);
    line->addWidget(new QLabel(tr("before its end"), this));
    line->addStretch(1);
    column.addLayout(line);
    auto *below = new QLabel(explanation, this);
    below->setTextFormat(Qt::PlainText);
    below->setWordWrap(true);
    below->setForegroundRole(QPalette::PlaceholderText);
    column.addWidget(below);
    field->firstField()->setAccessibleDescription(explanation);
    return field;
}

void ThresholdsPanel::addScope(const ThresholdScope &scope)
{
    m_scopes.append(scope);
    m_scope->addItem(scope.title);
}

void ThresholdsPanel::addMissing(QHash<QString, HealthThresholds> HealthRules::*group)
{
    QStringList members = (m_rules.*group).keys();
    members.sort();
    for (const QString &member : std::as_const(members)) {
        const bool isThere = std::ranges::any_of(m_scopes, [&](const ThresholdScope &scope) {
            return scope.group == group && scope.member == member;
        });
        if (!isThere)
            addScope({group, member, member});
    }
}

void ThresholdsPanel::setRules(const HealthRules &rules)
{
    m_rules = rules;
    addMissing(&HealthRules::ofProfile);
    addMissing(&HealthRules::ofIntegration);
    showChosen();
}

HealthRules ThresholdsPanel::rules() const
{
    HealthRules entered = m_rules;
    const HealthThresholds thresholds{m_soon->threshold(), m_later->threshold()};
    const ThresholdScope &scope = m_scopes.at(m_chosen);
    if (scope.group == nullptr)
        entered.general = thresholds;
    else if (m_own->isChecked())
        (entered.*scope.group).insert(scope.member, thresholds);
    else
        (entered.*scope.group).remove(scope.member);
    return entered;
}

void ThresholdsPanel::choose(int scope)
{
    m_rules = rules();
    m_chosen = scope;
    showChosen();
}

void ThresholdsPanel::followOwn(bool own)
{
    // What is not its own is what is said in general.
    if (!own) {
        m_later->setThreshold(m_rules.general.later);
        m_soon->setThreshold(m_rules.general.soon);
    }
    m_later->setEnabled(own);
    m_soon->setEnabled(own);
    describe();
}

void ThresholdsPanel::showChosen()
{
    const ThresholdScope &scope = m_scopes.at(m_chosen);
    const bool isGeneral = scope.group == nullptr;
    const bool own = !isGeneral && (m_rules.*scope.group).contains(scope.member);
    const HealthThresholds thresholds = own ? (m_rules.*scope.group).value(scope.member) : m_rules.general;
    {
        const QSignalBlocker quiet(m_own);
        m_own->setChecked(own);
    }
    m_own->setVisible(!isGeneral);
    m_later->setThreshold(thresholds.later);
    m_soon->setThreshold(thresholds.soon);
    m_later->setEnabled(isGeneral || own);
    m_soon->setEnabled(isGeneral || own);
    describe();
}

void ThresholdsPanel::describe()
{
    const HealthRules entered = rules();
    const qsizetype own = entered.ofProfile.size() + entered.ofIntegration.size();
    m_howMany->setText(
        wording::counted("latchkey::ThresholdsPanel", "%n profile or integration has thresholds of its own.",
                         QT_TRANSLATE_N_NOOP("latchkey::ThresholdsPanel",
                                             "%n profiles and integrations have thresholds of their own."),
                         own));
    m_howMany->setVisible(own > 0);
}

} // namespace latchkey
