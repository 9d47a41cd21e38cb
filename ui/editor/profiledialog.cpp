// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/profiledialog.h"

#include "ui/common/keepbanner.h"
#include "ui/common/notelist.h"
#include "ui/common/secretedit.h"
#include "ui/editor/colourchoice.h"
#include "ui/editor/connectiontest.h"
#include "ui/editor/endpointfields.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

using Field = ProfileDraft::Field;

/// `content` with room for notes below it.
QWidget *withNotes(QWidget *content, NoteList *notes, const QString &objectName)
{
    auto *group = new QWidget;
    auto *column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    column->addWidget(content);
    notes->setObjectName(objectName);
    column->addWidget(notes);
    return group;
}

} // namespace

ProfileDialog::ProfileDialog(const Profile &profile, const QStringList &otherNames, ProfileServices services,
                             QWidget *parent)
    : EditorDialog(parent)
    , m_draft(profile, otherNames)
    , m_services(std::move(services))
{
    setObjectName(u"profileDialog"_s);
    const bool isNew = profile.id.isEmpty();
    setHeading(isNew ? tr("New profile") : tr("Profile %1").arg(profile.name),
               tr("A profile is one Konnect organization: a token, and where it is valid."));
    setAct(isNew ? tr("&Add profile") : tr("&Save"));
    for (const Field field :
         {Field::Name, Field::Endpoints, Field::Url, Field::Token, Field::TokenExpires, Field::CaFile})
        m_notes.insert(static_cast<int>(field), new NoteList(this));
    m_keep = new KeepBanner(tr("&Hold the token in memory until Latchkey closes"), this);
    body()->addWidget(m_keep);
    m_fields = buildFields(profile);
    body()->addWidget(m_fields);
    body()->addWidget(buildTest());
    body()->addStretch(1);
    connect(m_keep, &KeepBanner::changed, this, &ProfileDialog::refresh);
    connect(m_keep, &KeepBanner::retryRequested, this, &ProfileDialog::keychainRetryRequested);
    refresh();
    m_name->setFocus();
}

ProfileDialog::~ProfileDialog()
{
    m_stop.request_stop();
}

QWidget *ProfileDialog::buildFields(const Profile &profile)
{
    auto *fields = new QWidget(this);
    auto *form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    const auto addRow = [form](const QString &text, QWidget *field, QWidget *buddy) {
        auto *label = new QLabel(text);
        label->setBuddy(buddy);
        form->addRow(label, field);
    };
    QWidget *name = buildName(profile);
    addRow(tr("&Name"), name, m_name);
    addRow(tr("Where"), buildEndpoints(profile), m_endpoints);
    QWidget *token = buildToken(profile);
    addRow(tr("&Token"), token, m_token->lineEdit());
    QWidget *tokenExpires = buildTokenExpires(profile);
    addRow(tr("Token &until"), tokenExpires, m_tokenExpires);
    QWidget *caFile = buildCaFile(profile);
    addRow(tr("&CA file"), caFile, m_caFile);
    m_colour = new ColourChoice(profile.colour, this);
    connect(m_colour, &ColourChoice::edited, this, [this] {
        m_draft.setColour(m_colour->colour());
        edited();
    });
    addRow(tr("Colour"), m_colour, m_colour);
    form->addRow(QString(), buildProduction(profile));
    return fields;
}

QWidget *ProfileDialog::buildName(const Profile &profile)
{
    m_name = new QLineEdit(profile.name);
    m_name->setObjectName(u"profileName"_s);
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("For example: Acme production"));
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_draft.setName(text);
        m_touched.insert(static_cast<int>(Field::Name));
        edited();
    });
    return withNotes(m_name, m_notes.value(static_cast<int>(Field::Name)), u"nameNotes"_s);
}

