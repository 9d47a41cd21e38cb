// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/foreignpage.h"

#include "models/core/wording.h"
#include "ui/common/notelist.h"
#include "ui/common/theme.h"
#include "ui/transfer/plantext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QMap>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

enum DataRole { InstanceRole = Qt::UserRole, ProfileRole };

bool isSilent(const ForeignCredential &credential)
{
    return !saysInstance(credential);
}

/// Those that can have keys, by the titles that people know them by.
QList<InstanceRecord> inOrder(const QList<InstanceRecord> &records)
{
    std::vector<std::pair<QStringList, const InstanceRecord *>> order;
    for (const InstanceRecord &record : records) {
        if (!record.builtIn)
            order.push_back({{record.instance.title(), record.profileName, record.endpointLabel}, &record});
    }
    std::ranges::stable_sort(order, {}, [](const auto &each) -> const QStringList & { return each.first; });
    QList<InstanceRecord> sorted;
    sorted.reserve(records.size());
    for (const auto &[place, record] : order)
        sorted.append(*record);
    return sorted;
}

} // namespace

ForeignPage::ForeignPage(QWidget *parent)
    : QWidget(parent)
    , m_notes(new NoteList(this))
    , m_instanceLabel(new QLabel(tr("&Instance that it is for:"), this))
    , m_instance(new QComboBox(this))
    , m_profileLabel(new QLabel(tr("&Profile that is meant:"), this))
    , m_profile(new QComboBox(this))
    , m_areOfPresent(new QCheckBox(
          tr("Its &keys are those of the credential that is there: keep them, replace nothing"), this))
{
    setObjectName(u"foreignPage"_s);
    m_notes->setObjectName(u"foreignNotes"_s);
    m_instance->setObjectName(u"foreignInstance"_s);
    m_profile->setObjectName(u"foreignProfile"_s);
    m_areOfPresent->setObjectName(u"keysOfPresent"_s);
    m_instanceLabel->setBuddy(m_instance);
    m_profileLabel->setBuddy(m_profile);
    for (QComboBox *choice : {m_instance, m_profile})
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto *fields = new QGridLayout;
    fields->setHorizontalSpacing(spacing::normal);
    fields->addWidget(m_instanceLabel, 0, 0);
    fields->addWidget(m_instance, 0, 1);
    fields->addWidget(m_profileLabel, 1, 0);
    fields->addWidget(m_profile, 1, 1);
    fields->setColumnStretch(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_notes);
    column->addLayout(fields);
    column->addWidget(m_areOfPresent);
    connect(m_instance, &QComboBox::currentIndexChanged, this, &ForeignPage::edited);
}

void ForeignPage::setFile(const ForeignConfiguration &foreign, const QString &file,
                          const QList<InstanceRecord> &records)
{
    const std::vector<ForeignCredential> &credentials = foreign.credentials;
    QList<NoteList::Entry> notes{{Note::Kind::Info, plantext::foreign(foreign.kind, credentials.size())}};
    if (foreign.holdsKeys())
        notes.append({Note::Kind::Warning, wording::keysInClear(file)});
    m_notes->setEntries(notes);

    // One name is enough for one that does not say whose it is; more of them are left out.
    m_asksInstance = std::ranges::count_if(credentials, isSilent) == 1;
    m_instance->clear();
    m_instance->addItem(tr("not chosen"));
    if (m_asksInstance)
        addInstances(records);
    QMap<QString, QString> profiles; // Ids by name.
    for (const InstanceRecord &record : records)
        profiles.insert(record.profileName, record.address.profileId);
    m_profile->clear();
    m_profile->addItem(tr("any of them"));
    for (auto each = profiles.cbegin(); each != profiles.cend(); ++each) {
        m_profile->addItem(each.key());
        m_profile->setItemData(m_profile->count() - 1, each.value(), ProfileRole);
    }
    m_instanceLabel->setVisible(m_asksInstance);
    m_instance->setVisible(m_asksInstance);
    const bool asksProfile = !m_asksInstance && profiles.size() > 1;
    m_profileLabel->setVisible(asksProfile);
    m_profile->setVisible(asksProfile);
    m_areOfPresent->setChecked(false);
    m_areOfPresent->setVisible(std::ranges::any_of(credentials, [](const ForeignCredential &credential) {
        return credential.credentialId.isEmpty() && !credential.keys.empty();
    }));
}

void ForeignPage::addInstances(const QList<InstanceRecord> &records)
{
    const QList<InstanceRecord> all = inOrder(records);
    for (const InstanceRecord &record : all) {
        // It decides where keys go, so no two of them look the same.
        m_instance->addItem(tr("%1 (%2 · %3 · %4)")
                                .arg(record.instance.title(), record.instance.name, record.profileName,
                                     record.endpointLabel));
        const int item = m_instance->count() - 1;
        m_instance->setItemData(item, record.instance.integrationTitle(), Qt::ToolTipRole);
        m_instance->setItemData(item, record.address.instanceId, InstanceRole);
        m_instance->setItemData(item, record.address.profileId, ProfileRole);
    }
}

ImportOptions ForeignPage::options() const
{
    const QComboBox *choice = m_asksInstance ? m_instance : m_profile;
    ImportOptions options;
    options.profileId = choice->currentData(ProfileRole).toString();
    if (m_asksInstance)
        options.instance = m_instance->currentData(InstanceRole).toString();
    options.areOfPresent = m_areOfPresent->isChecked();
    return options;
}

QString ForeignPage::missing() const
{
    return m_asksInstance && m_instance->currentIndex() <= 0 ? tr("Choose the instance that it is for.")
                                                             : QString();
}

void ForeignPage::focusFirst()
{
    if (m_asksInstance)
        m_instance->setFocus();
}

} // namespace latchkey
