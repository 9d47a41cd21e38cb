// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/profilemap.h"

#include "models/core/wording.h"
#include "ui/common/note.h"
#include "ui/common/theme.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

/// A document may name any number.
constexpr qsizetype MostChoices = 20;

} // namespace

ProfileMap::ProfileMap(QWidget *parent)
    : QGroupBox(tr("Profiles that are not here"), parent)
    , m_column(new QVBoxLayout(this))
    , m_more(new Note(this))
{
    setObjectName(u"profileMap"_s);
    m_column->setSpacing(spacing::tight);
    m_column->addWidget(m_more);
    hide();
}

void ProfileMap::setProfiles(const QList<PlanDraft::UnknownProfile> &unknown, const QStringList &profiles)
{
    const qsizetype shown = std::min(unknown.size(), MostChoices);
    for (const PlanDraft::UnknownProfile &each : unknown.first(shown))
        addChoice(each, profiles);
    m_more->say(Note::Kind::Info,
                shown == unknown.size()
                    ? QString()
                    : wording::counted(
                          "profilemap", "And %n more, whose instances stay blocked.",
                          QT_TRANSLATE_N_NOOP("profilemap", "And %n more, whose instances stay blocked."),
                          unknown.size() - shown));
    setVisible(!unknown.isEmpty());
}

void ProfileMap::addChoice(const PlanDraft::UnknownProfile &unknown, const QStringList &profiles)
{
    auto *line = new QHBoxLayout;
    auto *label =
        new QLabel(tr("“%1” in the file is here:").arg(QString(unknown.name).replace(u'&', u"&&"_s)), this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    auto *choice = new QComboBox(this);
    choice->setObjectName(u"profileChoice%1"_s.arg(m_column->count() - 1));
    choice->setAccessibleName(tr("The profile that the file calls %1").arg(unknown.name));
    choice->addItem(tr("not chosen"));
    for (const QString &profile : profiles)
        choice->addItem(profile, profile);
    choice->setCurrentIndex(std::max(0, choice->findData(unknown.meant)));
    label->setBuddy(choice);
    line->addWidget(label, 1);
    line->addWidget(choice);
    m_column->insertLayout(m_column->count() - 1, line);
    connect(choice, &QComboBox::currentIndexChanged, this,
            [this, choice, name = unknown.name] { Q_EMIT chosen(name, choice->currentData().toString()); });
}

} // namespace latchkey
