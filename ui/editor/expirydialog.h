// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/labelreport.h"
#include "models/core/outcome.h"
#include "models/forms/expirydraft.h"
#include "ui/common/editordialog.h"
#include "ui/common/notelist.h"

#include <QCoroTask>
#include <QDate>

#include <functional>

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QRadioButton;
class QSpinBox;

namespace latchkey {

class ExpiryField;

/// Records when the credentials of one or more instances expire, who is to be asked and a note. What is to be
/// shared through the instances' labels is a second step, which asks first.
class ExpiryDialog final : public EditorDialog
{
    Q_OBJECT
public:
    /// What it needs of ExpiryRecords and ExpiryLabels.
    struct Services
    {
        std::function<QCoro::Task<Done>(InstanceAddress, ExpiryRecord)> record;
        /// An invalid date takes the label away.
        std::function<QCoro::Task<Outcome<LabelReport>>(InstanceAddress, QDate)> share;
    };

    /// `records`: at least one, each with a credential. `now`: UTC.
    ExpiryDialog(const QList<InstanceRecord> &records, const QDateTime &now, Services services,
                 QWidget *parent = nullptr);

protected:
    [[nodiscard]] bool hasUnsaved() const override;
    [[nodiscard]] bool isBusy() const override { return m_running; }
    void act() override;

private:
    [[nodiscard]] QWidget *buildComparison(const QDateTime &now);
    [[nodiscard]] QWidget *buildForm();
    void buildEnds(QVBoxLayout &column);
    void buildPerson(QVBoxLayout &column);
    void choose(ExpiryDraft::Ends ends);
    void refresh();
    void recordNext();
    void ask();
    void shareNext();
    void shared(const Outcome<LabelReport> &report);
    void setRunning(bool running);

    ExpiryDraft m_draft;
    Services m_services;
    QWidget *m_comparison = nullptr;
    QWidget *m_form = nullptr;
    QRadioButton *m_onDay = nullptr;
    QRadioButton *m_afterDays = nullptr;
    QRadioButton *m_notKnown = nullptr;
    ExpiryField *m_date = nullptr;
    QSpinBox *m_days = nullptr;
    NoteList *m_result = nullptr;
    QLineEdit *m_owner = nullptr;
    QPlainTextEdit *m_note = nullptr;
    QCheckBox *m_share = nullptr;
    NoteList *m_question;
    NoteList *m_outcome;
    QList<InstanceRecord> m_toRecord;
    QList<ExpiryDraft::Sharing> m_toShare; ///< Those that are left.
    QList<ExpiryDraft::Sharing> m_failed;
    QList<NoteList::Entry> m_said; ///< What came of the others.
    bool m_isRecorded = false;     ///< The first step is done: only the sharing is left.
    bool m_running = false;
};

} // namespace latchkey
