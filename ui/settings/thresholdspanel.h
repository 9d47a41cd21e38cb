// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/healthrules.h"

#include <QList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QVBoxLayout;

namespace latchkey {

class ThresholdField;

/// What may have thresholds of its own.
struct ThresholdScope
{
    QHash<QString, HealthThresholds> HealthRules::*group = nullptr; ///< nullptr: all that have none.
    QString member;                                                 ///< Of the group.
    QString title;                                                  ///< "Profile Acme"
};

/// How long before its end a credential is worth a word: in general, and for the profile or integration that
/// is chosen.
class ThresholdsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ThresholdsPanel(const QList<ThresholdScope> &scopes, QWidget *parent = nullptr);

    /// What has thresholds of its own can be chosen, also where `scopes` did not have it.
    void setRules(const HealthRules &rules);
    [[nodiscard]] HealthRules rules() const; ///< As entered.

private:
    ThresholdField *addField(QVBoxLayout &column, const QString &name, const QString &text,
                             const QString &explanation);
    void addScope(const ThresholdScope &scope);
    void addMissing(QHash<QString, HealthThresholds> HealthRules::*group);
    void choose(int scope);
    void followOwn(bool own);
    void showChosen();
    void describe();

    QList<ThresholdScope> m_scopes; ///< As in `m_scope`.
    HealthRules m_rules;            ///< Without what is entered for the chosen one.
    int m_chosen = 0;
    QComboBox *m_scope;
    QCheckBox *m_own;
    ThresholdField *m_later = nullptr;
    ThresholdField *m_soon = nullptr;
    QLabel *m_howMany;
};

} // namespace latchkey
