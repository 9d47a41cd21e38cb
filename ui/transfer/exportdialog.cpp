// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/exportdialog.h"

#include "models/core/wording.h"
#include "models/services/configurationfiles.h"
#include "models/services/offthread.h"
#include "ui/common/theme.h"
#include "ui/transfer/longnotes.h"
#include "ui/transfer/savechooser.h"

#include <QClipboard>
#include <QComboBox>
#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace latchkey {

namespace {

using configurationexports::File;
using configurationexports::Form;

constexpr int widthOfText = 820;
constexpr qsizetype MostLines = 2000; ///< More are saved and copied, but not shown.

enum class Scope { Everything, Selected, Profile };

QString instances(qsizetype n)
{
    return wording::counted("exportdialog", "%n instance",
                            QT_TRANSLATE_N_NOOP("exportdialog", "%n instances"), n);
}

QString moreLines(qsizetype n)
{
    return wording::counted(
        "exportdialog", "%n more line is not shown; it is saved and copied.",
        QT_TRANSLATE_N_NOOP("exportdialog", "%n more lines are not shown; they are saved and copied."), n);
}

/// The first lines, and how many are left.
std::pair<QString, qsizetype> shortened(const QByteArray &text)
{
    qsizetype end = 0;
    for (qsizetype line = 0; line < MostLines; ++line) {
        const qsizetype next = text.indexOf('\n', end);
        if (next < 0)
            return {QString::fromUtf8(text), 0};
        end = next + 1;
    }
    return {QString::fromUtf8(text.first(end)), text.sliced(end).count('\n')};
}

} // namespace

ExportDialog::ExportDialog(const QList<Profile> &profiles, const QList<InstanceRecord> &records,
                           const QList<InstanceAddress> &selected, QThreadPool &pool, QWidget *parent)
    : EditorDialog(parent)
    , m_profiles(profiles)
    , m_records(records)
    , m_selected(selected)
    , m_pool(pool)
    , m_scope(new QComboBox(this))
    , m_form(new QComboBox(this))
    , m_partLabel(new QLabel(tr("F&ile:"), this))
    , m_part(new QComboBox(this))
    , m_text(new QPlainTextEdit(this))
    , m_more(new Note(this))
    , m_notes(new LongNotes(u"exportNotes"_s, this))
    , m_copy(new QPushButton(tr("&Copy"), this))
    , m_done(new Note(this))
{
    setObjectName(u"exportDialog"_s);
    setPreferredWidth(widthOfText);
    setHeading(tr("Export the configuration"),
               tr("It names profiles, instances and headers. There are no keys and no tokens in it."));
    setAct(tr("&Save…"));
    cancelButton()->setText(tr("Close"));
    fillScopes();
    m_form->addItem(tr("Latchkey: JSON, to compare and import"), int(Form::Json));
    m_form->addItem(tr("Terraform: HCL with import blocks"), int(Form::Terraform));
    m_form->addItem(tr("Pulumi: YAML with import commands"), int(Form::Pulumi));
    build();
    connect(m_scope, &QComboBox::currentIndexChanged, this, &ExportDialog::makeFiles);
    connect(m_form, &QComboBox::currentIndexChanged, this, &ExportDialog::makeFiles);
    connect(m_part, &QComboBox::currentIndexChanged, this, &ExportDialog::showFile);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copy);
    makeFiles();
    m_scope->setFocus();
}

