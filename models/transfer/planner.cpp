// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/planner.h"

#include "models/core/credentialrules.h"
#include "models/core/headerrules.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace latchkey {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(latchkey::Planner)
};

using Knowledge = InstanceRecord::Knowledge;
using Wish = ConfiguredInstance::Wish;
using Records = QList<const InstanceRecord *>;

/// To compare sets of header names, which do not differ by case.
QStringList sorted(const QStringList &names)
{
    QStringList lower;
    for (const QString &name : names)
        lower << name.toLower();
    lower.sort();
    return lower;
}

QStringList namesOf(const QList<ConfiguredHeader> &headers)
{
    QStringList names;
    for (const ConfiguredHeader &header : headers)
        names << header.name;
    return names;
}

/// Of a header in a version; empty where it has none that can be compared.
QByteArray fingerprintIn(const KeyVersion &version, const QString &header)
{
    for (const HeaderFingerprint &each : version.fingerprints) {
        if (each.header.compare(header, Qt::CaseInsensitive) == 0)
            return each.hmac;
    }
    return {};
}

bool hasHeader(const std::optional<KeyVersion> &version, const QString &header)
{
    return version && version->headers().contains(header, Qt::CaseInsensitive);
}

void block(PlanRow *row, const QString &reason, const QUrl &link = {})
{
    row->action = PlanAction::Blocked;
    row->reason = reason;
    row->link = link;
    row->recordsExpiry = false;
    row->protects = false;
    row->needsTypedName = false;
    row->wayBack = false;
}

void block(PlanRow *row, const Problem &problem, const QUrl &link = {})
{
    block(row, problem.detail.isEmpty() ? problem.caption : problem.caption + u' ' + problem.detail, link);
}

void keep(PlanRow *row, const QString &reason = {})
{
    row->action = PlanAction::Keep;
    row->reason = reason;
}

/// Why nothing can be done with this instance's credential now; empty for nothing.
QString obstacleOf(const InstanceRecord &record, const KnownKeys &keys)
{
    if (record.changing)
        return Text::tr("A change of it is under way.");
    if (keys.unfinished)
        return Text::tr(
            "An earlier change of it has not ended. Finish it, roll it back or leave it as it is first.");
    if (record.knowledge == Knowledge::NotChecked && !record.builtIn)
        return Text::tr("Its credential was not read yet. Refresh first.");
    return {};
}

/// The plan of one instance that was found.
class InstancePlan
{
public:
    InstancePlan(PlanRow *row, const InstanceRecord &record, const KnownKeys &keys, bool deletes)
        : m_row(*row)
        , m_record(record)
        , m_keys(keys)
        , m_deletes(deletes)
    {
    }

    void decide()
    {
        const Wish wish = m_row.wanted.wish;
        const QString obstacle = obstacleOf(m_record, m_keys);
        if (wish != Wish::NotSaid && !obstacle.isEmpty()) {
            block(&m_row, obstacle);
            return;
        }
        if (wish == Wish::NotSaid)
            keep(&m_row);
        else if (wish == Wish::None)
            decideNone();
        else
            decidePresent();
        if (m_row.action == PlanAction::Blocked)
            return;
        decideRecords();
        if (m_row.recordsExpiry && !obstacle.isEmpty())
            block(&m_row, obstacle);
    }

private:
    [[nodiscard]] const ConfiguredCredential &wanted() const { return m_row.wanted.credential; }
    [[nodiscard]] bool isThere() const { return m_record.knowledge == Knowledge::Present; }
    [[nodiscard]] bool goes() const
    {
        return m_row.action == PlanAction::Replace || m_row.action == PlanAction::Delete;
    }
    /// The kept keys are those of the credential that is there.
    [[nodiscard]] bool keysAreOfIt() const
    {
        return isThere() && m_keys.current && !m_record.credential.id.isEmpty() &&
               m_keys.current->credentialId == m_record.credential.id;
    }

    void decideNone()
    {
        if (!isThere())
            keep(&m_row);
        else if (m_deletes)
            m_row.action = PlanAction::Delete;
        else
            keep(&m_row, Text::tr("It has a credential, and is to have none: that one is deleted only where "
                                  "deletions are asked for."));
    }

    void decidePresent()
    {
        if (isThere() && wanted().type == m_record.credential.type) {
            if (wanted().type == CredentialType::MultiKey)
                decideKeys();
            else if (wanted().type == CredentialType::AwsRole)
                decideRole();
            else
                keep(&m_row);
            return;
        }
        if (wanted().type == CredentialType::MultiKey)
            compare();
        if (isThere() && m_givenUnknown && !m_keys.givenFor.isEmpty())
            decideGivenFor();
        else
            make(isThere() ? PlanAction::Replace : PlanAction::Create);
    }

