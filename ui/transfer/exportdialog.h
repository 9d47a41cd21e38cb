// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instancerecord.h"
#include "models/core/profile.h"
#include "models/services/configurationexports.h"
#include "ui/common/editordialog.h"

#include <QList>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QThreadPool;

namespace latchkey {

class LongNotes;
class Note;

/// What is there as a file that can be kept, reviewed and applied again, or for another tool: to be read
/// before it is saved. No keys.
class ExportDialog final : public EditorDialog
{
    Q_OBJECT
public:
    /// `selected`: of the records, those that the user has chosen in the window; may be empty. `pool`, on
    /// which texts are made and written, must outlive this.
    ExportDialog(const QList<Profile> &profiles, const QList<InstanceRecord> &records,
                 const QList<InstanceAddress> &selected, QThreadPool &pool, QWidget *parent = nullptr);

protected:
    /// What becomes of a file is to be told.
    [[nodiscard]] bool isBusy() const override { return m_isWriting; }
    void act() override;

private:
    void build();
    void fillScopes();
    [[nodiscard]] QList<InstanceRecord> chosen() const;
    void makeFiles();
    void takeFiles(const QList<configurationexports::File> &files);
    void showFile();
    [[nodiscard]] const configurationexports::File *file() const;
    void copy();
    void saveTo(const QString &file);

    const QList<Profile> m_profiles;
    const QList<InstanceRecord> m_records;
    const QList<InstanceAddress> m_selected;
    QThreadPool &m_pool;
    QList<configurationexports::File> m_files;
    int m_turn = 0; ///< Which makeFiles() is the last one.
    bool m_isMaking = false;
    bool m_isWriting = false;
    QComboBox *m_scope;
    QComboBox *m_form;
    QLabel *m_partLabel;
    QComboBox *m_part; ///< Which of several files.
    QPlainTextEdit *m_text;
    Note *m_more;
    LongNotes *m_notes;
    QPushButton *m_copy;
    Note *m_done;
};

} // namespace latchkey