QWidget *ProfileDialog::buildEndpoints(const Profile &profile)
{
    m_endpoints = new EndpointFields(profile.endpoints);
    connect(m_endpoints, &EndpointFields::edited, this, [this] {
        // An empty URL would bring the draft back to its geos.
        const QString url = m_endpoints->url().isEmpty() ? u"https://"_s : m_endpoints->url();
        m_draft.setUrl(m_endpoints->isUrl() ? url : QString());
        if (!m_endpoints->isUrl())
            m_draft.setGeos(m_endpoints->geos());
        m_touched.insert(static_cast<int>(Field::Endpoints));
        m_touched.insert(static_cast<int>(Field::Url));
        edited();
    });
    QWidget *group =
        withNotes(m_endpoints, m_notes.value(static_cast<int>(Field::Endpoints)), u"endpointNotes"_s);
    NoteList *urlNotes = m_notes.value(static_cast<int>(Field::Url));
    urlNotes->setObjectName(u"urlNotes"_s);
    group->layout()->addWidget(urlNotes);
    return group;
}

QWidget *ProfileDialog::buildToken(const Profile &profile)
{
    m_token = new SecretEdit;
    m_token->setObjectName(u"token"_s);
    m_token->setSubject(tr("Token"));
    m_token->setPlaceholderText(profile.tokenVersion.isEmpty()
                                    ? tr("kpat_… or spat_…")
                                    : tr("Kept in the keychain; type to replace it"));
    connect(m_token, &SecretEdit::edited, this, [this] {
        m_draft.setToken(m_token->secret());
        m_touched.insert(static_cast<int>(Field::Token));
        m_touched.insert(static_cast<int>(Field::TokenExpires));
        edited();
    });
    return withNotes(m_token, m_notes.value(static_cast<int>(Field::Token)), u"tokenNotes"_s);
}

QWidget *ProfileDialog::buildTokenExpires(const Profile &profile)
{
    m_tokenExpires = new QLineEdit(profile.tokenExpires.toString(Qt::ISODate));
    m_tokenExpires->setObjectName(u"tokenExpires"_s);
    m_tokenExpires->setAccessibleName(tr("Last day of the token"));
    m_tokenExpires->setAccessibleDescription(tr("YYYY-MM-DD, or empty where it is not known"));
    m_tokenExpires->setPlaceholderText(tr("Not known; YYYY-MM-DD"));
    m_tokenExpires->setToolTip(tr("Konnect does not say when a token expires. With its last day, Latchkey "
                                  "reminds you in time."));
    m_tokenExpires->setClearButtonEnabled(true);
    connect(m_tokenExpires, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_draft.setTokenExpires(text);
        m_touched.insert(static_cast<int>(Field::TokenExpires));
        edited();
    });
    return withNotes(m_tokenExpires, m_notes.value(static_cast<int>(Field::TokenExpires)),
                     u"tokenExpiresNotes"_s);
}

QWidget *ProfileDialog::buildCaFile(const Profile &profile)
{
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    m_caFile = new QLineEdit(profile.caFile);
    m_caFile->setObjectName(u"caFile"_s);
    m_caFile->setAccessibleName(tr("CA file"));
    m_caFile->setPlaceholderText(tr("None: the certificates of this system"));
    m_caFile->setClearButtonEnabled(true);
    auto *browse = new QPushButton(tr("&Browse …"));
    browse->setObjectName(u"browseCa"_s);
    browse->setAutoDefault(false);
    row->addWidget(m_caFile, 1);
    row->addWidget(browse);
    connect(m_caFile, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_draft.setCaFile(text.trimmed());
        m_touched.insert(static_cast<int>(Field::CaFile));
        edited();
    });
    connect(browse, &QPushButton::clicked, this, &ProfileDialog::browseForCa);
    return withNotes(line, m_notes.value(static_cast<int>(Field::CaFile)), u"caNotes"_s);
}

QWidget *ProfileDialog::buildProduction(const Profile &profile)
{
    auto *group = new QWidget;
    auto *column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    m_production = new QCheckBox(tr("This is a &production organization"));
    m_production->setObjectName(u"production"_s);
    m_production->setChecked(profile.production);
    auto *explanation =
        new QLabel(tr("Replacing or deleting a credential then asks you to type the instance's name."));
    explanation->setWordWrap(true);
    column->addWidget(m_production);
    column->addWidget(explanation);
    connect(m_production, &QCheckBox::toggled, this, [this](bool on) {
        m_draft.setProduction(on);
        edited();
    });
    return group;
}