    void decideRole()
    {
        const QString &present = m_record.credential.roleArn;
        if (present.isEmpty())
            keep(&m_row, Text::tr("Konnect does not show the role that it has, so nothing can be compared."));
        else if (present == wanted().roleArn)
            keep(&m_row);
        else
            make(PlanAction::Replace);
    }

    void decideKeys()
    {
        compare();
        const auto has = [this](KeyComparison comparison) {
            return std::any_of(
                m_row.headers.cbegin(), m_row.headers.cend(),
                [comparison](const PlannedHeader &header) { return header.comparison == comparison; });
        };
        const bool sameSet =
            keysAreOfIt() && sorted(namesOf(wanted().headers)) == sorted(m_keys.current->headers());
        if (sameSet && !has(KeyComparison::Changed) && !has(KeyComparison::NotKnown)) {
            keep(&m_row);
            return;
        }
        const bool isDifferent = (keysAreOfIt() && !sameSet) || has(KeyComparison::Changed);
        if (!isDifferent && !m_givenUnknown) // A key of which nothing is known is no reason to do anything.
            make(PlanAction::Keep);
        else if (m_keys.givenFor.isEmpty())
            make(PlanAction::Replace);
        else
            decideGivenFor();
        if (m_row.action == PlanAction::Replace)
            noteEarlierKeys();
    }

    /// The given keys are said to be those of a credential: they are kept, never sent.
    void decideGivenFor()
    {
        if (m_keys.givenFor != m_record.credential.id) {
            block(&m_row,
                  Text::tr("The given keys are of the credential %1, and Konnect has %2 by now. Where "
                           "the earlier keys are wanted again, replace it by hand.")
                      .arg(m_keys.givenFor, m_record.credential.id));
        } else if (keysAreOfIt() && !m_keys.current->entered) {
            block(&m_row,
                  Text::tr("The given keys are said to be of its credential, but Latchkey made that one "
                           "with others."));
        } else {
            make(PlanAction::Adopt);
        }
    }

    void noteEarlierKeys()
    {
        const bool takesKept =
            std::any_of(m_row.headers.cbegin(), m_row.headers.cend(), [this](const PlannedHeader &header) {
                return header.source.kind == KeySource::Kind::Keychain && header.isGiven &&
                       !(keysAreOfIt() && hasHeader(m_keys.current, header.name));
            });
        if (takesKept)
            m_row.reason = Text::tr("The keys that are kept here are of an earlier credential.");
    }

    void compare()
    {
        for (const ConfiguredHeader &header : wanted().headers)
            m_row.headers << compared(header);
    }

    PlannedHeader compared(const ConfiguredHeader &header)
    {
        PlannedHeader planned{header.name, header.source};
        const bool isOfIt = keysAreOfIt() && hasHeader(m_keys.current, header.name);
        const bool isKept = hasHeader(m_keys.current, header.name) || hasHeader(m_keys.previous, header.name);
        const auto given = m_keys.given.constFind(header.name.toLower());
        const bool isGiven = given != m_keys.given.cend();
        if (header.source.kind == KeySource::Kind::Keychain && (isKept || !isGiven)) {
            planned.isGiven = isKept;
            planned.comparison = isOfIt ? KeyComparison::Same : KeyComparison::NotKnown;
            return planned;
        }
        planned.isGiven = isGiven;
        const QByteArray known = isOfIt ? fingerprintIn(*m_keys.current, header.name) : QByteArray();
        if (isGiven && !known.isEmpty() && !given->isEmpty())
            planned.comparison = *given == known ? KeyComparison::Same : KeyComparison::Changed;
        else
            m_givenUnknown = m_givenUnknown || isGiven;
        return planned;
    }

    /// Only what Konnect would take.
    void make(PlanAction action)
    {
        const Authorization &authorization = m_record.authorization;
        if (action != PlanAction::Keep) {
            if (const auto problem = whyNotCreatable(wanted().type, authorization, m_record.builtIn,
                                                     m_record.instance.integrationTitle())) {
                block(&m_row, *problem, konnectIntegrationsPage(m_record.endpointLabel));
                return;
            }
        }
        if (wanted().type == CredentialType::AwsRole && !isRoleArn(wanted().roleArn)) {
            block(&m_row, Text::tr("“%1” is not the ARN of a role.").arg(wanted().roleArn));
            return;
        }
        if (wanted().type == CredentialType::MultiKey) {
            QStringList reasons;
            for (const HeaderFinding &finding :
                 checkHeaderNames(namesOf(wanted().headers), authorization.headers)) {
                if (finding.severity == HeaderFinding::Severity::Error)
                    reasons << finding.message;
            }
            if (!reasons.isEmpty()) {
                block(&m_row, reasons.join(u' '));
                return;
            }
        }
        m_row.action = action;
    }