void ExportDialog::build()
{
    m_scope->setObjectName(u"exportScope"_s);
    m_form->setObjectName(u"exportForm"_s);
    m_part->setObjectName(u"exportPart"_s);
    m_text->setObjectName(u"exportText"_s);
    m_more->setObjectName(u"exportMore"_s);
    m_copy->setObjectName(u"copyExportButton"_s);
    m_done->setObjectName(u"exportDone"_s);
    m_text->setAccessibleName(tr("The text of the file"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setMinimumHeight(14 * m_text->fontMetrics().lineSpacing());
    m_copy->setAutoDefault(false);
    auto *choices = new QGridLayout;
    choices->setHorizontalSpacing(spacing::normal);
    const auto add = [this, choices](int row, QLabel *label, QComboBox *choice) {
        label->setBuddy(choice);
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choices->addWidget(label, row, 0);
        choices->addWidget(choice, row, 1);
    };
    add(0, new QLabel(tr("&What:"), this), m_scope);
    add(1, new QLabel(tr("&Form:"), this), m_form);
    add(2, m_partLabel, m_part);
    choices->setColumnStretch(1, 1);
    body()->addLayout(choices);
    body()->addWidget(m_notes);
    body()->addWidget(m_text, 1);
    body()->addWidget(m_more);
    body()->addWidget(m_copy, 0, Qt::AlignLeft);
    body()->addWidget(m_done);
}

void ExportDialog::fillScopes()
{
    m_scope->addItem(tr("Everything: %1").arg(instances(m_records.size())), int(Scope::Everything));
    if (!m_selected.isEmpty()) {
        m_scope->addItem(tr("What is selected: %1").arg(instances(m_selected.size())), int(Scope::Selected));
        // Who selected several means them.
        if (m_selected.size() > 1)
            m_scope->setCurrentIndex(1);
    }
    for (const Profile &profile : m_profiles) {
        const auto count = std::ranges::count_if(m_records, [&profile](const InstanceRecord &record) {
            return record.address.profileId == profile.id;
        });
        m_scope->addItem(tr("Profile %1: %2").arg(profile.name, instances(count)), int(Scope::Profile));
        m_scope->setItemData(m_scope->count() - 1, profile.id, Qt::UserRole + 1);
    }
}

QList<InstanceRecord> ExportDialog::chosen() const
{
    const auto scope = Scope(m_scope->currentData().toInt());
    if (scope == Scope::Everything)
        return m_records;
    const QString profileId = m_scope->currentData(Qt::UserRole + 1).toString();
    const QSet<InstanceAddress> selected(m_selected.cbegin(), m_selected.cend());
    QList<InstanceRecord> records;
    for (const InstanceRecord &record : m_records) {
        if (scope == Scope::Selected ? selected.contains(record.address)
                                     : record.address.profileId == profileId)
            records.append(record);
    }
    return records;
}

void ExportDialog::makeFiles()
{
    const int turn = ++m_turn;
    const auto form = Form(m_form->currentData().toInt());
    m_isMaking = true;
    takeFiles({});
    QCoro::connect(offThread<QList<File>>(&m_pool,
                                          [form, profiles = m_profiles, records = chosen()] {
                                              return configurationexports::of(form, profiles, records);
                                          }),
                   this, [this, turn](const QList<File> &files) {
                       if (turn != m_turn) // The user has chosen another one by now.
                           return;
                       m_isMaking = false;
                       takeFiles(files);
                   });
}

void ExportDialog::takeFiles(const QList<File> &files)
{
    m_files = files;
    const QSignalBlocker quiet(m_part);
    m_part->clear();
    for (const File &each : std::as_const(m_files))
        m_part->addItem(each.title);
    // Another tool has one token and one server.
    m_part->setVisible(m_files.size() > 1);
    m_partLabel->setVisible(m_files.size() > 1);
    showFile();
}

const File *ExportDialog::file() const
{
    const qsizetype index = std::max(0, m_part->currentIndex());
    return index < m_files.size() ? &m_files.at(index) : nullptr;
}

void ExportDialog::showFile()
{
    clearProblem();
    m_done->say(Note::Kind::Info, {});
    const File *shown = file();
    const auto [text, left] = shortened(shown ? shown->text : QByteArray());
    m_text->setPlainText(text);
    m_more->say(Note::Kind::Info, left == 0 ? QString() : moreLines(left));
    QList<NoteList::Entry> notes;
    if (m_isMaking)
        notes.append({Note::Kind::Active, tr("The text is being made …")});
    else if (!shown)
        notes.append({Note::Kind::Info, tr("There is nothing in it that the tool could have.")});
    else if (m_files.size() > 1)
        notes.append({Note::Kind::Info,
                      tr("One file for each profile and endpoint: this is one of %1.").arg(m_files.size())});
    const QStringList said = shown ? shown->notes : QStringList();
    for (const QString &note : said)
        notes.append({Note::Kind::Warning, note});
    m_notes->setEntries(notes);
    m_copy->setEnabled(shown != nullptr);
    setActEnabled(shown != nullptr && !m_isWriting, false);
}

void ExportDialog::copy()
{
    if (const File *shown = file()) {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(shown->text));
        m_done->say(Note::Kind::Good, tr("The text was copied."));
    }
}

void ExportDialog::act()
{
    const File *shown = file();
    if (!shown)
        return;
    const QString suffix = QFileInfo(shown->fileName).suffix();
    const QFileDialog *dialog = askWhereToSave(tr("Save the Configuration"), shown->fileName,
                                               u"%1 (*.%2)"_s.arg(suffix.toUpper(), suffix), suffix, this);
    connect(dialog, &QFileDialog::fileSelected, this, &ExportDialog::saveTo);
}

void ExportDialog::saveTo(const QString &file)
{
    const File *shown = this->file();
    if (!shown)
        return;
    clearProblem();
    m_done->say(Note::Kind::Info, {});
    m_isWriting = true;
    setActEnabled(false, false);
    QCoro::connect(offThread<Done>(
                       &m_pool, [file, text = shown->text] { return configurationfiles::write(file, text); }),
                   this, [this, file](const Done &written) {
                       m_isWriting = false;
                       setActEnabled(this->file() != nullptr, false);
                       if (written)
                           m_done->say(Note::Kind::Good,
                                       tr("%1 was written.").arg(QDir::toNativeSeparators(file)));
                       else
                           showProblem(written.problem());
                   });
}

} // namespace latchkey