QWidget *ProfileDialog::buildTest()
{
    auto *group = new QWidget(this);
    auto *column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    m_testButton = new QPushButton(tr("T&est connection"), group);
    m_testButton->setObjectName(u"testConnection"_s);
    m_testButton->setAutoDefault(false);
    m_test = new ConnectionTest(group);
    column->addWidget(m_testButton, 0, Qt::AlignLeft);
    column->addWidget(m_test);
    connect(m_testButton, &QPushButton::clicked, this, &ProfileDialog::startTest);
    return group;
}

void ProfileDialog::browseForCa()
{
    auto *chooser = new QFileDialog(this, tr("CA file"), m_caFile->text(),
                                    tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    chooser->setObjectName(u"caFileDialog"_s);
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, m_caFile, &QLineEdit::setText);
    chooser->open();
}

void ProfileDialog::setKeychainProblem(const std::optional<Problem> &problem)
{
    m_keep->setProblem(problem);
}

void ProfileDialog::edited()
{
    m_dirty = true;
    refresh();
}

void ProfileDialog::refresh()
{
    QHash<int, QList<NoteList::Entry>> notes;
    QString firstError;
    const QList<ProfileDraft::Finding> findings = m_draft.findings();
    for (const ProfileDraft::Finding &finding : findings) {
        if (finding.error && firstError.isEmpty())
            firstError = finding.message;
        // A new form does not complain about being empty.
        if (m_touched.contains(static_cast<int>(finding.field)))
            notes[static_cast<int>(finding.field)].append(
                {finding.error ? Note::Kind::Error : Note::Kind::Warning, finding.message});
    }
    for (auto it = m_notes.cbegin(); it != m_notes.cend(); ++it)
        it.value()->setEntries(notes.value(it.key()));
    if (firstError.isEmpty() && m_draft.hasToken() && !m_keep->isSettled())
        firstError = tr("Choose where the token is kept.");
    m_fields->setEnabled(!m_saving && !m_testing);
    m_testButton->setText(m_testing ? tr("Stop t&esting") : tr("T&est connection"));
    m_testButton->setEnabled(!m_saving && (m_testing || m_draft.isComplete()));
    cancelButton()->setEnabled(!m_saving);
    setHint(m_saving ? tr("Saving …") : firstError);
    setActEnabled(firstError.isEmpty() && m_draft.isComplete() && !m_saving && !m_testing);
}

void ProfileDialog::startTest()
{
    if (m_testing) {
        m_stop.request_stop();
        return;
    }
    clearProblem();
    m_testing = true;
    m_stop = std::stop_source();
    m_test->showRunning();
    refresh();
    QCoro::Task<QList<EndpointTest>> test =
        m_services.test(m_draft.profile(), m_draft.copyToken(), m_stop.get_token());
    QCoro::connect(std::move(test), this,
                   [this](const QList<EndpointTest> &results) { finishTest(results); });
}

void ProfileDialog::finishTest(const QList<EndpointTest> &results)
{
    m_testing = false;
    if (m_stop.stop_requested())
        m_test->clear();
    else
        m_test->showResults(results);
    refresh();
    m_testButton->setFocus();
    bringIntoSight(m_test);
}

void ProfileDialog::act()
{
    if (m_saving || m_testing || !m_draft.isComplete())
        return;
    clearProblem();
    m_saving = true;
    refresh();
    // A copy: the token stays in the form until it is certainly kept.
    QCoro::Task<Outcome<Profile>> save =
        m_services.save(m_draft.profile(), m_draft.copyToken(), m_keep->holdsInMemory());
    QCoro::connect(std::move(save), this, [this](const Outcome<Profile> &outcome) { finishSave(outcome); });
}

void ProfileDialog::finishSave(const Outcome<Profile> &outcome)
{
    m_saving = false;
    refresh();
    if (!outcome) {
        showProblem(outcome.problem());
        return;
    }
    Q_EMIT profileSaved(outcome.value().id);
    QDialog::accept();
}

} // namespace latchkey