    void decideRecords()
    {
        m_row.protects = m_row.wanted.isProtected && !m_record.isProtected;
        m_row.needsTypedName = goes() && (m_record.production || m_record.isProtected);
        m_row.wayBack = goes() && hasWayBack();
        const bool becomesAnother = m_row.action == PlanAction::Create || goes();
        if (becomesAnother && m_row.action != PlanAction::Delete && m_row.wanted.expiry.date.isValid()) {
            // The date that is recorded is of the credential that was there.
            m_row.recordsExpiry = true;
            return;
        }
        const QString id = becomesAnother ? QString() : m_row.credentialId;
        m_row.recordsExpiry = withWanted(m_record.expiry, m_row.wanted.expiry, id) != m_record.expiry;
    }

    /// As ChangePreview has it.
    [[nodiscard]] bool hasWayBack() const
    {
        if (m_record.credential.type == CredentialType::AwsRole)
            return !m_record.credential.roleArn.isEmpty();
        return m_keys.current &&
               (m_keys.current->credentialId.isEmpty() || m_keys.current->credentialId == m_row.credentialId);
    }

    PlanRow &m_row;
    const InstanceRecord &m_record;
    const KnownKeys &m_keys;
    const bool m_deletes;
    bool m_givenUnknown = false; ///< A key was given, and there is none here to compare it with.
};

/// All rows, in the order of the document.
class Planner
{
public:
    explicit Planner(const PlanInput &input)
        : m_input(input)
    {
        for (const Profile &profile : m_input.profiles)
            m_profiles.insert(profile.name.toCaseFolded(), &profile);
        for (const InstanceRecord &record : m_input.records)
            m_records[placeOf(record.address.profileId, record.instance.integrationName,
                              record.instance.name)]
                << &record;
    }

    [[nodiscard]] QList<PlanRow> rows(const ConfigurationDocument &document)
    {
        m_rows.reserve(document.instances());
        for (const ConfiguredProfile &profile : document.profiles) {
            for (const ConfiguredInstance &instance : profile.instances)
                m_rows << row(profile.name, instance);
        }
        settleTwice();
        std::stable_sort(m_rows.begin(), m_rows.end(),
                         [](const PlanRow &one, const PlanRow &other) { return one.action < other.action; });
        return std::move(m_rows);
    }

private:
    using Place = std::pair<QString, std::pair<QString, QString>>;

    static Place placeOf(const QString &profileId, const QString &integration, const QString &name)
    {
        return {profileId, {integration, name}};
    }

    [[nodiscard]] PlanRow row(const QString &profileName, const ConfiguredInstance &wanted) const
    {
        PlanRow row;
        row.profileName = profileName;
        row.wanted = wanted;
        row.title = wanted.name;
        const QString meant = m_input.profileNames.value(profileName, profileName);
        row.profile = meant;
        const Profile *profile = m_profiles.value(meant.toCaseFolded());
        if (profile == nullptr) {
            block(&row, Text::tr("There is no profile “%1” here. Say which one is meant: --map \"%2=NAME\".")
                            .arg(meant, profileName));
            return row;
        }
        row.profile = profile->name;
        const InstanceRecord *record = find(*profile, wanted, &row);
        if (record == nullptr)
            return row;
        row.address = record->address;
        row.title = record->instance.title();
        if (record->knowledge == Knowledge::Present) {
            row.credentialId = record->credential.id;
            row.type = record->credential.type;
        }
        if (profile->organizationInDoubt) {
            block(&row, Text::tr("It is not decided whether “%1” is still the same organization.")
                            .arg(profile->name));
            return row;
        }
        static const KnownKeys nothing;
        const auto keys = m_input.keys.constFind({record->address.origin, record->address.instanceId});
        InstancePlan(&row, *record, keys == m_input.keys.cend() ? nothing : *keys, m_input.deletes).decide();
        return row;
    }

