// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/stack.h"
#include "tests/support/testmain.h"
#include "ui/common/banner.h"
#include "ui/settings/settingsdialog.h"
#include "ui/settings/thresholdspanel.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QWheelEvent>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

/// The settings over the real services, driven by object names.
class TstSettingsDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->start());
    }
    void cleanup()
    {
        m_dialog.reset();
        m_stack.reset();
        m_world.reset();
    }

    void whatIsSavedStays()
    {
        open();
        QCOMPARE(days()->value(), 30);
        QCOMPARE(seconds()->value(), 30);
        QSignalSpy changed(&m_stack->preferences, &Preferences::changed);
        days()->setValue(90);
        seconds()->setValue(0);
        QSignalSpy finished(m_dialog.get(), &QDialog::finished);
        child<QPushButton>(u"settingsSave"_s)->click();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(await(m_stack->retention.days())->value(), 90);
        m_dialog.reset();
        m_stack.reset();
        m_stack = std::make_unique<Stack>(*m_world);
        QVERIFY(m_stack->open());
        open();
        QTRY_COMPARE(days()->value(), 90);
        QCOMPARE(seconds()->value(), 0);
    }

    void theRangesAreThoseOfTheSettings()
    {
        open();
        QCOMPARE(days()->minimum(), 1);
        QCOMPARE(days()->maximum(), 3650);
        QCOMPARE(seconds()->minimum(), 0);
        QCOMPARE(seconds()->maximum(), 3600);
        for (const QSpinBox *field : {days(), seconds()}) {
            QVERIFY(!field->accessibleName().isEmpty());
            QVERIFY(!field->accessibleDescription().isEmpty());
        }
    }

    void cancelChangesNothingAndTheDefaultsComeBack()
    {
        Settings settings;
        settings.retentionDays = 7;
        QVERIFY(await(m_stack->preferences.save(settings))->ok());
        open();
        QCOMPARE(days()->value(), 7);
        child<QPushButton>(u"settingsDefaults"_s)->click();
        QCOMPARE(days()->value(), 30);
        child<QPushButton>(u"settingsCancel"_s)->click();
        QCOMPARE(await(m_stack->preferences.read())->value(), settings);
    }

    void whatAnotherLatchkeySetIsShown()
    {
        Stack other(*m_world);
        QVERIFY(other.open());
        Settings settings;
        settings.retentionDays = 7;
        QVERIFY(await(other.preferences.save(settings))->ok());
        open();
        QTRY_COMPARE(days()->value(), 7);
    }

    void whatIsKeptAndWhatWouldGoIsSaid()
    {
        open();
        QTRY_COMPARE(kept(), u"No earlier keys are kept."_s);
        for (const char *key : {"key-number-1", "key-number-2", "key-number-3"}) {
            const auto replaced =
                m_stack->run(m_stack->request(ChangeKind::Replace, u"datadog-staging"_s, key));
            QVERIFY(replaced && replaced->ok());
            m_world->clock.advance(10LL * 24 * 60 * 60);
        }
        m_dialog.reset();
        open();
        QTRY_VERIFY(kept().startsWith(u"2 earlier sets of keys are kept, the oldest since"_s));
        auto *warning = child<Banner>(u"settingsWarning"_s);
        QVERIFY(!warning->isVisible());
        days()->setValue(15);
        QVERIFY(warning->isVisible());
        QVERIFY2(warning->text().startsWith(u"1 of them is older"_s), qPrintable(warning->text()));
        days()->setValue(5);
        QVERIFY(warning->text().startsWith(u"2 of them are older"_s));
        days()->setValue(60);
        QVERIFY(!warning->isVisible());
    }

    void thresholdsAreDaysOrAPartOfTheLife()
    {
        Settings settings;
        settings.healthRules.ofProfile.insert(m_stack->profile().id, {{1}, {2}});
        QVERIFY(await(m_stack->preferences.save(settings))->ok());
        open();
        auto *soon = child<QSpinBox>(u"setting_expiry.soon"_s);
        auto *later = child<QSpinBox>(u"setting_expiry.later"_s);
        auto *unit = child<QComboBox>(u"settingUnit_expiry.later"_s);
        QCOMPARE(soon->value(), 7);
        QCOMPARE(later->value(), 30);
        QVERIFY(child<QLabel>(u"settingsOwnThresholds"_s)->text().startsWith(u"1 profile or integration"_s));
        for (const QWidget *field : {static_cast<QWidget *>(soon), static_cast<QWidget *>(unit)})
            QVERIFY(!field->accessibleName().isEmpty());
        soon->setValue(14);
        later->setValue(400);
        unit->setCurrentIndex(1);
        QCOMPARE(later->value(), 100); // Of a hundred.
        later->setValue(25);
        child<QPushButton>(u"settingsSave"_s)->click();
        settings.healthRules.general = {{14}, {25, Threshold::Unit::Percent}};
        QTRY_COMPARE(m_stack->preferences.settings(), settings); // Those of the profile stay.
        QCOMPARE(await(m_stack->preferences.read())->value(), settings);
        m_dialog.reset();
        open();
        QCOMPARE(child<QSpinBox>(u"setting_expiry.later"_s)->value(), 25);
        QCOMPARE(child<QComboBox>(u"settingUnit_expiry.later"_s)->currentIndex(), 1);
        child<QPushButton>(u"settingsDefaults"_s)->click();
        QCOMPARE(child<QSpinBox>(u"setting_expiry.later"_s)->value(), 30);
        QCOMPARE(child<QComboBox>(u"settingUnit_expiry.later"_s)->currentIndex(), 0);
    }

    void aProfileOrIntegrationCanHaveThresholdsOfItsOwn()
    {
        Settings settings;
        settings.healthRules.general.later = {60};
        settings.healthRules.ofIntegration.insert(u"gone-by-now"_s, {{3}, {4}});
        QVERIFY(await(m_stack->preferences.save(settings))->ok());
        open();
        auto *scope = child<QComboBox>(u"thresholdScope"_s);
        auto *own = child<QCheckBox>(u"thresholdsOwn"_s);
        auto *soon = child<QSpinBox>(u"setting_expiry.soon"_s);
        auto *later = child<QSpinBox>(u"setting_expiry.later"_s);
        QVERIFY(!own->isVisible());
        // It begins as the others are.
        scope->setCurrentIndex(scope->findText(u"Integration Datadog"_s));
        QVERIFY(own->isVisible() && !own->isChecked() && !soon->isEnabled());
        QCOMPARE(later->value(), 60);
        own->setChecked(true);
        soon->setValue(20);
        scope->setCurrentIndex(scope->findText(u"Profile Acme"_s));
        QVERIFY(!own->isChecked());
        QCOMPARE(soon->value(), 7);
        own->setChecked(true);
        later->setValue(90);
        QVERIFY(child<QLabel>(u"settingsOwnThresholds"_s)->text().startsWith(u"3 profiles and"_s));
        // One that nobody sees any more can be taken back.
        scope->setCurrentIndex(scope->findText(u"gone-by-now"_s));
        QVERIFY(own->isChecked());
        QCOMPARE(later->value(), 4);
        own->setChecked(false);
        QCOMPARE(later->value(), 60);
        scope->setCurrentIndex(0);
        soon->setValue(8);
        child<QPushButton>(u"settingsSave"_s)->click();
        HealthRules rules;
        rules.general = {{8}, {60}};
        rules.ofIntegration.insert(u"datadog"_s, {{20}, {60}});
        rules.ofProfile.insert(m_stack->profile().id, {{7}, {90}});
        QTRY_COMPARE(m_stack->preferences.settings().healthRules, rules);
        QCOMPARE(await(m_stack->preferences.read())->value().healthRules, rules);
    }

    void thresholdsThatWereTakenBackAreGone()
    {
        Settings settings;
        settings.healthRules.ofIntegration.insert(u"datadog"_s, {{1}, {2}});
        QVERIFY(await(m_stack->preferences.save(settings))->ok());
        QVERIFY(await(m_stack->preferences.save({}))->ok());
        QCOMPARE(await(m_stack->preferences.read())->value(), Settings());
        open();
        QVERIFY(!child<QLabel>(u"settingsOwnThresholds"_s)->isVisible());
    }

    void switchesAndChoicesAreSavedToo()
    {
        open();
        auto *names = child<QCheckBox>(u"setting_reminders.names"_s);
        auto *day = child<QComboBox>(u"setting_reminders.digest-day"_s);
        QVERIFY(child<QCheckBox>(u"setting_reminders.enabled"_s)->isChecked());
        QVERIFY(!names->isChecked());
        QCOMPARE(day->currentText(), u"Monday"_s);
        names->setChecked(true);
        day->setCurrentIndex(day->findText(u"Friday"_s));
        child<QSpinBox>(u"setting_refresh.minutes"_s)->setValue(0);
        QSignalSpy finished(m_dialog.get(), &QDialog::finished);
        child<QPushButton>(u"settingsSave"_s)->click();
        QTRY_COMPARE(finished.count(), 1);
        const Settings saved = await(m_stack->preferences.read())->value();
        QCOMPARE(saved.reminderNames, 1);
        QCOMPARE(saved.digestDay, 5);
        QCOMPARE(saved.refreshMinutes, 0);
        QCOMPARE(saved.reminders, 1);
    }

    void scrollingPastAFieldDoesNotChangeIt()
    {
        open();
        child<QPushButton>(u"settingsSave"_s)->setFocus();
        for (QWidget *field :
             std::initializer_list<QWidget *>{days(), child<QComboBox>(u"setting_reminders.digest-day"_s)}) {
            QWheelEvent wheel(QPointF(3, 3), field->mapToGlobal(QPointF(3, 3)), QPoint(), QPoint(0, -120),
                              Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(field, &wheel);
        }
        QCOMPARE(days()->value(), 30);
        QCOMPARE(child<QComboBox>(u"setting_reminders.digest-day"_s)->currentText(), u"Monday"_s);
    }

    void whatTheMachineSaysOfASettingIsShown()
    {
        m_dialog = std::make_unique<SettingsDialog>(
            m_stack->preferences, m_stack->retention, m_world->clock,
            QHash<QString, QString>{{u"tray.enabled"_s, u"There is no tray."_s}}, QList<ThresholdScope>());
        QCOMPARE(child<QLabel>(u"settingNote_tray.enabled"_s)->text(), u"There is no tray."_s);
        QVERIFY(m_dialog->findChild<QLabel *>(u"settingNote_reminders.names"_s) == nullptr);
    }

    void allFitsOnASmallScreen()
    {
        open();
        QVERIFY(m_dialog->minimumSizeHint().height() <= 600);
        QVERIFY(m_dialog->height() <= 640);
        const auto *scroll = m_dialog->findChild<QScrollArea *>();
        QVERIFY(scroll != nullptr);
        QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0);
    }

    void aProblemKeepsTheDialogOpen()
    {
        open();
        Stack other(*m_world);
        QVERIFY(other.open());
        const std::function<Done(QSqlDatabase &)> refuse = [](QSqlDatabase &database) -> Done {
            QSqlQuery query(database);
            const bool made = query.exec(u"CREATE TRIGGER refuse BEFORE INSERT ON settings BEGIN"
                                         " SELECT raise(ABORT, 'no'); END"_s);
            return made ? Done() : Done(Problem());
        };
        QVERIFY(await(other.database.run<void>(refuse))->ok());
        days()->setValue(90);
        QSignalSpy finished(m_dialog.get(), &QDialog::finished);
        child<QPushButton>(u"settingsSave"_s)->click();
        QTRY_VERIFY(child<Banner>(u"settingsProblem"_s)->isVisible());
        QCOMPARE(finished.count(), 0);
        QVERIFY(child<QPushButton>(u"settingsSave"_s)->isEnabled());
        QCOMPARE(days()->value(), 90);
    }

private:
    void open()
    {
        const QList<ThresholdScope> scopes{
            {&HealthRules::ofProfile, m_stack->profile().id, u"Profile Acme"_s},
            {&HealthRules::ofIntegration, u"datadog"_s, u"Integration Datadog"_s}};
        m_dialog = std::make_unique<SettingsDialog>(m_stack->preferences, m_stack->retention, m_world->clock,
                                                    QHash<QString, QString>(), scopes);
        m_dialog->show();
    }
    template <typename T>
    T *child(const QString &name)
    {
        T *found = m_dialog->findChild<T *>(name);
        if (found == nullptr)
            qFatal("no child %s", qPrintable(name));
        return found;
    }
    QSpinBox *days() { return child<QSpinBox>(u"setting_retention.days"_s); }
    QSpinBox *seconds() { return child<QSpinBox>(u"setting_verify.watch-seconds"_s); }
    QString kept() { return child<QLabel>(u"settingsKept"_s)->text(); }

    std::unique_ptr<World> m_world;
    std::unique_ptr<Stack> m_stack;
    std::unique_ptr<SettingsDialog> m_dialog;
};

LATCHKEY_TEST_MAIN(QApplication, TstSettingsDialog)
#include "tst_settingsdialog.moc"
