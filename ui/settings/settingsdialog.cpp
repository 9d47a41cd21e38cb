// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingsdialog.h"

#include "models/core/wording.h"
#include "models/services/preferences.h"
#include "models/services/retention.h"
#include "ui/common/banner.h"
#include "ui/common/theme.h"
#include "ui/settings/settingfield.h"
#include "ui/settings/thresholdspanel.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

QLabel *sentence(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QString keptText(const EarlierKeys &earlier)
{
    if (earlier.count == 0)
        return SettingsDialog::tr("No earlier keys are kept.");
    const QString since = QLocale().toString(earlier.oldest.toLocalTime().date(), u"d MMM yyyy"_s);
    return wording::counted("latchkey::SettingsDialog", "%n earlier set of keys is kept, since %1.",
                            QT_TRANSLATE_N_NOOP("latchkey::SettingsDialog",
                                                "%n earlier sets of keys are kept, the oldest since %1."),
                            earlier.count)
        .arg(since);
}

} // namespace

SettingsDialog::SettingsDialog(Preferences &preferences, Retention &retention, const Clock &clock,
                               const QHash<QString, QString> &notes, const QList<ThresholdScope> &scopes,
                               QWidget *parent)
    : QDialog(parent)
    , m_preferences(preferences)
    , m_retention(retention)
    , m_clock(clock)
    , m_thresholds(new ThresholdsPanel(scopes, this))
    , m_notes(notes)
    , m_problem(new Banner(Banner::Kind::Error, {}, this))
    , m_warning(new Banner(Banner::Kind::Warning, {}, this))
    , m_kept(sentence({}, this))
{
    setObjectName(u"settingsDialog"_s);
    setWindowTitle(tr("Settings"));
    build();
    m_base = m_preferences.settings();
    fill(m_base);
    read();
}

void SettingsDialog::build()
{
    m_problem->setObjectName(u"settingsProblem"_s);
    m_problem->hide();
    m_warning->setObjectName(u"settingsWarning"_s);
    m_warning->hide();
    m_kept->setObjectName(u"settingsKept"_s);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(spacing::wide, spacing::wide, spacing::wide, spacing::wide);
    outer->setSpacing(spacing::normal);
    outer->addWidget(m_problem);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto *list = new QWidget(scroll);
    auto *column = new QVBoxLayout(list);
    column->setSpacing(spacing::normal);
    for (const SettingSpec &spec : m_specs) {
        addSetting(*column, spec);
        if (spec.value == &Settings::retentionDays) {
            column->addWidget(m_kept);
            column->addWidget(m_warning);
        }
        column->addSpacing(spacing::wide);
    }
    column->addWidget(m_thresholds);
    column->addSpacing(spacing::wide);
    column->addStretch(1);
    guardFromWheel(*list);
    scroll->setWidget(list);
    // Nothing is to be scrolled to sideways, however long the words are.
    scroll->setMinimumWidth(list->minimumSizeHint().width() +
                            scroll->verticalScrollBar()->sizeHint().width());
    outer->addWidget(scroll, 1);
    addButtons(*outer);
    setMinimumWidth(fontMetrics().averageCharWidth() * 76);
    resize(minimumSizeHint().expandedTo(minimumSize()).width(), fontMetrics().height() * 34);
}

void SettingsDialog::addSetting(QVBoxLayout &column, const SettingSpec &spec)
{
    auto *field = new SettingField(spec, this);
    m_fields.append(field);
    connect(field, &SettingField::changed, this, &SettingsDialog::describeKept);
    column.addWidget(field);
    QLabel *explanation = sentence(spec.explanation, this);
    explanation->setForegroundRole(QPalette::PlaceholderText);
    column.addWidget(explanation);
    const QString note = m_notes.value(spec.name);
    if (note.isEmpty())
        return;
    QLabel *label = sentence(note, this);
    label->setObjectName(u"settingNote_"_s + spec.name);
    column.addWidget(label);
}

void SettingsDialog::guardFromWheel(const QWidget &list)
{
    const QList<QWidget *> widgets = list.findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (widget->focusPolicy() != Qt::WheelFocus)
            continue;
        widget->setFocusPolicy(Qt::StrongFocus);
        widget->installEventFilter(this);
    }
}

bool SettingsDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Wheel || static_cast<QWidget *>(watched)->hasFocus())
        return QDialog::eventFilter(watched, event);
    event->ignore();
    return true;
}

void SettingsDialog::addButtons(QVBoxLayout &column)
{
    auto *buttons = new QDialogButtonBox(
        QDialogButtonBox::Save | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults, this);
    // The style's own icons are black in the dark theme too.
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon({});
    m_save = buttons->button(QDialogButtonBox::Save);
    m_save->setObjectName(u"settingsSave"_s);
    m_save->setDefault(true);
    QPushButton *defaults = buttons->button(QDialogButtonBox::RestoreDefaults);
    defaults->setObjectName(u"settingsDefaults"_s);
    defaults->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"settingsCancel"_s);
    connect(defaults, &QPushButton::clicked, this, [this] { fill({}); });
    connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column.addWidget(buttons);
}

void SettingsDialog::read()
{
    const Settings shown = entered();
    QCoro::connect(m_preferences.read(), this, [this, shown](const Outcome<Settings> &now) {
        if (!now)
            return;
        // What was typed meanwhile stays.
        const bool untouched = entered() == shown;
        m_base = now.value();
        if (untouched)
            fill(m_base);
    });
    QCoro::connect(m_retention.kept(), this, [this](const Outcome<QList<KeptVersion>> &kept) {
        if (!kept) {
            m_kept->setText(kept.problem().caption);
            return;
        }
        m_keys = kept.value();
        describeKept();
    });
}

void SettingsDialog::fill(const Settings &settings)
{
    for (qsizetype i = 0; i < m_specs.size(); ++i)
        m_fields.at(i)->setValue(settings.*m_specs.at(i).value);
    HealthRules rules = m_base.healthRules;
    rules.general = settings.healthRules.general;
    m_thresholds->setRules(rules);
    describeKept();
}

Settings SettingsDialog::entered() const
{
    Settings settings = m_base;
    for (qsizetype i = 0; i < m_specs.size(); ++i)
        settings.*m_specs.at(i).value = m_fields.at(i)->value();
    settings.healthRules = m_thresholds->rules();
    return settings;
}

void SettingsDialog::describeKept()
{
    if (m_fields.size() < m_specs.size())
        return;
    const QDateTime now = m_clock.now();
    const EarlierKeys earlier = earlierKeys(m_keys, entered().retentionDays, now);
    m_kept->setText(keptText(earlier));
    const int dueBefore = earlierKeys(m_keys, m_preferences.settings().retentionDays, now).due;
    m_warning->setText(wording::counted(
        "latchkey::SettingsDialog", "%n of them is older than that and will be removed for good.",
        QT_TRANSLATE_N_NOOP("latchkey::SettingsDialog",
                            "%n of them are older than that and will be removed for good."),
        earlier.due));
    m_warning->setVisible(earlier.due > dueBefore);
}

void SettingsDialog::save()
{
    m_save->setEnabled(false);
    m_problem->hide();
    QCoro::connect(m_preferences.save(entered()), this, [this](const Done &done) { finish(done); });
}

void SettingsDialog::finish(const Done &done)
{
    m_save->setEnabled(true);
    if (done) {
        accept();
        return;
    }
    m_problem->setText(done.problem().toText());
    m_problem->show();
}

} // namespace latchkey