    [[nodiscard]] const InstanceRecord *find(const Profile &profile, const ConfiguredInstance &wanted,
                                             PlanRow *row) const
    {
        Records found = m_records.value(placeOf(profile.id, wanted.integration, wanted.name));
        if (!wanted.endpoint.isEmpty()) {
            found.removeIf(
                [&wanted](const InstanceRecord *record) { return record->endpointLabel != wanted.endpoint; });
        }
        if (found.size() == 1)
            return found.constFirst();
        if (found.isEmpty()) {
            blockMissing(profile, wanted, row);
            return nullptr;
        }
        QStringList endpoints;
        for (const InstanceRecord *record : std::as_const(found))
            endpoints << record->endpointLabel;
        endpoints.removeDuplicates();
        if (endpoints.size() > 1) {
            endpoints.sort();
            block(row, Text::tr("Several endpoints of “%1” have it: %2. Name one of them in the document.")
                           .arg(profile.name, endpoints.join(u", ")));
        } else {
            block(row, Text::tr("There are several instances of this name in “%1”.").arg(profile.name));
        }
        return nullptr;
    }

    static void blockMissing(const Profile &profile, const ConfiguredInstance &wanted, PlanRow *row)
    {
        QString label = wanted.endpoint;
        if (label.isEmpty() && profile.endpoints.size() == 1)
            label = profile.endpoints.constFirst().label();
        const bool hasEndpoint =
            wanted.endpoint.isEmpty() ||
            std::any_of(profile.endpoints.cbegin(), profile.endpoints.cend(),
                        [&label](const Endpoint &endpoint) { return endpoint.label() == label; });
        if (!hasEndpoint) {
            block(row, Text::tr("“%1” has no endpoint %2.").arg(profile.name, label));
            return;
        }
        block(row,
              Text::tr("“%1” has no instance %2 of %3. Create it in Konnect.")
                  .arg(profile.name, wanted.name, wanted.integration),
              konnectIntegrationsPage(label));
    }

    /// Two profiles may see the same instance: it is changed once, and only where both want the same.
    void settleTwice()
    {
        QHash<PlanInput::Instance, QList<qsizetype>> meant;
        for (qsizetype i = 0; i < m_rows.size(); ++i) {
            const InstanceAddress &address = m_rows.at(i).address;
            if (!address.isNull())
                meant[{address.origin, address.instanceId}] << i;
        }
        for (const QList<qsizetype> &together : std::as_const(meant)) {
            if (together.size() > 1)
                settle(together);
        }
    }

    void settle(const QList<qsizetype> &together)
    {
        const auto isBusy = [this](qsizetype i) { return m_rows.at(i).isWork(); };
        const auto doer = std::find_if(together.cbegin(), together.cend(), isBusy);
        if (doer == together.cend())
            return;
        const PlanRow first = m_rows.at(*doer);
        const bool agree = std::all_of(together.cbegin(), together.cend(), [this, &first](qsizetype i) {
            return wishOf(m_rows.at(i).wanted) == wishOf(first.wanted);
        });
        for (const qsizetype i : together) {
            PlanRow &row = m_rows[i];
            if (!agree) {
                block(&row, Text::tr("The document means this instance more than once, and not always the "
                                     "same for it."));
            } else if (i != *doer && row.isWork()) {
                block(&row, QString());
                keep(&row,
                     Text::tr("It is the instance that “%1” has too, and is done there.").arg(first.profile));
            }
        }
    }

    /// What is wanted, wherever it is.
    static ConfiguredInstance wishOf(ConfiguredInstance wanted)
    {
        wanted.integration.clear();
        wanted.name.clear();
        wanted.endpoint.clear();
        return wanted;
    }

    const PlanInput &m_input;
    QHash<QString, const Profile *> m_profiles; ///< By name, case folded.
    QHash<Place, Records> m_records;
    QList<PlanRow> m_rows;
};

} // namespace

Plan makePlan(const PlanInput &input)
{
    Plan plan;
    plan.document = inOrder(input.document);
    plan.profileNames = input.profileNames;
    plan.deletes = input.deletes;
    plan.madeAt = input.at;
    plan.rows = Planner(input).rows(plan.document);
    return plan;
}

ExpiryRecord withWanted(ExpiryRecord record, const ConfiguredExpiry &wanted, const QString &credentialId)
{
    if (wanted.date.isValid() && !credentialId.isEmpty()) {
        record.date = wanted.date;
        record.credentialId = credentialId;
    }
    if (wanted.livesDays > 0)
        record.livesDays = wanted.livesDays;
    if (!wanted.owner.isEmpty())
        record.owner = wanted.owner;
    if (!wanted.note.isEmpty())
        record.note = wanted.note;
    return record;
}

} // namespace latchkey
